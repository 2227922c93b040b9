"""Answers from a runner: valid, late, and unexpected ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.runners.transport.incidents import Incident, IncidentKind
from testingkit.conformance.runners.transport.link import Work
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import make_case, queue_of, says, suite_of

_CALLS = 5
_TIMEOUT, _GRACE = 10.0, 1.0


class Clock:
    """Shows the time that a test sets."""

    time = 0.0

    def now(self) -> float:
        return self.time


def _work(taken: list[Observation], sent: int = _CALLS, clock: Clock | None = None) -> Work:
    """Returns five calls, of which the first ``sent`` were sent."""
    cases = [make_case(says("x"), name=f"s/c{number}") for number in range(1, _CALLS + 1)]
    plan = make_plan([suite_of(*cases)], ["r"], "", _TIMEOUT, filtered=False)
    now = (clock or Clock()).now
    queue = queue_of(plan, lambda _, observation: taken.append(observation), now, _GRACE)
    work = Work(queue, queue.waiting)
    for _ in range(sent):
        work.take()
    return work


def _answer(number: int) -> Observation:
    return Observation(call_id=number, response=b"right")


def test_unexpected_answers_are_incidents_and_not_observations() -> None:
    taken: list[Observation] = []
    work = _work(taken, sent=2)
    for number in (1, 1, 1, 3, 99, 98, 97, 96, 95):
        work.answer([_answer(number)])
    assert [observation.call_id for observation in taken] == [1]
    assert work.queue.incidents.take() == [
        Incident(IncidentKind.BREACH, "answered calls more than once: s/c1, s/c1"),
        Incident(IncidentKind.BREACH, "answered calls that were not sent to it: s/c3"),
        Incident(IncidentKind.BREACH, "answered calls that do not exist: 99, 98, 97 and 2 more"),
    ]


def test_answer_after_the_deadline_of_a_call_that_certainly_ran_is_a_timeout() -> None:
    taken: list[Observation] = []
    clock = Clock()
    work = _work(taken, clock=clock)
    clock.time = 5.0
    work.answer([_answer(3)])  # 1 and 2 run since then at the latest
    clock.time = 5.0 + _TIMEOUT + _GRACE
    work.answer([_answer(1)])  # just in time
    clock.time += 0.1
    work.answer([_answer(2)])
    work.answer([_answer(4)])  # its start is unknown
    kinds = {observation.call_id: observation.WhichOneof("kind") for observation in taken}
    assert kinds == {3: "response", 1: "response", 2: "timeout", 4: "response"}
    assert taken[2].timeout.deadline_millis == 10_000
    work.answer([_answer(2)])
    (incident,) = work.queue.incidents.take()
    assert incident.text == "answered calls more than once: s/c2"


@given(st.lists(st.integers(1, _CALLS + 2), max_size=30))
def test_every_call_has_at_most_one_observation_and_its_own(numbers: list[int]) -> None:
    taken: list[Observation] = []
    work = _work(taken)
    for number in numbers:
        work.answer([Observation(call_id=number, response=str(number).encode())])
    right = [number for number in dict.fromkeys(numbers) if number <= _CALLS]
    assert [observation.call_id for observation in taken] == right
    assert all(o.response == str(o.call_id).encode() for o in taken)
    assert set(work.outstanding) == set(range(1, _CALLS + 1)) - set(right)
    assert bool(work.queue.incidents.take()) == (len(numbers) > len(right))


def test_second_observation_of_a_call_raises_assertion_error() -> None:
    work = _work([])
    call = work.outstanding[1]
    work.queue.deliver(call, _answer(1))
    with pytest.raises(AssertionError, match="second observation"):
        work.queue.deliver(call, _answer(1))
