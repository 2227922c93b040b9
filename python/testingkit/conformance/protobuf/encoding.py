"""Finds out whether the fields of a message show its bytes."""

from __future__ import annotations

from enum import Enum, auto

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError, EncodeError

_MAX_COMPARED = 64 << 10  # bytes


class Encoding(Enum):
    """How bytes relate to the fields of a message type."""

    USUAL = auto()  # TestingKit makes the same bytes of the fields that the type knows
    UNUSUAL = auto()  # valid, and other bytes
    INVALID = auto()


def encoding_of(descriptor: Descriptor | None, data: bytes) -> Encoding:
    """Returns the encoding of a message; a long one that is valid counts as usual."""
    if descriptor is None:
        return Encoding.INVALID
    message = message_factory.GetMessageClass(descriptor)()
    try:
        message.ParseFromString(data)
        if len(data) > _MAX_COMPARED:
            return Encoding.USUAL
        message.DiscardUnknownFields()  # They are not shown.
        same = message.SerializePartialToString(deterministic=True) == data
    except (DecodeError, EncodeError):
        return Encoding.INVALID
    return Encoding.USUAL if same else Encoding.UNUSUAL
