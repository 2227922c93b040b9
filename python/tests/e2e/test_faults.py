"""Wrong, invalid and missing answers are reported, and all other answers keep their verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from testingkit.conformance.v1 import verdict_pb2
from tests.e2e.project import Project, Result, assert_totals_add_up

_PLANNED = 5
_TRIGGER = "greet/greets_trigger"


@dataclass(frozen=True)
class Fault:
    """What a run reports of a fault. Counts that are not named are zero."""

    script: str  # takes the fault as its last argument
    exit: int
    kind: str
    title: str
    text: str
    counts: Mapping[str, int] = field(default_factory=dict)
    limits: Mapping[str, object] = field(default_factory=dict)


_WRONG = {"passed": 4, "failed": 1}
_BROKEN = {"passed": 4, "protocol_errors": 1}
_HUNG = {"passed": 4, "timed_out": 1}
_CRASHED = {"passed": 4, "crashed": 1}
_ALL = {"passed": 5}
_NONE = {"missing": 5}
_SHORT = {"call_timeout": "500ms"}
_SDK, _BY_HAND = "faulty.py", "protocol_breaker.py"
_HTTP2, _PLAIN = "raw_http2.py {port}", "plain_server.py {port}"

# What a run reports of every fault: of runners with the SDK, of runners that implement its protocol
# by hand, and of plain servers.
FAULTS: Mapping[str, Fault] = {
    # Wrong answers.
    "answers_wrong": Fault(_SDK, 1, "DIVERGENCE", "DIVERGE", "odd one out: bad", _WRONG),
    "answers_wrong_type": Fault(_BY_HAND, 1, "DIVERGENCE", "DIVERGE", "odd one out: bad", _WRONG),
    "panics": Fault(
        _SDK, 1, "PANIC", "PANIC", "ValueError: the trigger was pulled",
        {"passed": 4, "panicked": 1},
    ),
    # Invalid answers.
    "answers_twice": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", f"answered calls more than once: {_TRIGGER}", _ALL
    ),
    "answers_unasked": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "answered calls that do not exist: 4711", _ALL
    ),
    "answers_garbage": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "bytes that are not a greet.v1.GreetResponse", _BROKEN
    ),
    "answers_truncated": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "sent bytes that are not an ExecuteResponse", _BROKEN
    ),
    "answers_oversized": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "Received message larger than max", _BROKEN
    ),
    "answers_a_verdict": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "answered with unsupported", _BROKEN
    ),
    "returns_nothing": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "answered with nothing", _BROKEN
    ),
    "returns_garbage": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "sent bytes that are not an ExecuteResponse",
        {"protocol_errors": 1, "missing": 4}, {"restarts": 1},
    ),
    # No answers.
    "skips_one_answer": Fault(
        _BY_HAND, 5, "INCOMPLETE", "NO ANSWER", "ended its Execute stream without an answer",
        {"passed": 4, "missing": 1},
    ),
    "hangs_up_midway": Fault(
        _BY_HAND, 5, "INCOMPLETE", "NO ANSWER", "ended its Execute stream without an answer",
        {"passed": 4, "missing": 1},
    ),
    "hangs_up": Fault(
        _BY_HAND, 5, "INCOMPLETE", "NO ANSWER", "ended its Execute stream without an answer", _NONE
    ),
    "never_answers": Fault(_SDK, 1, "TIMEOUT", "TIMEOUT", "no answer in 500 ms", _HUNG, _SHORT),
    "heartbeats": Fault(_BY_HAND, 1, "TIMEOUT", "TIMEOUT", "no answer in 500 ms", _HUNG, _SHORT),
    "answers_late": Fault(_BY_HAND, 1, "TIMEOUT", "TIMEOUT", "no answer in 500 ms", _HUNG, _SHORT),
    # Faults at the end.
    "dies_midway": Fault(_SDK, 1, "CRASH", "CRASH", "exited with status 3; the same", _CRASHED),
    "aborts_midway": Fault(_SDK, 1, "CRASH", "CRASH", "signal 6 (SIGABRT); the same", _CRASHED),
    "dies_at_the_end": Fault(
        _BY_HAND, 1, "CRASH", "CRASH", "status 3; no call was outstanding", _ALL
    ),
    "aborts_at_the_end": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "INTERNAL: just like that; no call was out", _ALL
    ),
    "ends_badly": Fault(
        _BY_HAND, 1, "CRASH", "CRASH", "at shutdown\n   nothing was saved", _ALL
    ),
    # Faults at the start.
    "dies_at_start": Fault(_SDK, 5, "RUNNER", "RUNNER", "the library is not installed", _NONE),
    "dies_on_connect": Fault(
        _SDK, 5, "RUNNER", "RUNNER", "exited with status 3 before it answered Describe", _NONE
    ),
    "never_describes": Fault(
        _BY_HAND, 5, "RUNNER", "RUNNER", "Describe failed: DEADLINE_EXCEEDED", _NONE,
        {"start_timeout": "3s"},
    ),
    "describes_garbage": Fault(_BY_HAND, 5, "RUNNER", "RUNNER", "not a DescribeResponse", _NONE),
    "speaks_garbage": Fault(_SDK, 5, "RUNNER", "RUNNER", "Failed parsing HTTP/2", _NONE),
    "wrong_version": Fault(
        _BY_HAND, 5, "RUNNER", "RUNNER", "speaks protocol versions: 99; this TestingKit", _NONE
    ),
    # Wrong descriptions.
    "claims_nothing": Fault(
        _SDK, 1, "FAILURE", "FAIL", "does not serve greet.v1.GreetService/Greet",
        {"unsupported": 5},
    ),
    "claims_unimplemented": Fault(
        _SDK, 1, "DIVERGENCE", "DIVERGE", "UNIMPLEMENTED", {"passed": 3, "failed": 2}
    ),
    "claims_everything": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL",
        "declares methods that the protos do not have: greet.v1.GreetService/Sing0, "
        "greet.v1.GreetService/Sing1, greet.v1.GreetService/Sing2 and 99,997 more", _ALL,
    ),
    "claims_twice": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "declares methods more than once: greet.v1.", _ALL
    ),
    "claims_nonsense": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "the protos do not have: (no name), Greet, gre", _ALL
    ),
    "claims_slashed": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL",
        "the protos do not have: /greet.v1.GreetService/Greet, greet.v1.GreetService/Greet/, "
        "greet.v1.GreetService.Greet", _ALL,
    ),
    "claims_misspelt": Fault(
        _BY_HAND, 5, "PROTOCOL", "PROTOCOL", "not have: greet.v1.GretService/Greet", _ALL
    ),
    # Plain servers.
    "http2 answers_wrong_type": Fault(_HTTP2, 1, "DIVERGENCE", "DIVERGE", "out: bad", _WRONG),
    "http2 answers_garbage": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "not a greet.v1.GreetResponse", _BROKEN
    ),
    "http2 answers_truncated": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "within a message, 1 bytes before its end", _BROKEN
    ),
    "http2 returns_nothing": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "ended with OK and without a message", _BROKEN
    ),
    "http2 answers_oversized": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "67,108,865 bytes; the limit is 64 MiB", _BROKEN,
        {"call_timeout": "50s"},  # 64 MiB take a busy machine its time
    ),
    "http2 refuses_in_http": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "answered with HTTP status `503`", _BROKEN
    ),
    "http2 resets": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "reset the stream with INTERNAL_ERROR", _BROKEN
    ),
    "http2 closes": Fault(_HTTP2, 5, "PROTOCOL", "PROTOCOL", "broke: the server clos", _BROKEN),
    "http2 goes_away": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "sent GOAWAY with ENHANCE_YOUR_CALM, then", _BROKEN
    ),
    "http2 speaks_garbage": Fault(
        _HTTP2, 5, "PROTOCOL", "PROTOCOL", "the stream broke: not valid HTTP/2: ", _BROKEN
    ),
    "http2 never_answers": Fault(
        _HTTP2, 1, "TIMEOUT", "TIMEOUT", "no answer in 500", _HUNG, _SHORT
    ),
    "plain dies": Fault(_PLAIN, 1, "CRASH", "CRASH", "exited with status 4; the same", _CRASHED),
    "plain refuses": Fault(_PLAIN, 1, "DIVERGENCE", "DIVERGE", "closed on Tuesdays", _WRONG),
}  # fmt: skip

# Behaviour that does not fail a run, as long as no process outlives it.
QUIRKS = {
    "leaves_a_child": _BY_HAND,
    "never_ends": _BY_HAND,
    "is_chatty": _SDK,
    "http2 never_ends": _HTTP2,
}


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_reported_and_counted(honest: Project, name: str, jobs: int) -> None:
    fault = FAULTS[name]
    honest.limits |= {"restarts": 10, "stop_timeout": "500ms", **fault.limits}
    shown = _run(honest, fault.script, name, jobs)
    assert shown.exit == fault.exit, shown
    assert f"━━ {fault.title}" in shown.out
    assert fault.text in shown.out
    _assert_recorded(honest, fault)
    _assert_json(honest, fault)


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("name", QUIRKS)
def test_quirk_does_not_fail_a_run_or_outlive_it(honest: Project, name: str, jobs: int) -> None:
    honest.limits["stop_timeout"] = "500ms"
    shown = _run(honest, QUIRKS[name], name, jobs)
    assert shown.exit == 0, shown
    assert [ledger.passed for ledger in honest.footer().ledgers] == [_PLANNED, _PLANNED]


def _run(project: Project, script: str, name: str, jobs: int) -> Result:
    """Runs a correct and a faulty runner, and asserts that no process is left."""
    path, *words = script.split()
    project.add("bad", path, *words, name.rpartition(" ")[2], jobs=jobs)
    shown = project.run("run", "--quiet")
    assert shown.err == ""
    assert not project.orphans()
    return shown


def _assert_recorded(project: Project, fault: Fault) -> None:
    """Asserts that the log counts every call, and that only the faulty call failed."""
    footer = project.footer()
    assert_totals_add_up(footer)
    assert footer.exit_code == fault.exit
    assert footer.ledgers[0].passed == _PLANNED
    names = {event.planned_case.call_id: event.planned_case.case_id for event in project.events()}
    failed = {
        names[event.finished_case.call_id]
        for event in project.events()
        for result in event.finished_case.results
        if result.verdict != verdict_pb2.VERDICT_PASS
    }
    assert len(failed) == _PLANNED - fault.counts.get("passed", 0)
    assert len(failed) != 1 or failed == {_TRIGGER} or "missing" in fault.counts


def _assert_json(project: Project, fault: Fault) -> None:
    """Asserts that ``--json`` has the finding and the counts of the faulty runner."""
    document = project.as_json()
    kinds = {finding["kind"] for finding in document["findings"] if finding["gated"]}
    assert f"FINDING_KIND_{fault.kind}" in kinds
    assert document["footer"]["exit_code"] == fault.exit
    ledger = document["footer"]["ledgers"][1]
    counts = {name: int(text) for name, text in ledger.items() if name != "runner"}
    assert counts.pop("planned") == _PLANNED
    assert {name: count for name, count in counts.items() if count} == fault.counts


def test_methods_of_other_packages_are_named_and_fail_no_run(honest: Project) -> None:
    honest.add("bad", "protocol_breaker.py", "claims_foreign")
    result = honest.run("run")
    assert result.exit == 0
    [finding] = honest.findings()
    assert not finding.gated
    text = "bad: declares methods of packages that the protos do not have: other.v1.Service/Method"
    assert finding.text == text
    assert text.removeprefix("bad: ") in " ".join(result.out.split())


_AGREE = """
name: "greet" service: "greet.v1.GreetService"
cases { name: "trigger" method: "Greet" request { name: "trigger" }
        expect { agree { reason: "both hit the limit" } } }
