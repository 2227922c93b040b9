"""Unpacks ``Any`` messages, whose class is that of the subject's pool, made at run time."""

from __future__ import annotations

from google.protobuf.message import Message

from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.protobuf.serialized import NotAMessageError, parse_serialized


def type_url_and_value(message: Message) -> tuple[str, bytes]:
    """Returns the two fields of an ``Any``: type URL and value."""
    type_url: str = getattr(message, "type_url")  # noqa: B009 - dynamic class
    value: bytes = getattr(message, "value")  # noqa: B009 - dynamic class
    return type_url, value


def unpack_any(message: Message) -> Message | None:
    """Returns the message in an ``Any``; None if the type is unknown or the bytes are not valid.

    Every language leaves the bytes alone until they are unpacked, and then refuses bytes that lack
    a required field. So such an ``Any`` is valid, and is one whose content is compared as bytes.
    """
    type_url, value = type_url_and_value(message)
    try:
        unpacked = descriptor_of(message).file.pool.FindMessageTypeByName(
            type_url.rpartition("/")[2]
        )
        return parse_serialized(value, unpacked)
    except (KeyError, NotAMessageError):
        return None
