"""Merges the logs of the shards of a run into the log of the whole run.

No runner is started. The project is read as `run` reads it, the plan is the whole plan, and every
recorded observation goes to the same `Recorder` as in a live run. Nothing is written before all
logs are read and checked.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit import __version__
from testingkit.conformance.engine.recorder import Prepared, Recorder
from testingkit.conformance.engine.run import (
    RunOptions,
    commands_of,
    is_part,
    make_run_folder,
    prepare,
)
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.sinks import Outputs, Sink
from testingkit.conformance.errors import ProtoError, TestingKitError, UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.plan.calls import Call, Order
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.plan.shard_paths import path_from_log
from testingkit.conformance.project import Project, Selection
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record import event_log, run_folder
from testingkit.conformance.record.recorded_run import find_log
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.gate import Gate
from testingkit.conformance.results.run_text import format_left_out
from testingkit.conformance.shards.headers import NamedHeader, check_plan, check_shards
from testingkit.conformance.shards.log import ShardLog, read_header
from testingkit.conformance.shards.runners import ShardRunners
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import LeftOut, RunHeader, Shard


def merge(project: Project, names: Sequence[str], sinks: Sequence[Sink]) -> ExitCode:
    """Merges the logs of all shards into the whole run, and returns its exit code.

    Args:
        project: The project.
        names: The logs, each as `open_run` takes it, in any order.
        sinks: Take every event in order, after the event log has it.

    Raises:
        UsageError: They are not all shards of one run of the project as it is now.
        TestingKitError: A log cannot be read, or the result could not be shown.
    """
    paths = {name: find_log(project.config.state, name) for name in names}
    headers = [(name, read_header(paths[name])) for name in names]
    check_shards(headers)
    headers.sort(key=lambda named: named[1].shard.index)
    options = _options(project, headers[0])
    prepared = prepare(project, _schema(project, headers[0]), options, sinks)
    check_plan(headers, _own_header(prepared))
    with contextlib.ExitStack() as files:
        logs = []
        for name, header in headers:
            logs.append(ShardLog(paths[name], name, header))
            files.callback(logs[-1].close)
        for log, position, call in _cases(prepared.plan, logs):
            log.check(position, call)
        chosen = project.require_runners(options.selection.runners)
        runners = ShardRunners(chosen, logs, prepared.schema)

        def record(outputs: Outputs) -> Gate:
            commands = commands_of(project, prepared, options, outputs.log.run_name)
            names = prepared.plan.runners
            book = FindingBook(names, commands, project.families(names))
            checks = RunnerChecks(book, runners, prepared.schema, project.config.path)
            recorder = Recorder(prepared, book, project, outputs)
            return Merge(recorder, runners, checks).record(options.seed, logs)

        with make_run_folder(project, options.seed) as folder:
            outputs, gate = _write(folder, record, sinks)
            run_folder.point_at(folder, is_latest=not is_part(prepared))
        outputs.check()
        return gate.exit_code


def _write(
    folder: Path, record: Callable[[Outputs], Gate], sinks: Sequence[Sink]
) -> tuple[Outputs, Gate]:
    """Writes the run; if that fails or is interrupted, its folder is removed."""
    try:
        with event_log.EventLogWriter(folder / event_log.FILE_NAME) as log:
            outputs = Outputs(log, list(sinks))
            return outputs, record(outputs)
    except (TestingKitError, KeyboardInterrupt):
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _options(project: Project, log: NamedHeader) -> RunOptions:
    """Returns the options of the shards."""
    name, header = log
    root = project.config.root
    selection = Selection(
        [path_from_log(path, root, name) for path in header.selection.paths],
        [*header.selection.runners],
        header.selection.expression,
    )
    return RunOptions(selection, header.seed, Order(max(1, header.repetitions), header.shuffle))


def _schema(project: Project, log: NamedHeader) -> Schema:
    """Returns the project's schema; without protos, the types in the header of a log."""
    try:
        return project.schema() or Schema(log[1].descriptors.file)
    except ProtoError as error:
        if project.config.protos:
            raise
        raise UsageError(f"{log[0]}: the types are not valid: {error}") from error


