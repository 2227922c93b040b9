"""Unpacks ``Any`` messages, whose class is that of the subject's pool, made at run time."""

from __future__ import annotations

from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.protobuf.serialized import NotAMessageError, parse_serialized

ANY = "google.protobuf.Any"


def type_url_and_value(message: Message) -> tuple[str, bytes]:
    """Returns the two fields of an ``Any``: type URL and value."""
    type_url: str = getattr(message, "type_url")  # noqa: B009 - dynamic class
    value: bytes = getattr(message, "value")  # noqa: B009 - dynamic class
    return type_url, value


def unpack_any(message: Message, pool: DescriptorPool | None = None) -> Message | None:
    """Returns the message in an ``Any``; None if the type is unknown or the bytes are not valid.

    Every language leaves the bytes alone until they are unpacked, and then refuses bytes that lack
    a required field. So such an ``Any`` is valid, and is one whose content is compared as bytes.

    Args:
        message: The ``Any``.
        pool: Has the types; without it, those of the class of the ``Any`` are known.
    """
    type_url, value = type_url_and_value(message)
    types: DescriptorPool = pool or descriptor_of(message).file.pool
    try:
        unpacked = types.FindMessageTypeByName(type_url.rpartition("/")[2])
        return parse_serialized(value, unpacked)
    except (KeyError, NotAMessageError):
        return None


def serialize_in_order(message: Message, pool: DescriptorPool) -> None:
    """Serializes every message in an ``Any`` again, so that its maps are in order."""
    if descriptor_of(message).full_name == ANY:
        inner = unpack_any(message, pool)
        if inner is not None:
            serialize_in_order(inner, pool)
            setattr(message, "value", inner.SerializeToString(deterministic=True))  # noqa: B010
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if not field.is_repeated:
            serialize_in_order(value, pool)
        elif not field.message_type.GetOptions().map_entry:
            for item in value:
                serialize_in_order(item, pool)
        elif field.message_type.fields_by_name["value"].message_type is not None:
            for item in value.values():
                serialize_in_order(item, pool)


def unambiguous(message: Message) -> Message:
    """Returns a request or response as it is written without the ``Any`` around it.

    Of a message that is an ``Any``, and has another in it, the outer one is read as the wrapper
    that every request may have. So it gets that wrapper.
    """
    if descriptor_of(message).full_name != ANY:
        return message
    if type_url_and_value(message)[0].rpartition("/")[2] != ANY:
        return message
    wrapper = type(message)()
    setattr(wrapper, "type_url", f"type.googleapis.com/{ANY}")  # noqa: B010 - dynamic class
    setattr(wrapper, "value", message.SerializeToString(deterministic=True))  # noqa: B010
    return wrapper
