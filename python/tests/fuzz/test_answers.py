"""Every answer of runners is judged, compared, counted, logged and shown."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from google.rpc import error_details_pb2, status_pb2
from hypothesis import given
from rich.console import Console

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.errors import Place
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.record.event_log import EventLogWriter, read_events
from testingkit.conformance.report.json_run import JsonRun
from testingkit.conformance.report.terminal.run import TerminalRun
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.gate import decide
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1 import divergence_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.expectation_pb2 import (
    Agreement,
    AnyOf,
    ErrorExpectation,
    Expectation,
)
from testingkit.conformance.v1.observation_pb2 import Error, Observation
from testingkit.conformance.v1.run_pb2 import (
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
)
from tests.conformance.support import fails, held, make_case, new, packed, schema
from tests.fuzz.mutations import NUMBERS, TEXTS, spoil_bytes, spoil_message
from tests.fuzz.shown import assert_shown
from tests.hypothesis_profile import RANDOM, bounded_time, fuzz_settings

RUNNERS = ["go", "python", "rust"]
FULL = new(
    "Everything",
    ratio=1.5,
    text="a",
    data=b"\0\xff",
    colour=1,
    point=new("Point", x=1, label="a"),
    maybe=0,
    spot=new("Point", x=2),
    numbers=[1, 2, 3],
    words=["a", "b"],
    ratios=[0.0, -0.0, float("nan")],
    points=[new("Point", x=1), new("Point", x=2, below=[new("Point", x=3)])],
    counts={"a": 1, "\x1b[31m": 2},
    places={1: new("Point", x=1)},
    any=held(new("Everything", any=held(new("Answer", text="x")))),
)
RESPONSE = Expectation(response=packed(FULL))
POLICIES = [
    Comparison(),
    Comparison(nan_equal=False),
    Comparison(unordered=["numbers", "words", "ratios", "points"], ignore=["point.label"]),
    Comparison(unordered=["ratios", "points"], float_tolerance=FloatTolerance(absolute=0.5)),
]
EXPECTATIONS = [
    RESPONSE,
    fails(code=5, reason="R", domain="d", field_path="a.b", message="m"),
    fails(),
    Expectation(agree=Agreement(reason="open")),
    Expectation(any_of=AnyOf(choices=[RESPONSE, fails(code=3)])),
]


def _cases() -> Sequence[Case]:
    return [
        make_case(expect, name=f"probe/c{number}", call="Echo", compare=policy)
        for number, (expect, policy) in enumerate(
            (expect, policy) for expect in EXPECTATIONS for policy in POLICIES
        )
    ]


CASES = _cases()


def observation(random: Random) -> Observation:
    """Returns a random observation, as a runner or the coordinator may make it."""
    found = Observation(call_id=1, elapsed_nanos=abs(random.choice(NUMBERS)))
    match random.randrange(8):
        case 0 | 1:
            found.response = _response(random)
        case 2 | 3:
            found.error.CopyFrom(_error(random))
        case 4:
            found.panic.text, found.panic.backtrace = random.choice(TEXTS), random.choice(TEXTS)
        case 5:
            found.crash.text, found.crash.stderr = random.choice(TEXTS), random.choice(TEXTS)
            found.crash.signal = random.choice([0, 6, -1])
        case 6:
            found.timeout.stderr = random.choice(TEXTS)
        case _:
            kinds = ["unsupported", "protocol_error", "no_result", "not_run"]
            getattr(found, random.choice(kinds)).SetInParent()
    return found


def _response(random: Random) -> bytes:
    message = new("Everything")
    message.CopyFrom(FULL)
    if random.random() < 0.5:
        spoil_message(message, random)
    data: bytes = message.SerializePartialToString()
    if random.random() < 0.3:
        return spoil_bytes(data, data, random)
    unknown = random.choice([b"", b"\xf8\x07\x01" * 50, b"\xfb\x07" * 30 + b"\xfc\x07" * 30])
    return data + unknown


def _error(random: Random) -> Error:
    status = status_pb2.Status(code=random.choice([0, 5, -1, 99]))
    info = error_details_pb2.ErrorInfo(reason=random.choice(TEXTS), domain=random.choice(TEXTS))
    status.details.add().Pack(info)
    violation = error_details_pb2.BadRequest.FieldViolation(field=random.choice(TEXTS))
    status.details.add().Pack(error_details_pb2.BadRequest(field_violations=[violation] * 3))
    spoil_message(status, random, [*TEXTS, "type.googleapis.com/google.rpc.ErrorInfo"])
    details = status.SerializeToString()
    if random.random() < 0.4:
        details = spoil_bytes(details, details, random)
    code = random.choice([5, 3, 0, -1, 16, 17, 2**31 - 1, -(2**31)])
    return Error(code=code, message=random.choice(TEXTS), details=details)


def record(
    cases: Mapping[int, Case], observed: Mapping[int, Sequence[Sequence[Observation]]]
) -> Any:
    """Returns the events of a run with these observations."""
    entries = [
        KnownDivergence(
            runner,
            Place("known/x.textproto", 3),
            divergence_pb2.KnownDivergence(
                case="probe/*",
                kind=divergence_pb2.DIVERGENCE_KIND_FLAKY,
                outcome=divergence_pb2.PinnedOutcome(error=ErrorExpectation(code=5)),
                reason="r",
            ),
            frozenset(case.id for case in list(cases.values())[::2]),
        )
        for runner in ("go", "rust")
    ]
    book = KnownBook(entries, datetime.date(2026, 1, 1))
    assessor, tally = Assessor(RUNNERS, book, all_runners=True), Tally(3, len(cases))
    findings = FindingBook(RUNNERS)
    header = RunHeader(
        format_version=1, runners=RUNNERS, cases=len(cases), descriptors=schema().subject_files
    )
    events = [RunEvent(header=header)]
    events += [RunEvent(runner_ready=RunnerReady(runner=index)) for index in range(3)]
    for number, case in cases.items():
        planned = PlannedCase.FromString(record_of(case).planned)
        planned.call_id = number
        events.append(RunEvent(planned_case=planned))
        finished = assessor.assess(number, case, observed[number])
        tally.add(finished, case.level)
        findings.add_case(case, finished)
        events.append(RunEvent(finished_case=finished))
    for stale in book.stale(RUNNERS, complete=True):
        findings.add_stale(stale)
    found = findings.findings()
    gate = decide(tally, found, interrupted=False)
    events += [RunEvent(finding=finding) for finding in found]
    footer = RunFooter(
        ledgers=tally.ledgers,
        parity=tally.parity,
        decision=gate.decision,
        exit_code=gate.exit_code,
        reasons=gate.reasons,
    )
    return [*events, RunEvent(footer=footer)]


def show(events: Sequence[RunEvent], width: int = 100) -> str:
    out = io.StringIO()
    terminal, document = TerminalRun(Console(file=out, width=width, highlight=False)), JsonRun()
    for event in events:
        terminal(event)
        document(event)
    assert_shown(out.getvalue())
    assert_shown(document.text())
    return out.getvalue()


def check(folder: Path, observed: Mapping[int, Sequence[Sequence[Observation]]]) -> str:
    cases = {number: CASES[number - 1] for number in observed}
    log = folder / "events.binpb"
    log.unlink(missing_ok=True)
    with bounded_time():
        events = record(cases, observed)
        with EventLogWriter(log) as writer:
            for event in events:
                writer.write(event)
        assert list(read_events(log)) == events
        return show(events)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@fuzz_settings(500)
@given(RANDOM)
def test_random_answers_are_recorded_and_shown(folder: Path, random: Random) -> None:
    times = random.choice([1, 1, 3])
    chosen = random.sample(range(1, len(CASES) + 1), 4)
    check(
        folder,
        {
            number: [[observation(random) for _ in range(times)] for _ in RUNNERS]
            for number in chosen
        },
    )


@pytest.mark.parametrize("text", ["\x1b[2J" * 400_000, "line\n" * 400_000, "é" * 3_000_000])
def test_huge_texts_are_shortened(folder: Path, text: str) -> None:
    panic, crash, error, answer = (Observation(call_id=1) for _ in range(4))
    panic.panic.text = panic.panic.backtrace = text
    crash.crash.text = crash.crash.stderr = text
    error.error.code, error.error.message = 3, text
    answer.response = new("Everything", text=text, words=[text[:1000]] * 500).SerializeToString()
    given = [panic, crash, error, answer, observation(Random(0)), answer]
    observed = {
        number: [[given[(number + runner) % len(given)]] for runner in range(3)]
        for number in (1, 5, 9, 13, 17)
    }
    assert len(check(folder, observed)) < 100_000


def test_answers_that_differ_in_every_repetition_are_flaky_and_bounded(folder: Path) -> None:
    """Groups of repetitions are bounded; the last group has all further answers."""
    different = [
        Observation(call_id=1, response=new("Everything", count=number).SerializeToString())
        for number in range(500)
    ]
    shown = check(folder, {1: [different, different[:1] * 500, different[::-1]]})
    assert "485 times" in shown
    assert "FLAKY" in shown


def test_deeply_nested_any_is_recorded_and_shown(folder: Path) -> None:
    deep = new("Everything", text="x")
    for _ in range(1500):
        deep = new("Everything", any=held(deep))
    other = new("Everything", any=held(new("Everything", text="y")))
    answers = [Observation(call_id=1, response=m.SerializeToString()) for m in (deep, other, deep)]
    check(folder, {number: [[a] for a in answers] for number in (1, 3, 13, 17)})
