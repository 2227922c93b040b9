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
from testingkit.conformance.comparison.keys import extension_key, key_of
from testingkit.conformance.comparison.policy import FLOATS, Policy
from testingkit.conformance.protobuf.any_parts import type_url_and_value, unpack_any
from testingkit.conformance.protobuf.field_text import cut, show, show_extension, show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of
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
    pattern: str  # as a policy names it, without indices: ``a.b``
    policy: Policy


@dataclass(slots=True)
class _FieldPosition(_Position):
    """The position of two values of one field."""

    field: FieldDescriptor

    def item(self, key: object) -> _FieldPosition:
        """Returns the position of one item of a repeated field."""
        return _FieldPosition(f"{self.path}[{key}]", self.pattern, self.policy, self.field)

    def different(self, left: Anything, right: Anything) -> Difference:
        """Returns the difference between two values."""
        shown = show(left, self.field), show(right, self.field)
        return _difference(self.path, DIFFERENCE_KIND_VALUE, *shown)

    def missing(self, left: Anything) -> Difference:
        """Returns the difference that only the expected message has a value."""
        return _difference(self.path, DIFFERENCE_KIND_MISSING, show(left, self.field), "")

    def unexpected(self, right: Anything) -> Difference:
        """Returns the difference that only the actual message has a value."""
        return _difference(self.path, DIFFERENCE_KIND_EXTRA, "", show(right, self.field))


def differences(expected: Message, actual: Message, policy: Policy) -> Sequence[Difference]:
    """Returns where two messages of one type differ; empty if they are equal.

    At most `MAX_DIFFERENCES` are returned.
    """
    try:
        found = _messages(expected, actual, _Position("", "", policy))
        return list(islice(found, MAX_DIFFERENCES))
    except RecursionError:
        # Only ``Any`` within ``Any`` nests without a limit. What cannot be compared is not equal.
        text = "nested too deeply to be compared"
        return [_difference("", DIFFERENCE_KIND_VALUE, text, text)]


def are_equal(expected: Message, actual: Message, policy: Policy) -> bool:
    """Returns whether two messages of one type are equal: `differences` would find none."""
    try:
        return next(_messages(expected, actual, _Position("", "", policy)), None) is None
    except RecursionError:
        return False


def _messages(expected: Message, actual: Message, at: _Position) -> Iterator[Difference]:
    policy = at.policy
    packed = _unpack(expected, actual, policy)
    if packed is not None:
        yield from _messages(*packed, at)
        yield from _unknown_fields(expected, actual, at.path)
        return
    descriptor = descriptor_of(expected)
    for field in descriptor.fields:
        pattern = f"{at.pattern}.{field.name}" if at.pattern else field.name
        if pattern in policy.ignore:
            continue
        path = f"{at.path}.{field.name}" if at.path else field.name
        yield from _field(expected, actual, _FieldPosition(path, pattern, policy, field))
    if descriptor.is_extendable:
        yield from _extensions(expected, actual, at.path)
    yield from _unknown_fields(expected, actual, at.path)


def _extensions(expected: Message, actual: Message, path: str) -> Iterator[Difference]:
    """Compares extensions of proto2 as a whole: a policy has no names for what is in them."""
    sides = [
        {f.full_name: (value, f) for f, value in side.ListFields() if f.is_extension}
        for side in (expected, actual)
    ]
    for name in sorted({*sides[0], *sides[1]}):
        found = [side.get(name) for side in sides]
        left, right = (None if pair is None else extension_key(pair[0]) for pair in found)
        if left != right:
            place = f"{path}.[{name}]" if path else f"[{name}]"
            shown = ["" if pair is None else show_extension(*pair) for pair in found]
            yield _one_sided(place, shown[0], shown[1])


def _unpack(expected: Message, actual: Message, policy: Policy) -> tuple[Message, Message] | None:
    """Unpacks two ``Any`` of one known type; None if their own fields are to be compared."""
    if descriptor_of(expected).full_name != "google.protobuf.Any":
        return None
    left, right = type_url_and_value(expected), type_url_and_value(actual)
    if left[0] != right[0] or (left[1] == right[1] and policy.nan_equal):
        return None
    sides = unpack_any(expected), unpack_any(actual)
    return None if sides[0] is None or sides[1] is None else (sides[0], sides[1])


def _field(expected: Message, actual: Message, at: _FieldPosition) -> Iterable[Difference]:
    field = at.field
    left, right = getattr(expected, field.name), getattr(actual, field.name)
    if field.is_repeated:
        entry = field.message_type
        if entry is not None and entry.GetOptions().map_entry:
            return _maps(left, right, entry, at)
        if at.pattern in at.policy.unordered:
            return _unordered(left, right, at)
        return _lists(left, right, at)
    if field.has_presence:
        has_left, has_right = expected.HasField(field.name), actual.HasField(field.name)
        if not has_right:
            return [at.missing(left)] if has_left else ()
        if not has_left:
            return [at.unexpected(right)]
    return _values(left, right, at)


def _values(left: Anything, right: Anything, at: _FieldPosition) -> Iterable[Difference]:
    field = at.field
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
    if at.policy.tolerance is not None and _may_be_near(at.field) and all(unpaired):
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
        [key_of(item, at.field, at.pattern, at.policy) for item in side] for side in (left, right)
    ]
    return pair_equal(*sides)


def _may_be_near(field: FieldDescriptor) -> bool:
    """Returns whether a tolerance can matter: the field is a float, or a message with fields."""
    return field.message_type is not None or field.cpp_type in FLOATS


def _maps(
    left: Anything, right: Anything, entry: Descriptor, at: _FieldPosition
) -> Iterator[Difference]:
    key_field = entry.fields_by_name["key"]
    values = _FieldPosition(at.path, at.pattern, at.policy, entry.fields_by_name["value"])
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
