"""The few parts of protobuf's wire format that are put together here, byte by byte.

Where a message is made of parts that are serialized already, taking them apart only to put them
together again is most of the work of a run. The rules are those of "Encoding" in the documentation
of protocol buffers.
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
    """Returns bytes with their length in front."""
    return varint(len(data)) + data


def varint_tag(field: int) -> bytes:
    """Returns what stands in front of a number."""
    return varint(field << 3)


def delimited_tag(field: int) -> bytes:
    """Returns what stands in front of the length of bytes, a text or a message."""
    return varint(field << 3 | 2)
