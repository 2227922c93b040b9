"""Calls to several runners: one observation of each call and runner, even if a runner fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from testingkit.conformance.engine.ask import Asking, Calls, Target, _next_chunk, ask
from testingkit.conformance.plan.calls import Call, Order
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.runners.transport import Deliver, Queue, RunnerSession
from testingkit.conformance.runners.transport.incidents import Incidents
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import make_case, says, suite_of


class FakeSession:
    """A runner that echoes the id of a call, or raises once it has answered some calls."""

    def __init__(self, error: Exception | None = None, after: int = 0) -> None:
        self.error = error
        self.after = after

    def queue(self, total: int, find: Callable[[int], Call | None], deliver: Deliver) -> Queue:
        return Queue(deliver, find, total, Incidents(), 1.0, lambda: 0.0)

    async def run(self, queue: Queue) -> None:
        answered = 0
        while await queue.has_next():
            if self.error is not None and answered == self.after:
                raise self.error
            call = queue.waiting.popleft()
            queue.deliver(call, Observation(call_id=call.id, response=b"%d" % call.id))
            answered += 1


def target(session: FakeSession, served: Sequence[str] | None = None) -> Target:
    return Target(cast(RunnerSession, session), served)


def plan_of(cases: int, repetitions: int = 1) -> Plan:
    made = [make_case(says("x"), name=f"s/c{number}") for number in range(cases)]
    order = Order(repetitions)
    return make_plan([suite_of(*made)], ["r"], "", 10.0, filtered=False, order=order)


def test_every_target_answers_every_call() -> None:
    calls = list(plan_of(300, repetitions=2).calls)
    observed = asyncio.run(ask([target(FakeSession()), target(FakeSession())], calls))
    assert [{number: o.response for number, o in one.items()} for one in observed] == [
        {call.id: b"%d" % call.id for call in calls}
    ] * 2


def test_runner_that_did_not_start_has_every_call_not_run() -> None:
    calls = list(plan_of(3).calls)
    answered, absent = asyncio.run(ask([target(FakeSession()), Target(None)], calls))
    assert {o.WhichOneof("kind") for o in answered.values()} == {"response"}
    assert {o.not_run.text for o in absent.values()} == {"the runner did not start"}
    assert [*absent] == [call.id for call in calls]


def test_method_that_is_not_served_is_unsupported_without_a_call() -> None:
    calls = list(plan_of(3).calls)
    (observed,) = asyncio.run(ask([target(FakeSession(), served=())], calls))
    assert {o.WhichOneof("kind") for o in observed.values()} == {"unsupported"}
    (observed,) = asyncio.run(ask([target(FakeSession(), served=[calls[0].method])], calls))
    assert {o.WhichOneof("kind") for o in observed.values()} == {"response"}


def test_empty_calls_or_targets_give_empty_results() -> None:
    assert asyncio.run(ask([target(FakeSession())], [])) == [{}]
    assert asyncio.run(ask([], list(plan_of(3).calls))) == []


def test_error_of_one_runner_ends_the_others_and_is_raised_itself() -> None:
    broken = target(FakeSession(RuntimeError("a bug"), after=2))
    with pytest.raises(RuntimeError, match="a bug"):
        asyncio.run(ask([broken, target(FakeSession())], list(plan_of(500).calls)))


def test_call_is_begun_before_any_observation_of_it() -> None:
    plan = plan_of(300)
    events: list[tuple[str, int]] = []

    def observe(_index: int, call: Call, _observation: Observation) -> None:
        events.append(("observed", call.id))

    def begin(call: Call) -> None:
        events.append(("begun", call.id))

    targets = [target(FakeSession()), Target(None)]
    asyncio.run(Asking(targets, Calls.of_plan(plan), observe, begin).run())
    for number in range(1, 301):
        first = events.index(("begun", number))
        assert events.count(("begun", number)) == 1
        assert events.count(("observed", number)) == 2
        assert first < events.index(("observed", number))


def test_dispatches_count_what_is_observed() -> None:
    plan = plan_of(10)
    nothing: Any = lambda *_: None  # noqa: E731 - takes observations and drops them
    asking = Asking([target(FakeSession()), Target(None)], Calls.of_plan(plan), nothing)
    assert [dispatch.done for dispatch in asking.dispatches] == [0, 0]
    asyncio.run(asking.run())
    assert [dispatch.done for dispatch in asking.dispatches] == [10, 10]
    assert [dispatch.oldest for dispatch in asking.dispatches] == [None, None]


def test_chunk_holds_128_calls_or_one_that_is_large() -> None:
    large = replace(make_case(says("x"), name="s/large"), request=bytes(1 << 20))
    calls = make_plan([suite_of(*[large] * 10)], ["r"], "", 10.0, filtered=False).calls
    assert len(_next_chunk(calls)) == 1
    left = plan_of(300).calls
    assert [len(_next_chunk(left)) for _ in range(4)] == [128, 128, 44, 0]
