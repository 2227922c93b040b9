"""The difference of two runs compares answers as a run does, under the comparison of the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from google.rpc import code_pb2

from testingkit.conformance.record.run_diff import Change, ChangeKind, RunDiff
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.observation_pb2 import (
    Crash,
    Error,
    Observation,
    Panic,
    ProtocolError,
    Timeout,
)
from testingkit.conformance.v1.run_pb2 import (
    FinishedCase,
    Outcome,
    PlannedCase,
    RunFooter,
    RunHeader,
    RunnerResult,
)
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.logs import planned, write_log
from tests.conformance.support import answer, error, fails, held, new, schema

ECHO = "probe.v1.ProbeService/Echo"
NAN = float("nan")
PASS = verdict_pb2.VERDICT_PASS
Result = tuple[Any, Observation | None]  # the verdict and the observation


def response(**values: Any) -> Observation:
    return Observation(response=new("Everything", **values).SerializeToString())


def finished(*results: Result, parity: Any = parity_pb2.PARITY_SINGLE) -> FinishedCase:
    done = FinishedCase(call_id=1, parity=parity)
    for index, (verdict, observation) in enumerate(results):
        answer_class = 0 if observation is None else index + 1
        result = done.results.add(runner=index, verdict=verdict, answer_class=answer_class)
        if observation is not None:
            result.observation.CopyFrom(observation)
    return done


def log(
    path: Path,
    cases: Sequence[tuple[PlannedCase, FinishedCase]],
    runners: Sequence[str] = ("go",),
    *,
    typed: bool = True,
) -> RunLog:
    header = RunHeader(testingkit_version="0.1.0", seed="7f", runners=runners, suites=1)
    if typed:
        header.descriptors.CopyFrom(schema().subject_files)
    path.unlink(missing_ok=True)
    for number, (case, done) in enumerate(cases, start=1):
        case.call_id = done.call_id = number
    footer = RunFooter(decision=run_pb2.DECISION_CONFORMANT)
    return write_log(path, header, list(cases), lambda _: footer)


def changes(
    folder: Path, old: Result, new_: Result, compare: Comparison | None = None, **values: Any
) -> list[Change]:
    """Returns the changes of the only runner."""
    logs = []
    for name, result in (("old", old), ("new", new_)):
        case = planned(1, "s/a", **{"method": ECHO, "compare": compare, **values})
        logs.append(log(folder / name, [(case, finished(result))]))
    return [change for change in RunDiff(*logs).changes() if change.runner == "go"]


def same(*values: Mapping[str, Any], **compare: Any) -> Any:
    return ([response(**value) for value in values], Comparison(**compare))


# Two answers, and a comparison under which they are equal.
EQUAL = [
    same({"text": "a"}, {"text": "a"}),
    same({"text": "a"}, {"text": "b"}, ignore=["text"]),
    same({"words": ["a", "b"]}, {"words": ["b", "a"]}, unordered=["words"]),
    same(
        {"point": {"below": [{"x": 1}, {"x": 2}]}},
        {"point": {"below": [{"x": 2}, {"x": 1}]}},
        unordered=["probe.v1.Point.below"],
    ),
    same({"ratio": 1.0}, {"ratio": 1.1}, float_tolerance=FloatTolerance(absolute=0.2)),
    same({"ratio": 0.0}, {"ratio": -0.0}, signed_zero_equal=True),
    same({"ratio": NAN}, {"ratio": NAN}),
    same({"ratio": NAN}, {"ratio": NAN}, nan_equal=False),
    same(
        {"any": held(new("Answer", text="a"))},
        {"any": held(new("Answer", text="b"))},
        ignore=["any.text"],
    ),
]


@pytest.mark.parametrize(("answers", "compare"), EQUAL)
def test_answers_that_are_equal_under_the_policy_make_no_difference(
    tmp_path: Path, answers: list[Observation], compare: Comparison
) -> None:
    one, other = answers
    assert changes(tmp_path, (PASS, one), (PASS, other), compare) == []
    if one.response != other.response:
        assert len(changes(tmp_path, (PASS, one), (PASS, other))) == 1


def test_order_of_map_entries_and_of_fields_makes_no_difference(tmp_path: Path) -> None:
    entries = [new("Everything", counts={key: 1}).SerializeToString() for key in "ab"]
    one, other = (Observation(response=b"".join(side)) for side in (entries, entries[::-1]))
    assert one != other
    assert changes(tmp_path, (PASS, one), (PASS, other)) == []
    fields = [new("Everything", text="a"), new("Everything", count=1)]
    parts = [part.SerializeToString() for part in fields]
    one, other = (Observation(response=b"".join(side)) for side in (parts, parts[::-1]))
    assert changes(tmp_path, (PASS, one), (PASS, other)) == []


def test_wording_of_an_error_is_a_change_only_if_the_case_expects_it(tmp_path: Path) -> None:
    one, other = (PASS, error(5, "at 0x7f01")), (PASS, error(5, "at 0x7f02"))
    assert changes(tmp_path, one, other, expect=fails(code=code_pb2.NOT_FOUND)) == []
    expected = fails(code=code_pb2.NOT_FOUND, message="at 0x7f01")
    wrong = verdict_pb2.VERDICT_WRONG_ERROR
    sides = (wrong, one[1]), (wrong, other[1])
    assert [c.kind for c in changes(tmp_path, *sides, expect=expected)] == [ChangeKind.CHANGED]
    (change,) = changes(tmp_path, one, (PASS, error(7, "at 0x7f01")))
    assert change.detail == "NOT_FOUND: at 0x7f01 → PERMISSION_DENIED: at 0x7f01"


WORDED: list[tuple[Any, list[Observation]]] = [
    (verdict_pb2.VERDICT_PANIC, [Observation(panic=Panic(text=t, backtrace=t)) for t in "ab"]),
    (verdict_pb2.VERDICT_CRASH, [Observation(crash=Crash(text="end", stderr=t)) for t in "ab"]),
    (
        verdict_pb2.VERDICT_TIMEOUT,
        [Observation(timeout=Timeout(deadline_millis=n)) for n in (1, 2)],
    ),
    (
        verdict_pb2.VERDICT_PROTOCOL_ERROR,
        [Observation(protocol_error=ProtocolError(text=t)) for t in "ab"],
    ),
    (verdict_pb2.VERDICT_PROTOCOL_ERROR, [Observation(response=b) for b in (b"\xff", b"\xfe")]),
]


def test_errors_with_the_same_text_are_shown_by_their_difference(tmp_path: Path) -> None:
    one, other = (Observation(error=Error(code=5, details=d)) for d in (b"", b"\x08\x03"))
    (change,) = changes(tmp_path, (PASS, one), (PASS, other))
    assert change.detail == "error.details.code: (not there) → 3"


@pytest.mark.parametrize(("verdict", "sides"), WORDED)
def test_wording_of_panics_crashes_and_broken_answers_makes_no_difference(
    tmp_path: Path, verdict: Any, sides: list[Observation]
) -> None:
    one, other = sides
    assert changes(tmp_path, (verdict, one), (verdict, other)) == []


def test_different_answer_that_still_passes_is_a_change_with_its_first_difference(
    tmp_path: Path,
) -> None:
    one, other = response(text="a", count=1), response(text="b", count=1)
    (change,) = changes(tmp_path, (PASS, one), (PASS, other))
    assert (change.kind, change.before, change.after) == (ChangeKind.CHANGED, "pass", "pass")
    assert change.detail == 'text: "a" → "b"'
    (change,) = changes(tmp_path, (PASS, one), (PASS, error(5)))
    assert change.detail == "a response → NOT_FOUND"


def test_failures_are_compared_by_their_answers_and_not_by_their_texts(tmp_path: Path) -> None:
    mismatch = verdict_pb2.VERDICT_MISMATCH
    logs = []
    for number, (shown, given) in enumerate([("1", "a"), ("2", "a"), ("2", "b")]):
        done = finished((mismatch, response(text=given)))
        kind = DIFFERENCE_KIND_VALUE
        done.results[0].differences.append(Difference(kind=kind, field_path="x", actual=shown))
        logs.append(log(tmp_path / str(number), [(planned(1, "s/a", method=ECHO), done)]))
    assert list(RunDiff(logs[0], logs[1]).changes()) == []
    assert [c.kind for c in RunDiff(logs[1], logs[2]).changes()] == [ChangeKind.CHANGED]


def test_new_policy_decides(tmp_path: Path) -> None:
    logs = []
    for name, ignore in (("old", []), ("new", ["text"])):
        case = planned(1, "s/a", method=ECHO, compare=Comparison(ignore=ignore))
        logs.append(log(tmp_path / name, [(case, finished((PASS, response(text=name))))]))
    assert list(RunDiff(*logs).changes()) == []
    assert len(list(RunDiff(*logs[::-1]).changes())) == 1


def test_outcomes_of_a_flaky_runner_make_no_difference(tmp_path: Path) -> None:
    logs = []
    for name in ("old", "new"):
        flaky = RunnerResult(runner=0, verdict=verdict_pb2.VERDICT_FLAKY, answer_class=1)
        for text in ("a", name):
            outcome = Outcome(observation=response(text=text), times=1, verdict=PASS)
            flaky.outcomes.append(outcome)
        flaky.observation.CopyFrom(flaky.outcomes[0].observation)
        done = FinishedCase(parity=parity_pb2.PARITY_SINGLE, results=[flaky])
        logs.append(log(tmp_path / name, [(planned(1, "s/a", method=ECHO), done)]))
    assert list(RunDiff(*logs).changes()) == []


def test_answers_without_types_are_compared_as_bytes_and_counted(tmp_path: Path) -> None:
    entries = [new("Everything", counts={key: 1}).SerializeToString() for key in "ab"]
    answers = [Observation(response=b"".join(side)) for side in (entries, entries[::-1])]
    logs = []
    for name, given in zip(("old", "new"), answers, strict=True):
        cases = [
            (planned(1, "s/a", method=ECHO), finished((PASS, given))),
            (planned(2, "s/b", method=ECHO), finished((PASS, answers[0]))),
            (planned(3, "s/c", method=ECHO), finished((PASS, error(5, name)))),
        ]
        logs.append(log(tmp_path / name, cases, typed=False))
    diff = RunDiff(*logs)
    assert [(c.case_id, c.detail) for c in diff.changes()] == [("s/a", "other bytes")]
    assert diff.untyped == {ECHO: 1}


def renamed(folder: Path, name: str, *former: str, text: str = "a", runner: str = "go") -> RunLog:
    case = planned(1, name, method=ECHO, former_ids=former)
    file = folder / f"{name.replace('/', '-')}-{text}-{len(former)}"
    return log(file, [(case, finished((PASS, response(text=text))))], [runner])


@pytest.mark.parametrize("text", ["a", "b"])
def test_renamed_case_is_compared_with_itself_in_both_directions(tmp_path: Path, text: str) -> None:
    first = renamed(tmp_path, "s/one")
    second = renamed(tmp_path, "s/two", "s/one", text=text)
    third = renamed(tmp_path, "s/three", "s/one", "s/two", text=text)
    kinds = [ChangeKind.CHANGED] * (text != "a")
    for old, now in ((first, second), (first, third), (second, first), (third, first)):
        found = list(RunDiff(old, now).changes())
        assert [change.kind for change in found] == kinds
        for change in found:
            assert (change.case_id, change.former_id) == (_name(now), _name(old))
    assert list(RunDiff(second, third).changes()) == []
    assert [c.kind for c in RunDiff(first, renamed(tmp_path, "s/x")).changes()] == [
        *[ChangeKind.NEW] * 2,
        *[ChangeKind.GONE] * 2,
    ]


def _name(of: RunLog) -> str:
    ((case, _),) = of.cases()
    return case.case_id


NAMES = ["parity"]


def test_runner_with_the_name_of_parity_is_not_parity(tmp_path: Path) -> None:
    mismatch = verdict_pb2.VERDICT_MISMATCH
    logs = [
        log(tmp_path / str(verdict), [(planned(1, "s/a"), finished((verdict, answer("a"))))], NAMES)
        for verdict in (PASS, mismatch)
    ]
    found = [(change.kind, change.before[:4]) for change in RunDiff(*logs).changes()]
    assert found == [(ChangeKind.REGRESSED, "pass")]
