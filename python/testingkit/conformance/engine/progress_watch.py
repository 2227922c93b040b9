"""Samples the progress of a run at intervals, so that observing an answer costs nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from testingkit.conformance.engine.dispatch import Dispatch
from testingkit.conformance.engine.progress import Progress, RunnerProgress
from testingkit.conformance.engine.runner_pool import RunnerPool
from testingkit.conformance.engine.sinks import Clock
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1.run_pb2 import RunnerReady

_SECONDS = 0.1  # between two samples
_LONG = 1.0  # seconds after which the case of a runner is shown


@dataclass(slots=True)
class _Oldest:
    """The oldest call of a runner without an observation."""

    call: int | None
    since: float  # seconds since the run began
    case_id: str = ""  # filled in when it is first shown


class ProgressWatch:
    """Samples the counters of a run."""

    def __init__(
        self,
        runners: RunnerPool,
        clock: Clock,
        calls: int = 0,
        case_id_of: Callable[[int], str] = str,
    ) -> None:
        """Prepares to sample.

        Args:
            runners: The runners.
            clock: The time of the run.
            calls: Number of calls of each runner; 0 if they are not planned yet.
            case_id_of: Returns the id of the case of a call.
        """
        self._runners = runners
        self._clock = clock
        self._calls = calls
        self._case_id_of = case_id_of
        self._tally: Tally | None = None
        self._dispatches: Sequence[Dispatch] = ()
        self._ready: dict[int, RunnerReady] = {}
        self._oldest: dict[int, _Oldest] = {}

    def follow(self, dispatches: Sequence[Dispatch], tally: Tally) -> None:
        """Sets the counters to sample, once the runners have started."""
        self._dispatches, self._tally = dispatches, tally

    @contextmanager
    def showing(self, show: Callable[[Progress], None]) -> Iterator[None]:
        """Shows the progress at intervals, and once more at the end."""
        showing = asyncio.ensure_future(self._keep_showing(show))
        try:
            yield
        finally:
            if showing.done():
                showing.result()  # raises: `show` has a bug
            showing.cancel()
            show(self.sample())

    async def _keep_showing(self, show: Callable[[Progress], None]) -> None:
        while True:
            show(self.sample())
            await asyncio.sleep(_SECONDS)

    def sample(self) -> Progress:
        """Returns the progress of the run."""
        now = self._clock.nanos() / 1e9
        runners = [self._sample_runner(index, now) for index in range(len(self._runners.sessions))]
        return Progress(
            runners=runners,
            seconds=now,
            divergences=0 if self._tally is None else self._tally.divergences,
            is_judged=all(runner.is_done for runner in runners),
        )

    def _sample_runner(self, index: int, now: float) -> RunnerProgress:
        name = self._runners.sessions[index].config.name
        ready = self._ready_of(index, name)
        if ready is None or self._tally is None:
            return RunnerProgress(name, ready, self._calls)
        dispatch = self._dispatches[index]
        case_id, seconds = self._long_case(index, dispatch, now)
        return RunnerProgress(
            name=name,
            ready=ready,
            planned=self._calls,
            done=dispatch.done,
            problems=self._tally.problems(index),
            case_id=case_id,
            case_seconds=seconds,
        )

    def _ready_of(self, index: int, name: str) -> RunnerReady | None:
        """Returns how a runner started, from a cache; None while it is starting."""
        if index not in self._ready and self._runners.has_start_result(name):
            self._ready[index] = self._runners.ready(index)
        return self._ready.get(index)

    def _long_case(self, index: int, dispatch: Dispatch, now: float) -> tuple[str, float]:
        """Returns the case that a runner has been running for long, and the seconds."""
        call = dispatch.oldest
        oldest = self._oldest.get(index)
        if call is None or oldest is None or oldest.call != call:
            self._oldest[index] = _Oldest(call, now)
            return "", 0.0
        if now - oldest.since <= _LONG:
            return "", 0.0
        oldest.case_id = oldest.case_id or self._case_id_of(call)
        return oldest.case_id, now - oldest.since
