"""What a project needs before any runner: types, cases, and a folder to keep runs in."""

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

_ROOM = 256 << 20  # bytes; a run keeps up to 8 MiB of output of each process, and its own log


@dataclass(slots=True)
class LoadedProject:
    """What could be had of a project; the runners are examined with as much as there is."""

    project: Project
    schema: Schema | None = None
    suites: Sequence[Suite] | None = None
    known: Sequence[KnownDivergence] = ()

    @property
    def cases(self) -> Sequence[Case]:
        """All cases; none where the files have problems."""
        return [case for suite in self.suites or () for case in suite.cases]


async def check_project(
    project: Project, configs: Sequence[RunnerConfig]
) -> tuple[LoadedProject, Sequence[CheckResult]]:
    """Looks at a project."""
    loaded = LoadedProject(project)
    found = [
        await _types(loaded, configs),
        _cases(loaded),
        _state(project),
    ]
    return loaded, found


async def _types(loaded: LoadedProject, configs: Sequence[RunnerConfig]) -> CheckResult:
    project = loaded.project
    try:
        schema = await schema_for(project, [config.name for config in configs])
    except TestingKitError as error:
        advice = "mend the protos, or project.protos, which names their folders"
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
        return _result("cases", skipped("they cannot be read without the protos"))
    try:
        loaded.suites, loaded.known = loaded.project.load(loaded.schema, ())
    except CasesError as error:
        first, others = error.problems[0], len(error.problems) - 1
        text = f"{first}" + (f" (and {others} more)" if others else "")
        advice = "mend the files; all problems are listed by: testingkit lint"
        return _result("cases", failed(text, advice), error.exit_code)
    except TestingKitError as error:
        advice = f"mend {loaded.project.config.path}"
        return _result("cases", failed(str(error), advice), error.exit_code)
    number = len(loaded.cases)
    if not number:
        advice = "write some, or name where they are with project.cases"
        return _result("cases", warning("there are no cases", advice))
    text = f"{number:,} in {count(len(loaded.suites), 'suite')}, "
    return _result("cases", ok(text + count(len(loaded.known), "known divergence")))


def _state(project: Project) -> CheckResult:
    """Runs and caches are kept there: it has to take files, and to have room for them."""
    folder = project.config.state
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"testingkit")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        text = f"{folder} cannot be written: {error.strerror}"
        advice = "make it a folder that may be written: runs and caches are kept there"
        return _result("folder", failed(text, advice), OutputError.exit_code)
    text = f"{folder.name} can be written, with {free / (1 << 30):,.1f} GiB of room"
    if free < _ROOM:
        return _result("folder", warning(text, f"make room, or remove old runs in {folder}"))
    return _result("folder", ok(text))


def _result(check: str, note: Note, exit_code: ExitCode = ExitCode.NOT_CONFORMANT) -> CheckResult:
    return CheckResult("", check, note, exit_code)
