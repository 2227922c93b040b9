"""Opens recorded runs, for commands that use their results."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import real_path
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record import event_log
from testingkit.conformance.record.run_folder import LAST, LATEST
from testingkit.conformance.record.run_log import RunLog, RunRecord, open_log, read_schema
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import PlannedCase, RunnerResult


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A whole recorded run, with the types that the subjects had then."""

    log: Path
    record: RunRecord
    schema: Schema

    def results(self) -> Iterator[tuple[PlannedCase, str, RunnerResult, Observation]]:
        """Yields every case with every runner, in order: case, runner, result, observation."""
        for planned in self.record.planned.values():
            finished = self.record.finished[planned.call_id]
            for result in finished.results:
                runner = self.record.header.runners[result.runner]
                yield planned, runner, result, result_observation(finished, result)


def open_run(project: Project, name: str = LATEST) -> RecordedRun:
    """Opens a recorded run.

    Args:
        project: The project.
        name: ``latest``, the last run of everything; ``last``, the last run; the name of a folder
            in ``.testingkit/runs``; or the path of a log.

    Raises:
        OutputError: The log cannot be read, contradicts itself, or was cut short.
        UsageError: The run does not exist.
    """
    log = find_log(project.config.state, name)
    record = RunRecord()
    for event in event_log.read_events(log):
        record.add(event)
    record.drop_unfinished()
    return RecordedRun(log, record, read_schema(log, record.header))


def open_run_log(state: Path, name: str = LATEST) -> RunLog:
    """Opens the log of a run, to be read as a stream.

    Args:
        state: The folder in which the project keeps its runs.
        name: The run, as for `open_run`.

    Raises:
        OutputError: The log cannot be read, contradicts itself, or was cut short.
        UsageError: The run does not exist.
    """
    return open_log(find_log(state, name))


def find_log(state: Path, name: str) -> Path:
    """Returns the path of the log of a run, named as for `open_run`.

    Raises:
        UsageError: The run does not exist.
    """
    runs = state / "runs"
    places = (runs / name, Path(name))
    for place in places:
        log = place / event_log.FILE_NAME if os.path.isdir(place) else place  # noqa: PTH112
        if os.path.isfile(log):  # noqa: PTH113 - unlike Path.is_file, it never raises
            return log
    folder = next((place for place in places if name and os.path.isdir(place)), None)  # noqa: PTH112
    if folder is not None:
        raise UsageError(f"{folder} has no {event_log.FILE_NAME}: no run was recorded in it")
    if name in {LATEST, LAST}:
        raise UsageError(_no_run(runs, name))
    raise UsageError(f"there is no run {name!r}; the last ones are: {_last_runs(runs)}")


def _last_runs(runs: Path) -> str:
    names = sorted(path.name for path in runs.glob("[!.]*/") if not path.is_symlink())
    return ", ".join(names[-5:]) or "none"


def _no_run(runs: Path, link: str) -> str:
    """Returns why there is no run to read if none is named."""
    if os.path.islink(runs / link):  # noqa: PTH114 - as above
        gone = (runs / link).readlink().name
        return f"the run {gone}, the {link} one, was removed; the last ones are: {_last_runs(runs)}"
    if not os.path.isfile(runs / LAST / event_log.FILE_NAME):  # noqa: PTH113 - as above
        return f"there is no run in {runs} yet; record one with: testingkit run"
    name = real_path(runs / LAST).name
    return (
        f"every run in {runs} is one of a selection, and none is read by default; "
        f"name the run, such as {name}, or use {LAST!r} for the last one"
    )
