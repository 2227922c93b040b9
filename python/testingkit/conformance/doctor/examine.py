"""Runs all checks: first those of the project, then those of all runners at the same time."""

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
from testingkit.conformance.doctor.project_checks import check_project
from testingkit.conformance.doctor.robustness_checks import check_bad_request, check_unknown_method
from testingkit.conformance.doctor.server_check import ServerCheck
from testingkit.conformance.doctor.service_checks import check_methods, check_protos
from testingkit.conformance.doctor.shutdown_checks import check_lease, check_shutdown
from testingkit.conformance.doctor.startup_checks import check_command, check_start, check_versions
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.project import Project
from testingkit.conformance.runners.processes import StartError

Report = Callable[[Sequence[CheckResult]], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a runner."""

    name: str
    run: Callable[[Probe], Awaitable[Sequence[Note]]]
    exit_code: ExitCode = ExitCode.NOT_CONFORMANT
    is_required: bool = False  # if it fails, the checks after it are skipped


CHECKS: Sequence[Check] = (
    Check("command", check_command, ExitCode.INCOMPLETE, is_required=True),
    Check("start", check_start, ExitCode.INCOMPLETE, is_required=True),
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
    """Checks a project and some of its runners.

    Args:
        project: The project.
        configs: The runners.
        report: Takes the results of the project, and then those of every runner, in their order.
    """
    loaded, results = await check_project(project, configs)
    report(results)
    probes = [Probe(config, loaded, secrets.token_hex(4)) for config in configs]
    servers = ServerCheck()
    # A group waits for all tasks even if one fails, so no process outlives it.
    try:
        async with asyncio.TaskGroup() as tasks:
            checked = [tasks.create_task(_check_runner(probe)) for probe in probes]
            for probe, task in zip(probes, checked, strict=True):
                report([*await task, *await servers.check(probe)])
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


async def _check_runner(probe: Probe) -> Sequence[CheckResult]:
    name = probe.config.name
    results: list[CheckResult] = []
    can_start = True
    try:
        for check in CHECKS:
            notes = await _run(check, probe) if can_start else [skipped("it does not start")]
            results += [CheckResult(name, check.name, n, check.exit_code) for n in notes]
            if check.is_required and any(n.status is CheckStatus.FAILED for n in notes):
                can_start = False
    finally:
        await probe.close()
    return results


async def _run(check: Check, probe: Probe) -> Sequence[Note]:
    """Runs a check, which fails if the runner has to start again for it and does not."""
    try:
        notes = await check.run(probe)
    except StartError as error:
        advice = "look for files, ports or processes that it leaves behind"
        notes = [failed(f"does not start again: {error}", advice)]
    notes = [*notes, *probe.incident_notes]
    probe.incident_notes.clear()
    return notes
