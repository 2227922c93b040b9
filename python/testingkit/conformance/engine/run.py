"""Runs a project's cases, from case files to the exit code; every result is an event."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance.audit.measure import weaknesses
from testingkit.conformance.config import RunnerConfig, find_config
from testingkit.conformance.engine.interrupts import (
    require_ends_of_children,
    run_aside,
    run_interruptibly,
)
from testingkit.conformance.engine.live_run import LiveRun
from testingkit.conformance.engine.progress_watch import ProgressWatch
from testingkit.conformance.engine.recorder import Prepared, Recorder
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.runner_pool import RunnerPool
from testingkit.conformance.engine.sinks import Clock, Outputs, Sink
from testingkit.conformance.errors import ConfigError, RunnersError, UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.files import write_atomically
from testingkit.conformance.plan.calls import Order, Shard
from testingkit.conformance.plan.digest import DERIVED_SEED, plan_digest
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.plan.shard_paths import path_in_project, recorded_path
from testingkit.conformance.project import Project, Selection
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record import event_log, run_folder
from testingkit.conformance.results.advice import Commands
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.v1 import run_pb2

_NO_SEED = (
    "without project.protos, --shard needs --seed with the same value on every machine, since a "
    "seed cannot be derived from the plan before the runners start"
)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a run.

    Attributes:
        selection: The cases and runners.
        seed: The seed of the runners; empty for a random one.
        order: The repetitions and the order of the calls.
        jobs: Processes of every runner; 0 takes the number from the configuration.
        stops_early: End the run at the first problem that counts.
        name_to: A file that gets the name of the recorded run; None for no file.
        shard: The shard to run; None for the whole plan.
    """

    selection: Selection
    seed: str = ""
    order: Order = field(default_factory=Order)
    jobs: int = 0
    stops_early: bool = False
    name_to: Path | None = None
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class CompletedRun:
    """A finished run: its exit code and its event log."""

    exit_code: ExitCode
    log: Path


def run(project: Project, options: RunOptions, sinks: Sequence[Sink]) -> CompletedRun:
    """Runs a project's cases against its runners. SIGINT and SIGTERM end the run early.

    Args:
        project: The project.
        options: What to run.
        sinks: Take every event in order, after the event log has it.

    Raises:
        TestingKitError: The run could not begin, or its result could not be shown.
    """
    require_ends_of_children()
    # Outside of the event loop, so that it can be interrupted at any time.
    configs, prepared = _before_start(project, options, sinks)
    work = _run(project, options, sinks, configs, prepared)
    return run_interruptibly(work, keeps_result=True)


async def run_async(project: Project, options: RunOptions, sinks: Sequence[Sink]) -> CompletedRun:
    """Runs as `run` does, within an event loop. Cancelling the task ends the run early.

    Raises:
        CancelledError: The run was cancelled; its event log is complete.
        TestingKitError: The run could not begin, or its result could not be shown.
    """
    require_ends_of_children()
    configs, prepared = await run_aside(lambda: _before_start(project, options, sinks))
    completed = await _run(project, options, sinks, configs, prepared)
    if completed.exit_code is ExitCode.INTERRUPTED:
        raise asyncio.CancelledError("the run was cancelled")
    return completed


def _before_start(
    project: Project, options: RunOptions, sinks: Sequence[Sink]
) -> tuple[Sequence[RunnerConfig], Prepared | None]:
    """Returns the runners, and the prepared run; None if only the runners know the types."""
    configs = _with_jobs(project.require_runners(options.selection.runners), options.jobs)
    schema = project.schema()
    if schema is None and options.shard is not None and not options.seed:
        raise UsageError(_NO_SEED)
    return configs, None if schema is None else prepare(project, schema, options, sinks)


async def _run(
    project: Project,
    options: RunOptions,
    sinks: Sequence[Sink],
    configs: Sequence[RunnerConfig],
    prepared: Prepared | None,
) -> CompletedRun:
    seed = options.seed or _own_seed(prepared)
    clock = Clock()
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(make_run_folder(project, seed))
        runners = await stack.enter_async_context(RunnerPool(project, configs, folder, seed))
        if prepared is None:
            with ProgressWatch(runners, clock).showing(
                lambda progress: _send(sinks, lambda sink: sink.progress(progress))
            ):
                schema = await _reflected_schema(project, runners, clock)
            prepared = await run_aside(lambda: prepare(project, schema, options, sinks))
        linked: Mapping[str, str] = {}
        try:
            with event_log.EventLogWriter(folder / event_log.FILE_NAME) as log:
                linked = run_folder.point_at(folder, is_latest=not is_part(prepared))
                if options.name_to is not None:
                    write_atomically(options.name_to, f"{folder.name}\n")
                outputs = Outputs(log, list(sinks))
                live_run = _live_run(project, options, prepared, runners, outputs, folder.name)
                gate = await live_run.record(seed, clock)
        except ConfigError:  # Only the started runners show that two of them are one server.
            run_folder.discard_run(folder, linked)
            if options.name_to is not None:
                write_atomically(options.name_to, "")
            raise
    return CompletedRun(gate.exit_code, folder / event_log.FILE_NAME)


def _live_run(
    project: Project,
    options: RunOptions,
    prepared: Prepared,
    runners: RunnerPool,
    outputs: Outputs,
    name: str,
) -> LiveRun:
    """Returns the run that writes to the outputs; ``name`` is that of its folder."""
    names = prepared.plan.runners
    commands = commands_of(project, prepared, options, name)
    book = FindingBook(names, commands, project.families(names))
    return LiveRun(
        Recorder(prepared, book, project, outputs),
        runners,
        RunnerChecks(book, runners, prepared.schema, project.config.path),
        run_timeout=project.config.limits.run_timeout,
        stops_early=options.stops_early,
    )


