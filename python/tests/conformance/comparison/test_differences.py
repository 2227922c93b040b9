"""Comparison of fields: every kind of field, every setting of a policy, and its laws."""

from __future__ import annotations

import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.comparison.differences import MAX_DIFFERENCES, are_equal, differences
from testingkit.conformance.comparison.keys import message_key
from testingkit.conformance.comparison.policy import Policy
from testingkit.conformance.protobuf.field_text import MAX_SHOWN
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.verdict_pb2 import DifferenceKind
from tests.conformance.support import held, new, schema

NAN, INF = math.nan, math.inf
STRICT = Policy(Comparison())


def found(left: Any, right: Any, **settings: Any) -> list[tuple[str, str, str, str]]:
    policy = Policy(Comparison(**settings))
    return [
        (d.field_path, DifferenceKind.Name(d.kind)[16:], d.expected, d.actual)
        for d in differences(left, right, policy)
    ]


def both(left: dict[str, Any], right: dict[str, Any], **settings: Any) -> list[Any]:
    return found(new("Everything", **left), new("Everything", **right), **settings)


def point(x: int = 0, **values: Any) -> Any:
    return new("Point", x=x, **values)


# Values of the two sides, and the differences: path, kind, expected, actual.
FIELDS: list[tuple[dict[str, Any], dict[str, Any], list[tuple[str, str, str, str]]]] = [
    ({"ratio": 1.5}, {"ratio": 2.5}, [("ratio", "VALUE", "1.5", "2.5")]),
    ({"single": 0.1}, {"single": 0.2}, [("single", "VALUE", "0.1", "0.2")]),
    ({"single": INF}, {"single": NAN}, [("single", "VALUE", "inf", "nan")]),
    ({"count": 1}, {}, [("count", "VALUE", "1", "0")]),
    ({"big": -(2**63)}, {"big": 2**63 - 1}, [("big", "VALUE", str(-(2**63)), str(2**63 - 1))]),
    ({"small": 1}, {"small": 2}, [("small", "VALUE", "1", "2")]),
    ({"large": 2**64 - 1}, {}, [("large", "VALUE", str(2**64 - 1), "0")]),
    ({"yes": True}, {}, [("yes", "VALUE", "true", "false")]),
    ({"text": 'a"\n'}, {"text": "ä"}, [("text", "VALUE", r'"a\"\n"', '"ä"')]),
    ({"data": b"\0\xff"}, {"data": b""}, [("data", "VALUE", r'"\000\377"', '""')]),
    ({"colour": 1}, {"colour": 2}, [("colour", "VALUE", "COLOUR_RED", "COLOUR_BLUE")]),
    ({"colour": 1}, {"colour": 9}, [("colour", "VALUE", "COLOUR_RED", "9")]),
    ({"point": point(1)}, {"point": point(2)}, [("point.x", "VALUE", "1", "2")]),
    ({"point": point()}, {}, [("point", "MISSING", "{}", "")]),
    ({}, {"point": point(1)}, [("point", "EXTRA", "", "{x: 1}")]),
    ({"maybe": 0}, {}, [("maybe", "MISSING", "0", "")]),
    ({}, {"note": ""}, [("note", "EXTRA", "", '""')]),
    ({"maybe": 0}, {"maybe": 1}, [("maybe", "VALUE", "0", "1")]),
    ({"word": "a"}, {"word": "b"}, [("word", "VALUE", '"a"', '"b"')]),
    (
        {"word": ""},
        {"number": 0},
        [("word", "MISSING", '""', ""), ("number", "EXTRA", "", "0")],
    ),
    ({"spot": point(1)}, {"spot": point(2)}, [("spot.x", "VALUE", "1", "2")]),
    ({"numbers": [1, 2]}, {"numbers": [1, 3]}, [("numbers[1]", "VALUE", "2", "3")]),
    ({"numbers": [1, 2]}, {"numbers": [1]}, [("numbers[1]", "MISSING", "2", "")]),
    ({"words": []}, {"words": ["a"]}, [("words[0]", "EXTRA", "", '"a"')]),
    (
        {"points": [point(1), point(2, below=[point(3)])]},
        {"points": [point(1), point(2, below=[point(4)])]},
        [("points[1].below[0].x", "VALUE", "3", "4")],
    ),
    ({"counts": {"a": 1}}, {"counts": {"a": 2}}, [('counts["a"]', "VALUE", "1", "2")]),
    (
        {"counts": {"a": 0}},
        {"counts": {"b": 0}},
        [('counts["a"]', "MISSING", "0", ""), ('counts["b"]', "EXTRA", "", "0")],
    ),
    (
        {"places": {-1: point(1)}},
        {"places": {-1: point(2)}},
        [("places[-1].x", "VALUE", "1", "2")],
    ),
    ({"odds": {True: 0.5}}, {"odds": {}}, [("odds[true]", "MISSING", "0.5", "")]),
    (
        {"any": held(new("Answer", text="a"))},
        {"any": held(new("Answer", text="b"))},
        [("any.text", "VALUE", '"a"', '"b"')],
    ),
    (
        {"any": {"type_url": "x/no.Such", "value": b"a"}},
        {"any": {"type_url": "x/no.Such", "value": b"b"}},
        [("any.value", "VALUE", '"a"', '"b"')],
    ),
    (
        {"any": {"type_url": "x/probe.v1.Answer", "value": b"\xff"}},
        {"any": {"type_url": "x/probe.v1.Answer", "value": b""}},
        [("any.value", "VALUE", r'"\377"', '""')],
    ),
    (
        {"any": {"type_url": "x/probe.v1.Answer"}},
        {"any": {"type_url": "y/probe.v1.Answer"}},
        [("any.type_url", "VALUE", '"x/probe.v1.Answer"', '"y/probe.v1.Answer"')],
    ),
    ({"ratio": 0.0}, {"ratio": -0.0}, [("ratio", "VALUE", "0.0", "-0.0")]),
    ({"ratio": NAN}, {"ratio": 0.0}, [("ratio", "VALUE", "nan", "0.0")]),
    ({"ratio": INF}, {"ratio": -INF}, [("ratio", "VALUE", "inf", "-inf")]),
    ({"ratio": NAN}, {"ratio": NAN}, []),
    ({"odds": {False: NAN}}, {"odds": {False: NAN}}, []),
    ({"counts": {"a": 1, "b": 2}}, {"counts": {"b": 2, "a": 1}}, []),
]


