"""Conversion of native values of Python: each type of the table in docs/kit/value.md."""

from __future__ import annotations

import array
import enum
import ipaddress
import math
from collections import ChainMap, Counter, UserDict, UserList, UserString, namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from types import MappingProxyType, SimpleNamespace
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit import value as kit
from testingkit.render import canonical
from testingkit.value.kinds import MAX_HOOKS, MAX_RANGE_ITEMS


def _shown(native: object) -> str:
    """Returns the canonical text of a native value, or its conversion error."""
    try:
        return canonical(kit.to_value(native))
    except kit.ConversionError as error:
        return str(error)


class Point(NamedTuple):
    x: int
    y: int


@dataclass
class Counted:
    limit: ClassVar[int] = 3
    seed: InitVar[int]
    count: int = 0

    def __post_init__(self, seed: int) -> None:
        self.count = seed


@dataclass(slots=True)
class Slotted:
    kept: int
    lost: int = 0


class Mixed(enum.Enum):
    TEXT = "text"
    ZERO = 0
    ONE = 1
    ALSO_ZERO = 0  # noqa: PIE796 - an alias
    HUGE = 2**40


class Bits(enum.IntFlag):
    LOW = 1
    NEXT = 2
    HIGH = 2**40


_PAIR: Any = namedtuple("_PAIR", ["a", "class"], rename=True)
_NAIVE = datetime(2026, 11, 29, 23, 5, 7, 9)  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    ("native", "shown"),
    [
        (Point(1, 2), "Point{x: 1, y: 2}"),
        (_PAIR(1, 2), "_PAIR{a: 1, _1: 2}"),
        (Counted(7), "Counted{count: 7}"),
        (SimpleNamespace(b=1, a=[2], _hidden=3), "record{b: 1, a: [2]}"),
        (Fraction(2, -6), "Fraction{numerator: -1, denominator: 3}"),
        (Decimal("1.50"), 'Decimal{value: "1.5"}'),
        (Decimal("1E+3"), 'Decimal{value: "1000"}'),
        (Decimal("-0.00120"), 'Decimal{value: "-0.0012"}'),
        (Decimal("-0.0"), 'Decimal{value: "0"}'),
        (Decimal("12E-50"), 'Decimal{value: "12E-50"}'),
        (Decimal("-1E+41"), 'Decimal{value: "-1E+41"}'),
        (Decimal("sNaN12"), 'Decimal{value: "NaN"}'),
        (Decimal("-inf"), 'Decimal{value: "-Infinity"}'),
        (date(2026, 11, 29), "LocalDate{year: 2026, month: 11, day: 29}"),
        (time(23, 5, 7, 9), "LocalTime{hour: 23, minute: 5, second: 7, nanos: 9000}"),
        (
            time(1, tzinfo=UTC),
            "OffsetTime{hour: 1, minute: 0, second: 0, nanos: 0, utc_offset_seconds: 0}",
        ),
        (
            _NAIVE,
            (
                "LocalDateTime{year: 2026, month: 11, day: 29, "
                "hour: 23, minute: 5, second: 7, nanos: 9000}"
            ),
        ),
        (
            UUID(int=0x12345678_1234_1234_1234_123456789ABC),
            '"12345678-1234-1234-1234-123456789abc"',
        ),
        (PurePosixPath("a/../b"), '"a/../b"'),
        (PurePosixPath("\udcff"), "not_convertible at $"),
        (ipaddress.ip_address("::1"), '"::1"'),
        (ipaddress.ip_network("10.0.0.0/8"), '"10.0.0.0/8"'),
        (UserString("a"), '"a"'),
        (UserString("\ud800"), "not_convertible at $"),
        (UserList([1]), "[1]"),
        (UserDict({"a": 1}), '{"a": 1}'),
        (ChainMap({"a": 1}, {"a": 2, "b": 3}), '{"a": 1, "b": 3}'),
        (Counter("aab"), '{"a": 2, "b": 1}'),
        (MappingProxyType({1: 2}), "{1: 2}"),
        ({1: 2}.keys(), "set{1}"),
        ({1: 2}.items(), "set{[1, 2]}"),
        ({1: 2}.values(), "[2]"),
        (frozenset({1}), "set{1}"),
        (memoryview(b"a"), 'b"a"'),
        (memoryview(array.array("i", [1])), "not_convertible at $"),
        (array.array("B", b"a"), 'b"a"'),
        (array.array("i", [1, -2]), "[1, -2]"),
        (array.array("d", [0.5]), "[0.5]"),
        (range(3, 0, -1), "[3, 2, 1]"),
        (range(MAX_RANGE_ITEMS + 1), "too_large at $"),
        (range(10**30), "too_large at $"),
        (1j, "not_convertible at $"),
        (iter([1]), "not_convertible at $"),
        (Point, "not_convertible at $"),
        (Mixed, "not_convertible at $"),
    ],
)
def test_native_type_converts_as_documented(native: object, shown: str) -> None:
    assert _shown(native) == shown


