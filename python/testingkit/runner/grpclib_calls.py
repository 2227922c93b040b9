"""Calls service objects of grpclib, which betterproto2, betterproto and grpclib itself generate.

Only ``Runner.add_grpclib`` imports this module, because grpclib is an extra.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import grpc
from grpclib.const import Cardinality, Handler, Status
from grpclib.encoding.proto import ProtoStatusDetailsCodec
from grpclib.exceptions import GRPCError, ProtocolError
from grpclib.metadata import Deadline
from multidict import MultiDict

from testingkit.runner.calls import AsyncMethod, unparsed
from testingkit.runner.contexts import Scope
from testingkit.runner.outcomes import Failure, Outcome, Response, failure, panicked


def methods(service: Any) -> Iterator[tuple[str, AsyncMethod]]:
    """Yields the unary methods of a service object, each with its ``package.Service/Method``."""
    mapping: dict[str, Handler] = service.__mapping__()
    for path, handler in mapping.items():
        if handler.cardinality is Cardinality.UNARY_UNARY:
            yield path.lstrip("/"), GrpclibHandler(handler)


class GrpclibHandler(AsyncMethod):
    """A unary method of a grpclib service."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler

    async def call(self, request: bytes, scope: Scope) -> Outcome:
        try:
            message = self._handler.request_type.FromString(request)
        except Exception as error:
            return unparsed(error)
        return await _answer(self._handler, UnaryStream(message, scope))


class UnaryStream:
    """Replaces ``grpclib.server.Stream`` for a handler: one request in, one response out."""

    def __init__(self, request: Any, scope: Scope) -> None:
        remaining = scope.remaining()
        self.metadata = MultiDict(scope.metadata)
        self.deadline = None if scope.deadline is None else Deadline.from_timeout(remaining)
        self.user_agent = "testingkit"
        self.peer = None
        self.answers: list[Any] = []
        self.failure: GRPCError | None = None
        self._requests = [request]

    async def recv_message(self) -> Any:
        return self._requests.pop() if self._requests else None

    def __aiter__(self) -> "UnaryStream":
        return self

    async def __anext__(self) -> Any:
        if not self._requests:
            raise StopAsyncIteration
        return self._requests.pop()

    async def send_initial_metadata(self, *, metadata: Any = None) -> None:
        pass

    async def send_message(self, message: Any) -> None:
        if self.answers:
            raise ProtocolError("Message was already sent")
        self.answers.append(message)

    async def send_trailing_metadata(
        self,
        *,
        status: Status = Status.OK,
        status_message: str | None = None,
        status_details: Any = None,
        metadata: Any = None,
    ) -> None:
        if status is not Status.OK:
            self.failure = GRPCError(status, status_message, status_details)


async def _answer(handler: Handler, stream: UnaryStream) -> Outcome:
    try:
        await handler.func(stream)
        if stream.failure is not None:
            return _failure(stream.failure)
        if not stream.answers:
            return failure(grpc.StatusCode.UNKNOWN, "the handler sent no response")
        return Response(stream.answers[0].SerializeToString())
    except GRPCError as error:
        return _failure(error)
    except asyncio.CancelledError:
        raise
    except BaseException as error:
        return panicked(error)


def _failure(error: GRPCError) -> Failure:
    details = b""
    if error.details:
        details = ProtoStatusDetailsCodec().encode(error.status, error.message, error.details)
    return Failure(error.status.value, error.message or "", details)