@pytest.mark.parametrize(("left", "right", "expected"), FIELDS)
def test_differences_of_each_kind_of_field(left: Any, right: Any, expected: Any) -> None:
    assert both(left, right) == expected


@pytest.mark.parametrize(("left", "right", "expected"), FIELDS)
def test_swapped_sides_turn_missing_into_extra(left: Any, right: Any, expected: Any) -> None:
    turned = {"VALUE": "VALUE", "MISSING": "EXTRA", "EXTRA": "MISSING"}
    mirrored = [(path, turned[kind], actual, wanted) for path, kind, wanted, actual in expected]
    assert both(right, left) == mirrored


# A setting, two sides that are equal under it, and two that are not.
TIGHT = FloatTolerance(ulps=2)
SETTINGS: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"nan_equal": True}, [{"ratio": NAN}] * 2, [{"ratio": NAN}, {"ratio": 1.0}]),
    (
        {"signed_zero_equal": True},
        [{"ratio": 0.0}, {"ratio": -0.0}],
        [{"ratio": 0.0}, {"ratio": 1}],
    ),
    (
        {"float_tolerance": FloatTolerance(absolute=0.5)},
        [{"ratio": 1.0}, {"ratio": 1.5}],
        [{"ratio": 1.0}, {"ratio": 1.5000001}],
    ),
    (
        {"float_tolerance": FloatTolerance(relative=0.25)},
        [{"ratio": 3.0}, {"ratio": 4.0}],
        [{"ratio": 2.9}, {"ratio": 4.0}],
    ),
    (
        {"float_tolerance": TIGHT},
        [{"ratio": 1.0}, {"ratio": 1.0 + 2**-51}],
        [{"ratio": 1.0}, {"ratio": 1.0 + 3 * 2**-52}],
    ),
    (  # The steps of a `float` are those of binary32.
        {"float_tolerance": TIGHT},
        [{"single": 1.0}, {"single": 1.0 + 2**-22}],
        [{"single": 1.0}, {"single": 1.0 + 3 * 2**-23}],
    ),
    (  # Across zero: the smallest numbers on both sides are two steps apart.
        {"float_tolerance": TIGHT},
        [{"ratio": 5e-324}, {"ratio": -5e-324}],
        [{"ratio": 1e-323}, {"ratio": -5e-324}],
    ),
    (  # No tolerance makes infinity finite.
        {"float_tolerance": FloatTolerance(absolute=1e308, relative=10, ulps=4)},
        [{"ratio": INF}, {"ratio": INF}],
        [{"ratio": INF}, {"ratio": 1.7976931348623157e308}],
    ),
    (
        {"ignore": ["point.label"]},
        [{"point": point(1, label="a")}, {"point": point(1, label="b")}],
        [{"point": point(1)}, {"point": point(2)}],
    ),
    (
        {"ignore": ["points.x", "places.x"]},
        [
            {"points": [point(1)], "places": {1: point(1)}},
            {"points": [point(2)], "places": {1: point(2)}},
        ],
        [{"points": [point(1)]}, {"points": []}],
    ),
    ({"ignore": ["point"]}, [{"point": point(1)}, {}], [{"count": 1}, {}]),
    (
        {"unordered": ["words"]},
        [{"words": ["a", "b", "a"]}, {"words": ["b", "a", "a"]}],
        [{"words": ["a", "a", "b"]}, {"words": ["a", "b", "b"]}],
    ),
    (
        {"unordered": ["points", "points.below"]},
        [
            {"points": [point(1, below=[point(2), point(3)]), point(4)]},
            {"points": [point(4), point(1, below=[point(3), point(2)])]},
        ],
        [{"points": [point(1)]}, {"points": [point(1), point(1)]}],
    ),
    (  # As many as possible are paired: 1.0 must leave 0.95 to 0.9.
        {"unordered": ["ratios"], "float_tolerance": FloatTolerance(absolute=0.0625)},
        [{"ratios": [1.0, 0.9]}, {"ratios": [0.95, 1.05]}],
        [{"ratios": [1.0, 0.9]}, {"ratios": [0.95, 1.2]}],
    ),
]