@dataclass
class Form:
    """Has one of the two attributes that protobuf messages have."""

    x: int

    def HasField(self) -> bool:
        return True


def test_half_a_message_is_not_a_message() -> None:
    assert _shown(Form(1)) == "Form{x: 1}"


def test_members_of_an_enum_are_equal_only_if_they_are_aliases() -> None:
    values = {member.name: kit.to_value(member) for member in Mixed}
    for name, value in values.items():
        equals = [other for other, one in values.items() if kit.equal(value, one)]
        assert equals == [name]
    assert kit.to_value(Mixed.ALSO_ZERO) == values["ZERO"]
    assert _numbers(Mixed) == [2, 0, 1, 3]


def test_flags_beyond_32_bits_are_values_or_too_large() -> None:
    assert _numbers(Bits) == [1, 2, 3]
    assert _shown(Bits.LOW | Bits.NEXT) == "too_large at $"  # HIGH has the number 3
    assert _shown(Bits.LOW | Bits.HIGH) == "too_large at $"
    assert _shown(Bits(0)) == "Bits(0)"


def _numbers(members: type[enum.Enum]) -> list[int]:
    values = [kit.to_value(member) for member in members]
    return [value.number for value in values if isinstance(value, kit.Enum)]


@given(st.lists(st.one_of(st.integers(-3, 9), st.text(max_size=1), st.none()), max_size=8))
def test_different_members_never_have_the_same_number(values: list[Any]) -> None:
    members = enum.Enum("Drawn", {f"M{place}": value for place, value in enumerate(values)})  # type: ignore[misc]
    numbers = _numbers(members)
    assert len(set(numbers)) == len(numbers)
    for number, member in zip(numbers, members, strict=True):
        assert not isinstance(member.value, int) or number == member.value


@given(st.decimals(), st.decimals())
def test_decimals_are_equal_as_values_if_they_are_equal(one: Decimal, other: Decimal) -> None:
    same = one.is_nan() and other.is_nan()
    assert kit.equal(kit.to_value(one), kit.to_value(other)) == (same or _compare(one, other) == 0)
    if not one.is_nan() and abs(one.adjusted()) < 100:
        text = kit.to_value(one)
        assert isinstance(text, kit.Record)
        assert isinstance(text.fields[0][1], kit.Text)
        assert _compare(Decimal(text.fields[0][1].value), one) == 0


def _compare(one: Decimal, other: Decimal) -> int:
    if one.is_nan() or other.is_nan():
        return 2
    return 0 if one == other else 1


class Failing:
    """Every attribute named `fail...` raises."""

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError(name)


@dataclass
class Computed:
    plain: int = 1
    items: list[Any] = field(default_factory=list)

    @property
    def broken(self) -> int:
        raise ZeroDivisionError