def _own_header(prepared: Prepared) -> RunHeader:
    """Returns what every shard of this plan has in its header."""
    plan = prepared.plan
    return RunHeader(
        testingkit_version=__version__,
        runners=plan.runners,
        descriptors=prepared.schema.subject_files,
        repetitions=plan.order.repetitions,
        shuffle=plan.order.shuffle,
        plan_digest=prepared.digest,
        shard=Shard(cases=plan.total),
    )


def _cases(plan: Plan, logs: Sequence[ShardLog]) -> Iterator[tuple[ShardLog, int, Call]]:
    """Yields every case of the plan, with the log of its shard and its position in that log."""
    for number, call in enumerate(plan.cases):
        position, shard = divmod(number, len(logs))
        yield logs[shard], position, call


class Merge:
    """One run from the logs of all its shards, from its header to its footer."""

    def __init__(self, recorder: Recorder, runners: ShardRunners, checks: RunnerChecks) -> None:
        """Prepares a merge.

        Args:
            recorder: Records the merged run.
            runners: The runners, as the logs have them.
            checks: Finds problems of the runners themselves.
        """
        self._recorder = recorder
        self._runners = runners
        self._checks = checks

    def record(self, seed: str, logs: Sequence[ShardLog]) -> Gate:
        """Writes the whole log, header to footer, and returns the decision.

        Args:
            seed: The seed of the run.
            logs: The logs of all shards, in order.

        Raises:
            OutputError: A log has changed since it was opened.
        """
        times = _ShardTimes(logs)
        self._recorder.write_header(seed, times, merged=len(logs))
        self._record_runners()
        self._record_cases(logs)
        interrupted = self._note_ends(logs)
        self._checks.note_incidents()
        if not interrupted:
            self._checks.check(self._recorder.methods)
        self._recorder.add_stale_entries()
        return self._recorder.conclude(times, interrupted=interrupted)

    def _record_runners(self) -> None:
        for index, runner in enumerate(self._runners.sessions):
            self._recorder.record_ready(runner.ready)
            self._checks.note_absent(index)
            for shard, problem in runner.absent.items():
                name, kind = runner.config.name, run_pb2.FINDING_KIND_RUNNER
                text = f"{name} did not start in shard {shard}: {problem}"
                advice = f"run shard {shard} again, and merge again"
                self._recorder.findings.add_runner(kind, index, text, advice)

    def _record_cases(self, logs: Sequence[ShardLog]) -> None:
        """Records every case that a shard ran, and counts the others."""
        for log, position, call in _cases(self._recorder.plan, logs):
            if log.has(position):
                self._recorder.begin(call)
                for index, observation in log.observations(position, call):
                    self._recorder.observe(index, call, observation)
        causes: dict[str, list[str]] = {}
        for log in logs:
            if log.left_out.cases:
                causes.setdefault(log.left_out.text, []).append(str(log.shard))
        if left := self._recorder.not_begun:
            reasons = (f"shard {', '.join(shards)}: {text}" for text, shards in causes.items())
            self._recorder.leave_out(LeftOut(cases=left, text="; ".join(reasons)))

    def _note_ends(self, logs: Sequence[ShardLog]) -> bool:
        """Notes what ended each shard early; returns whether a shard was interrupted."""
        findings = self._recorder.findings
        interrupted = False
        for log in logs:
            if log.footer.decision == run_pb2.DECISION_INTERRUPTED:
                interrupted = True
                findings.add_incomplete(f"shard {log.shard} was interrupted")
            summed = format_left_out(log.left_out)  # the merged run reports the sum of these
            for finding in log.findings:
                is_whole = finding.kind == run_pb2.FINDING_KIND_INCOMPLETE and not finding.case_id
                if is_whole and finding.text != summed:
                    findings.add_incomplete(f"shard {log.shard}: {finding.text}")
        return interrupted


class _ShardTimes:
    """The times of a merged run: first start, last end, longest duration."""

    def __init__(self, logs: Sequence[ShardLog]) -> None:
        self._logs = logs

    def began(self) -> Timestamp:
        """Returns when the first shard started."""
        return min((log.header.started for log in self._logs), key=_instant)

    def ended(self) -> Timestamp:
        """Returns when the last shard ended."""
        return max((log.footer.finished for log in self._logs), key=_instant)

    def nanos(self) -> int:
        """Returns the nanoseconds of the longest shard."""
        return max(log.footer.wall_nanos for log in self._logs)


def _instant(time: Timestamp) -> tuple[int, int]:
    return time.seconds, time.nanos