@pytest.mark.parametrize(("settings", "equal", "different"), SETTINGS)
def test_each_setting_of_the_policy(settings: Any, equal: Any, different: Any) -> None:
    assert both(*equal, **settings) == []
    assert both(*equal[::-1], **settings) == []
    assert both(*different, **settings) != []


def test_nan_can_differ_from_nan_inside_any() -> None:
    everything = new("Everything", ratio=NAN)
    assert found(everything, everything, nan_equal=False) == [("ratio", "VALUE", "nan", "nan")]
    holder = new("Everything", any=held(everything))
    assert found(holder, holder, nan_equal=False) == [("any.ratio", "VALUE", "nan", "nan")]


def test_unordered_items_without_partner_are_differences() -> None:
    left, right = {"numbers": [1, 2, 2]}, {"numbers": [2, 3, 1]}
    assert both(left, right, unordered=["numbers"]) == [
        ("numbers[2]", "MISSING", "2", ""),
        ("numbers[1]", "EXTRA", "", "3"),
    ]


def test_thousands_of_unordered_items_are_paired() -> None:
    many = [f"{number}" for number in range(100_000)]
    assert both({"words": many}, {"words": many[::-1]}, unordered=["words"]) == []
    found = both({"words": many}, {"words": [*many[:0:-1], "x"]}, unordered=["words"])
    assert found == [("words[0]", "MISSING", '"0"', ""), ("words[99999]", "EXTRA", "", '"x"')]


@pytest.mark.parametrize("field", ["words", "ratios", "points"])
def test_too_many_items_under_a_tolerance_differ(field: str) -> None:
    items: dict[str, list[Any]] = {
        "words": [str(n) for n in range(501)],
        "ratios": [2.0 * n for n in range(501)],
        "points": [point(n) for n in range(501)],
    }
    left = items[field]
    settings = {"unordered": [field], "float_tolerance": FloatTolerance(absolute=0.5)}
    assert both({field: left}, {field: left[::-1]}, **settings) == []
    found = both({field: left}, {field: [*left[1:], left[1]]}, **settings)
    if field == "words":
        assert [difference[0] for difference in found] == ["words[0]", "words[500]"]
    else:
        ((path, kind, expected, actual),) = found
        assert (path, kind, expected) == (field, "VALUE", actual)
        assert "over 500 items, too many to be paired under a tolerance" in expected


def test_long_values_are_cut() -> None:
    text = "x" * (MAX_SHOWN + 5)
    assert both({"text": text}, {}) == [("text", "VALUE", f'"{text[:-5]}"…+5', '""')]
    ((_, _, shown, _),) = both({"data": b"\0" * 50_000_000}, {})
    assert len(shown) < 5 * MAX_SHOWN
    ((_, _, shown, _),) = both({"point": point(1, label=text)}, {})
    assert shown.startswith('{x: 1 label: "xxx')
    assert len(shown) < MAX_SHOWN + 20
    ((_, _, shown, _),) = both({"point": point(1, label="x" * 2_000_000)}, {})
    assert shown == "{# 2,000,006 bytes, too many to be shown}"
    ((path, _, _, _),) = both({"counts": {text: 1}}, {})
    assert len(path) < MAX_SHOWN + 20
    many = new("Answer")
    many.ParseFromString(VARINT * 200_000)
    ((_, _, _, shown),) = found(new("Answer"), many)
    assert len(shown) < MAX_SHOWN + 20


