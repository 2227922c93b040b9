"""The calls of a batch, one after the other, and their observations as they come."""

import asyncio
import contextvars
import itertools
import time
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from functools import partial
from typing import cast

from testingkit.conformance.v1 import observation_pb2, runner_pb2
from testingkit.runner import limits
from testingkit.runner.calls import AsyncMethod, Method, SyncMethod, UnknownMethod
from testingkit.runner.contexts import Scope
from testingkit.runner.outcomes import Outcome, observation
from testingkit.runner.workers import Workers

_NO_DEADLINE = Scope()


class Batch:
    """One ``ExecuteRequest`` while it runs.

    What has been observed is answered every `limits.FLUSH_SECONDS`, so that a call that hangs or
    kills the process does not take the answers before it along. Synchronous calls that follow one
    another share one hop to a thread: a hop for each call costs ten times the call.
    """

    def __init__(self, methods: Mapping[str, Method], workers: Workers) -> None:
        self._methods = methods
        self._workers = workers
        self._done: deque[observation_pb2.Observation] = deque()
        self._abandoned = False

    async def run(
        self, calls: Iterable[runner_pb2.Call]
    ) -> AsyncGenerator[runner_pb2.ExecuteResponse, None]:
        """Runs the calls and yields answers; closing the iterator gives up the calls not begun."""
        task = asyncio.create_task(self._run(calls))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=limits.FLUSH_SECONDS)
                for response in self._ready():
                    yield response
            task.result()
            # What was observed while the last answers were on their way out.
            for response in self._ready():
                yield response
        finally:
            self._abandoned = True
            task.cancel()

    async def _run(self, calls: Iterable[runner_pb2.Call]) -> None:
        for sync, group in itertools.groupby(calls, self._is_sync):
            if sync:
                await self._workers.run(partial(self._run_sync, list(group)))
            else:
                await self._run_async(group)

    def _is_sync(self, call: runner_pb2.Call) -> bool:
        return isinstance(self._methods.get(call.method), SyncMethod)

    def _run_sync(self, calls: list[runner_pb2.Call]) -> None:
        for call in calls:
            if self._abandoned:
                return
            method = cast(SyncMethod, self._methods[call.method])
            started = time.perf_counter_ns()
            # A context of its own: what one handler sets in a ContextVar is not the next one's.
            outcome = contextvars.copy_context().run(method.call, call.request, _scope(call))
            self._observe(call, outcome, started)

    async def _run_async(self, calls: Iterable[runner_pb2.Call]) -> None:
        for call in calls:
            method = cast(AsyncMethod, self._methods.get(call.method, UnknownMethod(call.method)))
            started = time.perf_counter_ns()
            # A task of its own: a handler may set context variables, or cancel its task.
            outcome = await asyncio.create_task(method.call(call.request, _scope(call)))
            self._observe(call, outcome, started)

    def _observe(self, call: runner_pb2.Call, outcome: Outcome, started: int) -> None:
        elapsed = time.perf_counter_ns() - started
        self._done.append(observation(call.id, outcome, elapsed))

    def _ready(self) -> Iterator[runner_pb2.ExecuteResponse]:
        """What has been observed since the last time, in messages of bounded size."""
        response = runner_pb2.ExecuteResponse()
        size = 0
        for _ in range(len(self._done)):
            observed = self._done.popleft()
            size += observed.ByteSize()
            if size > limits.BATCH_BYTES and response.observations:
                yield response
                response = runner_pb2.ExecuteResponse()
                size = observed.ByteSize()
            response.observations.append(observed)
        if response.observations:
            yield response


def _scope(call: runner_pb2.Call) -> Scope:
    if not call.timeout_millis:
        return _NO_DEADLINE
    return Scope(time.monotonic() + call.timeout_millis / 1000)
