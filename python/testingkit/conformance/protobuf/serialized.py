"""Parses serialized messages; bytes that lack a required field of proto2 are not a message.

The parser of Python's protobuf accepts such bytes, and its serializer raises an error for the
message that it made of them. The parsers of C++, Java and Go refuse them, and so does this module.
What an ``Any`` holds is not parsed with the message around it, in no language: `any_parts` does it.
"""

from __future__ import annotations

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.protobuf.nesting import why_unparsable
from testingkit.conformance.protobuf.schema import descriptor_of

_MAX_NAMED = 5  # fields


class NotAMessageError(Exception):
    """Bytes are not a message of a type; the text says why."""


def parse_serialized(data: bytes, descriptor: Descriptor) -> Message:
    """Returns a serialized message.

    Raises:
        NotAMessageError: The bytes do not parse, or lack a required field.
    """
    message: Message = message_factory.GetMessageClass(descriptor)()
    try:
        message.ParseFromString(data)
    except DecodeError as error:
        raise NotAMessageError(why_unparsable(data, descriptor)) from error
    lacks = lacking(message)
    if lacks:
        raise NotAMessageError(f"bytes that are not a {descriptor.full_name}: {lacks}")
    return message


def lacking(message: Message) -> str:
    """Returns which required fields of proto2 a message lacks; empty if it lacks none."""
    if message.IsInitialized():
        return ""
    descriptor = descriptor_of(message)
    paths = sorted(message.FindInitializationErrors())  # type: ignore[attr-defined]
    names = ", ".join(paths[:_MAX_NAMED])
    more = f" and {len(paths) - _MAX_NAMED:,} more" if len(paths) > _MAX_NAMED else ""
    field = "field" if len(paths) == 1 else "fields"
    return f"{descriptor.full_name} lacks the required {field} {names}{more}"