class BrokenField(Computed):
    @property
    def plain(self) -> int:
        raise ZeroDivisionError

    @plain.setter
    def plain(self, value: int) -> None:
        pass


class Endless(Sequence[int]):
    def __len__(self) -> int:
        return 2

    def __getitem__(self, place: Any) -> Any:
        return place


class Itself(Sequence[Any]):
    def __len__(self) -> int:
        return 1

    def __getitem__(self, place: Any) -> Any:
        if place:
            raise IndexError
        return Itself()


class NegativeLength(Endless):
    def __len__(self) -> int:
        return -1  # noqa: PLE0303


class WeirdMap(Mapping[Any, Any]):
    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[Any]:
        raise OSError

    def __getitem__(self, key: Any) -> Any:
        raise OSError


class NewHook:
    def __testingkit_value__(self) -> object:
        return NewHook()


class CyclicHook:
    def __init__(self) -> None:
        self.other: object = None

    def __testingkit_value__(self) -> object:
        return self.other


class BlockedHook:
    __testingkit_value__ = None


class AnyAttribute(type):
    def __getattr__(cls, name: str) -> object:
        return 42


class Pretended(metaclass=AnyAttribute):
    pass


class FakeClass:
    @property  # type: ignore[misc]
    def __class__(self) -> type:
        raise ZeroDivisionError


class FakeValue:
    __class__ = kit.Text  # type: ignore[assignment]


class UnhashableType(type):
    __hash__ = None  # type: ignore[assignment]

    def __eq__(cls, other: object) -> bool:
        raise ZeroDivisionError


class OfUnhashableType(metaclass=UnhashableType):
    pass


class SilentError(Exception):
    def __str__(self) -> str:
        raise ZeroDivisionError


class CodedError(Exception):
    def __init__(self, code: object, error_type: object = "coded") -> None:
        super().__init__("text")
        self.testingkit_error_code = code
        self.testingkit_error_type = error_type


def _without(slot: str) -> Slotted:
    slotted = Slotted(1)
    delattr(slotted, slot)
    return slotted


def _caused(causes: int, *, cyclic: bool = False) -> Exception:
    first = error = ValueError("x")
    for _ in range(causes):
        error.__cause__ = ValueError("x")
        error = error.__cause__
    if cyclic:
        error.__cause__ = first
    return first


def _hook_pair() -> CyclicHook:
    one, other = CyclicHook(), CyclicHook()
    one.other, other.other = other, one
    return one


def _hooks(number: int) -> object:
    native: object = 1
    for _ in range(number):
        outer = CyclicHook()
        outer.other = native
        native = outer
    return native


def _namespace(**names: object) -> SimpleNamespace:
    return SimpleNamespace(**names)


@pytest.mark.parametrize(
    ("native", "error"),
    [
        ([_without("lost")], "not_convertible at $[0].lost"),
        (BrokenField(), "not_convertible at $.plain"),
        ([Failing()], "not_convertible at $[0]"),
        (Endless(), "not_convertible at $"),
        (NegativeLength(), "not_convertible at $"),
        (Itself(), "too_large at $" + "[0]" * 128),
        ({"a": WeirdMap()}, "not_convertible at $.a"),
        (NewHook(), "too_large at $"),
        (_hook_pair(), "cycle at $"),
        (_hooks(MAX_HOOKS + 1), "too_large at $"),
        (BlockedHook(), "not_convertible at $"),
        ([Pretended()], "not_convertible at $[0]"),
        ([FakeClass()], "not_convertible at $[0]"),
        ([FakeValue()], "not_convertible at $[0]"),
        ([OfUnhashableType()], "not_convertible at $[0]"),
        ([SilentError()], "not_convertible at $[0]"),
        (ValueError("\ud800"), "not_convertible at $"),
        ([CodedError(True)], "not_convertible at $[0]"),
        (CodedError("7"), "not_convertible at $"),
        (CodedError(None), "not_convertible at $"),
        (CodedError(2**31), "too_large at $"),
        (CodedError(1, b"type"), "not_convertible at $"),
        (CodedError(1, "\ud800"), "not_convertible at $"),
        (_caused(2, cyclic=True), "cycle at $.causes[0].causes[0].causes[0]"),
        (_caused(128), "too_large at $" + ".causes[0]" * 128),
        (_namespace(**{"\ud800": 1}), "not_convertible at $"),
        (memoryview(b"a").cast("B").toreadonly().obj.__class__, "not_convertible at $"),
        (math, "not_convertible at $"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), "too_large at $"),
    ],
)
def test_hostile_object_is_a_conversion_error(native: object, error: str) -> None:
    with pytest.raises(kit.ConversionError) as raised:
        kit.to_value(native)
    assert str(raised.value) == error