def _own_seed(prepared: Prepared | None) -> str:
    """Returns a random seed, or for shards one derived from the plan digest."""
    if prepared is None or prepared.shard is None:
        return secrets.token_hex(4)
    return prepared.digest[:DERIVED_SEED]


async def _reflected_schema(project: Project, runners: RunnerPool, clock: Clock) -> Schema:
    """Starts the runners and returns the schema that one of them reports by server reflection.

    Raises:
        RunnersError: No runner reports one, or none in time.
    """
    limit = project.config.limits.run_timeout
    try:
        async with asyncio.timeout(clock.seconds_left(limit)):
            await runners.start()
            return await runners.reflected_schema()
    except TimeoutError as error:
        text = f"limits.run_timeout = {limit:g} s passed before a runner reported its types"
        raise RunnersError(text) from error


def prepare(
    project: Project, schema: Schema, options: RunOptions, sinks: Sequence[Sink]
) -> Prepared:
    """Reads the cases, and returns them with the plan of the run.

    Raises:
        NothingSelected: The selection matches no case.
        TestingKitError: The case files or the selection are not valid.
    """
    selection = options.selection

    def progress(done: int, total: int) -> None:
        _send(sinks, lambda sink: sink.reading(done, total))

    suites, known = project.load(schema, selection.paths, progress, selection.expression)
    runners = [runner.name for runner in project.runners(selection.runners)]
    plan = make_plan(
        suites,
        runners,
        selection.expression,
        project.config.limits.call_timeout,
        filtered=bool(selection.paths) or not project.has_all_runners(runners),
        order=options.order,
    )
    digest = plan_digest(plan, schema, known, project.config.runners)
    part = None
    if options.shard is not None:
        shard = options.shard
        part = run_pb2.Shard(index=shard.index, count=shard.count, cases=plan.total)
        plan = plan.for_shard(options.shard)
    # The limits are for whole suites, so a partial run does not check them.
    weak = () if plan.is_partial else weaknesses(suites, schema)
    recorded = _recorded_selection(project, selection, is_shard=part is not None)
    return Prepared(schema, plan, known, weak, digest, part, recorded)


def _send(sinks: Sequence[Sink], send: Callable[[Sink], None]) -> None:
    """Sends progress to the sinks before the event log begins."""
    for sink in sinks:
        # A sink that fails here fails again with the result, and is reported then.
        with contextlib.suppress(OSError):
            send(sink)


def is_part(prepared: Prepared) -> bool:
    """Returns whether a run leaves out a part of the project: by a selection, or as a shard."""
    return prepared.plan.filtered or prepared.shard is not None


def _recorded_selection(
    project: Project, selection: Selection, *, is_shard: bool
) -> run_pb2.Selection | None:
    """Returns a selection as the header of a log describes it; None if nothing is selected."""
    if not (selection.paths or selection.runners or selection.expression):
        return None
    as_text = path_in_project if is_shard else recorded_path
    names = selection.runners and [r.name for r in project.runners(selection.runners)]
    return run_pb2.Selection(
        paths=[as_text(path, project.config.root) for path in selection.paths],
        runners=names,
        expression=selection.expression,
    )


def commands_of(project: Project, prepared: Prepared, options: RunOptions, name: str) -> Commands:
    """Returns the commands that the findings of a run advise; ``name`` is that of the run.

    Their paths are relative if the working folder is the project's, where people type them, and
    absolute elsewhere.
    """
    root, order = project.config.root, options.order
    is_here = _working_folder() == root
    recorded = prepared.selection or run_pb2.Selection()
    words = ["-r", ",".join(recorded.runners)] if recorded.runners else []
    if order.repetitions > 1:
        words += ["--repeat", str(order.repetitions)]
        words += ["--shuffle", order.shuffle] if order.shuffle else []
    folder = "" if is_here else str(root)
    return Commands(
        words,
        [_as_argument(os.path.join(folder, path)) for path in recorded.paths],  # noqa: PTH118
        _config_option(project, is_here=is_here),
        folder,
        name if is_part(prepared) else "",
    )


def _config_option(project: Project, *, is_here: bool) -> str:
    """Returns the value of ``-c``; empty if the file is found in the working folder."""
    file = project.config.file
    try:
        if find_config(_working_folder()).samefile(file):
            return ""
    except (ConfigError, OSError):
        pass
    return _as_argument(file.name) if is_here else str(file)


def _working_folder() -> Path:
    """Returns the working folder; the root of the file system if it was removed."""
    try:
        return Path.cwd()
    except OSError:
        return Path("/")


def _as_argument(path: str) -> str:
    """Returns a path that no command takes for an option."""
    return f"./{path}" if path.startswith("-") else path


def _with_jobs(configs: Sequence[RunnerConfig], jobs: int) -> Sequence[RunnerConfig]:
    if not jobs:
        return configs
    fixed = [config.name for config in configs if config.has_fixed_address and jobs > 1]
    if fixed:
        names = f"runner {fixed[0]} has" if len(fixed) == 1 else f"runners {', '.join(fixed)} have"
        raise UsageError(f"{names} a fixed address, so --jobs must be 1, and not {jobs}")
    return [dataclasses.replace(config, jobs=jobs) for config in configs]


@contextlib.contextmanager
def make_run_folder(project: Project, seed: str) -> Iterator[Path]:
    """Makes the folder of a new run, which is kept while the run goes on; removes old runs.

    Raises:
        OutputError: The folder cannot be made.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    runs = project.config.state / "runs"
    with run_folder.new_run_folder(runs, f"{stamp}-{seed}") as folder:
        run_folder.remove_old_runs(runs)
        yield folder
