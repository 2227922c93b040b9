"""What is measured of the kits: requests of a given size, in variants.

Values of two sides are the same, differ at the first, the middle or the last place, or one side has
one place more. What is looked up is at these places, or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from google.protobuf.message import Message

from testingkit.kit_proto.v1.assertions_pb2 import Argument, Assertion, EvaluateRequest
from testingkit.kit_proto.v1.diff_pb2 import DiffLinesRequest
from testingkit.kit_proto.v1.render_pb2 import CanonicalRequest
from testingkit.kit_proto.v1.value_pb2 import (
    ListValue,
    MapValue,
    NormalizeRequest,
    RecordValue,
    SetValue,
    Value,
)

VARIANTS = ("equal", "first", "middle", "last", "more")
_LEVELS = 32  # A message of the service can have no more maps within each other.

Make = Callable[[int, str], Value]
"""Returns a value of a size, in a variant."""


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


def _record(size: int, variant: str) -> Value:
    fields = [RecordValue.Field(name=key, value=Value(int=1)) for key in _keys(size, variant)]
    return Value(record=RecordValue(name="Wide", fields=fields))


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


def _evaluate(
    assertion: str, actual: Make, arguments: Mapping[str, Make], size: int, variant: str
) -> Message:
    given = [Argument(name=name, value=make(size, variant)) for name, make in arguments.items()]
    return EvaluateRequest(
        assertion=Assertion(name=assertion, arguments=given), actual=actual(size, "equal")
    )


def _wanted(size: int, variant: str) -> Value:
    """Returns an item of the list, at the place of the variant, or none of its items."""
    places = {"equal": 0, "first": 0, "middle": size // 2, "last": size - 1, "more": size}
    return Value(text=f"key {places[variant]:07}")


def _count(size: int, _variant: str) -> Value:
    return Value(int=size)


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


def _true(_size: int, _variant: str) -> Value:
    return Value(bool=True)


def _assertion(
    assertion: str, shape: str, actual: Make, variants: Sequence[str] = VARIANTS, **arguments: Make
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


def _collections() -> Iterator[Subject]:
    for assertion in ("contains", "not_contains"):
        yield _assertion(assertion, "list", _list, item=_wanted)
    yield _assertion("contains_all", "list", _list, items=_list)
    yield _assertion("contains_all", "set of lists", _set, items=_list)
    for assertion in ("has_key", "lacks_key"):
        yield _assertion(assertion, "map", _map, key=_wanted)
    yield _assertion("has_length", "list", _list, ("equal",), count=_count)
    for assertion in ("is_empty", "is_not_empty"):
        yield _assertion(assertion, "list", _list, ("equal",))


def _texts() -> Iterator[Subject]:
    for assertion in ("contains_text", "not_contains_text"):
        yield _assertion(assertion, "text", _text, part=_wanted)
    for assertion in ("starts_with_text", "not_starts_with_text"):
        yield _assertion(assertion, "text", _text, prefix=_text)
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
    *_collections(),
    *_texts(),
    *_numbers(),
    *_closeness(),
    *_order(),
    *_other_modules(),
)
