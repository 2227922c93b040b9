"""How a runner ends: asked to, and when its coordinator has gone."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.doctor.probe import Patient
from testingkit.conformance.doctor.remarks import Remark, failed, ok, skipped, warning
from testingkit.conformance.runners.transport.shutdown_probe import (
    Ending,
    end_lease,
    shut_down,
    terminate,
)

_REMOTE = "others start it, and end it"
_KILLED = "what is killed writes no coverage data"


async def check_shutdown(patient: Patient) -> Sequence[Remark]:
    """Asks it to end, as a run does after the last call."""
    if patient.is_remote:
        return [skipped(_REMOTE)]
    session = await patient.attend()
    limit = patient.limits.stop_timeout
    if patient.is_plain:
        return of_signal(await terminate(session, limit), limit)
    return of_shutdown(await shut_down(session, limit), limit)


async def check_lease(patient: Patient) -> Sequence[Remark]:
    """Ends its standard input and does nothing else, as the death of a coordinator does."""
    if patient.is_remote:
        return [skipped(_REMOTE)]
    if patient.is_plain:
        return [skipped("a plain server has none: it is killed should the coordinator die")]
    session = await patient.attend()
    limit = patient.limits.stop_timeout
    return of_lease(await end_lease(session, limit), limit)


def of_shutdown(ending: Ending, limit: float) -> Sequence[Remark]:
    """What the end after ``Shutdown`` says, of a runner with an SDK."""
    remarks = []
    if ending.refusal:
        text = f"does not answer Shutdown: {ending.refusal}"
        remarks.append(failed(text, "answer Shutdown first, and end then"))
    if ending.status is None:
        text = f"still runs {limit:g} s after Shutdown, and is killed"
        advice = f"end within limits.stop_timeout, or raise it: {_KILLED}"
        remarks.append(failed(text, advice))
    elif ending.status:
        advice = "exit with status 0, as coverage and profiling tools expect"
        remarks.append(failed(f"{ending.words} after Shutdown", advice))
    if ending.left_behind:
        text = f"leaves processes behind: {', '.join(ending.left_behind)}"
        remarks.append(warning(text, "end what the runner has started: it is killed otherwise"))
    return remarks or [ok(f"{ending.words}, {ending.seconds:.2f} s after Shutdown")]


def of_signal(ending: Ending, limit: float) -> Sequence[Remark]:
    """What the end after SIGTERM says, of a plain server: whatever its status is, it ended."""
    if ending.status is None:
        text = f"still runs {limit:g} s after SIGTERM, and is killed"
        return [warning(text, f"end on SIGTERM within limits.stop_timeout: {_KILLED}")]
    return [ok(f"{ending.words}, {ending.seconds:.2f} s after SIGTERM")]


def of_lease(ending: Ending, limit: float) -> Sequence[Remark]:
    """What the end after that of standard input says."""
    if ending.status is None:
        text = f"still runs {limit:g} s after its standard input ended"
        advice = "end with standard input where TESTINGKIT_RUNNER_LEASE is stdin: else it may "
        return [failed(text, f"{advice}outlive a coordinator that dies")]
    return [ok(f"{ending.words}, {ending.seconds:.2f} s after its standard input ended")]
