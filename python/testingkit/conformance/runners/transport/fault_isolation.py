"""Finds the culprit among the calls that were outstanding when a process broke.

The outstanding calls run one at a time in a new process; docs/decisions/0012 has the table of what
follows from the result. Calls that are not the culprit keep their answers. Without a restart there
is no culprit, but the end of the process is noted all the same.
"""

from __future__ import annotations

import enum
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.transport.incidents import IncidentKind
from testingkit.conformance.runners.transport.link import Link, LinkError, Queue, Work
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.observation_pb2 import Observation


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """How a process ended that could take no more calls."""

    kind: IncidentKind
    text: str
    status: int | None  # exit status, negative for a signal; None if it had to be killed
    stderr: str


class Restartable(Protocol):
    """The part of a worker that fault isolation uses."""

    retired: str

    @property
    def link(self) -> Link:
        """The link for calls to the process."""

    async def is_ready(self) -> bool:
        """Restarts the process if it ended; returns whether it can take calls."""

    async def end_broken(self, error: LinkError) -> ProcessEnd:
        """Ends the process, and returns how it ended."""


class _Trial(enum.Enum):
    """What a call does in a new process, in which it is the only one."""

    BREAKS = enum.auto()
    PASSES = enum.auto()
    BREAKS_AFTER_ANSWER = enum.auto()
    IS_UNANSWERED = enum.auto()  # and the process keeps running
    CANNOT_START = enum.auto()


async def find_culprits(worker: Restartable, work: Work, error: LinkError) -> None:
    """Gives every outstanding call an observation, or puts it back into the queue."""
    suspects = deque(work.take_outstanding())
    end = await worker.end_broken(error)
    names = format_list([call.case_id for call in suspects])
    if not suspects:
        _note(work.queue, end, "no call was outstanding")
        return
    if not await worker.is_ready():
        _note(work.queue, end, f"it could not be restarted to find the culprit among: {names}")
        _deliver_not_run(worker, suspects, work.queue)
        return
    isolated = Work(work.queue, suspects, is_isolated=True)
    try:
        await worker.link.run_alone(isolated)
    except LinkError as second:
        await _find_culprit(worker, isolated, second)
        work.queue.put_back(suspects)  # the calls after the culprit go back to full speed
    else:
        if not isolated.unanswered:
            _note(work.queue, end, f"every call it was running passes alone: {names}")


async def _find_culprit(worker: Restartable, isolated: Work, error: LinkError) -> None:
    """Finds the culprit of a process that broke while calls ran in it one at a time."""
    queue, before = isolated.queue, isolated.settled
    outstanding = isolated.take_outstanding()
    end = await worker.end_broken(error)
    if not outstanding:
        _note(queue, end, _after_answer(before))
        return
    (suspect,) = outstanding
    if before is None:  # It was the first call in the process.
        queue.deliver(suspect, _blame(suspect, end))
        return
    trial, end = await _try_alone(worker, queue, suspect, end)
    match trial:
        case _Trial.BREAKS:
            queue.deliver(suspect, _blame(suspect, end))
        case _Trial.PASSES:
            pair = f"{suspect.case_id} does it after {before.case_id}"
            _note(queue, end, f"{pair}, and passes in a new process")
        case _Trial.BREAKS_AFTER_ANSWER:
            _note(queue, end, _after_answer(suspect))
        case _Trial.IS_UNANSWERED:
            pass  # It has an observation that reports it.
        case _Trial.CANNOT_START:
            pair = f"{suspect.case_id} did it after {before.case_id}"
            _note(queue, end, f"{pair}, and it could not be restarted to find the culprit")
            _deliver_not_run(worker, [suspect], queue)


async def _try_alone(
    worker: Restartable, queue: Queue, suspect: Call, end: ProcessEnd
) -> tuple[_Trial, ProcessEnd]:
    """Runs a call in a new process; returns what it does, and the last end of a process."""
    if not await worker.is_ready():
        return _Trial.CANNOT_START, end
    work = Work(queue, deque([suspect]), is_isolated=True)
    try:
        await worker.link.run_alone(work)
    except LinkError as error:
        end = await worker.end_broken(error)
        return (_Trial.BREAKS if work.outstanding else _Trial.BREAKS_AFTER_ANSWER), end
    return (_Trial.IS_UNANSWERED if work.unanswered else _Trial.PASSES), end


def _after_answer(before: Call | None) -> str:
    if before is None:
        return "no call was outstanding"
    return f"the call before it, {before.case_id}, had been answered"


def _deliver_not_run(worker: Restartable, calls: Sequence[Call], queue: Queue) -> None:
    """Observes calls as not run: one of them may break the other processes too."""
    for call in calls:
        observation = Observation(call_id=call.id)
        observation.not_run.text = worker.retired
        queue.deliver(call, observation)


def _note(queue: Queue, end: ProcessEnd, text: str) -> None:
    queue.incidents.note_end(end.kind, f"{end.text}; {text}", end.stderr)


def _blame(call: Call, end: ProcessEnd) -> Observation:
    """Returns the observation of a culprit: how the process ended in which it ran alone."""
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