def test_many_items_under_a_tolerance_are_paired_without_recursion() -> None:
    count = 120
    left = [float(n) for n in range(count)]
    right = [n + 0.5 for n in left]
    settings = {"unordered": ["ratios"], "float_tolerance": FloatTolerance(absolute=0.5)}
    assert both({"ratios": left}, {"ratios": right[::-1]}, **settings) == []


VARINT, FIXED64, BYTES, GROUP, FIXED32 = (
    b"\xf8\x07\x01",  # Field 127, which `Answer` does not have.
    b"\xf9\x07" + struct.pack("<q", 1),
    b"\xfa\x07\x01a",
    b"\xfb\x07\x08\x01\xfc\x07",
    b"\xfd\x07" + struct.pack("<i", 1),
)


@pytest.mark.parametrize("data", [VARINT, FIXED64, BYTES, GROUP, FIXED32])
def test_unknown_fields_are_compared(data: bytes) -> None:
    plain, more = new("Answer"), new("Answer")
    more.ParseFromString(data)
    assert [d[:2] for d in found(plain, more)] == [("<unknown 127>", "EXTRA")]
    assert [d[:2] for d in found(more, plain)] == [("<unknown 127>", "MISSING")]
    same = new("Answer")
    same.ParseFromString(data)
    assert found(more, same) == []


def test_unknown_fields_of_other_wire_types_or_inside_groups_differ() -> None:
    unknown = [VARINT, FIXED64, FIXED32, GROUP, GROUP.replace(b"\x01", b"\x02"), VARINT + VARINT]
    for first in unknown:
        for second in unknown:
            left, right = new("Point"), new("Point")
            left.ParseFromString(first)
            right.ParseFromString(second)
            assert bool(found(left, right)) == (first != second)


def test_nested_unknown_fields_have_their_path() -> None:
    left, right = new("Everything", point=point(1)), new("Everything", point=point(1))
    right.point.MergeFromString(VARINT)
    assert [d[0] for d in found(left, right)] == ["point.<unknown 127>"]


def test_groups_and_strings_that_are_not_utf8() -> None:
    left, right = new("Old", id=1), new("Old", id=1)
    left.MergeFromString(b"\x12\x01\xff")
    right.part.add(size=1)
    assert found(left, right) == [
        ("name", "MISSING", r'"\377"', ""),
        ("part[0]", "EXTRA", "", "{size: 1}"),
    ]


def test_number_of_differences_is_limited() -> None:
    assert len(both({"numbers": range(1000)}, {})) == MAX_DIFFERENCES


def test_too_deeply_nested_any_differs_without_a_crash() -> None:
    left, right = new("Everything", text="a"), new("Everything", text="b")
    for _ in range(1500):
        left, right = new("Everything", any=held(left)), new("Everything", any=held(right))
    assert len(found(left, right)) == 1
    assert found(left, left) == []


# Messages for the laws: values are drawn from few, so that fields are often equal.
_POINTS = st.builds(point, st.integers(0, 2), label=st.sampled_from(["", "a"]))
_FLOATS = st.sampled_from([0.0, -0.0, 1.0, 1.25, -1.25, NAN, INF])
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "ratio": _FLOATS,
    "single": _FLOATS,
    "count": st.integers(-1, 1),
    "text": st.sampled_from(["", "a", "ä"]),
    "colour": st.integers(0, 3),
    "point": _POINTS,
    "maybe": st.integers(0, 1),
    "spot": _POINTS,
    "numbers": st.lists(st.integers(0, 2), max_size=4),
    "ratios": st.lists(_FLOATS, max_size=4),
    "points": st.lists(_POINTS, max_size=3),
    "counts": st.dictionaries(st.sampled_from("ab"), st.integers(0, 1)),
    "places": st.dictionaries(st.integers(0, 1), _POINTS),
    "any": _POINTS.map(held),
}
EVERYTHING = st.fixed_dictionaries({}, optional=_VALUES)
POLICIES = st.builds(
    Comparison,
    nan_equal=st.booleans(),
    signed_zero_equal=st.booleans(),
    float_tolerance=st.none() | st.builds(FloatTolerance, absolute=st.sampled_from([0, 0.3, 1])),
    ignore=st.lists(st.sampled_from(["point", "points.label", "any.label"]), max_size=2),
    unordered=st.lists(st.sampled_from(["numbers", "ratios", "points"]), max_size=3),
)