"""


@pytest.mark.parametrize("expect", ["agree { reason: 'both fail' }", "error {}"])
def test_runners_that_exceed_the_limit_of_an_answer_do_not_agree(
    project: Project, expect: str
) -> None:
    """A limit of the tool is not an answer."""
    project.suite.write_text(_AGREE.replace('agree { reason: "both hit the limit" }', expect))
    project.limits["call_timeout"] = "50s"  # 64 MiB take a busy machine its time
    project.add("one", "faulty.py", "answers_oversized")
    project.add("two", "faulty.py", "answers_oversized")
    result = project.run("run")
    assert result.exit == 5
    assert [ledger.protocol_errors for ledger in project.footer().ledgers] == [1, 1]
    assert "the response has 67,108,869 bytes".replace(",", "") in result.out
    assert "the limit is 67043328" in result.out


def test_runner_that_outgrows_its_memory_limit_and_keeps_running_is_a_crash(
    honest: Project,
) -> None:
    honest.add("bad", "protocol_breaker.py", "outgrows_its_memory", memory_limit="1GiB")
    result = honest.run("run")
    assert result.exit == 1
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.crashed) == (4, 1)
    [finding] = honest.findings()
    assert finding.text.startswith("bad: crash: out of memory: it has memory_limit = 1,024 MiB")
