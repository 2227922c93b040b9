"""Checks how a runner ends: after Shutdown, and when its coordinator dies."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped, warning
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.runners.transport.shutdown_probe import (
    ShutdownResult,
    end_lease,
    shut_down,
    terminate,
)

_REMOTE = "it is started and stopped elsewhere"
_KILLED = "a killed process writes no coverage data"


async def check_shutdown(probe: Probe) -> Sequence[Note]:
    """Tells it to end, as a run does after the last call."""
    if probe.is_remote:
        return [skipped(_REMOTE)]
    session = await probe.running_session()
    limit = probe.limits.stop_timeout
    if probe.is_plain:
        return assess_signal(await terminate(session, limit), limit)
    return assess_shutdown(await shut_down(session, limit), limit)


async def check_lease(probe: Probe) -> Sequence[Note]:
    """Closes only its standard input, as the death of the coordinator would."""
    if probe.is_remote:
        return [skipped(_REMOTE)]
    if probe.is_plain:
        return [skipped("a plain server has no lease: it is killed if the coordinator dies")]
    session = await probe.running_session()
    limit = probe.limits.stop_timeout
    return assess_lease(await end_lease(session, limit), limit)


def assess_shutdown(ending: ShutdownResult, limit: float) -> Sequence[Note]:
    """Returns the notes on how a runner with an SDK ended after ``Shutdown``."""
    notes = []
    if ending.refusal:
        text = f"does not answer Shutdown: {ending.refusal}"
        notes.append(failed(text, "answer Shutdown first, then end"))
    if ending.status is None:
        text = f"still runs {limit:g} s after Shutdown, and is killed"
        advice = f"end within limits.stop_timeout, or raise it: {_KILLED}"
        notes.append(failed(text, advice))
    elif ending.status:
        advice = "exit with status 0, as coverage and profiling tools expect"
        notes.append(failed(f"{ending.text} after Shutdown", advice))
    if ending.left_behind:
        text = f"leaves processes behind: {', '.join(ending.left_behind)}"
        notes.append(warning(text, "end the processes that the runner started: they are killed"))
    return notes or [ok(f"{ending.text}, {ending.seconds:.2f} s after Shutdown")]


def assess_signal(ending: ShutdownResult, limit: float) -> Sequence[Note]:
    """Returns the note on how a plain server ended after SIGTERM; any exit status will do."""
    if ending.status is None:
        text = f"still runs {limit:g} s after SIGTERM, and is killed"
        return [warning(text, f"end on SIGTERM within limits.stop_timeout: {_KILLED}")]
    return [ok(f"{ending.text}, {ending.seconds:.2f} s after SIGTERM")]


def assess_lease(ending: ShutdownResult, limit: float) -> Sequence[Note]:
    """Returns the note on how a runner ended after its standard input was closed."""
    if ending.status is None:
        text = f"still runs {limit:g} s after its standard input ended"
        advice = "if TESTINGKIT_RUNNER_LEASE is stdin, end when standard input ends: otherwise "
        return [failed(text, f"{advice}the runner may outlive the coordinator")]
    return [ok(f"{ending.text}, {ending.seconds:.2f} s after its standard input ended")]
