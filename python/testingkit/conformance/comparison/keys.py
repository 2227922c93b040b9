"""Keys of messages: two messages have the same key where `differences` finds none between them.

With them the items of a list whose order does not matter are paired up in one go, not each with
each. There is no key under a tolerance, under which equality is not transitive.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any as Anything

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.comparison.policy import FLOATS, Policy
from testingkit.conformance.protobuf.any_parts import held_message, parts_of
from testingkit.conformance.protobuf.field_text import show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of


def key_of(value: Anything, field: FieldDescriptor, pattern: str, policy: Policy) -> Hashable:
    """Returns the key of one value of a field.

    Args:
        value: A scalar or a message; of a repeated field, one item.
        field: The field.
        pattern: The path of the field as a policy names it.
        policy: How messages are compared. It must have no tolerance.
    """
    if field.message_type is not None:
        return message_key(value, pattern, policy)
    if field.cpp_type in FLOATS:
        return _float_key(value, policy)
    key: Hashable = value
    return key


def _float_key(value: float, policy: Policy) -> Hashable:
    if math.isnan(value):
        return "nan" if policy.nan_equal else object()  # equal to nothing, not even to itself
    return value if value or policy.signed_zero_equal else (0.0, math.copysign(1.0, value))


def message_key(message: Message, pattern: str, policy: Policy) -> Hashable:
    """Returns the key of a message; the rest as of `key_of`."""
    unknown = frozenset(show_unknown(UnknownFieldSet(message)).items())
    if descriptor_of(message).full_name == "google.protobuf.Any":
        held = held_message(message)
        if held is not None:
            return parts_of(message)[0], message_key(held, pattern, policy), unknown
    return frozenset(_field_keys(message, pattern, policy)), unknown


def _field_keys(message: Message, pattern: str, policy: Policy) -> Iterator[Hashable]:
    for field, value in message.ListFields():
        own = f"{pattern}.{field.name}" if pattern else field.name
        if field.is_extension:
            yield field.full_name, extension_key(value)
        elif own in policy.ignore or _is_unset(value, field, policy):
            continue
        elif field.is_repeated:
            yield field.number, _repeated_key(value, field, own, policy)
        else:
            yield field.number, key_of(value, field, own, policy)


def _is_unset(value: Anything, field: FieldDescriptor, policy: Policy) -> bool:
    """Whether a field counts as not set: negative zero is set, and may have to equal zero."""
    plain = not field.is_repeated and not field.has_presence and field.cpp_type in FLOATS
    return plain and policy.signed_zero_equal and value == 0


def _repeated_key(
    value: Anything, field: FieldDescriptor, pattern: str, policy: Policy
) -> Hashable:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        held = entry.fields_by_name["value"]
        return frozenset((key, key_of(value[key], held, pattern, policy)) for key in value)
    keys = (key_of(item, field, pattern, policy) for item in value)
    if pattern in policy.unordered:
        return frozenset(Counter(keys).items())
    return tuple(keys)


def extension_key(value: Anything) -> Hashable:
    """Returns the key of an extension of the older syntax, which is compared as a whole."""
    if isinstance(value, Message):
        return value.SerializePartialToString(deterministic=True)
    if isinstance(value, (str, bytes, bool, int)):
        return value
    return repr(value) if isinstance(value, float) else tuple(map(extension_key, value))
