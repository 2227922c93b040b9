"""Loads projects, and runs their cases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance import project as internal
from testingkit.conformance.api.result import RunResult, level_of, read_result
from testingkit.conformance.api.types import Case
from testingkit.conformance.cases.model import Case as LoadedCase
from testingkit.conformance.config import MAX_JOBS, find_config, load_config
from testingkit.conformance.engine.inspect import schema_for
from testingkit.conformance.engine.interrupts import (
    keeping_signal_handlers,
    require_ends_of_children,
)
from testingkit.conformance.engine.run import RunOptions
from testingkit.conformance.engine.run import run as run_project
from testingkit.conformance.engine.run import run_async as run_project_async
from testingkit.conformance.errors import UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.plan.calls import MAX_REPETITIONS, SEED, Order
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.record.recorded_run import find_log
from testingkit.conformance.record.run_folder import LATEST


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a project that is run; the default is all of it.

    Attributes:
        paths: Case files and folders of them.
        runners: Names of runners; without any, every runner that is enabled.
        expression: Selects cases by id, part of an id, or tag, as ``testingkit run -k`` does.
    """

    paths: Sequence[Path | str] = ()
    runners: Sequence[str] = ()
    expression: str = ""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run is done.

    Attributes:
        seed: Seed of the runners, up to 16 hexadecimal digits; empty takes a random one.
        repetitions: How often every case is called.
        shuffle: Seed of the order of calls, in the same form; empty keeps the order of the files.
        jobs: Processes of every runner; 0 takes the number from the configuration.
        stop_at_first_problem: End the run at the first problem that counts.
    """

    seed: str = ""
    repetitions: int = 1
    shuffle: str = ""
    jobs: int = 0
    stop_at_first_problem: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A loaded configuration.

    Attributes:
        name: The name of the project.
        root: The folder of the configuration file.
        runners: The names of the enabled runners, in the order of the configuration.
    """

    name: str
    root: Path
    runners: tuple[str, ...]
    _project: internal.Project


def load_project(path: Path | str | None = None) -> Project:
    """Loads a project.

    Args:
        path: ``testingkit.toml``, or its folder. None looks in the working folder and those above.

    Raises:
        ConfigError: There is no configuration file, or it is not valid.
    """
    given = find_config(Path.cwd()) if path is None else Path(path)
    config = load_config(given / "testingkit.toml" if given.is_dir() else given)
    names = tuple(runner.name for runner in config.runners if runner.enabled)
    return Project(config.name, config.root, names, internal.Project(config))


def list_cases(project: Project, selection: Selection | None = None) -> Sequence[Case]:
    """Returns the cases of a project, in the order of their files.

    A project without ``project.protos`` starts runners to learn its types. Not within a running
    event loop.

    Raises:
        CasesError: A case file is not valid.
        NothingSelected: The selection matches no case.
        TestingKitError: The types are not available, or the selection is not valid.
    """
    chosen, own = _selection(selection), _own(project)
    with keeping_signal_handlers():
        require_ends_of_children()
        schema = asyncio.run(schema_for(own, chosen.runners))
    suites, _ = own.load(schema, chosen.paths, expression=chosen.expression)
    plan = make_plan(suites, [], chosen.expression, own.config.limits.call_timeout, filtered=True)
    return [_case(call.case) for call in plan.cases]


def run(
    project: Project, selection: Selection | None = None, settings: RunSettings | None = None
) -> RunResult:
    """Runs cases against runners, and returns the result.

    The run is recorded in the project's ``.testingkit`` folder, as one of the command line is. In
    the main thread, SIGINT and SIGTERM end it early. Within a running event loop, use `run_async`.

    Args:
        project: The project.
        selection: The cases and runners; None is all of them.
        settings: How it is done; None is the defaults.

    Raises:
        NothingSelected: The selection matches no case.
        TestingKitError: The run could not begin.
        KeyboardInterrupt: The run was interrupted; its event log is complete.
    """
    with keeping_signal_handlers():
        completed = run_project(_own(project), _options(selection, settings), [])
    if completed.exit_code is ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return read_result(completed.log)


async def run_async(
    project: Project, selection: Selection | None = None, settings: RunSettings | None = None
) -> RunResult:
    """Runs as `run` does, within a running event loop, such as that of a notebook.

    Raises:
        NothingSelected: The selection matches no case.
        TestingKitError: The run could not begin.
        CancelledError: The task was cancelled; the event log of the run is complete.
    """
    completed = await run_project_async(_own(project), _options(selection, settings), [])
    return await asyncio.to_thread(read_result, completed.log)


def open_result(project: Project, name: str = LATEST) -> RunResult:
    """Opens a recorded run of a project.

    Args:
        project: The project.
        name: ``latest``, the last run of everything; ``last``, the last run; the name of a run; or
            the path of a log.

    Raises:
        UsageError: There is no such run.
        OutputError: Its log cannot be read.
    """
    return read_result(find_log(_own(project).config.state, name))


def _own(project: Project) -> internal.Project:
    return project._project


def _selection(selection: Selection | None) -> internal.Selection:
    given = selection or Selection()
    paths = [Path(path) for path in given.paths]
    return internal.Selection(paths, list(dict.fromkeys(given.runners)), given.expression)


def _options(selection: Selection | None, settings: RunSettings | None) -> RunOptions:
    chosen = settings or RunSettings()
    for name, text in (("seed", chosen.seed), ("shuffle", chosen.shuffle)):
        if text and not SEED.fullmatch(text):
            raise UsageError(f"{name} {text!r}: expected up to 16 digits of 0-9 and a-f")
    for name, number, least, most in (
        ("repetitions", chosen.repetitions, 1, MAX_REPETITIONS),
        ("jobs", chosen.jobs, 0, MAX_JOBS),
    ):
        if not least <= number <= most:
            raise UsageError(f"{name} {number}: expected {least} to {most:,}")
    return RunOptions(
        _selection(selection),
        chosen.seed,
        Order(chosen.repetitions, chosen.shuffle),
        chosen.jobs,
        stops_early=chosen.stop_at_first_problem,
    )


def _case(case: LoadedCase) -> Case:
    return Case(case.id, case.place, case.method.name, level_of(case.level), case.tags)
