"""Reads the gRPC answer in what arrived on an HTTP/2 stream.

Only a whole answer is one of the handler: HTTP status 200, the content type of gRPC, and trailers
with a ``grpc-status``. Everything else is a breach of gRPC, with any text.
"""

from __future__ import annotations

import base64
import binascii
import re
import urllib.parse
import zlib
from collections.abc import Mapping

from testingkit.conformance.runners.transport.channel import MAX_MESSAGE_BYTES
from testingkit.conformance.runners.transport.http2 import (
    MAX_HEADER_BYTES,
    Fields,
    Reply,
    error_name,
    size_of,
)
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1.observation_pb2 import Error

PREFIX = 5  # bytes before a message: whether it is compressed, and its length
MAX_BODY_BYTES = PREFIX + MAX_MESSAGE_BYTES
ENCODINGS = b"identity,deflate,gzip"  # that the coordinator offers to servers
_CONTENT_TYPE = re.compile(rb"application/grpc(\+[^;]*)?\s*(;.*)?", re.IGNORECASE | re.DOTALL)
_STATUS = re.compile(rb"[0-9]{1,9}")
# The window bits of zlib for each encoding; 0 for data as it is.
_WINDOW_BITS: Mapping[bytes, int] = {b"identity": 0, b"deflate": 15, b"gzip": 31}
_MAX_TEXT = 200  # characters of a value that is shown
_MIB = MAX_MESSAGE_BYTES >> 20


class BreachError(Exception):
    """The server did not answer as gRPC requires; the message is why."""


class ResetError(BreachError):
    """The server reset the stream."""


def read_reply(reply: Reply) -> bytes | Error:
    """Returns the response or the error of an answer.

    Raises:
        BreachError: The answer is not whole, or not valid.
    """
    if reply.reset is not None:
        raise ResetError(f"reset the stream with {error_name(reply.reset)}")
    headers = _checked_headers(reply)
    if reply.is_oversized:
        raise BreachError(_oversized(reply.body))
    if reply.trailers is None:
        raise BreachError("ended the stream without trailers, so without a grpc-status")
    _check_size("trailers", reply.trailers)
    status = _status(reply.trailers)
    message = _message(bytes(reply.body), headers)
    if status:
        return Error(code=status, message=_text(reply.trailers), details=_details(reply.trailers))
    if message is None:
        raise BreachError("ended with OK and without a message")
    return message


def _checked_headers(reply: Reply) -> Fields:
    headers = reply.headers
    if headers is None:
        raise BreachError("ended the stream without headers")
    _check_size("headers", headers)
    status = _one(headers, b":status") or b""
    if status != b"200":
        raise BreachError(f"answered with HTTP status {_shown(status)}")
    kind = _one(headers, b"content-type")
    if kind is None or not _CONTENT_TYPE.fullmatch(kind):
        shown = "no content type" if kind is None else f"content type {_shown(kind)}"
        raise BreachError(f"answered with {shown}, not application/grpc")
    return headers


def _check_size(what: str, fields: Fields) -> None:
    size = size_of(fields)
    if size > MAX_HEADER_BYTES:
        limit = f"the limit is {MAX_HEADER_BYTES:,}"
        raise BreachError(f"answered with {what} of {size:,} bytes; {limit}")


def _status(trailers: Fields) -> int:
    value = _one(trailers, b"grpc-status")
    if value is None:
        raise BreachError("ended the stream without a grpc-status")
    if not _STATUS.fullmatch(value):
        raise BreachError(f"ended with grpc-status {_shown(value)}, which is not a number")
    return int(value)


def _text(trailers: Fields) -> str:
    """Returns the text of a status, which is sent as UTF-8 with percent signs."""
    value = _one(trailers, b"grpc-message") or b""
    return urllib.parse.unquote_to_bytes(value).decode(errors="replace")


def _details(trailers: Fields) -> bytes:
    value = _one(trailers, b"grpc-status-details-bin") or b""
    try:
        return base64.b64decode(value + b"=" * (-len(value) % 4), validate=True)
    except binascii.Error as error:
        raise BreachError("ended with grpc-status-details-bin that is not base64") from error


def _message(body: bytes, headers: Fields) -> bytes | None:
    """Returns the only message of a body; None without one."""
    encoding = _one(headers, b"grpc-encoding") or b"identity"
    if encoding not in _WINDOW_BITS:
        offered = ENCODINGS.decode().replace(",", ", ")
        raise BreachError(f"answered with grpc-encoding {_shown(encoding)}; it may be: {offered}")
    if not body:
        return None
    if len(body) < PREFIX:
        raise BreachError("ended the stream within a message, before its length")
    flag, size = body[0], int.from_bytes(body[1:PREFIX], "big")
    if flag > 1:
        raise BreachError(f"sent a message with the flag {flag}, which is neither 0 nor 1")
    if size > MAX_MESSAGE_BYTES:
        raise BreachError(_oversized(body))
    if len(body) < PREFIX + size:
        missing = PREFIX + size - len(body)
        raise BreachError(f"ended the stream within a message, {missing:,} bytes before its end")
    if len(body) > PREFIX + size:
        raise BreachError("sent more than one message")
    return _unpack(body[PREFIX:], encoding) if flag else body[PREFIX:]


def _unpack(data: bytes, encoding: bytes) -> bytes:
    bits = _WINDOW_BITS[encoding]
    if not bits:
        raise BreachError("sent a compressed message without a grpc-encoding")
    name = encoding.decode()
    unpacker = zlib.decompressobj(bits)
    try:
        message = unpacker.decompress(data, MAX_MESSAGE_BYTES + 1)
    except zlib.error as error:
        raise BreachError(f"sent a message that is not {name}: {error}") from error
    if len(message) > MAX_MESSAGE_BYTES:
        raise BreachError(f"sent a message that unpacks to more than {_MIB} MiB")
    if not unpacker.eof or unpacker.unused_data:
        raise BreachError(f"sent a message that is not one whole {name} stream")
    return message


def _oversized(body: bytes | bytearray) -> str:
    size = int.from_bytes(body[1:PREFIX], "big")
    if size > MAX_MESSAGE_BYTES:
        return f"sent a message of {size:,} bytes; the limit is {_MIB} MiB"
    return "sent more than one message"


def _one(fields: Fields, name: bytes) -> bytes | None:
    """Returns the value of a field; None if it is missing."""
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise BreachError(f"sent {name.decode()} {len(values)} times")
    return values[0] if values else None


def _shown(value: bytes) -> str:
    return f"`{shorten(value.decode(errors='backslashreplace'), _MAX_TEXT)}`"
