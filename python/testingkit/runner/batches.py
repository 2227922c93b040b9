"""Runs the calls of a batch one after the other and collects their observations."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextvars import copy_context
from functools import partial

from testingkit.conformance.v1 import runner_pb2
from testingkit.runner import limits
from testingkit.runner.calls import AsyncMethod, Method, SyncMethod, UnknownMethod, run_async
from testingkit.runner.contexts import Scope
from testingkit.runner.outcomes import Outcome, add_observation, size
from testingkit.runner.workers import Workers

_Observed = tuple[int, Outcome, int]
"""The id of a call, its outcome, and the nanoseconds that it took."""

_Running = asyncio.Future[runner_pb2.Call | None]
"""Calls that are running. The result is the first call that must be run in the other way."""


class Batch:
    """One ``ExecuteRequest`` while it runs. Leaving its context drops the calls not started.

    Observations are sent every `limits.FLUSH_SECONDS`, so that a call that hangs or kills the
    process does not lose the answers before it. Consecutive synchronous calls run on a thread
    together: to change the thread for each call would cost ten times the call.
    """

    def __init__(
        self, methods: Mapping[str, Method], workers: Workers, calls: Iterable[runner_pb2.Call]
    ) -> None:
        self._methods = methods
        self._workers = workers
        self._calls = iter(calls)
        self._done: deque[_Observed] = deque()
        self._started = False
        self._running: _Running | None = None
        self._abandoned = False

    def __enter__(self) -> "Batch":
        return self

    def __exit__(self, *_: object) -> None:
        self._abandoned = True
        if self._running is not None:
            self._running.cancel()

    @property
    def finished(self) -> bool:
        """Whether every call has run."""
        return self._started and self._running is None

    def start(self) -> None:
        """Starts to run the calls."""
        self._started = True
        self._run_from(next(self._calls, None))

    async def responses(self) -> AsyncGenerator[runner_pb2.ExecuteResponse, None]:
        """Yields the answers as they become available, after `start`."""
        while self._running is not None:
            await asyncio.wait({self._running}, timeout=limits.FLUSH_SECONDS)
            if self._running.done():
                self._run_from(self._running.result())
            for response in self._ready():
                yield response

    def _run_from(self, call: runner_pb2.Call | None) -> None:
        """Starts to run the call and the calls after it that run in the same way."""
        if call is None:
            self._running = None
        elif isinstance(self._method(call), SyncMethod):
            self._running = self._workers.run(partial(self._run_sync, call))
        else:
            self._running = asyncio.create_task(self._run_async(call))

    def _method(self, call: runner_pb2.Call) -> Method:
        return self._methods.get(call.method) or UnknownMethod(call.method)

    def _run_sync(self, call: runner_pb2.Call | None) -> runner_pb2.Call | None:
        """Runs calls up to the first that is not synchronous, and returns that one."""
        started = time.perf_counter_ns()
        while call is not None and not self._abandoned:
            method = self._method(call)
            if not isinstance(method, SyncMethod):
                return call
            # Each handler has its own context, so that it does not see ContextVars set by another.
            outcome = copy_context().run(method.call, call.request, _scope(call))
            # The end of a call is the start of the next.
            ended = time.perf_counter_ns()
            self._done.append((call.id, outcome, ended - started))
            started = ended
            call = next(self._calls, None)
        return None

    async def _run_async(self, call: runner_pb2.Call | None) -> runner_pb2.Call | None:
        """Runs calls up to the first that is not asynchronous, and returns that one."""
        while call is not None:
            method = self._method(call)
            if not isinstance(method, AsyncMethod):
                return call
            started = time.perf_counter_ns()
            outcome = await run_async(method, call.request, _scope(call))
            self._done.append((call.id, outcome, time.perf_counter_ns() - started))
            call = next(self._calls, None)
        return None

    def _ready(self) -> Iterator[runner_pb2.ExecuteResponse]:
        """Yields the observations since the last time, in messages of bounded size."""
        response = runner_pb2.ExecuteResponse()
        total = 0
        for _ in range(len(self._done)):
            call_id, outcome, elapsed = self._done.popleft()
            total += size(outcome)
            if total > limits.BATCH_BYTES and response.observations:
                yield response
                response = runner_pb2.ExecuteResponse()
                total = size(outcome)
            add_observation(response, call_id, outcome, elapsed)
        if response.observations:
            yield response


def _scope(call: runner_pb2.Call) -> Scope:
    millis = call.timeout_millis
    return Scope(time.monotonic() + millis / 1000 if millis else None)
