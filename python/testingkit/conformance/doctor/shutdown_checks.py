"""How a runner ends: asked to, and when its coordinator has gone."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped, warning
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.runners.transport.shutdown_probe import (
    Ending,
    end_lease,
    shut_down,
    terminate,
)

_REMOTE = "others start it, and end it"
_KILLED = "what is killed writes no coverage data"


async def check_shutdown(probe: Probe) -> Sequence[Note]:
    """Asks it to end, as a run does after the last call."""
    if probe.is_remote:
        return [skipped(_REMOTE)]
    session = await probe.running_session()
    limit = probe.limits.stop_timeout
    if probe.is_plain:
        return assess_signal(await terminate(session, limit), limit)
    return assess_shutdown(await shut_down(session, limit), limit)


async def check_lease(probe: Probe) -> Sequence[Note]:
    """Ends its standard input and does nothing else, as the death of a coordinator does."""
    if probe.is_remote:
        return [skipped(_REMOTE)]
    if probe.is_plain:
        return [skipped("a plain server has none: it is killed should the coordinator die")]
    session = await probe.running_session()
    limit = probe.limits.stop_timeout
    return assess_lease(await end_lease(session, limit), limit)


def assess_shutdown(ending: Ending, limit: float) -> Sequence[Note]:
    """What the end after ``Shutdown`` says, of a runner with an SDK."""
    notes = []
    if ending.refusal:
        text = f"does not answer Shutdown: {ending.refusal}"
        notes.append(failed(text, "answer Shutdown first, and end then"))
    if ending.status is None:
        text = f"still runs {limit:g} s after Shutdown, and is killed"
        advice = f"end within limits.stop_timeout, or raise it: {_KILLED}"
        notes.append(failed(text, advice))
    elif ending.status:
        advice = "exit with status 0, as coverage and profiling tools expect"
        notes.append(failed(f"{ending.words} after Shutdown", advice))
    if ending.left_behind:
        text = f"leaves processes behind: {', '.join(ending.left_behind)}"
        notes.append(warning(text, "end what the runner has started: it is killed otherwise"))
    return notes or [ok(f"{ending.words}, {ending.seconds:.2f} s after Shutdown")]


def assess_signal(ending: Ending, limit: float) -> Sequence[Note]:
    """What the end after SIGTERM says, of a plain server: whatever its status is, it ended."""
    if ending.status is None:
        text = f"still runs {limit:g} s after SIGTERM, and is killed"
        return [warning(text, f"end on SIGTERM within limits.stop_timeout: {_KILLED}")]
    return [ok(f"{ending.words}, {ending.seconds:.2f} s after SIGTERM")]


def assess_lease(ending: Ending, limit: float) -> Sequence[Note]:
    """What the end after that of standard input says."""
    if ending.status is None:
        text = f"still runs {limit:g} s after its standard input ended"
        advice = "end with standard input where TESTINGKIT_RUNNER_LEASE is stdin: else it may "
        return [failed(text, f"{advice}outlive a coordinator that dies")]
    return [ok(f"{ending.words}, {ending.seconds:.2f} s after its standard input ended")]
