"""One run, from case files to the exit code. Everything it finds out is an event."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import secrets
import shlex
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance.audit.measure import weaknesses
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.interrupts import run_interruptibly
from testingkit.conformance.engine.live_run import LiveRun
from testingkit.conformance.engine.progress_watch import ProgressWatch
from testingkit.conformance.engine.recorder import Prepared, Recorder
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.runner_pool import RunnerPool
from testingkit.conformance.engine.sinks import Clock, Outputs, Sink
from testingkit.conformance.errors import RunnersError, UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.files import write_atomically
from testingkit.conformance.plan.calls import Order, Shard
from testingkit.conformance.plan.digest import DERIVED_SEED, plan_digest
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.plan.shard_paths import inside
from testingkit.conformance.project import Project, Selection
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record import event_log
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.v1 import run_pb2

_NO_SEED = (
    "--shard needs a --seed here, the same on every machine: without project.protos no seed can be "
    "made of the plan before the runners start"
)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a person chose for a run."""

    selection: Selection
    seed: str = ""
    order: Order = field(default_factory=Order)
    jobs: int = 0  # processes of every runner; 0 is what the configuration says
    stops_early: bool = False  # at the first problem
    name_to: Path | None = None  # the file that gets the name of what is recorded
    shard: Shard | None = None  # none is all of the plan


@dataclass(frozen=True, slots=True)
class CompletedRun:
    """A run that has come to its decision, and its event log."""

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
    # Outside of the event loop, so that it can be interrupted at any time.
    configs, prepared = _before_start(project, options, sinks)
    return run_interruptibly(_run(project, options, sinks, configs, prepared))


async def run_async(project: Project, options: RunOptions, sinks: Sequence[Sink]) -> CompletedRun:
    """Runs as `run` does, within an event loop. Cancelling the task ends the run early.

    Raises:
        CancelledError: The run was cancelled; its event log is complete.
        TestingKitError: The run could not begin, or its result could not be shown.
    """
    configs, prepared = await asyncio.to_thread(_before_start, project, options, sinks)
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
    folder = make_run_folder(project, seed)
    clock = Clock()
    async with RunnerPool(project, configs, folder, seed) as runners:
        if prepared is None:
            with ProgressWatch(runners, clock).showing(
                lambda far: _tell(sinks, lambda sink: sink.progress(far))
            ):
                schema = await _reflected_schema(project, runners, clock)
            prepared = prepare(project, schema, options, sinks)
        with event_log.EventLogWriter(folder / event_log.FILE_NAME) as log:
            event_log.make_latest(folder)
            if options.name_to is not None:
                write_atomically(options.name_to, f"{folder.name}\n")
            book = FindingBook(prepared.plan.runners, rerun_options(options))
            live_run = LiveRun(
                Recorder(prepared, book, project, Outputs(log, list(sinks))),
                runners,
                RunnerChecks(book, runners, prepared.schema, project.config.path),
                run_timeout=project.config.limits.run_timeout,
                stops_early=options.stops_early,
            )
            gate = await live_run.record(seed, clock)
    return CompletedRun(gate.exit_code, folder / event_log.FILE_NAME)


def _own_seed(prepared: Prepared | None) -> str:
    """A seed for who gave none: of chance, but where machines have to come to the same."""
    if prepared is None or prepared.shard is None:
        return secrets.token_hex(4)
    return prepared.digest[:DERIVED_SEED]


async def _reflected_schema(project: Project, runners: RunnerPool, clock: Clock) -> Schema:
    """Has the runners say what the types are, before anything can be planned.

    Raises:
        RunnersError: None says it, or none in time.
    """
    limit = project.config.limits.run_timeout
    try:
        async with asyncio.timeout(clock.seconds_left(limit)):
            await runners.start()
            return await runners.reflected_schema()
    except TimeoutError as error:
        said = f"limits.run_timeout = {limit:g} s passed before a runner said what the types are"
        raise RunnersError(said) from error


def prepare(
    project: Project, schema: Schema, options: RunOptions, sinks: Sequence[Sink]
) -> Prepared:
    """Reads the cases and plans what is to be run.

    Raises:
        NothingSelected: The selection matches no case.
        TestingKitError: The case files or the selection are wrong.
    """
    selection = options.selection

    def progress(done: int, total: int) -> None:
        _tell(sinks, lambda sink: sink.reading(done, total))

    suites, known = project.load(schema, selection.paths, progress)
    runners = [runner.name for runner in project.runners(selection.runners)]
    plan = make_plan(
        suites,
        runners,
        selection.expression,
        project.config.limits.call_timeout,
        filtered=bool(selection.paths) or len(runners) < len(project.runners(())),
        order=options.order,
    )
    digest = plan_digest(plan, schema, known, project.config.runners)
    part = None
    if options.shard is not None:
        part = _described(options.shard, project, selection, plan.total)
        plan = plan.part(options.shard)
    # Limits are about whole suites, and a selection is somebody at work on something else.
    weak = () if plan.is_partial else weaknesses(suites, schema)
    return Prepared(schema, plan, known, weak, digest, part)


def _tell(sinks: Sequence[Sink], tell: Callable[[Sink], None]) -> None:
    """Tells everybody how far the run is before its log begins."""
    for sink in sinks:
        # One that cannot show this cannot show the result either, which is told then.
        with contextlib.suppress(OSError):
            tell(sink)


def _described(shard: Shard, project: Project, selection: Selection, cases: int) -> run_pb2.Shard:
    """Returns what the log of a shard says of it."""
    return run_pb2.Shard(
        index=shard.index,
        count=shard.count,
        cases=cases,
        paths=[inside(path, project.config.root) for path in selection.paths],
        runners=selection.runners,
        expression=selection.expression,
    )


def rerun_options(options: RunOptions) -> str:
    """The options that make of ``run -k CASE`` a run like this one, of the one case."""
    selection, order = options.selection, options.order
    words = ["-r", ",".join(selection.runners)] if selection.runners else []
    words += ["-c", selection.config] if selection.config else []
    if order.repetitions > 1:
        words += ["--repeat", str(order.repetitions)]
        words += ["--shuffle", order.shuffle] if order.shuffle else []
    return f" {shlex.join(words)}" if words else ""


def _with_jobs(configs: Sequence[RunnerConfig], jobs: int) -> Sequence[RunnerConfig]:
    if not jobs:
        return configs
    fixed = [config.name for config in configs if config.has_fixed_address and jobs > 1]
    if fixed:
        raise UsageError(f"--jobs {jobs}: the address of {', '.join(fixed)} has room for one")
    return [dataclasses.replace(config, jobs=jobs) for config in configs]


def make_run_folder(project: Project, seed: str) -> Path:
    """Makes the folder of a run that begins now, and removes those of old ones.

    Raises:
        OutputError: It cannot be made.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    runs = project.config.state / "runs"
    folder = event_log.new_run_folder(runs, f"{stamp}-{seed}")
    event_log.remove_old_runs(runs)
    return folder
