"""The servicer contexts for handlers: those of grpcio, without a connection."""

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Never

import grpc
from grpc import aio

from testingkit.runner.outcomes import Failure, number

DETAILS_KEY = "grpc-status-details-bin"

_OK = grpc.StatusCode.OK

Metadata = tuple[tuple[str, str | bytes], ...]


@dataclass(slots=True)
class Scope:
    """The properties of a call besides its request.

    Not frozen, because every call creates one, and a frozen dataclass takes three times as long.
    """

    deadline: float | None = None
    """The deadline in seconds of `time.monotonic`, or None."""

    metadata: Metadata = ()
    peer: str = "inproc:testingkit"

    def remaining(self) -> float:
        """Returns the seconds until the deadline, never negative, or infinity without one."""
        return math.inf if self.deadline is None else max(0.0, self.deadline - time.monotonic())


class Aborted(Exception):  # noqa: N818 - it is the control flow of context.abort, not an error.
    """Raised by ``context.abort`` to end the handler."""


class _Status:
    """The common part of the sync and the asyncio context: the status that the handler sets."""

    # Class attributes, because few handlers set them.
    _code: object = _OK
    _details: str | bytes = ""
    _trailing: Any = ()

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @property
    def failed(self) -> bool:
        """Whether the handler aborted, or set a status other than OK."""
        return self._code is not _OK and number(self._code) != 0

    def failure(self) -> Failure:
        """Returns the status that the handler set, with the details from its trailing metadata."""
        text = self._details
        message = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        details = next((value for key, value in self._trailing or () if key == DETAILS_KEY), b"")
        return Failure(number(self._code), message, details)

    def time_remaining(self) -> float:
        return self._scope.remaining()

    def invocation_metadata(self) -> Any:
        return self._scope.metadata

    def peer(self) -> str:
        return self._scope.peer

    def peer_identities(self) -> Iterable[bytes] | None:
        return None

    def peer_identity_key(self) -> str | None:
        return None

    def auth_context(self) -> Mapping[str, Any]:
        return {}

    def set_compression(self, compression: grpc.Compression) -> None:
        pass

    def disable_next_message_compression(self) -> None:
        pass

    def set_trailing_metadata(self, trailing_metadata: Any) -> None:
        self._trailing = trailing_metadata

    def trailing_metadata(self) -> Any:
        return self._trailing

    def set_code(self, code: object) -> None:
        self._code = code

    def set_details(self, details: str) -> None:
        self._details = details

    def code(self) -> Any:
        return self._code

    def details(self) -> Any:
        return self._details

    def _abort(self, code: object, details: str, trailing_metadata: Any) -> Never:
        ok = number(code) == 0  # grpcio answers UNKNOWN to abort(OK).
        self._code = grpc.StatusCode.UNKNOWN if ok else code
        self._details = "" if ok else details
        if trailing_metadata:
            self._trailing = trailing_metadata
        raise Aborted


class SyncContext(_Status, grpc.ServicerContext):
    """The context of a handler that is a plain function."""

    def is_active(self) -> bool:
        return True

    def cancel(self) -> bool:
        self.set_code(grpc.StatusCode.CANCELLED)
        return True

    def add_callback(self, callback: Any) -> bool:
        return True

    def send_initial_metadata(self, initial_metadata: Any) -> None:
        pass

    def abort(self, code: grpc.StatusCode, details: str) -> Never:
        self._abort(code, details, ())

    def abort_with_status(self, status: Any) -> Never:
        self._abort(status.code, status.details, status.trailing_metadata)


class AsyncContext(_Status, aio.ServicerContext[Any, Any]):
    """The context of a handler that is a coroutine function."""

    async def read(self) -> Any:
        raise RuntimeError("a unary handler already has its request")

    async def write(self, message: Any) -> None:
        raise RuntimeError("a unary handler returns its response")

    async def send_initial_metadata(self, initial_metadata: Any) -> None:
        pass

    async def abort(
        self, code: grpc.StatusCode, details: str = "", trailing_metadata: Any = ()
    ) -> Never:
        self._abort(code, details, trailing_metadata)

    async def abort_with_status(self, status: Any) -> Never:
        self._abort(status.code, status.details, status.trailing_metadata)

    def add_done_callback(self, callback: Any) -> None:
        pass

    def cancelled(self) -> bool:
        return False

    def done(self) -> bool:
        return False
