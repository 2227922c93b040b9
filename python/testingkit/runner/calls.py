"""Calls handlers of generated grpcio code in process."""

import asyncio
from typing import Any

import grpc
from google.protobuf.message import EncodeError

from testingkit.runner import limits
from testingkit.runner.contexts import AsyncContext, Scope, SyncContext
from testingkit.runner.handlers import Handler
from testingkit.runner.outcomes import (
    Failure,
    Outcome,
    Panicked,
    Response,
    Undeliverable,
    failure,
    panicked,
)

_DEADLINE_EXCEEDED = grpc.StatusCode.DEADLINE_EXCEEDED
_INTERNAL = grpc.StatusCode.INTERNAL
_TOO_DEEP = "MaxDepth"  # in the error of protobuf's decoder, which has no type of its own


# Not an abstract base class, because isinstance is slow for those.
class SyncMethod:
    """A method that runs on a worker thread."""

    def call(self, request: bytes, scope: Scope) -> Outcome:
        """Runs the handler. Never raises."""
        raise NotImplementedError


class AsyncMethod:
    """A method that runs on the event loop."""

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        """Runs the handler. Raises only `CancelledError`; callers use `run_async`."""
        raise NotImplementedError


Method = SyncMethod | AsyncMethod


class UnknownMethod(AsyncMethod):
    """A method that is not registered."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        return failure(grpc.StatusCode.UNIMPLEMENTED, f"unknown method {self._name}")


class SyncHandler(SyncMethod):
    """A servicer method that is a plain function.

    It can read its deadline with ``context.time_remaining()``. A function cannot be stopped: if it
    returns after its deadline, the answer is still what it returned.
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        # The type stubs do not know this attribute, nor that it may be a coroutine function.
        self._function: Any = handler.unary_unary

    def call(self, request: bytes, scope: Scope) -> Outcome:
        message = _decoded(self._handler, request)
        if isinstance(message, Failure | Undeliverable | Panicked):
            return message
        context = SyncContext(scope)
        try:
            reply = self._function(message, context)
        except BaseException as error:
            return _raised(error, context)
        return _returned(self._handler, reply, context)


class AsyncHandler(AsyncMethod):
    """A servicer method that is a coroutine function, which is cancelled at its deadline."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        # The type stubs do not know this attribute, nor that it may be a coroutine function.
        self._function: Any = handler.unary_unary

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        message = _decoded(self._handler, request)
        if isinstance(message, Failure | Undeliverable | Panicked):
            return message
        context = AsyncContext(scope)
        try:
            reply = await self._function(message, context)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            return _raised(error, context)
        return _returned(self._handler, reply, context)


async def run_async(method: AsyncMethod, request: bytes, scope: Scope) -> Outcome:
    """Runs a method and cancels it at the deadline of the scope.

    The method runs in its own task, because a handler may set context variables or cancel its task.
    A `CancelledError` without a cancellation comes from the handler itself and is a panic.
    """
    task = asyncio.create_task(method.call(request, scope))
    late = False
    try:
        # Most handlers never wait and have finished now, without a timer or a waiter.
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
            return failure(_DEADLINE_EXCEEDED, "the deadline passed before the handler answered")
        return panicked(error)


def unparsed(error: Exception) -> Failure | Undeliverable | Panicked:
    """Returns the outcome of a request that was not parsed: malformed, or nested too deeply."""
    if isinstance(error, MemoryError):
        return panicked(error)
    if isinstance(error, RecursionError) or _TOO_DEEP in str(error):
        return Undeliverable(f"the request nests deeper than this runner's protobuf reads: {error}")
    return failure(_INTERNAL, f"the request cannot be parsed: {error}")


def _decoded(handler: Handler, request: bytes) -> Any:
    if handler.request_deserializer is None:
        return request
    try:
        return handler.request_deserializer(request)
    except Exception as error:
        return unparsed(error)


def _raised(error: BaseException, context: SyncContext | AsyncContext) -> Outcome:
    """Returns the outcome of a handler that raised an exception.

    If the handler set a status before, that is the answer, as in grpcio: ``context.abort`` ends a
    handler in this way, and generated base methods answer UNIMPLEMENTED in this way.
    ``SystemExit`` and ``KeyboardInterrupt`` are always panics.
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
    except MemoryError as error:
        return panicked(error)
    except EncodeError as error:
        return _not_encoded(reply, error)
    except Exception as error:
        kind = type(reply).__qualname__
        return failure(_INTERNAL, f"a response of type {kind} cannot be serialized: {error}")


def _not_encoded(reply: Any, error: EncodeError) -> Outcome:
    """Returns the outcome of a response that protobuf cannot encode.

    Its error only names missing fields. Else the message nests too deeply, or memory is short.
    """
    kind = type(reply).__qualname__
    if "required" in str(error):
        return failure(_INTERNAL, f"a response of type {kind} cannot be serialized: {error}")
    try:
        bytearray(limits.MESSAGE_BYTES)
    except MemoryError as shortage:
        return panicked(shortage)
    return Undeliverable(f"the response, a {kind}, nests deeper than this runner's protobuf writes")
