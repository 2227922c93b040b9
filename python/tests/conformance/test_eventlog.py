"""A log comes back as it was written, or the reader says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testingkit.conformance.errors import OutputError
from testingkit.conformance.eventlog import EventLogWriter, new_run_folder, read_events
from testingkit.conformance.v1.run_pb2 import (
    FinishedCase,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
)

HEADER = RunEvent(header=RunHeader(format_version=1, runners=["go", "rust"]))
PLANNED = RunEvent(planned_case=PlannedCase(call_id=1, case_id="a/b", request=b"\0" * 300))
FINISHED = RunEvent(finished_case=FinishedCase(call_id=1))
FOOTER = RunEvent(footer=RunFooter(exit_code=1))
EVENTS = [HEADER, PLANNED, FINISHED, FOOTER]


def write(path: Path, events: list[RunEvent]) -> Path:
    with EventLogWriter(path) as writer:
        for event in events:
            writer.write(event)
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write(tmp_path / "runs" / "1" / "events.binpb", EVENTS)


def test_round_trip(log: Path) -> None:
    assert list(read_events(log)) == EVENTS


def test_a_log_is_never_written_over(log: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: File exists"):
        EventLogWriter(log)
    assert list(read_events(log)) == EVENTS


def test_every_shorter_log_was_cut_short(log: Path) -> None:
    whole = log.read_bytes()
    for size in range(len(whole)):
        log.write_bytes(whole[:size])
        with pytest.raises(OutputError, match="was cut short"):
            list(read_events(log))


def test_what_came_before_the_cut_can_be_read(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-1])
    events = read_events(log)
    assert [next(events) for _ in range(3)] == EVENTS[:3]
    with pytest.raises(OutputError):
        next(events)


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([], "has no footer"),
        ([HEADER], "has no footer"),
        ([HEADER, PLANNED], "has no footer"),
        ([PLANNED, FOOTER], "planned_case event after None"),
        ([FOOTER], "footer event after None"),
        ([HEADER, HEADER, FOOTER], "header event after header"),
        ([HEADER, FOOTER, PLANNED], "planned_case event after footer"),
        ([HEADER, FOOTER, FOOTER], "footer event after footer"),
        ([HEADER, RunEvent(), FOOTER], "no event after header"),
        ([HEADER, RunEvent(), HEADER, FOOTER], "no event after header"),
        ([RunEvent(header=RunHeader(format_version=2)), FOOTER], "has format 2"),
        ([RunEvent(header=RunHeader()), FOOTER], "has format 0"),
    ],
)
def test_events_out_of_order(tmp_path: Path, events: list[RunEvent], message: str) -> None:
    path = write(tmp_path / "log", events)
    with pytest.raises(OutputError, match=message):
        list(read_events(path))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff" * 20, "is damaged at byte"),
        (b"\x7f" + b"a" * 10, "is damaged at byte"),
        (b"\x05hello", "is no event log"),
        (b"<html></html>" * 9, "is no event log"),
        (b"\x80", "was cut short"),
    ],
)
def test_garbage(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "log"
    path.write_bytes(data)
    with pytest.raises(OutputError, match=message):
        list(read_events(path))


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(OutputError, match="cannot be read"):
            list(read_events(path))


def read(path: Path) -> str:
    """Reads a log; what was wrong with it, if anything was."""
    try:
        list(read_events(path))
    except OutputError as error:
        return str(error)
    return ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_is_an_output_error_or_no_matter(log: Path, data: st.DataObject) -> None:
    whole = bytearray(log.read_bytes())
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = log.with_name("damaged")
    path.write_bytes(damaged)
    assert read(path) == "" or str(path) in read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_no_log(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "log"
    path.write_bytes(data)
    assert str(path) in read(path)


def test_run_folders_have_names_of_their_own_and_latest_is_the_last(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    folders = [new_run_folder(runs, "noon") for _ in range(3)]
    assert [folder.name for folder in folders] == ["noon", "noon-2", "noon-3"]
    assert (runs / "latest").resolve() == folders[-1].resolve()


def test_a_run_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "runs").touch()
    with pytest.raises(OutputError, match="cannot be made"):
        new_run_folder(tmp_path / "runs", "noon")
