"""Event logs: reading what was written, and errors for damaged or contradictory logs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record import event_log
from testingkit.conformance.record.event_log import (
    EventLogWriter,
    read_events,
)
from testingkit.conformance.record.run_log import open_log
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    Ledger,
    LeftOut,
    ParityTotals,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    RunnerResult,
)

HEADER = RunEvent(header=RunHeader(format_version=1, runners=["go", "rust"], cases=1))
READY = [RunEvent(runner_ready=RunnerReady(runner=index)) for index in (0, 1)]
PLANNED = RunEvent(
    planned_case=PlannedCase(
        call_id=1, case_id="a/b", request=b"\0" * 300, level=case_pb2.LEVEL_REQUIRED
    )
)
RIGHT = RunnerResult(verdict=verdict_pb2.VERDICT_PASS, answer_class=1, observation=Observation())
SAME = RunnerResult(runner=1, verdict=verdict_pb2.VERDICT_PASS, answer_class=1)
FINISHED = RunEvent(
    finished_case=FinishedCase(call_id=1, parity=parity_pb2.PARITY_AGREE, results=[RIGHT, SAME])
)
FINDING = RunEvent(
    finding=Finding(id="F1", kind=run_pb2.FINDING_KIND_FAILURE, case_id="a/b", runners=[1])
)
FOOTER = RunEvent(
    footer=RunFooter(
        ledgers=[Ledger(runner=index, planned=1, passed=1) for index in (0, 1)],
        parity=ParityTotals(cases=1, agree=1),
        decision=run_pb2.DECISION_CONFORMANT,
    )
)
EVENTS = [HEADER, *READY, PLANNED, FINISHED, FINDING, FOOTER]


# A run of three cases that was interrupted before the second.
LEFT_OUT = RunEvent(left_out=LeftOut(cases=2, text="the run was interrupted"))
CUT_FOOTER = RunEvent(
    footer=RunFooter(
        ledgers=[Ledger(runner=index, planned=3, passed=1, missing=2) for index in (0, 1)],
        parity=ParityTotals(cases=3, agree=1, none=2),
        decision=run_pb2.DECISION_INTERRUPTED,
    )
)


def changed(event: RunEvent, **values: Any) -> RunEvent:
    """Returns the event with other field values; lists and messages are replaced."""
    other = RunEvent()
    other.CopyFrom(event)
    inner = getattr(other, other.WhichOneof("event") or "")
    for name in values:
        inner.ClearField(name)
    inner.MergeFrom(type(inner)(**values))
    return other


def write(path: Path, events: list[RunEvent]) -> Path:
    with EventLogWriter(path) as writer:
        for event in events:
            writer.write(event)
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write(tmp_path / "runs" / "1" / "events.binpb", EVENTS)


def test_written_events_are_read_unchanged(log: Path) -> None:
    assert list(read_events(log)) == EVENTS


def test_left_out_cases_count_towards_the_header(tmp_path: Path) -> None:
    header = changed(HEADER, cases=3)
    events = [header, *READY, PLANNED, FINISHED, LEFT_OUT, FINDING, CUT_FOOTER]
    assert list(read_events(write(tmp_path / "log", events))) == events


def test_planned_cases_without_a_result_count_as_left_out(tmp_path: Path) -> None:
    header = changed(HEADER, cases=3)
    open_ones = [changed(PLANNED, call_id=n, case_id=f"let/go{n}") for n in (70, 71, 72)]
    events = [header, *READY, PLANNED, FINISHED, *open_ones[:2], LEFT_OUT, FINDING, CUT_FOOTER]
    path = write(tmp_path / "log", events)
    assert list(read_events(path)) == events
    assert [planned.case_id for planned, _ in open_log(path).cases()] == [
        PLANNED.planned_case.case_id
    ]
    events[-3:-3] = open_ones[2:]
    with pytest.raises(OutputError, match="3 cases are planned and not finished, but only 2 left"):
        list(read_events(write(tmp_path / "other", events)))


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([LEFT_OUT, CUT_FOOTER], "3 cases are finished or left out, but the header has 4"),
        ([LEFT_OUT, LEFT_OUT, CUT_FOOTER], "left_out has no cases, or occurs twice"),
        ([RunEvent(left_out=LeftOut()), CUT_FOOTER], "left_out has no cases, or occurs twice"),
        ([changed(LEFT_OUT, cases=3), CUT_FOOTER], "the totals of the footer"),
    ],
)
def test_wrong_number_of_left_out_cases_is_an_error(
    tmp_path: Path, events: list[RunEvent], message: str
) -> None:
    header = changed(HEADER, cases=4)
    path = write(tmp_path / "log", [header, *READY, PLANNED, FINISHED, *events])
    with pytest.raises(OutputError, match=message):
        list(read_events(path))


def test_existing_log_is_not_overwritten(log: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: File exists"):
        EventLogWriter(log)
    assert list(read_events(log)) == EVENTS


def test_log_truncated_at_any_byte_was_cut_short(log: Path) -> None:
    whole = log.read_bytes()
    for size in range(len(whole)):
        log.write_bytes(whole[:size])
        with pytest.raises(OutputError, match="was cut short"):
            list(read_events(log))


def test_events_before_the_cut_are_read(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-1])
    events = read_events(log)
    assert [next(events) for _ in EVENTS[1:]] == EVENTS[:-1]
    with pytest.raises(OutputError):
        next(events)


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([], "has no footer"),
        ([HEADER], "has no footer"),
        ([HEADER, PLANNED], "has no footer"),
        ([PLANNED, FOOTER], "planned_case event after the start"),
        ([FOOTER], "footer event after the start"),
        ([HEADER, HEADER, FOOTER], "header event after header"),
        ([*EVENTS, PLANNED], "planned_case event after footer"),
        ([*EVENTS, FOOTER], "footer event after footer"),
        ([HEADER, RunEvent(), FOOTER], "empty event after header"),
        ([HEADER, RunEvent(), HEADER, FOOTER], "empty event after header"),
        ([RunEvent(header=RunHeader(format_version=2)), FOOTER], "has format 2"),
        ([RunEvent(header=RunHeader()), FOOTER], "has format 0"),
    ],
)
def test_events_out_of_order_are_an_error(
    tmp_path: Path, events: list[RunEvent], message: str
) -> None:
    path = write(tmp_path / "log", events)
    with pytest.raises(OutputError, match=message):
        list(read_events(path))


def result(**values: Any) -> RunnerResult:
    """Returns a result of the second runner."""
    return RunnerResult(runner=1, **values)


FAR = Timestamp(seconds=1 << 60)
# An event, its replacement, and the contradiction that is reported then.
CONTRADICTIONS: list[tuple[RunEvent, RunEvent, str]] = [
    (HEADER, changed(HEADER, runners=[]), "runner names are missing or not unique"),
    (HEADER, changed(HEADER, runners=["go", "go"]), "names are missing or not unique"),
    (HEADER, changed(HEADER, started=FAR), "the start time of the run is not valid"),
    (HEADER, changed(HEADER, cases=2), "1 cases are finished or left out, but the header has 2"),
    (READY[0], changed(READY[0], runner=1), "runner 1 is ready twice, or is not in the header"),
    (READY[1], changed(READY[1], runner=7), "runner 7 is ready twice, or is not in the header"),
    (READY[1], FINDING, "finding F1 names case 'a/b', which is not planned"),
    (PLANNED, READY[0], "runner 0 is ready twice"),
    (PLANNED, changed(PLANNED, level=77), "unknown level 77"),
    (PLANNED, changed(PLANNED, level=0), "unknown level 0"),
    (PLANNED, changed(PLANNED, call_id=2), "call 1 is finished twice, or was not planned"),
    (FINISHED, PLANNED, "case 'a/b' with call 1 is planned twice"),
    (FINISHED, changed(FINISHED, parity=0), "unknown parity 0"),
    (FINISHED, changed(FINISHED, results=[RIGHT]), "a/b does not have one result for each runner"),
    (FINISHED, changed(FINISHED, results=[SAME, RIGHT]), "a/b does not have one result for each"),
    (
        FINISHED,
        changed(FINISHED, results=[RIGHT, result(verdict=99)]),
        "unknown verdict 99",
    ),
    (
        FINISHED,
        changed(FINISHED, results=[RIGHT, result(verdict=1, answer_class=2)]),
        "a/b has a result of runner 1 without an observation",
    ),
    (
        FINISHED,
        changed(FINISHED, results=[RIGHT, result(verdict=1)]),
        "a/b has a result of runner 1 without an observation",
    ),
    (FINDING, FINISHED, "call 1 is finished twice, or was not planned"),
    (FINDING, changed(FINDING, kind=55), "unknown kind of finding 55"),
    (
        FINDING,
        changed(FINDING, runners=[2]),
        "finding F1 names runner 2, which is not in the header",
    ),
    (FINDING, changed(FINDING, similar_case_ids=["a/c"]), "'a/c', which is not planned"),
    (FOOTER, changed(FOOTER, decision=0), "unknown decision 0"),
    (FOOTER, changed(FOOTER, ledgers=[]), "the totals of the footer"),
    (FOOTER, changed(FOOTER, parity=ParityTotals(cases=1, diverge=1)), "the totals of the footer"),
    (FOOTER, changed(FOOTER, exit_code=77), "unknown exit code 77"),
    (FOOTER, changed(FOOTER, finished=FAR), "the end time of the run is not valid"),
]


@pytest.mark.parametrize(
    ("event", "other", "message"), CONTRADICTIONS, ids=range(len(CONTRADICTIONS))
)
def test_contradictory_log_is_an_error(
    tmp_path: Path, event: RunEvent, other: RunEvent, message: str
) -> None:
    events = [other if one is event else one for one in EVENTS]
    path = write(tmp_path / "log", events)
    with pytest.raises(OutputError, match="contradicts itself: ") as caught:
        list(read_events(path))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        (READY[1], "1 of 2 runners have a runner_ready event"),
        (FINISHED, "0 cases are finished or left out, but the header has 1"),
    ],
)
def test_log_without_a_required_event_is_an_error(
    tmp_path: Path, left_out: RunEvent, message: str
) -> None:
    path = write(tmp_path / "log", [event for event in EVENTS if event is not left_out])
    with pytest.raises(OutputError, match=f"contradicts itself: {message}"):
        list(read_events(path))


def test_oversized_event_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "MAX_EVENT_BYTES", 200)
    with pytest.raises(OutputError, match="cannot be written: an event is larger than"):
        write(tmp_path / "log", EVENTS)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff" * 20, "is damaged at byte"),
        (b"\x7f" + b"a" * 10, "is damaged at byte"),
        (b"\x05hello", "is not an event log"),
        (b"<html></html>" * 9, "is not an event log"),
        (b"\x80", "was cut short"),
    ],
)
def test_bytes_that_are_not_a_log_are_an_error(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(data)
    with pytest.raises(OutputError, match=message):
        list(read_events(path))


def test_pipe_missing_file_or_folder_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="cannot be read: it is not a regular file"):
        list(read_events(tmp_path / "pipe"))
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(OutputError, match="cannot be read"):
            list(read_events(path))


def read(path: Path) -> str:
    """Reads a log and returns the error; empty without one."""
    try:
        list(read_events(path))
    except OutputError as error:
        return str(error)
    return ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_changed_bytes_are_an_output_error_or_harmless(log: Path, data: st.DataObject) -> None:
    whole = bytearray(log.read_bytes())
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = log.with_name("damaged")
    path.write_bytes(damaged)
    assert read(path) == "" or str(path) in read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_random_bytes_are_an_output_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(data)
    assert str(path) in read(path)


def remove(log: Path) -> None:
    log.unlink()


def remove_folder(log: Path) -> None:
    shutil.rmtree(log.parent)


def replace(log: Path) -> None:
    log.with_name("other").write_bytes(log.read_bytes())
    log.with_name("other").replace(log)


def link_the_folder(log: Path) -> None:
    shutil.copytree(log.parent, log.parent.with_name("copy"))
    shutil.rmtree(log.parent)
    log.parent.symlink_to("copy")


def truncate(log: Path) -> None:
    os.truncate(log, 0)


def append(log: Path) -> None:
    with log.open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize("is_empty", [False, True])
@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (remove, "was removed during the run"),
        (remove_folder, "was removed during the run"),
        (replace, "was replaced during the run"),
        (link_the_folder, "was replaced during the run"),
        (truncate, "was changed during the run: it has [0-9,]* bytes, and "),
        (append, "was changed during the run: it has "),
    ],
)
def test_log_that_another_program_changes_is_an_error_when_it_is_closed(
    tmp_path: Path, change: Callable[[Path], None], problem: str, is_empty: bool
) -> None:
    log = tmp_path / "run" / "events.binpb"
    writer = EventLogWriter(log)
    if not is_empty:
        for _ in range(1000):  # more than the buffer
            writer.write(HEADER)
    change(log)
    if change is truncate and is_empty:
        writer.close()
        return
    with pytest.raises(OutputError, match=problem):
        writer.close()
    writer.close()  # once is enough


def test_truncated_log_that_grows_again_is_an_error(tmp_path: Path) -> None:
    log = tmp_path / "run" / "events.binpb"
    writer = EventLogWriter(log)
    for number in range(2000):
        writer.write(HEADER)
        if number == 1000:
            truncate(log)
    with pytest.raises(OutputError, match="was changed"):
        writer.close()
