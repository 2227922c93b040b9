"""Serves the subjects like an ordinary gRPC server, so that ``grpcurl`` works on a runner."""

import time
from typing import Any, Never

import grpc
from grpc import aio

from testingkit.runner.calls import Method, SyncMethod, run_async
from testingkit.runner.contexts import DETAILS_KEY, Scope
from testingkit.runner.handlers import Handler
from testingkit.runner.outcomes import Failure, Outcome, Panicked, Response, Undeliverable
from testingkit.runner.workers import Workers


def handler(method: Method, workers: Workers) -> Handler:
    """Returns a gRPC handler that runs the method as `Execute` does.

    It passes messages on as bytes, because the method decodes them. A panic is answered with
    INTERNAL and its text.
    """

    async def unary(request: bytes, context: aio.ServicerContext[Any, Any]) -> bytes:
        outcome = await _outcome(method, workers, request, _scope(context))
        if not isinstance(outcome, Response):
            await _abort(context, outcome)
        return outcome.data

    return grpc.unary_unary_rpc_method_handler(unary)


_NoResponse = Failure | Panicked | Undeliverable
_CODES = {code.value[0]: code for code in grpc.StatusCode}


async def _abort(context: aio.ServicerContext[Any, Any], outcome: _NoResponse) -> Never:
    if isinstance(outcome, Panicked):
        await context.abort(grpc.StatusCode.INTERNAL, f"panic: {outcome.text}")
    if isinstance(outcome, Undeliverable):
        await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, outcome.text)
    trailing = ((DETAILS_KEY, outcome.details),) if outcome.details else ()
    await context.abort(_CODES[outcome.code], outcome.message, trailing)


async def _outcome(method: Method, workers: Workers, request: bytes, scope: Scope) -> Outcome:
    if isinstance(method, SyncMethod):
        return await workers.run(lambda: method.call(request, scope))
    return await run_async(method, request, scope)


def _scope(context: aio.ServicerContext[Any, Any]) -> Scope:
    remaining: float | None = context.time_remaining()
    deadline = None if remaining is None else time.monotonic() + remaining
    return Scope(deadline, tuple(context.invocation_metadata() or ()), context.peer())
