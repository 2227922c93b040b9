"""Finds the calls that are to blame for a process that broke.

What was outstanding runs one call at a time in a new process. The call that breaks that one is
suspected, and where others had run in it before, it has to break a process of its own as well: what
earlier calls left behind is not its fault. Every other call keeps its true answer. Where there is
no new process to find it out in, no call is blamed, and the end is noted all the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.incidents import IncidentKind
from testingkit.conformance.runners.transport.link import Link, LinkError, Work
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.observation_pb2 import Observation


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended that could be given no more calls."""

    kind: IncidentKind
    text: str
    status: int | None  # exit status, negative for a signal; none where it had to be ended
    stderr: str


class Startable(Protocol):
    """What isolation needs of a worker."""

    retired: str

    @property
    def link(self) -> Link:
        """The way of calls to the process."""

    async def is_ready(self) -> bool:
        """Starts the process again where it has to be; tells whether there is one."""

    async def end_broken(self, error: LinkError) -> End:
        """Ends the process."""


async def find_culprits(worker: Startable, work: Work, error: LinkError) -> None:
    """Gives every outstanding call its own answer or its own blame."""
    suspects = deque(work.take_outstanding())
    end = await worker.end_broken(error)
    if not suspects:
        _note(work, end, "no call was outstanding")
        return
    everyone = format_list([call.case_id for call in suspects])
    if not await worker.is_ready():
        _note(work, end, f"no new start can tell which call did it: {everyone}")
        _give_up(worker, suspects, work)
        return
    alone = Work(work.queue, suspects)
    try:
        await worker.link.run_alone(alone)
    except LinkError as again:
        await _blame_one(worker, alone, again)
        # What stood behind the culprit goes back to full speed.
        work.queue.put_back(suspects)
    else:
        if not alone.unanswered:
            _note(work, end, f"every call it was running passes alone: {everyone}")


async def _blame_one(worker: Startable, alone: Work, error: LinkError) -> None:
    """Finds out whether the call that was running is to blame, or what ran before it."""
    suspects = alone.take_outstanding()
    end = await worker.end_broken(error)
    before = alone.settled
    if not suspects:
        what = f"the call before it, {before.case_id}, had been answered" if before else ""
        _note(alone, end, what or "no call was outstanding")
        return
    (suspect,) = suspects
    if before is None:
        alone.queue.deliver(suspect, _blame(suspect, end))
        return
    if not await worker.is_ready():
        what = f"{suspect.case_id} did it after {before.case_id}"
        _note(alone, end, f"{what}, and no new start can tell which of them is to blame")
        _give_up(worker, suspects, alone)
        return
    fresh = Work(alone.queue, deque(suspects))
    try:
        await worker.link.run_alone(fresh)
    except LinkError as again:
        last = await worker.end_broken(again)
        if fresh.outstanding:
            alone.queue.deliver(suspect, _blame(suspect, last))
        else:
            _note(alone, last, f"the call before it, {suspect.case_id}, had been answered")
        return
    if not fresh.unanswered:
        what = f"{suspect.case_id} does it after {before.case_id}, and passes in a new process"
        _note(alone, end, what)


def _give_up(worker: Startable, suspects: Sequence[Call], work: Work) -> None:
    """What may have broken a process that cannot be started again is given to no other."""
    for call in suspects:
        observation = Observation(call_id=call.id)
        observation.not_run.text = worker.retired
        work.queue.deliver(call, observation)


def _note(work: Work, end: End, what: str) -> None:
    work.queue.incidents.note_end(end.kind, f"{end.text}; {what}", end.stderr)


def _blame(call: Call, end: End) -> Observation:
    """What is observed of a call that broke a process in which nothing had run before it."""
    observation = Observation(call_id=call.id)
    if end.kind is IncidentKind.HANG:
        observation.timeout.deadline_millis = round(call.timeout * 1000)
        observation.timeout.stderr = end.stderr
        observation.timeout.alone = True
    elif end.kind is IncidentKind.BREACH:
        observation.protocol_error.text = end.text
    else:
        observation.crash.text = end.text
        observation.crash.stderr = end.stderr
        observation.crash.alone = True
        if end.status is not None and end.status < 0:
            observation.crash.signal = -end.status
        elif end.status is not None:
            observation.crash.exit_status = end.status
    return observation
