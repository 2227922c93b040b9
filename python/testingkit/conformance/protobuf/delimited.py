"""Reads streams of messages in protobuf's delimited form: each after its length as a varint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_MAX_SHIFT = 63  # bits of a length


class DelimitedError(Exception):
    """A stream was cut short or is damaged; the message is a predicate such as "was cut short"."""


def read_delimited(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Yields the messages of a stream, serialized.

    Args:
        stream: The stream.
        most: The maximum size of a message, in bytes.

    Raises:
        DelimitedError: A message is larger, or incomplete.
    """
    while (length := _read_length(stream)) is not None:
        if length > most:
            raise DelimitedError(
                f"is damaged at byte {stream.tell()}, or was cut short: "
                f"a message of {length:,} bytes, but {most:,} is the maximum"
            )
        data = stream.read(length)
        if len(data) < length:
            raise DelimitedError(f"was cut short, or is damaged, at byte {stream.tell()}")
        yield data


def _read_length(stream: BinaryIO) -> int | None:
    """Returns the next length; None at the end of the stream."""
    number = shift = 0
    while byte := stream.read(1):
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return number
        shift += 7
        if shift > _MAX_SHIFT:
            raise DelimitedError(f"is damaged at byte {stream.tell()}")
    if shift:
        raise DelimitedError("was cut short")
    return None
