"""What is measured of the kits: requests of a given size, in variants.

Values of two sides are the same, differ at the first, the middle or the last place, or one side has
one place more. What is looked up is at these places, or nowhere.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message

from testingkit.kit_proto.v1.assertions_pb2 import (
    Argument,
    Assertion,
    AssertionList,
    EvaluateRequest,
    ListShape,
    MapShape,
    Shape,
)
from testingkit.kit_proto.v1.diff_pb2 import DiffLinesRequest
from testingkit.kit_proto.v1.render_pb2 import CanonicalRequest
from testingkit.kit_proto.v1.sample_messages_pb2 import Sample
from testingkit.kit_proto.v1.value_pb2 import (
    ErrorValue,
    ListValue,
    MapValue,
    NormalizeRequest,
    OutcomeValue,
    RecordValue,
    SetValue,
    TimeValue,
    Value,
)

VARIANTS = ("equal", "first", "middle", "last", "more")
_LEVELS = 32  # A message of the service can have no more maps within each other.

Make = Callable[[int, str], Value]
"""Returns a value of a size, in a variant."""
MakeArgument = Callable[[int, str], Value | Assertion | AssertionList | Shape]
"""Returns an argument likewise."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A call of the kits that takes longer for larger requests."""

    name: str
    method: str
    request: Callable[[int, str], Message]
    variants: Sequence[str] = VARIANTS


