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
from testingkit.conformance.comparison.rules import (
    IGNORE,
    UNORDERED,
    Reached,
    into_any,
    into_field,
)
from testingkit.conformance.protobuf.any_parts import ANY, unpack_any
from testingkit.conformance.protobuf.field_paths import map_entry
from testingkit.conformance.protobuf.field_text import show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of


def key_of(value: Anything, field: FieldDescriptor, reached: Reached, policy: Policy) -> Hashable:
    """Returns the key of one value of a field.

    Args:
        value: A scalar or a message; of a repeated field, one item.
        field: The field.
        reached: The nodes of the field in the rules of the policy.
        policy: The policy; its tolerance is ignored.
    """
    if field.message_type is not None:
        return message_key(value, reached, policy)
    if field.cpp_type in FLOATS:
        return _float_key(value, policy)
    key: Hashable = value
    return key


def _float_key(value: float, policy: Policy) -> Hashable:
    if math.isnan(value):
        return "nan" if policy.nan_equal else object()  # equal to no value, not even to itself
    return value if value or policy.signed_zero_equal else (0.0, math.copysign(1.0, value))


def message_key(message: Message, reached: Reached, policy: Policy) -> Hashable:
    """Returns the key of a message; for the arguments see `key_of`."""
    unknown = frozenset(show_unknown(UnknownFieldSet(message)).items())
    content = None
    if descriptor_of(message).full_name == ANY:
        content = _content_key(message, reached, policy)
    return frozenset(_field_keys(message, reached, policy, content)), unknown


def _content_key(message: Message, reached: Reached, policy: Policy) -> Hashable | None:
    """Returns the key of the message in an ``Any``; None if it cannot be unpacked."""
    unpacked = unpack_any(message)
    if unpacked is None:
        return None
    packed = descriptor_of(unpacked)
    return packed.full_name, message_key(unpacked, into_any(reached, packed), policy)


def _field_keys(
    message: Message, reached: Reached, policy: Policy, content: Hashable | None
) -> Iterator[Hashable]:
    for field, value in message.ListFields():
        inside = into_field(reached, field)
        if policy.rules.has(IGNORE, field, inside) or _is_unset(value, field, policy):
            continue
        if field.is_repeated:
            yield field.number, _repeated_key(value, field, inside, policy)
        elif content is None or field.name != "value":
            yield field.number, key_of(value, field, inside, policy)
    if content is not None and not ignores_content(message, reached, policy):
        yield content


def ignores_content(message: Message, reached: Reached, policy: Policy) -> bool:
    """Returns whether the ``value`` of an ``Any`` is ignored: all that it holds."""
    field = descriptor_of(message).fields_by_name["value"]
    return policy.rules.has(IGNORE, field, into_field(reached, field))


def _is_unset(value: Anything, field: FieldDescriptor, policy: Policy) -> bool:
    """Returns whether a field counts as unset; negative zero is set, but can equal zero."""
    plain = not field.is_repeated and not field.has_presence and field.cpp_type in FLOATS
    return plain and policy.signed_zero_equal and value == 0


def _repeated_key(
    value: Anything, field: FieldDescriptor, reached: Reached, policy: Policy
) -> Hashable:
    entry = map_entry(field)
    if entry is not None:
        value_field = entry.fields_by_name["value"]
        return frozenset((key, key_of(value[key], value_field, reached, policy)) for key in value)
    keys = (key_of(item, field, reached, policy) for item in value)
    if policy.rules.has(UNORDERED, field, reached):
        return frozenset(Counter(keys).items())
    return tuple(keys)
