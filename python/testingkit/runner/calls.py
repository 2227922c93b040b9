"""One call of one handler of generated grpcio code, in process."""

import asyncio
from typing import Any

import grpc

from testingkit.runner.contexts import AsyncContext, Scope, SyncContext
from testingkit.runner.handlers import Handler
from testingkit.runner.outcomes import Failure, Outcome, Response, failure, panicked

_INTERNAL = grpc.StatusCode.INTERNAL


# Not abstract to the interpreter: what is an instance of an abstract class takes long to find out.
class SyncMethod:
    """A method that runs on a worker thread."""

    def call(self, request: bytes, scope: Scope) -> Outcome:
        """Runs the handler; never raises."""
        raise NotImplementedError


class AsyncMethod:
    """A method that runs on the event loop."""

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        """Runs the handler; raises only `CancelledError`. `run_async` is for whoever calls."""
        raise NotImplementedError


Method = SyncMethod | AsyncMethod


class UnknownMethod(AsyncMethod):
    """What stands for a method that nobody registered."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        return failure(grpc.StatusCode.UNIMPLEMENTED, f"unknown method {self._name}")


class SyncHandler(SyncMethod):
    """A servicer method that is a plain function.

    A deadline reaches it as ``context.time_remaining()``. Nothing can stop a function: one that
    returns after its deadline is answered with what it returned.
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        # The stubs know neither that a unary handler has one nor that it may be a coroutine.
        self._behave: Any = handler.unary_unary

    def call(self, request: bytes, scope: Scope) -> Outcome:
        message = _decoded(self._handler, request)
        if isinstance(message, Failure):
            return message
        context = SyncContext(scope)
        try:
            reply = self._behave(message, context)
        except BaseException as error:
            return _raised(error, context)
        return _returned(self._handler, reply, context)


class AsyncHandler(AsyncMethod):
    """A servicer method that is a coroutine function. At its deadline it is cancelled."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        # The stubs know neither that a unary handler has one nor that it may be a coroutine.
        self._behave: Any = handler.unary_unary

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        message = _decoded(self._handler, request)
        if isinstance(message, Failure):
            return message
        context = AsyncContext(scope)
        try:
            reply = await self._behave(message, context)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            return _raised(error, context)
        return _returned(self._handler, reply, context)


async def run_async(method: AsyncMethod, request: bytes, scope: Scope) -> Outcome:
    """Runs a method, cancelled at the deadline of the scope.

    In a task of its own: a handler may set context variables, or cancel its task. A
    `CancelledError` that nobody asked for was raised by the handler itself: a panic.
    """
    task = asyncio.create_task(method.call(request, scope))
    late = False
    try:
        # Most handlers never wait. Those are over now, and neither a timer nor a waiter was made.
        await asyncio.sleep(0)
        if not task.done():
            seconds = None if scope.deadline is None else scope.remaining()
            await asyncio.wait({task}, timeout=seconds)
            late = not task.done()
            if late:
                task.cancel()
                await asyncio.wait({task})
        return task.result()
    except asyncio.CancelledError as error:
        caller = asyncio.current_task()
        if caller and caller.cancelling():
            task.cancel()
            raise
        if late:
            return failure(grpc.StatusCode.DEADLINE_EXCEEDED, "the deadline passed before the handler answered")
        return panicked(error)


def _decoded(handler: Handler, request: bytes) -> Any:
    if handler.request_deserializer is None:
        return request
    try:
        return handler.request_deserializer(request)
    except Exception as error:
        return failure(_INTERNAL, f"the request cannot be parsed: {error}")


def _raised(error: BaseException, context: SyncContext | AsyncContext) -> Outcome:
    """The outcome of a handler that raised.

    A status set before is the answer, as in grpcio: that is how ``context.abort`` ends a handler
    and how the generated base methods say UNIMPLEMENTED. ``SystemExit`` and ``KeyboardInterrupt``
    are no answers, whatever was set.
    """
    if context.failed and isinstance(error, Exception):
        return context.failure()
    return panicked(error)


def _returned(handler: Handler, reply: Any, context: SyncContext | AsyncContext) -> Outcome:
    if context.failed:
        return context.failure()
    if handler.response_serializer is None:
        return Response(reply)
    try:
        return Response(handler.response_serializer(reply))
    except Exception as error:
        kind = type(reply).__qualname__
        return failure(_INTERNAL, f"a response of type {kind} cannot be serialized: {error}")
