"""Field-by-field comparison of two messages of one type, under a comparison policy.

Used by ``judge`` (answer against expectation) and ``compare`` (answer against answer). Equal
serialized bytes are equal messages, unless the policy says that NaN differs from NaN; bytes that
differ say nothing, and then every field is compared by its descriptor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any as Anything

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.comparison.bipartite_matching import pair_equal, pair_up
from testingkit.conformance.comparison.keys import extension_key, key_of
from testingkit.conformance.comparison.policy import FLOATS, Policy
from testingkit.conformance.protobuf.any_parts import held_message, parts_of
from testingkit.conformance.protobuf.field_text import cut, show, show_extension, show_unknown
from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_EXTRA,
    DIFFERENCE_KIND_MISSING,
    DIFFERENCE_KIND_VALUE,
    Difference,
    DifferenceKind,
)

MAX_DIFFERENCES = 100  # more are of no use to a reader, and one answer could hold millions
MAX_TOLERANT = 500  # items of a field without order under a tolerance, tried each with each


def differences(expected: Message, actual: Message, policy: Policy) -> Sequence[Difference]:
    """Returns where two messages of one type differ; nothing where they are equal.

    At most `MAX_DIFFERENCES` are returned.
    """
    try:
        return list(islice(_messages(expected, actual, "", "", policy), MAX_DIFFERENCES))
    except RecursionError:
        # Only ``Any`` within ``Any`` nests without end: what cannot be compared is not equal.
        text = "nested too deeply to be compared"
        return [_difference("", DIFFERENCE_KIND_VALUE, text, text)]


def are_equal(expected: Message, actual: Message, policy: Policy) -> bool:
    """Tells whether two messages of one type are equal, as `differences` finds none."""
    try:
        return next(_messages(expected, actual, "", "", policy), None) is None
    except RecursionError:
        return False


def _messages(
    expected: Message, actual: Message, path: str, pattern: str, policy: Policy
) -> Iterator[Difference]:
    """``path`` names the place for people (``a[2].b``), ``pattern`` for the policy (``a.b``)."""
    packed = _unpack(expected, actual, policy)
    if packed is not None:
        yield from _messages(*packed, path, pattern, policy)
        yield from _unknown_fields(expected, actual, path)
        return
    for field in descriptor_of(expected).fields:
        own_pattern = f"{pattern}.{field.name}" if pattern else field.name
        if own_pattern in policy.ignore:
            continue
        own_path = f"{path}.{field.name}" if path else field.name
        yield from _field(expected, actual, field, own_path, own_pattern, policy)
    yield from _extensions(expected, actual, path)
    yield from _unknown_fields(expected, actual, path)


def _extensions(expected: Message, actual: Message, path: str) -> Iterator[Difference]:
    """Extensions of the older syntax are compared as a whole, whatever the policy."""
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
    """Two ``Any`` of one known type are compared by what they hold, not by its bytes."""
    if descriptor_of(expected).full_name != "google.protobuf.Any":
        return None
    left, right = parts_of(expected), parts_of(actual)
    if left[0] != right[0] or (left[1] == right[1] and policy.nan_equal):
        return None
    sides = held_message(expected), held_message(actual)
    return None if sides[0] is None or sides[1] is None else (sides[0], sides[1])


def _field(
    expected: Message,
    actual: Message,
    field: FieldDescriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    if field.is_repeated:
        left, right = getattr(expected, field.name), getattr(actual, field.name)
        held = field.message_type
        if held is not None and held.GetOptions().map_entry:
            yield from _maps(left, right, held, path, pattern, policy)
        elif pattern in policy.unordered:
            yield from _unordered(left, right, field, path, pattern, policy)
        else:
            yield from _lists(left, right, field, path, pattern, policy)
    elif field.has_presence:
        yield from _optional(expected, actual, field, path, pattern, policy)
    else:
        left, right = getattr(expected, field.name), getattr(actual, field.name)
        yield from _values(left, right, field, path, pattern, policy)


def _optional(
    expected: Message,
    actual: Message,
    field: FieldDescriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    has_left, has_right = expected.HasField(field.name), actual.HasField(field.name)
    left, right = getattr(expected, field.name), getattr(actual, field.name)
    if has_left and has_right:
        yield from _values(left, right, field, path, pattern, policy)
    elif has_left:
        yield _difference(path, DIFFERENCE_KIND_MISSING, show(left, field), "")
    elif has_right:
        yield _difference(path, DIFFERENCE_KIND_EXTRA, "", show(right, field))


def _values(
    left: Anything,
    right: Anything,
    field: FieldDescriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    if field.message_type is not None:
        yield from _messages(left, right, path, pattern, policy)
    elif field.cpp_type in FLOATS:
        if not policy.floats_equal(left, right, field):
            yield _difference(path, DIFFERENCE_KIND_VALUE, show(left, field), show(right, field))
    elif left != right:
        yield _difference(path, DIFFERENCE_KIND_VALUE, show(left, field), show(right, field))


def _lists(
    left: Sequence[Anything],
    right: Sequence[Anything],
    field: FieldDescriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    common = min(len(left), len(right))
    for index in range(common):
        yield from _values(left[index], right[index], field, f"{path}[{index}]", pattern, policy)
    for index in range(common, len(left)):
        shown = show(left[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_MISSING, shown, "")
    for index in range(common, len(right)):
        shown = show(right[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_EXTRA, "", shown)


def _unordered(
    left: Sequence[Anything],
    right: Sequence[Anything],
    field: FieldDescriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    """Compares as multisets: every item wants an equal one of the other side for itself."""
    exact = _alone([left, right], field, pattern, policy)
    missing, free = exact
    if policy.tolerance is not None and _may_be_near(field) and all(exact):
        if max(len(left), len(right)) > MAX_TOLERANT:
            text = f"over {MAX_TOLERANT} items, too many to be paired under a tolerance"
            yield _difference(path, DIFFERENCE_KIND_VALUE, text, text)
            return

        def equal(index: int, candidate: int) -> bool:
            found = _values(left[index], right[candidate], field, path, pattern, policy)
            return next(found, None) is None

        missing, free = pair_up(len(left), len(right), equal)
    for index in missing:
        shown = show(left[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_MISSING, shown, "")
    for index in free:
        shown = show(right[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_EXTRA, "", shown)


def _alone(
    sides: Sequence[Sequence[Anything]], field: FieldDescriptor, pattern: str, policy: Policy
) -> tuple[Sequence[int], Sequence[int]]:
    """The items of either side without an equal one of the other, whatever the tolerance."""
    left, right = ([key_of(item, field, pattern, policy) for item in side] for side in sides)
    return pair_equal(left, right)


def _may_be_near(field: FieldDescriptor) -> bool:
    """Whether a tolerance may matter: where a field is a float, or holds others."""
    return field.message_type is not None or field.cpp_type in FLOATS


def _maps(
    left: Anything,
    right: Anything,
    entry: Descriptor,
    path: str,
    pattern: str,
    policy: Policy,
) -> Iterator[Difference]:
    key_field = entry.fields_by_name["key"]
    value_field = entry.fields_by_name["value"]
    for key in sorted({*left, *right}, key=lambda key: (isinstance(key, bytes), key)):
        own_path = f"{path}[{show(key, key_field)}]"
        if key not in right:
            shown = show(left[key], value_field)
            yield _difference(own_path, DIFFERENCE_KIND_MISSING, shown, "")
        elif key not in left:
            shown = show(right[key], value_field)
            yield _difference(own_path, DIFFERENCE_KIND_EXTRA, "", shown)
        else:
            yield from _values(left[key], right[key], value_field, own_path, pattern, policy)


def _unknown_fields(expected: Message, actual: Message, path: str) -> Iterator[Difference]:
    left = show_unknown(UnknownFieldSet(expected))
    right = show_unknown(UnknownFieldSet(actual))
    for number in sorted({*left, *right}):
        shown = left.get(number, ""), right.get(number, "")
        if shown[0] != shown[1]:
            place = f"{path}.<unknown {number}>" if path else f"<unknown {number}>"
            yield _one_sided(place, cut(shown[0]), cut(shown[1]))


def _one_sided(path: str, expected: str, actual: str) -> Difference:
    """A difference of two texts, of which an empty one stands for nothing."""
    kind = DIFFERENCE_KIND_VALUE
    if not (expected and actual):
        kind = DIFFERENCE_KIND_MISSING if expected else DIFFERENCE_KIND_EXTRA
    return _difference(path, kind, expected, actual)


def _difference(
    path: str, kind: DifferenceKind.ValueType, expected: str, actual: str
) -> Difference:
    return Difference(field_path=path, kind=kind, expected=expected, actual=actual)