@given(EVERYTHING)
def test_parsed_copy_is_equal(values: dict[str, Any]) -> None:
    left, right = new("Everything", **values), new("Everything")
    right.ParseFromString(left.SerializeToString())
    assert not differences(left, right, STRICT)


@given(EVERYTHING, EVERYTHING, POLICIES)
def test_equality_is_symmetric(left: Any, right: Any, comparison: Comparison) -> None:
    policy = Policy(comparison)
    one, other = new("Everything", **left), new("Everything", **right)
    assert bool(differences(one, other, policy)) == bool(differences(other, one, policy))
    assert are_equal(one, other, policy) == (not differences(one, other, policy))


@given(EVERYTHING, EVERYTHING)
def test_equality_agrees_with_deterministic_bytes(left: Any, right: Any) -> None:
    one, other = new("Everything", **left), new("Everything", **right)
    same = one.SerializeToString(deterministic=True) == other.SerializeToString(deterministic=True)
    assert (not differences(one, other, STRICT)) == same


@given(EVERYTHING, EVERYTHING, POLICIES)
def test_weaker_policy_finds_no_more_differences(
    left: Any, right: Any, comparison: Comparison
) -> None:
    comparison.nan_equal = True
    one, other = new("Everything", **left), new("Everything", **right)
    if differences(one, other, Policy(comparison)):
        assert differences(one, other, STRICT)


MUTATIONS: dict[str, tuple[str, Any]] = {
    "ratio": ("ratio", 77.0),
    "single": ("single", 77.0),
    "count": ("count", 77),
    "text": ("text", "mutated"),
    "colour": ("colour", 77),
    "maybe": ("maybe", 77),
}


@given(EVERYTHING, st.sampled_from(sorted(MUTATIONS)))
def test_one_field_changed_is_found_where_it_is(values: dict[str, Any], name: str) -> None:
    path, value = MUTATIONS[name]
    left, right = new("Everything", **values), new("Everything", **values)
    setattr(right, name, value)
    assert [d.field_path for d in differences(left, right, STRICT)] == [path]


@given(st.lists(_POINTS, min_size=1, max_size=5), st.data())
def test_one_nested_field_changed_is_found_where_it_is(points: list[Any], data: Any) -> None:
    index = data.draw(st.integers(0, len(points) - 1))
    left, right = new("Everything", points=points), new("Everything", points=points)
    right.points[index].label = "mutated"
    paths = [d.field_path for d in differences(left, right, STRICT)]
    assert paths == [f"points[{index}].label"]


@pytest.mark.parametrize(
    ("comparison", "weak"),
    [
        (Comparison(), False),
        (Comparison(nan_equal=True), False),
        (Comparison(nan_equal=False), False),
        (Comparison(signed_zero_equal=False), False),
        (Comparison(signed_zero_equal=True), True),
        (Comparison(float_tolerance=FloatTolerance()), True),
        (Comparison(ignore=["a"]), True),
        (Comparison(unordered=["a"]), True),
    ],
)
def test_settings_that_make_a_policy_weak(comparison: Comparison, weak: bool) -> None:
    assert Policy(comparison).is_weak is weak


def test_protos_of_the_tests_compile() -> None:
    assert schema().services == ["probe.v1.PackedService", "probe.v1.ProbeService"]


@given(EVERYTHING, EVERYTHING, POLICIES)
def test_equal_messages_have_equal_keys(left: Any, right: Any, comparison: Comparison) -> None:
    comparison.ClearField("float_tolerance")
    policy = Policy(comparison)
    one, other = new("Everything", **left), new("Everything", **right)
    keys = message_key(one, "", policy), message_key(other, "", policy)
    assert (keys[0] == keys[1]) == (not differences(one, other, policy))


_OLD = st.lists(
    st.sampled_from([b"\x12\x01\xff", b"\x12\x01a", VARINT, GROUP, FIXED32]), max_size=3
)


@given(_OLD, _OLD)
def test_keys_cover_unknown_fields_and_invalid_text(left: list[bytes], right: list[bytes]) -> None:
    one, other = new("Old", id=1), new("Old", id=1)
    one.MergeFromString(b"".join(left))
    other.MergeFromString(b"".join(right))
    same = message_key(one, "", STRICT) == message_key(other, "", STRICT)
    assert same == (not differences(one, other, STRICT))
