"""Fault isolation finds the culprit of a broken process, or blames no call."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from testingkit.conformance.plan.calls import Call
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.runners.transport.fault_isolation import ProcessEnd, find_culprits
from testingkit.conformance.runners.transport.incidents import Incident, IncidentKind
from testingkit.conformance.runners.transport.link import BrokenError, Link, LinkError, Work
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import make_case, queue_of, says, suite_of

_USED_UP = "limits.restarts is used up"
_END = ProcessEnd(IncidentKind.CRASH, "exited with status 3", 3, "no way out\n")


class Fragile:
    """A process that breaks at the given call, counted from 1."""

    def __init__(self, breaks_at: int) -> None:
        self._breaks_at = breaks_at

    async def run(self, work: Work) -> None:
        await self.run_alone(work)

    async def run_alone(self, work: Work) -> None:
        for number in range(1, len(work.waiting) + 1):
            call = work.take()
            if number == self._breaks_at:
                raise BrokenError
            work.answer([Observation(call_id=call.id, response=b"right")])


class Restarted:
    """A worker with some restarts left."""

    def __init__(self, starts: int, end: ProcessEnd, breaks_at: int) -> None:
        self.retired = ""
        self.link: Link = Fragile(breaks_at)
        self._starts = starts
        self._end = end

    async def is_ready(self) -> bool:
        self._starts -= 1
        if self._starts < 0:
            self.retired = _USED_UP
        return not self.retired

    async def end_broken(self, error: LinkError) -> ProcessEnd:
        return self._end


def _isolate(
    starts: int, end: ProcessEnd = _END, breaks_at: int = 2
) -> tuple[dict[str, str], Work]:
    """Breaks a process with three outstanding calls; returns the kinds of their observations."""
    cases = [make_case(says("x"), name=f"s/c{number}") for number in (1, 2, 3)]
    plan = make_plan([suite_of(*cases)], ["r"], "", 10.0, filtered=False)
    kinds: dict[str, str] = {}

    def take_in(call: Call, observation: Observation) -> None:
        kinds[call.case_id] = str(observation.WhichOneof("kind"))

    queue = queue_of(plan, take_in, lambda: 0.0)
    work = Work(queue, queue.waiting)
    for _ in cases:
        work.take()
    asyncio.run(find_culprits(Restarted(starts, end, breaks_at), work, BrokenError()))
    return kinds, work


def _incidents(work: Work) -> Sequence[Incident]:
    return work.queue.incidents.take()


@pytest.mark.parametrize("kind", IncidentKind)
def test_without_restarts_no_call_is_blamed_and_the_end_is_noted(kind: IncidentKind) -> None:
    kinds, work = _isolate(0, ProcessEnd(kind, "it ended", None, "no way out\n"))
    assert kinds == dict.fromkeys(("s/c1", "s/c2", "s/c3"), "not_run")
    (incident,) = _incidents(work)
    assert incident.kind is kind
    text = "it could not be restarted to find the culprit among: s/c1, s/c2, s/c3"
    stderr = "" if kind is IncidentKind.BREACH else "\nno way out\n"
    assert incident.text == f"it ended; {text}{stderr}"


def test_suspect_after_other_calls_is_not_blamed_without_another_restart() -> None:
    kinds, work = _isolate(1)
    assert kinds == {"s/c1": "response", "s/c2": "not_run"}
    (incident,) = _incidents(work)
    assert incident.kind is IncidentKind.CRASH
    assert "status 3; s/c2 did it after s/c1, and it could not be restarted to" in incident.text
    assert [call.case.id for call in work.waiting] == ["s/c3"]


def test_first_call_that_breaks_a_new_process_is_the_culprit() -> None:
    kinds, work = _isolate(1, breaks_at=1)
    assert kinds == {"s/c1": "crash"}
    assert not _incidents(work)
    assert [call.case.id for call in work.waiting] == ["s/c2", "s/c3"]


def test_suspect_that_passes_in_a_new_process_keeps_its_answer() -> None:
    kinds, work = _isolate(2)
    assert kinds == {"s/c1": "response", "s/c2": "response"}
    (incident,) = _incidents(work)
    assert "s/c2 does it after s/c1, and passes in a new process" in incident.text