def _keys(size: int, variant: str) -> list[str]:
    """Returns that many different texts, of which the variant changes one or adds one."""
    keys = [f"key {n:07}" for n in range(size + (variant == "more"))]
    place = {"first": 0, "middle": size // 2, "last": size - 1}.get(variant)
    if place is not None:
        keys[place] += " changed"
    return keys


def _text(size: int, variant: str) -> Value:
    return Value(text="\n".join(_keys(size, variant)))


def _list(size: int, variant: str) -> Value:
    return Value(list=ListValue(items=[Value(text=key) for key in _keys(size, variant)]))


def _set(size: int, variant: str) -> Value:
    """Lists in a set, which a comparison by place cannot decide."""
    items = [Value(list=ListValue(items=[Value(text=key)])) for key in _keys(size, variant)]
    return Value(set=SetValue(items=items))


def _map(size: int, variant: str) -> Value:
    plain = _keys(size + (variant == "more"), "equal")
    values = _keys(size, variant)
    entries = zip(plain, values, strict=True)
    return Value(
        map=MapValue(
            entries=[
                MapValue.Entry(key=Value(text=key), value=Value(text=text)) for key, text in entries
            ]
        )
    )


def _reversed_map(size: int, variant: str) -> Value:
    """Returns the map with its values in the other order, so that no entry is equal."""
    entries = _map(size, variant).map.entries
    pairs = zip(entries, reversed(entries), strict=True)
    return Value(
        map=MapValue(entries=[MapValue.Entry(key=one.key, value=two.value) for one, two in pairs])
    )


def _record(size: int, variant: str) -> Value:
    fields = [RecordValue.Field(name=key, value=Value(int=1)) for key in _keys(size, variant)]
    return Value(record=RecordValue(name="Wide", fields=fields))


def _message(size: int, variant: str) -> Value:
    """Messages in a message, each with a field that the assertions look at."""
    children = [Sample(int32_field=1, string_field=key) for key in _keys(size, variant)]
    value = Value()
    value.message.Pack(Sample(children=children))
    return value


def _names(size: int, variant: str) -> Value:
    """Records that differ only in name."""
    field = RecordValue.Field(name="x", value=Value(int=1))
    records = [RecordValue(name=key, fields=[field]) for key in _keys(size, variant)]
    return Value(set=SetValue(items=[Value(record=record) for record in records]))


def _nested(size: int, variant: str) -> Value:
    """Maps within each other; the size counts for the innermost one."""
    value = _map(size // _LEVELS, variant)
    for _ in range(_LEVELS - 2):
        value = Value(map=MapValue(entries=[MapValue.Entry(key=Value(text="key"), value=value)]))
    return value


_SHAPES: Mapping[str, Make] = {
    "list": _list,
    "map": _map,
    "set of lists": _set,
    "set of names": _names,
    "record": _record,
    "nested maps": _nested,
}


def _argument(name: str, given: Value | Assertion | AssertionList | Shape) -> Argument:
    if isinstance(given, Value):
        return Argument(name=name, value=given)
    if isinstance(given, Assertion):
        return Argument(name=name, assertion=given)
    if isinstance(given, Shape):
        return Argument(name=name, shape=given)
    return Argument(name=name, assertions=given)


def _evaluate(
    assertion: str, actual: Make, arguments: Mapping[str, MakeArgument], size: int, variant: str
) -> Message:
    given = [_argument(name, make(size, variant)) for name, make in arguments.items()]
    return EvaluateRequest(
        assertion=Assertion(name=assertion, arguments=given), actual=actual(size, "equal")
    )


def _bytes(size: int, variant: str) -> Value:
    return Value(bytes="\n".join(_keys(size, variant)).encode())


def _octets(size: int, variant: str) -> Value:
    """Returns the octets that a search can take for the wanted ones nearly everywhere."""
    return Value(bytes=b"a" * size + (b"b" if variant == "last" else b""))


def _half(size: int, variant: str) -> Value:
    return _octets(size // 2, variant)


def _hex(size: int, variant: str) -> Value:
    return Value(text="\n".join(_keys(size, variant)).encode().hex())


def _constant(value: Value) -> Make:
    return lambda _size, _variant: value


def _wanted(size: int, variant: str) -> Value:
    """Returns an item of the list, at the place of the variant, or none of its items."""
    places = {"equal": 0, "first": 0, "middle": size // 2, "last": size - 1, "more": size}
    return Value(text=f"key {places[variant]:07}")


def _few(size: int, _variant: str) -> Value:
    """Returns some items of the list, and a text that the list does not have."""
    return Value(list=ListValue(items=[_wanted(size, variant) for variant in VARIANTS]))


def _count(size: int, _variant: str) -> Value:
    return Value(int=size)


def _ints(size: int, _variant: str) -> Value:
    return Value(list=ListValue(items=[Value(int=n) for n in range(size)]))


def _same(size: int, variant: str) -> Value:
    """Returns a list of one item again and again, of which the variant changes one or adds one."""
    changed = {"first": 0, "middle": size // 2, "last": size - 1}.get(variant)
    count = size + (variant == "more")
    return Value(list=ListValue(items=[Value(int=int(n == changed)) for n in range(count)]))


def _half_same(size: int, variant: str) -> Value:
    return _same(size // 2, variant)


def _repeated(text: str, start: str = "") -> Make:
    return lambda size, _variant: Value(text=start + text * size)


def _numbers_of(size: int, variant: str) -> list[float]:
    """Returns that many different numbers, of which the variant changes one or adds one."""
    numbers = [n + 0.5 for n in range(size + (variant == "more"))]
    place = {"first": 0, "middle": size // 2, "last": size - 1}.get(variant)
    if place is not None:
        numbers[place] += 0.25
    return numbers


def _floats(size: int, variant: str) -> Value:
    items = [Value(float=number) for number in _numbers_of(size, variant)]
    return Value(list=ListValue(items=items))


def _map_of_floats(size: int, variant: str) -> Value:
    keys = _keys(size + (variant == "more"), "equal")
    return Value(
        map=MapValue(
            entries=[
                MapValue.Entry(key=Value(text=key), value=Value(float=number))
                for key, number in zip(keys, _numbers_of(size, variant), strict=True)
            ]
        )
    )


def _zero(_size: int, _variant: str) -> Value:
    return Value(int=0)


def _time(size: int, _variant: str) -> Value:
    return Value(time=TimeValue(seconds=size))


def _returned(size: int, variant: str) -> Value:
    return Value(outcome=OutcomeValue(returned=_list(size, variant)))


def _timed(size: int, variant: str) -> Value:
    fields = [
        RecordValue.Field(name="outcome", value=_returned(size, variant)),
        RecordValue.Field(name="elapsed", value=Value(duration=Duration(seconds=1))),
    ]
    return Value(record=RecordValue(name="Timed", fields=fields))


def _failed(size: int, variant: str) -> Value:
    """Returns an outcome that failed with an error of many causes."""
    causes = [ErrorValue(type="cause", message=key) for key in _keys(size, variant)]
    return Value(outcome=OutcomeValue(failed=ErrorValue(type="error", causes=causes)))


def _true(_size: int, _variant: str) -> Value:
    return Value(bool=True)


def _assertion(
    assertion: str,
    shape: str,
    actual: Make,
    variants: Sequence[str] = VARIANTS,
    /,
    **arguments: MakeArgument,
) -> Subject:
    request = partial(_evaluate, assertion, actual, arguments)
    return Subject(f"{assertion}, {shape}", "AssertionsService/Evaluate", request, variants)


def _lines(size: int, variant: str) -> Message:
    return DiffLinesRequest(expected=_keys(size, "equal"), actual=_keys(size, variant))


def _other_order(size: int, _variant: str) -> Message:
    """Few different lines in two orders, so that nearly every line is shared and moved."""
    return DiffLinesRequest(
        expected=[f"line {n * n % 97}" for n in range(size)],
        actual=[f"line {n * 31 % 97}" for n in range(size)],
    )


def _canonical(value: Callable[[int], Value], size: int, _variant: str) -> Message:
    return CanonicalRequest(value=value(size))


def _normalize(make: Make, size: int, variant: str) -> Message:
    return NormalizeRequest(value=make(size, variant))


def _relations() -> Iterator[Subject]:
    for assertion in ("equal", "identical", "equivalent"):
        for shape, make in _SHAPES.items():
            yield _assertion(assertion, shape, make, expected=make)
        yield _assertion(f"not_{assertion}", "map", _map, expected=_map)
    for assertion in ("is_null", "is_not_null", "is_true", "is_false"):
        yield _assertion(assertion, "list", _list, ("equal",))
    for assertion in ("is_zero_value", "is_not_zero_value"):
        yield _assertion(assertion, "text", _text, ("equal",))
    for assertion in ("is_one_of", "is_not_one_of"):
        yield _assertion(assertion, "text", _wanted, options=_list)


def _sizes() -> Iterator[Subject]:
    for assertion in ("has_length", "has_length_at_least", "has_length_at_most"):
        yield _assertion(assertion, "list", _list, ("equal",), count=_count)
    yield _assertion("has_length_between", "list", _list, ("equal",), low=_count, high=_count)
    yield _assertion("has_same_length_as", "text", _text, other=_text)
    for assertion in ("is_empty", "is_not_empty"):
        yield _assertion(assertion, "list", _list, ("equal",))


def _members() -> Iterator[Subject]:
    for assertion in ("contains", "not_contains", "contains_once"):
        yield _assertion(assertion, "list", _list, item=_wanted)
    yield _assertion("contains_times", "list", _list, item=_wanted, count=_count)
    for assertion in (
        "contains_all",
        "contains_any",
        "contains_none",
        "contains_only",
        "contains_exactly_in_any_order",
    ):
        yield _assertion(assertion, "list", _list, items=_list)
        yield _assertion(assertion, "set of lists", _set, items=_list)
    yield _assertion("contains_exactly_in_any_order", "same items", _same, items=_same)
    for assertion in ("has_no_duplicates", "has_duplicates"):
        yield _assertion(assertion, "list", _list, ("equal",))
        yield _assertion(assertion, "same items", _same, ("equal",))
    yield _assertion("all_items_equal", "same items", _same, ("equal",))
    yield _assertion("has_single_item", "list", _list, value=_wanted)
    yield _assertion("has_no_nulls", "list", _list, ("equal",))
    yield _assertion("sums_to", "ints", _ints, ("equal",), value=_count)


def _sequences() -> Iterator[Subject]:
    for assertion in (
        "contains_exactly",
        "contains_sequence",
        "contains_subsequence",
        "starts_with_items",
        "ends_with_items",
    ):
        yield _assertion(assertion, "list", _list, items=_list)
    yield _assertion("contains_sequence", "same items", _same, items=_half_same)
    yield _assertion("has_item_at", "list", _list, index=_count, value=_wanted)
    for assertion in ("has_first", "has_last"):
        yield _assertion(assertion, "list", _list, value=_wanted)


def _sets() -> Iterator[Subject]:
    for assertion in (
        "is_subset_of",
        "is_superset_of",
        "is_proper_subset_of",
        "is_disjoint_from",
        "intersects",
        "has_same_members_as",
    ):
        yield _assertion(assertion, "set of lists", _set, other=_set)


def _maps() -> Iterator[Subject]:
    for assertion in ("has_key", "lacks_key"):
        yield _assertion(assertion, "map", _map, key=_wanted)
    for assertion in ("has_keys", "lacks_keys", "has_any_key", "has_only_keys"):
        yield _assertion(assertion, "map", _map, keys=_list)
    for assertion in ("has_value", "lacks_value"):
        yield _assertion(assertion, "map", _map, value=_wanted)
    yield _assertion("has_values", "map", _map, values=_list)
    for assertion in ("has_entry", "lacks_entry"):
        yield _assertion(assertion, "map", _map, key=_wanted, value=_wanted)
    yield _assertion("has_entries", "map", _map, entries=_map)
    yield _assertion("has_entries", "other values", _map, entries=_reversed_map)
    yield _assertion("is_submap_of", "map", _map, other=_map)
    yield _assertion("is_submap_of", "other values", _map, other=_reversed_map)


def _kinds() -> Iterator[Subject]:
    for assertion in ("is_kind", "is_not_kind"):
        kind = _constant(Value(text="list"))
        yield _assertion(assertion, "list", _list, ("equal",), kind=kind)
    yield _assertion("is_same_kind_as", "list", _list, ("equal",), other=_list)
    for assertion in ("is_number", "is_collection"):
        yield _assertion(assertion, "list", _list, ("equal",))
    name = _constant(Value(text="Wide"))
    yield _assertion("is_record_named", "record", _record, ("equal",), name=name)
    yield _assertion("is_enum_value", "record", _record, ("equal",), type=name, name=name)


def _messages() -> Iterator[Subject]:
    for assertion in ("proto_equal", "proto_not_equal", "proto_equivalent"):
        yield _assertion(assertion, "message", _message, expected=_message)
    text = _constant(Value(text="int32_field: 1"))
    yield _assertion("proto_matches_text", "message", _message, ("equal",), text=text)
    yield _assertion("proto_contains", "message", _message, partial=_message)
    paths = _constant(Value(list=ListValue(items=[Value(text="children.int32_field")])))
    yield _assertion("proto_equal_ignoring", "message", _message, expected=_message, paths=paths)
    path = _constant(Value(text="int32_field"))
    for assertion in ("proto_has_field", "proto_lacks_field"):
        yield _assertion(assertion, "message", _message, ("equal",), path=path)
    yield _assertion("proto_field_equals", "message", _message, ("equal",), path=path, value=path)
    yield _assertion("proto_is_type", "message", _message, ("equal",), name=path)
    oneof, field = (_constant(Value(text=name)) for name in ("choice", "chosen_text"))
    yield _assertion("proto_oneof_is", "message", _message, ("equal",), oneof=oneof, field=field)
    yield _assertion("proto_has_no_unknown_fields", "message", _message, ("equal",))


def _times() -> Iterator[Subject]:
    for assertion in (
        *("is_before", "is_after", "is_at_or_before", "is_at_or_after"),
        *("is_same_instant", "is_same_day_as"),
    ):
        yield _assertion(assertion, "time", _time, ("equal",), other=_time)
    for assertion in ("is_in_past", "is_in_future"):
        yield _assertion(assertion, "time", _time, ("equal",), now=_time)
    tolerance = _constant(Value(duration=Duration(seconds=1)))
    limits = {"expected": _time, "tolerance": tolerance}
    yield _assertion("is_close_to_time", "time", _time, ("equal",), **limits)
    one = _constant(Value(int=1))
    yield _assertion("has_utc_offset", "time", _time, ("equal",), seconds=one)
    yield _assertion("is_utc", "time", _time, ("equal",))
    yield _assertion("has_date", "time", _time, ("equal",), year=one, month=one, day=one)
    yield _assertion("has_time_of_day", "time", _time, ("equal",), hour=one, minute=one, second=one)
    unit = _constant(Value(text="hour"))
    yield _assertion("is_truncated_to", "time", _time, ("equal",), unit=unit)
    yield _assertion("has_weekday", "time", _time, ("equal",), iso_day=one)
    text = _repeated("1", "2026-01-02T03:04:05.")
    yield _assertion("formats_as_rfc3339", "time", _time, ("equal",), text=text)


def _outcomes() -> Iterator[Subject]:
    for assertion in ("succeeds", "has_no_cause"):
        yield _assertion(assertion, "error", _failed, ("equal",))
    for assertion in ("fails", "panics", "does_not_panic", "is_cancelled"):
        yield _assertion(assertion, "list", _returned, ("equal",))
    yield _assertion("returns_value", "list", _returned, value=_list)
    for assertion in (
        *("fails_with_type", "fails_with_exact_type"),
        *("has_cause_of_type", "has_error_in_chain"),
    ):
        yield _assertion(assertion, "error", _failed, ("equal",), type=_wanted)
    code = _constant(Value(int=1))
    yield _assertion("fails_with_code", "error", _failed, ("equal",), code=code)
    for assertion in (
        *("fails_with_message", "fails_with_message_containing"),
        *("has_root_cause_message", "panics_with_message"),
    ):
        yield _assertion(assertion, "error", _failed, ("equal",), text=_wanted)
    pattern = _pattern(r"key [0-9]+")
    yield _assertion("fails_with_message_matching", "error", _failed, ("equal",), pattern=pattern)
    limit = _constant(Value(duration=Duration(seconds=1)))
    for assertion in ("completes_within", "times_out_after"):
        yield _assertion(assertion, "list", _timed, ("equal",), duration=limit)


def _measurements() -> Iterator[Subject]:
    limits = {"limit": _constant(Value(int=0)), "percent": _constant(Value(int=99))}
    yield _assertion("has_median_at_most", "ints", _ints, ("equal",), limit=limits["limit"])
    yield _assertion("has_percentile_at_most", "ints", _ints, ("equal",), **limits)
    allowances = {"baseline": _ints, "allowed_permille": _zero}
    yield _assertion("has_no_regression", "ints", _ints, ("equal",), **allowances)


def _path(size: int, variant: str) -> Value:
    """Returns a path to the last entry, or to none."""
    return Value(text=f'$["{_keys(size, variant)[-1]}"]')


def _few_paths(size: int, variant: str) -> Value:
    return Value(list=ListValue(items=[_path(size, variant)]))


def _path_entries(size: int, variant: str) -> Value:
    text = Value(text=_keys(size, "equal")[-1])
    entry = MapValue.Entry(key=_path(size, variant), value=text)
    return Value(map=MapValue(entries=[entry]))


def _items_with_fields(size: int, variant: str) -> Value:
    fields = (RecordValue.Field(name="x", value=Value(text=key)) for key in _keys(size, variant))
    return Value(
        list=ListValue(items=[Value(record=RecordValue(name="P", fields=[one])) for one in fields])
    )


def _structure() -> Iterator[Subject]:
    for assertion in ("has_field", "lacks_field"):
        yield _assertion(assertion, "record", _record, name=_wanted)
    yield _assertion("has_field_value", "map", _map, name=_wanted, value=_wanted)
    yield _assertion("has_only_fields", "record", _record, names=_list)
    yield _assertion("has_no_null_fields", "record", _record, ("equal",))
    for assertion in ("has_path", "lacks_path"):
        yield _assertion(assertion, "map", _map, path=_path)
    yield _assertion("path_equals", "map", _map, path=_path, value=_wanted)
    yield _assertion("paths_equal", "map", _map, entries=_path_entries)
    yield _assertion("equals_ignoring_fields", "map", _map, expected=_map, names=_few_paths)
    last = partial(_few_paths, variant="equal")
    yield _assertion(
        "equals_on_fields", "map", _map, expected=_map, names=lambda size, _variant: last(size)
    )
    field = _constant(Value(text="$.x"))
    for assertion in ("is_sorted_by", "has_no_duplicates_by"):
        yield _assertion(assertion, "records", _items_with_fields, ("equal",), path=field)


def _json(size: int, variant: str) -> Value:
    pairs = enumerate(_keys(size, variant))
    return Value(text=json.dumps({f"key {n}": [key, n, n / 7] for n, key in pairs}))


def _json_texts() -> Iterator[Subject]:
    yield _assertion("is_json", "object", _json, ("equal",))
    yield _assertion("is_json", "escapes", _repeated("\\ud83d\\ude00", '"'), ("equal",))
    for assertion in ("json_equals", "json_contains"):
        yield _assertion(assertion, "object", _json, expected=_json)
    path, zero = _constant(Value(text='$["key 0"][1]')), _constant(Value(int=0))
    yield _assertion("json_path_equals", "object", _json, ("equal",), path=path, value=zero)
    yield _assertion("json_kind", "object", _json, ("equal",), kind=_constant(Value(text="object")))


def _octet_assertions() -> Iterator[Subject]:
    yield _assertion("contains_bytes", "octets", _octets, ("equal", "last"), part=_half)
    yield _assertion("starts_with_bytes", "bytes", _bytes, prefix=_bytes)
    yield _assertion("ends_with_bytes", "bytes", _bytes, suffix=_bytes)
    zero = _constant(Value(int=0))
    yield _assertion("has_byte_at", "bytes", _bytes, ("equal",), index=_count, value=zero)
    yield _assertion("is_valid_utf8", "bytes", _bytes, ("equal",))
    yield _assertion("decodes_to_text", "bytes", _bytes, text=_text)
    yield _assertion("hex_equals", "bytes", _bytes, hex=_hex)
    digest = _constant(Value(text="0" * 64))
    yield _assertion("has_sha256", "bytes", _bytes, ("equal",), hex=digest)
    yield _assertion("has_crc32", "bytes", _bytes, ("equal",), value=zero)


def _texts() -> Iterator[Subject]:
    for assertion in ("contains_text", "not_contains_text"):
        yield _assertion(assertion, "text", _text, part=_wanted)
    yield _assertion("contains_ignoring_case", "text", _text, part=_wanted)
    yield _assertion("contains_text_times", "text", _text, part=_wanted, count=_count)
    for assertion in ("contains_all_text", "contains_any_text", "contains_none_text"):
        yield _assertion(assertion, "few parts", _text, ("equal",), parts=_few)
    yield _assertion("contains_text_in_order", "text", _text, parts=_list)
    yield _assertion("is_text_within", "text", _text, container=_text)
    for assertion in ("starts_with", "not_starts_with"):
        yield _assertion(assertion, "text", _text, prefix=_text)
    for assertion in ("ends_with", "not_ends_with"):
        yield _assertion(assertion, "text", _text, suffix=_text)
    for assertion in ("is_less_than", "is_at_most", "is_greater_than", "is_at_least"):
        yield _assertion(assertion, "text", _text, limit=_text)
    for assertion in ("is_between", "is_strictly_between", "is_not_between"):
        yield _assertion(assertion, "text", _text, low=_text, high=_text)
    for assertion in ("is_close_to", "is_not_close_to"):
        yield _assertion(assertion, "int", _count, ("equal",), expected=_count, tolerance=_count)
    for assertion, limit in (
        ("is_relatively_close_to", "ratio"),
        ("is_within_percent", "percent"),
        ("is_within_ulps", "ulps"),
    ):
        limits = {"expected": _count, limit: _count}
        yield _assertion(assertion, "int", _count, ("equal",), **limits)


def _order() -> Iterator[Subject]:
    for assertion in (
        *("is_sorted", "is_sorted_descending"),
        *("is_strictly_increasing", "is_strictly_decreasing"),
    ):
        yield _assertion(assertion, "list", _list, ("equal",))
    for assertion in ("has_minimum", "has_maximum"):
        yield _assertion(assertion, "list", _list, value=_wanted)


def _closeness() -> Iterator[Subject]:
    yield _assertion("all_close_to", "list", _floats, expected=_floats, tolerance=_zero)
    yield _assertion(
        "map_close_to", "map", _map_of_floats, expected=_map_of_floats, tolerance=_zero
    )
    shapes = {"list of floats": _floats, "map of floats": _map_of_floats, **_SHAPES}
    for shape, make in shapes.items():
        yield _assertion("structure_close_to", shape, make, expected=make, tolerance=_zero)


def _numbers() -> Iterator[Subject]:
    for assertion in (
        *("is_positive", "is_negative", "is_not_positive", "is_not_negative", "is_zero"),
        *("is_not_zero", "is_even", "is_odd", "is_nan", "is_not_nan", "is_finite", "is_infinite"),
        *("is_negative_zero", "is_integral"),
    ):
        yield _assertion(assertion, "int", _count, ("equal",))
    yield _assertion("is_multiple_of", "int", _count, ("equal",), divisor=_count)
    yield _assertion("fits_in_bits", "int", _count, ("equal",), bits=_count, signed=_true)


_FORMS: Mapping[str, Make] = {
    "is_blank": _repeated(" \u3000"),
    "is_not_blank": _repeated(" \u3000"),
    "is_trimmed": _repeated(" x"),
    "is_ascii": _text,
    "is_ascii_letters": _repeated("aZ"),
    "is_ascii_digits": _repeated("09"),
    "is_ascii_alphanumeric": _repeated("a9"),
    "is_ascii_lowercase": _repeated("1", "z"),
    "is_ascii_uppercase": _repeated("1", "Z"),
    "is_printable": _repeated("e\u0301"),
    "is_hex_text": _repeated("0f"),
    "is_base64_text": _repeated("QUJD"),
    "is_uuid": _repeated("0f"),
    "is_ipv4_text": _repeated("1."),
    "is_ipv6_text": _repeated("1:"),
    "is_rfc3339_text": _repeated("1", "2026-01-02T03:04:05."),
    "is_semver_text": _repeated(".1", "1.2.3-a"),
}
"""For each assertion, a text that is read to its end."""


def _forms() -> Iterator[Subject]:
    for assertion in (
        "equals_ignoring_case",
        "equals_ignoring_ascii_case",
        "equals_ignoring_whitespace",
        "equals_normalizing_whitespace",
        "equals_normalizing_newlines",
    ):
        yield _assertion(assertion, "text", _text, expected=_text)
    for assertion, make in _FORMS.items():
        yield _assertion(assertion, "text", make, ("equal",))
    for assertion in ("has_char_count", "has_utf8_length", "has_utf16_length", "has_line_count"):
        yield _assertion(assertion, "text", _text, ("equal",), count=_count)
    yield _assertion("has_lines", "text", _text, lines=_list)


def _equal(value: Value) -> Assertion:
    return Assertion(name="equal", arguments=[Argument(name="expected", value=value)])


def _equals(make: Make) -> MakeArgument:
    """Returns the assertion that a value equals the one of the variant."""
    return lambda size, variant: _equal(make(size, variant))


def _checks(size: int, variant: str) -> AssertionList:
    """Returns an assertion for each item of the list."""
    return AssertionList(assertions=[_equal(item) for item in _list(size, variant).list.items])


def _list_shape(size: int, variant: str) -> Shape:
    """Returns a shape of the list, with an assertion for each item."""
    items = [Shape(check=_equal(item)) for item in _list(size, variant).list.items]
    return Shape(list=ListShape(items=items))


def _map_shape(size: int, variant: str) -> Shape:
    """Returns a shape of the map, with the values as they are."""
    entries = [
        MapShape.Entry(key=entry.key, value=Shape(value=entry.value))
        for entry in _map(size, variant).map.entries
    ]
    return Shape(map=MapShape(entries=entries))


def _root(size: int, variant: str) -> Value:
    return _list(math.isqrt(size), variant)


def _root_checks(size: int, variant: str) -> AssertionList:
    return _checks(math.isqrt(size), variant)


def _nested_assertions() -> Iterator[Subject]:
    wanted = _equals(_wanted)
    for assertion in ("all_satisfy", "any_satisfies", "none_satisfies"):
        yield _assertion(assertion, "list", _list, check=wanted)
    yield _assertion("exactly_satisfy", "list", _list, count=_count, check=wanted)
    yield _assertion("each_in_order", "list", _list, checks=_checks)
    yield _assertion("each_in_any_order", "list of the root", _root, checks=_root_checks)
    for assertion in ("all_keys_satisfy", "all_values_satisfy"):
        yield _assertion(assertion, "map", _map, check=wanted)
    yield _assertion("has_entry_satisfying", "map", _map, key=_wanted, check=wanted)
    for assertion in ("satisfies_all", "satisfies_any", "satisfies_none"):
        yield _assertion(assertion, "text", _constant(Value(text="key")), checks=_checks)
    yield _assertion("matches_shape", "list", _list, shape=_list_shape)
    yield _assertion("matches_shape", "map", _map, shape=_map_shape)
    same = _equals(_list)
    yield _assertion("returns_satisfying", "list", _returned, check=same)
    yield _assertion("path_satisfies", "map", _map, path=_path, check=wanted)
    yield _assertion("does_not_satisfy", "list", _list, check=same)
    yield _assertion("satisfies_when", "list", _list, condition=same, check=same)
    by_order = _constant(Value(text="sorted"))
    yield _assertion("transformed_by", "list", _list, transform=by_order, check=same)


def _patterns() -> Iterator[Subject]:
    for assertion in ("matches_regex", "not_matches_regex"):
        yield _assertion(assertion, "text", _text, ("equal",), pattern=_pattern(r"(?s).*[0-9]"))
    for assertion in ("contains_regex", "not_contains_regex"):
        yield _assertion(assertion, "text", _text, ("equal",), pattern=_pattern(r"(?s).*changed"))
    counted = _pattern("key [0-9]+")
    yield _assertion("has_regex_match_count", "text", _text, pattern=counted, count=_count)
    named = _pattern(r"(?P<key>key [0-9]+)\z")
    yield _assertion("has_regex_groups", "text", _text, ("equal",), pattern=named, groups=_map)
    yield _assertion("is_portable_regex", "text", _text, ("equal",))


def _pattern(text: str) -> Make:
    return lambda _size, _variant: Value(text=text)


def _other_modules() -> Iterator[Subject]:
    yield Subject("difference of lines", "DiffService/DiffLines", _lines)
    yield Subject("difference, other order", "DiffService/DiffLines", _other_order, ("last",))
    escapes = partial(_canonical, lambda size: Value(text='"\u200b\n' * size))
    yield Subject("canonical, escapes", "RenderService/Canonical", escapes, ("equal",))
    octets = partial(_canonical, lambda size: Value(bytes=bytes(range(256)) * (size // 64)))
    yield Subject("canonical, octets", "RenderService/Canonical", octets, ("equal",))
    for shape in ("map", "set of lists", "set of names"):
        build = partial(_normalize, _SHAPES[shape])
        yield Subject(f"build a {shape}", "ValueService/Normalize", build, ("equal",))


SUBJECTS = (
    *_relations(),
    *_sizes(),
    *_members(),
    *_sequences(),
    *_sets(),
    *_maps(),
    *_kinds(),
    *_messages(),
    *_times(),
    *_outcomes(),
    *_measurements(),
    *_structure(),
    *_json_texts(),
    *_octet_assertions(),
    *_texts(),
    *_forms(),
    *_patterns(),
    *_numbers(),
    *_closeness(),
    *_order(),
    *_nested_assertions(),
    *_other_modules(),
)
