"""Checks a project without its runners: protos, cases, and the folder for runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import (
    CheckResult,
    Note,
    failed,
    ok,
    skipped,
    warning,
)
from testingkit.conformance.engine.inspect import schema_for
from testingkit.conformance.errors import CasesError, OutputError, TestingKitError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.text.numbers import count

_MIN_FREE = 256 << 20  # bytes; a run keeps up to 8 MiB of output for each process, and its log


@dataclass(slots=True)
class LoadedProject:
    """The parts of a project that could be loaded; checks of runners use what is there."""

    project: Project
    schema: Schema | None = None
    suites: Sequence[Suite] | None = None
    known: Sequence[KnownDivergence] = ()

    @property
    def cases(self) -> Sequence[Case]:
        """All cases; none if the files have problems."""
        return [case for suite in self.suites or () for case in suite.cases]


async def check_project(
    project: Project, configs: Sequence[RunnerConfig]
) -> tuple[LoadedProject, Sequence[CheckResult]]:
    """Checks a project; returns the parts that could be loaded, and the results."""
    loaded = LoadedProject(project)
    results = [
        await _types(loaded, configs),
        _cases(loaded),
        _state(project),
    ]
    return loaded, results


async def _types(loaded: LoadedProject, configs: Sequence[RunnerConfig]) -> CheckResult:
    project = loaded.project
    try:
        schema = await schema_for(project, [config.name for config in configs])
    except TestingKitError as error:
        advice = "fix the protos, or project.protos, which names their folders"
        return _result("protos", failed(str(error), advice), error.exit_code)
    loaded.schema = schema
    methods = sum(len(schema.methods(service) or ()) for service in schema.services)
    source = ", ".join(project.config.protos) or "the reflection of a runner"
    text = (
        f"{count(len(schema.services), 'service')} with {count(methods, 'method')}, from {source}"
    )
    return _result("protos", ok(text))


def _cases(loaded: LoadedProject) -> CheckResult:
    if loaded.schema is None:
        return _result("cases", skipped("cannot be read without the protos"))
    try:
        loaded.suites, loaded.known = loaded.project.load(loaded.schema, ())
    except CasesError as error:
        first, others = error.problems[0], len(error.problems) - 1
        text = f"{first}" + (f" (and {others} more)" if others else "")
        advice = "fix the files; list all problems with: testingkit lint"
        return _result("cases", failed(text, advice), error.exit_code)
    except TestingKitError as error:
        advice = f"fix {loaded.project.config.path}"
        return _result("cases", failed(str(error), advice), error.exit_code)
    number = len(loaded.cases)
    if not number:
        advice = "write cases, or set project.cases to their files and folders"
        return _result("cases", warning("there are no cases", advice))
    text = f"{number:,} in {count(len(loaded.suites), 'suite')}, "
    return _result("cases", ok(text + count(len(loaded.known), "known divergence")))


def _state(project: Project) -> CheckResult:
    """Checks that the folder for runs and caches is writable and has space."""
    folder = project.config.state
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"testingkit")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        text = f"{folder} cannot be written: {error.strerror}"
        advice = "make it a writable folder: runs and caches are kept there"
        return _result("folder", failed(text, advice), OutputError.exit_code)
    text = f"{folder.name} is writable, with {free / (1 << 30):,.1f} GiB free"
    if free < _MIN_FREE:
        return _result("folder", warning(text, f"free space, or remove old runs in {folder}"))
    return _result("folder", ok(text))


def _result(check: str, note: Note, exit_code: ExitCode = ExitCode.NOT_CONFORMANT) -> CheckResult:
    return CheckResult("", check, note, exit_code)
