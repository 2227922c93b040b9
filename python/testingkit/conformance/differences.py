"""Field-by-field comparison of two messages of one type, under a comparison policy.

Used by ``judge`` (answer against expectation) and ``compare`` (answer against answer). Equal
serialized bytes are equal messages, unless the policy says that NaN differs from NaN; bytes that
differ say nothing, and then every field is compared by its descriptor.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any as Anything

from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.unknown_fields import UnknownFieldSet

from testingkit.conformance.descriptors import descriptor_of
from testingkit.conformance.field_text import show, show_unknown
from testingkit.conformance.pairing import pair_up
from testingkit.conformance.v1 import comparison_pb2
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_EXTRA,
    DIFFERENCE_KIND_MISSING,
    DIFFERENCE_KIND_VALUE,
    Difference,
    DifferenceKind,
)

MAX_DIFFERENCES = 100  # more are of no use to a reader, and one answer could hold millions
_FLOATS = (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT)


class Policy:
    """A `Comparison` with its defaults filled in."""

    def __init__(self, comparison: comparison_pb2.Comparison) -> None:
        self.nan_equal = comparison.nan_equal if comparison.HasField("nan_equal") else True
        self.signed_zero_equal = comparison.signed_zero_equal
        self.tolerance = (
            comparison.float_tolerance if comparison.HasField("float_tolerance") else None
        )
        self.ignore = frozenset(comparison.ignore)
        self.unordered = frozenset(comparison.unordered)

    @property
    def is_weak(self) -> bool:
        """Whether it lets something pass that the default comparison does not."""
        return bool(
            self.signed_zero_equal or self.tolerance is not None or self.ignore or self.unordered
        )

    def floats_equal(self, left: float, right: float, field: FieldDescriptor) -> bool:
        """Compares two values of a floating-point field."""
        if math.isnan(left) or math.isnan(right):
            return self.nan_equal and math.isnan(left) and math.isnan(right)
        if left == right:
            same_sign = math.copysign(1.0, left) == math.copysign(1.0, right)
            return left != 0.0 or same_sign or self.signed_zero_equal
        if self.tolerance is None or math.isinf(left) or math.isinf(right):
            return False
        apart = abs(left - right)
        largest = max(abs(left), abs(right))
        return (
            apart <= self.tolerance.absolute
            or apart <= self.tolerance.relative * largest
            or _ulps(left, right, field) <= self.tolerance.ulps
        )


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


def _messages(
    expected: Message, actual: Message, path: str, pattern: str, policy: Policy
) -> Iterator[Difference]:
    """``path`` names the place for people (``a[2].b``), ``pattern`` for the policy (``a.b``)."""
    packed = _unpack(expected, actual, policy)
    if packed is not None:
        yield from _messages(*packed, path, pattern, policy)
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
    sides: list[dict[str, str]] = [
        {field.full_name: repr(value) for field, value in side.ListFields() if field.is_extension}
        for side in (expected, actual)
    ]
    left, right = sides
    for name in sorted({*left, *right}):
        if left.get(name) != right.get(name):
            place = f"{path}.[{name}]" if path else f"[{name}]"
            kind = (
                DIFFERENCE_KIND_MISSING
                if name not in right
                else DIFFERENCE_KIND_VALUE
                if name in left
                else DIFFERENCE_KIND_EXTRA
            )
            yield _difference(place, kind, left.get(name, ""), right.get(name, ""))


def _unpack(expected: Message, actual: Message, policy: Policy) -> tuple[Message, Message] | None:
    """Two ``Any`` of one known type are compared by what they hold, not by its bytes."""
    if descriptor_of(expected).full_name != "google.protobuf.Any":
        return None
    left, right = _AnyParts(expected), _AnyParts(actual)
    if left.type_url != right.type_url or (left.value == right.value and policy.nan_equal):
        return None
    try:
        pool = descriptor_of(expected).file.pool
        held = pool.FindMessageTypeByName(left.type_url.rpartition("/")[2])
        new = message_factory.GetMessageClass(held)
        return new.FromString(left.value), new.FromString(right.value)
    except (KeyError, DecodeError):
        return None


class _AnyParts:
    """The two fields of an ``Any`` whose class is only known at run time."""

    def __init__(self, message: Message) -> None:
        self.type_url: str = getattr(message, "type_url")  # noqa: B009 - dynamic class
        self.value: bytes = getattr(message, "value")  # noqa: B009 - dynamic class


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
    elif field.cpp_type in _FLOATS:
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

    def equal(index: int, candidate: int) -> bool:
        found = _values(left[index], right[candidate], field, path, pattern, policy)
        return next(found, None) is None

    missing, free = pair_up(len(left), len(right), equal, transitive=policy.tolerance is None)
    for index in missing:
        shown = show(left[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_MISSING, shown, "")
    for index in free:
        shown = show(right[index], field)
        yield _difference(f"{path}[{index}]", DIFFERENCE_KIND_EXTRA, "", shown)


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
        if shown[0] == shown[1]:
            continue
        place = f"{path}.<unknown {number}>" if path else f"<unknown {number}>"
        kind = DIFFERENCE_KIND_VALUE
        if not all(shown):
            kind = DIFFERENCE_KIND_MISSING if shown[0] else DIFFERENCE_KIND_EXTRA
        yield _difference(place, kind, *shown)


def _ulps(left: float, right: float, field: FieldDescriptor) -> int:
    """Distance on the ordered line of the field's own floating-point type."""
    single = field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT
    layout, top = ("<i", 1 << 31) if single else ("<q", 1 << 63)
    pack = "<f" if single else "<d"

    def rank(value: float) -> int:
        bits: int = struct.unpack(layout, struct.pack(pack, value))[0]
        return bits if bits >= 0 else -(bits + top)

    return abs(rank(left) - rank(right))


def _difference(
    path: str, kind: DifferenceKind.ValueType, expected: str, actual: str
) -> Difference:
    return Difference(field_path=path, kind=kind, expected=expected, actual=actual)
