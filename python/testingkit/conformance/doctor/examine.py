"""The examination: the project first, then all runners side by side."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.determinism_check import check_steadiness
from testingkit.conformance.doctor.probe import Patient
from testingkit.conformance.doctor.project_checks import Premises, survey
from testingkit.conformance.doctor.remarks import Diagnosis, Outcome, Remark, failed, skipped
from testingkit.conformance.doctor.robustness_checks import check_bad_request, check_unknown_method
from testingkit.conformance.doctor.service_checks import check_methods, check_protos
from testingkit.conformance.doctor.shutdown_checks import check_lease, check_shutdown
from testingkit.conformance.doctor.startup_checks import check_command, check_start, check_versions
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.project import Project
from testingkit.conformance.runners.processes import StartError

Report = Callable[[Sequence[Diagnosis]], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at in every runner."""

    name: str
    look: Callable[[Patient], Awaitable[Sequence[Remark]]]
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
    Check("determinism", check_steadiness),
    Check("lease", check_lease),
)


async def examine(project: Project, configs: Sequence[RunnerConfig], report: Report) -> None:
    """Examines a project and some of its runners.

    Args:
        project: The project.
        configs: The runners.
        report: Takes what was found of the project, and then of every runner, in their order.
    """
    premises, found = await survey(project, configs)
    report(found)
    # A group, because it waits for all of them, whatever becomes of one: nothing outlives it.
    try:
        async with asyncio.TaskGroup() as tasks:
            examined = [tasks.create_task(_examine_runner(c, premises)) for c in configs]
            for task in examined:
                report(await task)
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


async def _examine_runner(config: RunnerConfig, premises: Premises) -> Sequence[Diagnosis]:
    patient = Patient(config, premises, secrets.token_hex(4))
    found: list[Diagnosis] = []
    is_fit = True
    try:
        for check in CHECKS:
            remarks = await _look(check, patient) if is_fit else [skipped("it does not start")]
            found += [Diagnosis(config.name, check.name, r, check.exit_code) for r in remarks]
            if check.is_vital and any(r.outcome is Outcome.FAILED for r in remarks):
                is_fit = False
    finally:
        await patient.discharge()
    return found


async def _look(check: Check, patient: Patient) -> Sequence[Remark]:
    """Makes a check; a runner that does not start for it once more is one of its findings."""
    try:
        remarks = await check.look(patient)
    except StartError as error:
        remarks = [failed(f"does not start again: {error}", "look for what it leaves behind")]
    said = [*remarks, *patient.complaints]
    patient.complaints.clear()
    return said