def test_error_of_user_code_is_the_cause_of_the_conversion_error() -> None:
    with pytest.raises(kit.ConversionError) as raised:
        kit.to_value([[BrokenField()]])
    assert raised.value.path == "$[0][0].plain"
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


def test_hooks_that_return_hooks_convert() -> None:
    assert _shown(_hooks(MAX_HOOKS)) == "1"


def test_exceptions_that_end_the_program_pass() -> None:
    class Interrupted:
        def __testingkit_value__(self) -> object:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kit.to_value([Interrupted()])


def test_converting_ends_within_the_stack_that_is_left() -> None:
    def at_depth(frames: int) -> str:
        return at_depth(frames - 1) if frames else _shown(_nested_pairs(60))

    assert at_depth(800).startswith("too_large at $[0]")


def _nested_pairs(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters()),
    st.binary(),
    st.decimals(),
    st.fractions(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.uuids(),
    st.complex_numbers(),
    st.sampled_from([*Mixed, Bits(0), Bits.LOW | Bits.HIGH, print, int, NewHook()]),
)
_SPECIAL = (
    "__testingkit_value__",
    "__len__",
    "__iter__",
    "__getitem__",
    "__contains__",
    "__str__",
    "__index__",
    "__float__",
    "__hash__",
    "__class__",
    "__getattr__",
    "__dataclass_fields__",
    "model_fields",
    "__attrs_attrs__",
    "_fields",
    "keys",
    "items",
    "testingkit_error_type",
    "testingkit_error_code",
    "__cause__",
)
_BASES = (
    object, Exception, int, str, float, bytes, list, tuple, dict, set, UserString, UserDict,
    Sequence, Mapping, datetime, timedelta, Decimal, SimpleNamespace,
)  # fmt: skip


def _raising(*_arguments: object) -> object:
    raise ZeroDivisionError


@st.composite
def _hostile(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> Any:
    """Draws an object of a class whose special methods raise or return anything."""
    given_back = draw(inner)
    body: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(_SPECIAL), max_size=4)):
        what = draw(st.integers(0, 3))
        body[name] = (
            _raising,
            property(_raising),
            lambda *_arguments: given_back,
            given_back,
        )[what]
    base = draw(st.sampled_from(_BASES))
    abstract = getattr(base, "__abstractmethods__", ())
    body |= {name: _raising for name in abstract if name not in body}
    try:
        hostile = type("Hostile", (base,), body)
        return hostile(2026, 1, 1) if base is datetime else hostile()
    except Exception:  # noqa: BLE001 - such a class cannot be built
        return given_back


@given(
    st.recursive(
        _LEAVES,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.tuples(inner, inner),
            st.dictionaries(st.text(max_size=2), inner, max_size=2),
            st.builds(SimpleNamespace, a=inner),
            st.builds(Computed, inner, st.lists(inner, max_size=1)),
            _hostile(inner),
        ),
        max_leaves=8,
    )
)
def test_every_object_is_a_value_or_a_conversion_error(native: object) -> None:
    _shown(native).encode()
