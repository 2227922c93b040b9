"""Every event log can be shown, or is an `OutputError`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from rich.console import Console

from testingkit.conformance.config import load_config
from testingkit.conformance.errors import OutputError, UsageError
from testingkit.conformance.project import Project
from testingkit.conformance.record.event_log import EventLogWriter, read_events
from testingkit.conformance.record.recorded_run import RecordedRun, open_run
from testingkit.conformance.report.json_run import JsonRun
from testingkit.conformance.report.terminal.run import TerminalRun
from testingkit.conformance.v1.run_pb2 import RunEvent
from tests.e2e.project import Project as RealProject
from tests.fuzz.mutations import TEXTS, spoil_bytes, spoil_message
from tests.fuzz.shown import assert_shown
from tests.hypothesis_profile import RANDOM, bounded_time, fuzz_settings


@pytest.fixture(scope="module")
def events(recorded: RealProject) -> Sequence[RunEvent]:
    return recorded.events()


@pytest.fixture(scope="module")
def project(recorded: RealProject) -> Project:
    return Project(load_config(recorded.folder / "testingkit.toml"))


def opened(project: Project, log: Path) -> RecordedRun | None:
    """Returns the run of a log, or None if its error names the path."""
    try:
        return open_run(project, str(log))
    except OutputError as error:
        message = str(error)
    assert str(log) in message
    return None


def check(project: Project, log: Path) -> bool:
    """Returns whether a log can be opened, after showing it in all formats."""
    with bounded_time():
        run = opened(project, log)
        if run is None:
            return False
        assert list(run.results())
        out = io.StringIO()
        terminal, document = TerminalRun(Console(file=out, width=100, highlight=False)), JsonRun()
        for event in read_events(log):
            terminal(event)
            document(event)
        assert_shown(out.getvalue())
        assert_shown(document.text(), 200_000_000)  # even for an inconsistent log
    return True


def test_an_unchanged_log_is_shown(project: Project, recorded: RealProject) -> None:
    folder = recorded.folder / ".testingkit" / "runs" / "latest"
    assert check(project, folder / "events.binpb")


@fuzz_settings(500)
@given(RANDOM)
def test_a_log_with_spoilt_bytes_is_shown_or_refused(
    project: Project, recorded: RealProject, random: Random
) -> None:
    runs = recorded.folder / ".testingkit" / "runs"
    data = (runs / "latest" / "events.binpb").read_bytes()
    (runs / "spoilt.binpb").write_bytes(spoil_bytes(data, data, random))
    check(project, runs / "spoilt.binpb")


@fuzz_settings(800)
@given(RANDOM)
def test_a_log_with_spoilt_events_is_shown_or_refused(
    project: Project, recorded: RealProject, events: Sequence[RunEvent], random: Random
) -> None:
    log = recorded.folder / ".testingkit" / "runs" / "inconsistent.binpb"
    log.unlink(missing_ok=True)
    spoilt = [RunEvent.FromString(event.SerializeToString()) for event in events]
    for event in random.sample(spoilt, 2):
        spoil_message(event, random)
    if random.random() < 0.2:
        first, second = random.randrange(len(spoilt)), random.randrange(len(spoilt))
        spoilt[first], spoilt[second] = spoilt[second], spoilt[first]
    with EventLogWriter(log) as writer:
        for event in spoilt:
            writer.write(event)
    check(project, log)


def _with_text(events: Sequence[RunEvent], text: str) -> Sequence[RunEvent]:
    """Returns the events with a text in every field that no other field depends on."""
    changed = [RunEvent.FromString(event.SerializeToString()) for event in events]
    for event in changed:
        if event.HasField("header"):
            event.header.seed = event.header.testingkit_version = event.header.shuffle = text
            event.header.runners[:] = [f"{text}{n}" for n in range(3)]
        elif event.HasField("planned_case"):
            event.planned_case.path = event.planned_case.description = text
            event.planned_case.method = text
        elif event.HasField("finished_case"):
            for result in event.finished_case.results:
                for difference in result.differences:
                    difference.field_path = difference.actual = difference.expected = text
                for name in ("crash", "timeout", "panic"):
                    if result.observation.HasField(name):
                        result.observation.crash.stderr = text
        elif event.HasField("finding"):
            event.finding.id = event.finding.text = event.finding.advice = text
            event.finding.path = text
    return [RunEvent.FromString(event.SerializeToString()) for event in changed]


@pytest.mark.parametrize(
    "text", [*TEXTS, "\x1b" * 300_000, "\n" * 100_000], ids=range(len(TEXTS) + 2)
)
def test_difficult_texts_are_shown_escaped(
    project: Project, recorded: RealProject, events: Sequence[RunEvent], text: str
) -> None:
    log = recorded.folder / ".testingkit" / "runs" / "texts.binpb"
    log.unlink(missing_ok=True)
    with EventLogWriter(log) as writer:
        for event in _with_text(events, text):
            writer.write(event)
    assert check(project, log)


def test_difficult_texts_are_not_names_of_runs(project: Project) -> None:
    for text in TEXTS:
        if text not in ("", "/"):
            with pytest.raises((UsageError, OutputError)):
                open_run(project, text)
