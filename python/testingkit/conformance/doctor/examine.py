"""The examination: the project first, then all runners side by side."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import (
    CheckResult,
    CheckStatus,
    Note,
    failed,
    skipped,
)
from testingkit.conformance.doctor.determinism_check import check_determinism
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.doctor.project_checks import LoadedProject, check_project
from testingkit.conformance.doctor.robustness_checks import check_bad_request, check_unknown_method
from testingkit.conformance.doctor.service_checks import check_methods, check_protos
from testingkit.conformance.doctor.shutdown_checks import check_lease, check_shutdown
from testingkit.conformance.doctor.startup_checks import check_command, check_start, check_versions
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.project import Project
from testingkit.conformance.runners.processes import StartError

Report = Callable[[Sequence[CheckResult]], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at in every runner."""

    name: str
    look: Callable[[Probe], Awaitable[Sequence[Note]]]
    exit_code: ExitCode = ExitCode.NOT_CONFORMANT
    is_vital: bool = False  # nothing after it can be looked at where it fails


CHECKS: Sequence[Check] = (
    Check("command", check_command, ExitCode.INCOMPLETE, is_vital=True),
    Check("start", check_start, ExitCode.INCOMPLETE, is_vital=True),
    Check("versions", check_versions),
    Check("methods", check_methods),
    Check("protos", check_protos),
    Check("unknown_method", check_unknown_method),
    Check("bad_request", check_bad_request),
    Check("shutdown", check_shutdown),
    Check("determinism", check_determinism),
    Check("lease", check_lease),
)


async def examine(project: Project, configs: Sequence[RunnerConfig], report: Report) -> None:
    """Examines a project and some of its runners.

    Args:
        project: The project.
        configs: The runners.
        report: Takes what was found of the project, and then of every runner, in their order.
    """
    loaded, found = await check_project(project, configs)
    report(found)
    # A group, because it waits for all of them, whatever becomes of one: nothing outlives it.
    try:
        async with asyncio.TaskGroup() as tasks:
            examined = [tasks.create_task(_examine_runner(c, loaded)) for c in configs]
            for task in examined:
                report(await task)
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


async def _examine_runner(config: RunnerConfig, loaded: LoadedProject) -> Sequence[CheckResult]:
    probe = Probe(config, loaded, secrets.token_hex(4))
    found: list[CheckResult] = []
    is_fit = True
    try:
        for check in CHECKS:
            notes = await _look(check, probe) if is_fit else [skipped("it does not start")]
            found += [CheckResult(config.name, check.name, r, check.exit_code) for r in notes]
            if check.is_vital and any(r.status is CheckStatus.FAILED for r in notes):
                is_fit = False
    finally:
        await probe.close()
    return found


async def _look(check: Check, probe: Probe) -> Sequence[Note]:
    """Makes a check; a runner that does not start for it once more is one of its findings."""
    try:
        notes = await check.look(probe)
    except StartError as error:
        notes = [failed(f"does not start again: {error}", "look for what it leaves behind")]
    said = [*notes, *probe.incident_notes]
    probe.incident_notes.clear()
    return said
