"""Keys of messages: two messages have the same key if `differences` finds none between them.

With keys the items of unordered lists are paired in linear time. Keys ignore a tolerance, under
which equality is not transitive.
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
from testingkit.conformance.protobuf.any_parts import type_url_and_value, unpack_any
from testingkit.conformance.protobuf.field_text import show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of


def key_of(value: Anything, field: FieldDescriptor, pattern: str, policy: Policy) -> Hashable:
    """Returns the key of one value of a field.

    Args:
        value: A scalar or a message; of a repeated field, one item.
        field: The field.
        pattern: The path of the field, as a policy names it.
        policy: The policy; its tolerance is ignored.
    """
    if field.message_type is not None:
        return message_key(value, pattern, policy)
    if field.cpp_type in FLOATS:
        return _float_key(value, policy)
    key: Hashable = value
    return key


def _float_key(value: float, policy: Policy) -> Hashable:
    if math.isnan(value):
        return "nan" if policy.nan_equal else object()  # equal to no value, not even to itself
    return value if value or policy.signed_zero_equal else (0.0, math.copysign(1.0, value))


def message_key(message: Message, pattern: str, policy: Policy) -> Hashable:
    """Returns the key of a message; for the arguments see `key_of`."""
    unknown = frozenset(show_unknown(UnknownFieldSet(message)).items())
    if descriptor_of(message).full_name == "google.protobuf.Any":
        unpacked = unpack_any(message)
        if unpacked is not None:
            return type_url_and_value(message)[0], message_key(unpacked, pattern, policy), unknown
    return frozenset(_field_keys(message, pattern, policy)), unknown


def _field_keys(message: Message, pattern: str, policy: Policy) -> Iterator[Hashable]:
    for field, value in message.ListFields():
        path = f"{pattern}.{field.name}" if pattern else field.name
        if field.is_extension:
            yield field.full_name, extension_key(value)
        elif path in policy.ignore or _is_unset(value, field, policy):
            continue
        elif field.is_repeated:
            yield field.number, _repeated_key(value, field, path, policy)
        else:
            yield field.number, key_of(value, field, path, policy)


def _is_unset(value: Anything, field: FieldDescriptor, policy: Policy) -> bool:
    """Returns whether a field counts as unset; negative zero is set, but can equal zero."""
    plain = not field.is_repeated and not field.has_presence and field.cpp_type in FLOATS
    return plain and policy.signed_zero_equal and value == 0


def _repeated_key(
    value: Anything, field: FieldDescriptor, pattern: str, policy: Policy
) -> Hashable:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        value_field = entry.fields_by_name["value"]
        return frozenset((key, key_of(value[key], value_field, pattern, policy)) for key in value)
    keys = (key_of(item, field, pattern, policy) for item in value)
    if pattern in policy.unordered:
        return frozenset(Counter(keys).items())
    return tuple(keys)


def extension_key(value: Anything) -> Hashable:
    """Returns the key of an extension of proto2, which is compared as a whole."""
    if isinstance(value, Message):
        return value.SerializePartialToString(deterministic=True)
    if isinstance(value, (str, bytes, bool, int)):
        return value
    return repr(value) if isinstance(value, float) else tuple(map(extension_key, value))
