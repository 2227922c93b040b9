"""Runners that lie, die or hang: the run says so, and every other answer keeps its true verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.e2e.project import Project, assert_sums_come_out

_PLANNED = 5


@dataclass(frozen=True)
class Vice:
    """What a run says of a vice. Counts that are not named are zero."""

    script: str
    exit: int
    kind: str
    title: str
    says: str
    counts: Mapping[str, int] = field(default_factory=dict)


_PROTOCOL = {"passed": 4, "protocol_errors": 1}
VICES = {
    "answers_wrong": Vice(
        "vicious.py", 1, "DIVERGENCE", "DIVERGE", "odd one out: bad", {"passed": 4, "failed": 1}
    ),
    "panics": Vice(
        "vicious.py", 1, "PANIC", "PANIC", "ValueError: the trigger was pulled",
        {"passed": 4, "panicked": 1},
    ),
    "dies_midway": Vice(
        "vicious.py", 1, "CRASH", "CRASH", "exited with status 3", {"passed": 4, "crashed": 1}
    ),
    "aborts_midway": Vice(
        "vicious.py", 1, "CRASH", "CRASH", "signal 6 (SIGABRT)", {"passed": 4, "crashed": 1}
    ),
    "hangs": Vice(
        "vicious.py", 1, "TIMEOUT", "TIMEOUT", "500 ms", {"passed": 4, "timed_out": 1}
    ),
    "claims_nothing": Vice(
        "vicious.py", 1, "FAILURE", "FAIL", "does not serve greet.v1.GreetService/Greet",
        {"unsupported": 5},
    ),
    "over_claims": Vice(
        "vicious.py", 1, "DIVERGENCE", "DIVERGE", "UNIMPLEMENTED", {"passed": 3, "failed": 2}
    ),
    "dies_at_start": Vice(
        "vicious.py", 5, "RUNNER", "RUNNER", "the library is not installed", {"missing": 5}
    ),
    "dies_when_asked": Vice(
        "vicious.py", 5, "RUNNER", "RUNNER", "exited with status 3 before it said what it is",
        {"missing": 5},
    ),
    "wrong_version": Vice(
        "liar.py", 5, "RUNNER", "RUNNER", "speaks protocol versions: 99", {"missing": 5}
    ),
    "answers_twice": Vice(
        "liar.py", 5, "PROTOCOL", "PROTOCOL", "answered again what had its answer: greet/greets_trigger", {"passed": 5}
    ),
    "answers_unasked": Vice(
        "liar.py", 5, "PROTOCOL", "PROTOCOL", "answered calls that there are not: 4711", {"passed": 5}
    ),
    "answers_garbage": Vice("liar.py", 5, "PROTOCOL", "PROTOCOL", "GreetResponse", _PROTOCOL),
    "answers_a_verdict": Vice("liar.py", 5, "PROTOCOL", "PROTOCOL", "unsupported", _PROTOCOL),
    "answers_empty": Vice("liar.py", 5, "PROTOCOL", "PROTOCOL", "nothing", _PROTOCOL),
    "answers_one_less": Vice(
        "liar.py", 5, "INCOMPLETE", "NO ANSWER", "without an answer", {"passed": 4, "missing": 1}
    ),
    "answers_nothing": Vice(
        "liar.py", 5, "INCOMPLETE", "NO ANSWER", "without an answer", {"missing": 5}
    ),
    "heartbeats": Vice(
        "liar.py", 1, "TIMEOUT", "TIMEOUT", "500 ms", {"passed": 4, "timed_out": 1}
    ),
    "dies_at_the_end": Vice(
        "liar.py", 1, "CRASH", "CRASH", "status 3; no call was outstanding", {"passed": 5}
    ),
    "aborts_at_the_end": Vice(
        "liar.py", 5, "PROTOCOL", "PROTOCOL", "INTERNAL: just like that; no call", {"passed": 5}
    ),
    "describes_garbage": Vice(
        "liar.py", 5, "RUNNER", "RUNNER", "no DescribeResponse", {"missing": 5}
    ),
    "returns_garbage": Vice(
        "liar.py", 5, "PROTOCOL", "PROTOCOL", "no ExecuteResponse",
        {"protocol_errors": 1, "missing": 4},  # its one restart is spent on the first
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VICES)
def test_a_vice_is_said_and_counted(honest: Project, name: str) -> None:
    vice = VICES[name]
    honest.add("bad", vice.script, name)
    honest.limits["call_timeout"] = "500ms" if name in {"hangs", "heartbeats"} else "10s"
    honest.limits["restarts"] = 1 if name == "returns_garbage" else 10
    shown = honest.run("run", "--quiet")
    _assert_log(honest, vice)
    assert shown.exit == vice.exit, shown
    assert f"━━ {vice.title}" in shown.out
    assert vice.says in shown.out
    assert shown.err == ""

    told = honest.as_json()
    kinds = {finding["kind"] for finding in told["findings"] if finding["gated"]}
    assert f"FINDING_KIND_{vice.kind}" in kinds
    assert told["footer"]["exit_code"] == vice.exit
    _assert_counts(told["footer"]["ledgers"][1], vice)


def _assert_log(project: Project, vice: Vice) -> None:
    footer = project.footer()
    assert_sums_come_out(footer)
    assert footer.exit_code == vice.exit
    assert footer.ledgers[0].passed == _PLANNED  # whatever the other one does


def _assert_counts(ledger: Mapping[str, str], vice: Vice) -> None:
    counts = {name: int(text) for name, text in ledger.items() if name != "runner"}
    assert counts.pop("planned") == _PLANNED
    assert {name: count for name, count in counts.items() if count} == vice.counts
