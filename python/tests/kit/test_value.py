"""The value module with native values of Python, which the conformance cases cannot express."""

from __future__ import annotations

import enum
import math
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from testingkit import value as kit
from testingkit.value import convert, native
from testingkit.value.kinds import MAX_DEPTH


@dataclass
class Node:
    name: str
    others: list[Any] = field(default_factory=list)
    _private: int = 0


class Colour(enum.Enum):
    RED = 3
    GREEN = "green"


class Hooked:
    def __testingkit_value__(self) -> object:
        return [1, kit.Text("two")]


class Selfish:
    def __testingkit_value__(self) -> object:
        return self


class LostError(Exception):
    testingkit_error_type = "lost"
    testingkit_error_code = 7


@pytest.mark.parametrize(
    ("native", "expected"),
    [
        (True, kit.Bool(True)),
        (1, kit.Int(1)),
        (1.0, kit.Float(1.0)),
        ((1, deque([2])), kit.List((kit.Int(1), kit.List((kit.Int(2),))))),
        (range(2), kit.List((kit.Int(0), kit.Int(1)))),
        ({"b", "a"}, kit.set_of([kit.Text("a"), kit.Text("b")])),
        (bytearray(b"a"), kit.Bytes(b"a")),
        (Colour.RED, kit.Enum("Colour", "RED", 3)),
        (Colour.GREEN, kit.Enum("Colour", "GREEN", 1)),
        (Node("n"), kit.Record("Node", (("name", kit.Text("n")), ("others", kit.List())))),
        (Hooked(), kit.List((kit.Int(1), kit.Text("two")))),
        (timedelta(seconds=-1.5), kit.Duration(-1_500_000_000)),
        (LostError("where"), kit.Error("lost", "where", 7)),
        (KeyError("k"), kit.Error("KeyError", "'k'")),
        (
            datetime(1969, 12, 31, 23, 59, 59, 5, tzinfo=timezone(timedelta(hours=-1))),
            kit.Time(3599, 5000, -3600),
        ),
    ],
)
def test_native_values_convert(native: object, expected: kit.Value) -> None:
    assert kit.to_value(native) == expected


def _loop() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def _nested(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels - 1):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    ("native", "error"),
    [
        (_loop(), "cycle at $[0]"),
        (Selfish(), "cycle at $"),
        ({"a b": [1, print]}, 'not_convertible at $["a b"][1]'),
        ({3: print}, "not_convertible at ${3}"),
        ({2.5: print}, "not_convertible at $"),
        ({(print,): 1}, "not_convertible at $"),
        ({math.nan: 1}, "not_convertible at $"),
        ({Hooked(), Hooked()}, "not_convertible at $"),
        (Node("n", [object()]), "not_convertible at $.others[0]"),
        ("\udcff", "not_convertible at $"),
        (Node, "not_convertible at $"),
        (1 + 2j, "not_convertible at $"),
        (10**4000, "too_large at $"),
        (timedelta.max, "too_large at $"),
        (_nested(MAX_DEPTH + 1), "too_large at $" + "[0]" * MAX_DEPTH),
    ],
)
def test_an_inconvertible_value_is_an_error_with_code_and_path(native: object, error: str) -> None:
    with pytest.raises(kit.ConversionError) as raised:
        kit.to_value(native)
    assert str(raised.value) == error


def test_the_maximum_depth_and_repeated_objects_convert() -> None:
    shared = [1]
    assert kit.to_value([shared, shared]) == kit.List((kit.List((kit.Int(1),)),) * 2)
    kit.to_value(_nested(MAX_DEPTH))


def test_only_explicit_causes_convert() -> None:
    outer = ValueError("outer: inner")
    outer.__cause__ = LostError("inner")
    outer.__context__ = TypeError("not a cause")
    lost = kit.Error("lost", "inner", 7)
    assert kit.to_value(outer) == kit.Error("ValueError", "outer", 0, (lost,))
    group = ExceptionGroup("both", [LostError("inner"), LostError("inner")])
    assert kit.to_value(group) == kit.Error("ExceptionGroup", "both", 0, (lost, lost))


def test_python_equality_distinguishes_kinds_and_float_signs() -> None:
    assert kit.Float(math.nan) == kit.Float(-math.nan)
    assert kit.Float(0.0) != kit.Float(-0.0)
    one: list[kit.Value] = [kit.Int(1), kit.Float(1.0), kit.Bool(True)]
    assert len(set(one)) == 3
    assert kit.to_value(datetime(1970, 1, 1, tzinfo=UTC)) == kit.Time(0)


def test_integers_beyond_the_float_range_compare() -> None:
    huge = kit.Int(10**400)
    assert kit.order(huge, kit.Int(10**400)) == 0
    assert kit.order(huge, kit.Float(math.inf)) == -1
    assert kit.nearest_float(kit.Int(-(10**400))) == -math.inf
    assert kit.ints_within(huge, kit.Int(10**400 + 2), kit.Int(2))


def test_the_short_way_of_a_class_is_the_way_of_its_type() -> None:
    """Instances of subclasses, of which there can be none of None and bool, go the long way."""
    natives: list[Any] = [1, 1.0, "a", b"a", [1], (1,), {"a": 1}]
    short = {type(native) for native in natives} | {type(None), bool}
    assert short == set(native.LEAVES) | set(convert._PLAIN)
    for plain in natives:
        subclass = type("Subclass", (type(plain),), {})
        assert kit.to_value(subclass(plain)) == kit.to_value(plain)
