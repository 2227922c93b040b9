"""The stall clock: it stops while the coordinator is stalled."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.runners.transport import stall_clock
from testingkit.conformance.runners.transport.stall_clock import StallClock

_BEAT, _LONGEST = 0.02, 0.04


class World:
    """Replaces the module ``time`` in `stall_clock`."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(stall_clock, "time", world)
    return world


def test_time_between_regular_beats_counts(world: World) -> None:
    clock = StallClock()
    began = clock.now()
    for _ in range(100):
        world.now += _BEAT
        clock.beat()
    world.now += _BEAT / 2
    assert clock.now() - began == pytest.approx(100.5 * _BEAT)


def test_stall_does_not_count_before_or_after_the_next_beat(world: World) -> None:
    clock = StallClock()
    began = clock.now()
    world.now += 5.0
    assert clock.now() - began <= _LONGEST
    clock.beat()
    assert clock.now() - began <= _LONGEST
    world.now += _BEAT
    assert clock.now() - began <= _LONGEST + _BEAT


@given(st.lists(st.tuples(st.floats(0, 1000), st.booleans()), max_size=30))
def test_clock_goes_forward_and_is_never_faster_than_wall_clock(
    steps: list[tuple[float, bool]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        world = World()
        patch.setattr(stall_clock, "time", world)
        clock = StallClock()
        for seconds, beats in steps:
            before = clock.now()
            world.now += seconds
            assert -1e-9 <= clock.now() - before <= seconds + 1e-9
            if beats:
                after = clock.now()
                clock.beat()
                assert clock.now() == pytest.approx(after)


def test_clock_runs_with_the_event_loop_and_stops_without_it() -> None:
    async def measure() -> tuple[float, float]:
        clock = StallClock()
        with clock.running():
            began = clock.now()
            for _ in range(5):
                await asyncio.sleep(_BEAT)
            running, began = clock.now() - began, clock.now()
            time.sleep(10 * _LONGEST)  # noqa: ASYNC251 - stalls the loop on purpose
            return running, clock.now() - began

    running, stalled = asyncio.run(measure())
    assert running > _LONGEST >= stalled
