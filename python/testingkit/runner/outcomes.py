"""Outcomes of calls, and how they become an `Observation`."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import grpc

from testingkit.conformance.v1 import runner_pb2
from testingkit.runner import limits

_SDK_FOLDER = str(Path(__file__).parent)
_BACKTRACE_ENTRIES = 100


@dataclass(slots=True)
class Response:
    """The handler answered with a message.

    Not frozen, because nearly every call creates one, and a frozen dataclass takes twice as long.
    """

    data: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """The call ended with a gRPC status other than OK."""

    code: int
    message: str
    details: bytes = b""


@dataclass(frozen=True, slots=True)
class Panicked:
    """The handler raised an exception."""

    text: str
    backtrace: str


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """The request or the answer exceeds a limit of the protocol or of the runtime."""

    text: str


Outcome = Response | Failure | Panicked | Undeliverable


def failure(code: grpc.StatusCode, message: str) -> Failure:
    """Returns the failure with this code and message."""
    return Failure(number(code), message)


def number(code: object) -> int:
    """Returns the number of a status code, or UNKNOWN for anything else, as in grpcio."""
    value: object = code.value[0] if isinstance(code, grpc.StatusCode) else code
    return value if isinstance(value, int) and 0 <= value <= 16 else 2


def panicked(error: BaseException) -> Panicked:
    """Returns the exception as Python prints it, without the frames of this SDK."""
    error.__traceback__ = _without_sdk(error.__traceback__)
    if isinstance(error, MemoryError):
        # Free the memory that the frames of the handler hold: the traceback needs it.
        traceback.clear_frames(error.__traceback__)
    lines = traceback.format_exception(error, limit=-_BACKTRACE_ENTRIES)
    return Panicked(_one_line(error), "".join(lines))


def add_observation(
    response: runner_pb2.ExecuteResponse, call_id: int, outcome: Outcome, elapsed_nanos: int
) -> None:
    """Adds the outcome of a call to a response.

    It creates the observation in the response, because to append one would copy it.
    """
    if isinstance(outcome, Response) and len(outcome.data) <= limits.RESPONSE_BYTES:
        response.observations.add(
            call_id=call_id, response=outcome.data, elapsed_nanos=elapsed_nanos
        )
        return
    seen = response.observations.add(call_id=call_id, elapsed_nanos=elapsed_nanos)
    match within_limits(outcome):
        case Failure(code, message, details):
            seen.error.code = code
            seen.error.message = message
            seen.error.details = details
        case Panicked(text, backtrace):
            seen.panic.text = text
            seen.panic.backtrace = backtrace
        case Undeliverable(text):
            seen.protocol_error.text = text


def within_limits(outcome: Outcome) -> Outcome:
    """Returns the outcome, or that it is larger than a message may be."""
    total = size(outcome)
    if total <= limits.RESPONSE_BYTES:
        return outcome
    kind = {Response: "response", Failure: "error"}.get(type(outcome), "panic")
    return Undeliverable(f"the {kind} has {total} bytes; the limit is {limits.RESPONSE_BYTES}")


def size(outcome: Outcome) -> int:
    """Returns the number of bytes of the outcome, without the message around it."""
    if isinstance(outcome, Response):
        return len(outcome.data)
    if isinstance(outcome, Failure):
        return _bytes(outcome.message) + len(outcome.details)
    if isinstance(outcome, Panicked):
        return _bytes(outcome.text) + _bytes(outcome.backtrace)
    return _bytes(outcome.text)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def _without_sdk(frames: TracebackType | None) -> TracebackType | None:
    inner = frames
    while inner and inner.tb_frame.f_code.co_filename.startswith(_SDK_FOLDER):
        inner = inner.tb_next
    return inner or frames


def _one_line(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    try:
        text = str(error)
    except Exception:  # The panic must be reported even without a text.
        text = "<no text: str() raised an exception>"
    first = text.strip().partition("\n")[0]
    return f"{name}: {first}" if first else name
