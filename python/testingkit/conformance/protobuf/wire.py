"""Writes parts of protobuf's wire format, to make a message from serialized parts.

To parse the parts and serialize the message would be most of the work of a run. The rules are those
of "Encoding" in the documentation of protocol buffers.
"""

from __future__ import annotations

_ONE_BYTE = [bytes((number,)) for number in range(0x80)]


def varint(number: int) -> bytes:
    """Returns a number of 0 to 2**64 - 1 as a varint."""
    if number < 0x80:
        return _ONE_BYTE[number]
    if number < 0x4000:
        return bytes((number & 0x7F | 0x80, number >> 7))
    if number < 0x20_0000:
        return bytes((number & 0x7F | 0x80, number >> 7 & 0x7F | 0x80, number >> 14))
    return bytes((number & 0x7F | 0x80, number >> 7 & 0x7F | 0x80, number >> 14 & 0x7F | 0x80)) + (
        varint(number >> 21)
    )


def delimited(data: bytes) -> bytes:
    """Returns bytes after their length."""
    return varint(len(data)) + data


def varint_tag(field: int) -> bytes:
    """Returns the tag of a number field."""
    return varint(field << 3)


def delimited_tag(field: int) -> bytes:
    """Returns the tag of a field of bytes, text or a message; their length follows it."""
    return varint(field << 3 | 2)
