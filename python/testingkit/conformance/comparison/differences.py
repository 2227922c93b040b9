"""Field-by-field comparison of two messages of one type, under a comparison policy.

Judging compares an answer with an expectation, parity compares two answers. Equal serialized bytes
are equal messages, unless NaN differs from NaN under the policy. Different bytes prove nothing, so
every field is compared by its descriptor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any as Anything

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.comparison.bipartite_matching import pair_equal, pair_up
from testingkit.conformance.comparison.keys import ignores_content, key_of
from testingkit.conformance.comparison.policy import FLOATS, Policy
from testingkit.conformance.comparison.rules import (
    IGNORE,
    UNORDERED,
    Reached,
    into_any,
    into_field,
)
from testingkit.conformance.protobuf.any_parts import ANY, type_url_and_value, unpack_any
from testingkit.conformance.protobuf.field_paths import component, map_entry
from testingkit.conformance.protobuf.field_text import cut, show, show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.protobuf.text_format import print_line
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_EXTRA,
    DIFFERENCE_KIND_MISSING,
    DIFFERENCE_KIND_VALUE,
    Difference,
    DifferenceKind,
)

MAX_DIFFERENCES = 100  # no one reads more, and one answer could hold millions
MAX_TOLERANT = 500  # items of an unordered field under a tolerance: each is compared with each


@dataclass(slots=True)
class _Position:
    """The position of two values in their messages, and the policy that compares them."""

    path: str  # for people, with indices: ``a[2].b``
    reached: Reached  # the nodes of the place in the rules of the policy
    policy: Policy

    def field(self, field: FieldDescriptor) -> _FieldPosition:
        """Returns the position of a field of the two messages."""
        name = component(field)
        path = f"{self.path}.{name}" if self.path else name
        return _FieldPosition(path, into_field(self.reached, field), self.policy, field)


@dataclass(slots=True)
class _FieldPosition(_Position):
    """The position of two values of one field."""

    of: FieldDescriptor

    def item(self, key: object) -> _FieldPosition:
        """Returns the position of one item of a repeated field."""
        return _FieldPosition(f"{self.path}[{key}]", self.reached, self.policy, self.of)

    def different(self, left: Anything, right: Anything) -> Difference:
        """Returns the difference between two values."""
        shown = show(left, self.of), show(right, self.of)
        return _difference(self.path, DIFFERENCE_KIND_VALUE, *shown)

    def missing(self, left: Anything) -> Difference:
        """Returns the difference that only the expected message has a value."""
        return _difference(self.path, DIFFERENCE_KIND_MISSING, show(left, self.of), "")

    def unexpected(self, right: Anything) -> Difference:
        """Returns the difference that only the actual message has a value."""
        return _difference(self.path, DIFFERENCE_KIND_EXTRA, "", show(right, self.of))


def differences(expected: Message, actual: Message, policy: Policy) -> Sequence[Difference]:
    """Returns where two messages of one type differ; empty if they are equal.

    At most `MAX_DIFFERENCES` are returned.
    """
    try:
        return list(islice(_all(expected, actual, policy), MAX_DIFFERENCES))
    except RecursionError:
        # Only ``Any`` within ``Any`` nests without a limit. What cannot be compared is not equal.
        text = "nested too deeply to be compared"
        return [_difference("", DIFFERENCE_KIND_VALUE, text, text)]


def are_equal(expected: Message, actual: Message, policy: Policy) -> bool:
    """Returns whether two messages of one type are equal: `differences` would find none."""
    try:
        return next(_all(expected, actual, policy), None) is None
    except RecursionError:
        return False


def _all(expected: Message, actual: Message, policy: Policy) -> Iterator[Difference]:
    return _messages(expected, actual, _Position("", policy.rules.root, policy))


def _messages(expected: Message, actual: Message, at: _Position) -> Iterator[Difference]:
    descriptor = descriptor_of(expected)
    if descriptor.full_name == ANY:
        yield from _anys(expected, actual, at)
    else:
        yield from _fields(expected, actual, descriptor.fields, at)
        if descriptor.is_extendable:
            yield from _fields(expected, actual, _extensions(expected, actual), at)
    yield from _unknown_fields(expected, actual, at.path)


def _fields(
    expected: Message, actual: Message, fields: Iterable[FieldDescriptor], at: _Position
) -> Iterator[Difference]:
    for field in fields:
        place = at.field(field)
        if not at.policy.rules.has(IGNORE, field, place.reached):
            yield from _field(expected, actual, place)


def _extensions(expected: Message, actual: Message) -> Iterable[FieldDescriptor]:
    """Returns the extensions of proto2 that one of two messages has, by name."""
    found = {
        field.full_name: field
        for side in (expected, actual)
        for field, _ in side.ListFields()
        if field.is_extension
    }
    return [found[name] for name in sorted(found)]


def _anys(expected: Message, actual: Message, at: _Position) -> Iterator[Difference]:
    """Compares two ``Any``: type URLs, and content as messages if both can be unpacked."""
    (left_url, left_bytes), (right_url, right_bytes) = map(type_url_and_value, (expected, actual))
    policy = at.policy
    if left_url == right_url and left_bytes == right_bytes and policy.nan_equal:
        return
    own = descriptor_of(expected).fields_by_name
    yield from _fields(expected, actual, [own["type_url"]], at)
    if ignores_content(expected, at.reached, policy):
        return
    left, right = unpack_any(expected), unpack_any(actual)
    if left is None and right is None:
        yield from _fields(expected, actual, [own["value"]], at)
    elif left is not None and right is not None and _same_type(left, right):
        inside = into_any(at.reached, descriptor_of(left))
        yield from _messages(left, right, _Position(at.path, inside, policy))
    elif left_bytes != right_bytes:
        yield from _fields(expected, actual, [own["value"]], at)
    elif policy.rules.has(IGNORE, own["type_url"], into_field(at.reached, own["type_url"])):
        # The bytes are equal and mean different things, and no type URL is reported.
        yield _difference(at.path, DIFFERENCE_KIND_VALUE, print_line(expected), print_line(actual))


def _same_type(left: Message, right: Message) -> bool:
    return descriptor_of(left).full_name == descriptor_of(right).full_name


def _field(expected: Message, actual: Message, at: _FieldPosition) -> Iterable[Difference]:
    field = at.of
    left, right = _value(expected, field), _value(actual, field)
    if field.is_repeated:
        entry = map_entry(field)
        if entry is not None:
            return _maps(left, right, entry, at)
        if at.policy.rules.has(UNORDERED, field, at.reached):
            return _unordered(left, right, at)
        return _lists(left, right, at)
    if field.has_presence:
        has_left, has_right = _has(expected, field), _has(actual, field)
        if not has_right:
            return [at.missing(left)] if has_left else ()
        if not has_left:
            return [at.unexpected(right)]
    return _values(left, right, at)


def _value(message: Anything, field: FieldDescriptor) -> Anything:
    return message.Extensions[field] if field.is_extension else getattr(message, field.name)


def _has(message: Anything, field: FieldDescriptor) -> bool:
    has = message.HasExtension(field) if field.is_extension else message.HasField(field.name)
    return bool(has)


def _values(left: Anything, right: Anything, at: _FieldPosition) -> Iterable[Difference]:
    field = at.of
    if field.message_type is not None:
        return _messages(left, right, at)
    if field.cpp_type in FLOATS:
        is_equal = at.policy.floats_equal(left, right, field)
    else:
        is_equal = left == right
    return () if is_equal else [at.different(left, right)]


def _lists(
    left: Sequence[Anything], right: Sequence[Anything], at: _FieldPosition
) -> Iterator[Difference]:
    common = min(len(left), len(right))
    for index in range(common):
        yield from _values(left[index], right[index], at.item(index))
    for index in range(common, len(left)):
        yield at.item(index).missing(left[index])
    for index in range(common, len(right)):
        yield at.item(index).unexpected(right[index])


def _unordered(
    left: Sequence[Anything], right: Sequence[Anything], at: _FieldPosition
) -> Iterator[Difference]:
    """Compares multisets: every item needs an equal item of its own on the other side."""
    missing, extra = unpaired = _without_equal(left, right, at)
    if at.policy.tolerance is not None and _may_be_near(at.of) and all(unpaired):
        if max(len(left), len(right)) > MAX_TOLERANT:
            text = f"over {MAX_TOLERANT} items, too many to be paired under a tolerance"
            yield _difference(at.path, DIFFERENCE_KIND_VALUE, text, text)
            return

        def equal(index: int, candidate: int) -> bool:
            return next(iter(_values(left[index], right[candidate], at)), None) is None

        missing, extra = pair_up(len(left), len(right), equal)
    for index in missing:
        yield at.item(index).missing(left[index])
    for index in extra:
        yield at.item(index).unexpected(right[index])


def _without_equal(
    left: Sequence[Anything], right: Sequence[Anything], at: _FieldPosition
) -> tuple[Sequence[int], Sequence[int]]:
    """Returns the items of each side without an exactly equal one, ignoring any tolerance."""
    sides = [
        [key_of(item, at.of, at.reached, at.policy) for item in side] for side in (left, right)
    ]
    return pair_equal(*sides)


def _may_be_near(field: FieldDescriptor) -> bool:
    """Returns whether a tolerance can matter: the field is a float, or a message with fields."""
    return field.message_type is not None or field.cpp_type in FLOATS


def _maps(
    left: Anything, right: Anything, entry: Descriptor, at: _FieldPosition
) -> Iterator[Difference]:
    key_field = entry.fields_by_name["key"]
    values = _FieldPosition(at.path, at.reached, at.policy, entry.fields_by_name["value"])
    for key in sorted({*left, *right}, key=lambda key: (isinstance(key, bytes), key)):
        value = values.item(show(key, key_field))
        if key not in right:
            yield value.missing(left[key])
        elif key not in left:
            yield value.unexpected(right[key])
        else:
            yield from _values(left[key], right[key], value)


def _unknown_fields(expected: Message, actual: Message, path: str) -> Iterator[Difference]:
    left = show_unknown(UnknownFieldSet(expected))
    right = show_unknown(UnknownFieldSet(actual))
    for number in sorted({*left, *right}):
        shown = left.get(number, ""), right.get(number, "")
        if shown[0] != shown[1]:
            place = f"{path}.<unknown {number}>" if path else f"<unknown {number}>"
            yield _one_sided(place, cut(shown[0]), cut(shown[1]))


def _one_sided(path: str, expected: str, actual: str) -> Difference:
    """Returns the difference of two texts, of which an empty one means that there is no value."""
    kind = DIFFERENCE_KIND_VALUE
    if not (expected and actual):
        kind = DIFFERENCE_KIND_MISSING if expected else DIFFERENCE_KIND_EXTRA
    return _difference(path, kind, expected, actual)


def _difference(
    path: str, kind: DifferenceKind.ValueType, expected: str, actual: str
) -> Difference:
    return Difference(field_path=path, kind=kind, expected=expected, actual=actual)
