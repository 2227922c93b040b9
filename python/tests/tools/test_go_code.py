"""Tests of the Go functions that are written from the catalog of assertions."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from assertion_catalog import go_code
from assertion_catalog.go_calls import Calls
from assertion_catalog.go_literal import documented, kit_literal, literal
from assertion_catalog.go_signature import signature
from assertion_catalog.read import Entry, Parameter, read_catalog
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_proto.v1 import value_pb2
from testingkit.value import (
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Float,
    Int,
    List,
    Null,
    Outcome,
    Record,
    Text,
    Time,
    Value,
    to_value,
)

ROOT = Path(__file__).parents[3]
ENTRIES = {entry.name: entry for entry in read_catalog(ROOT).entries}


def with_parameters(*parameters: Parameter) -> Entry:
    return replace(ENTRIES["is_null"], parameters=parameters)


def declared(entry: Entry) -> str:
    return signature(entry, ("t T", "actual any"), ("note ...Note",), matchers="match.")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("is_null", "IsNull(t T, actual any, note ...Note)"),
        ("equal", "Equal(t T, actual, expected any, note ...Note)"),
        ("has_length", "HasLength(t T, actual any, count int, note ...Note)"),
        ("starts_with", "StartsWith(t T, actual any, prefix string, note ...Note)"),
        ("starts_with_bytes", "StartsWithBytes(t T, actual any, prefix []byte, note ...Note)"),
        ("is_enum_value", "IsEnumValue(t T, actual any, typ, name string, note ...Note)"),
        ("sums_to", "SumsTo[V match.Integer](t T, actual any, value V, note ...Note)"),
        (
            "is_between",
            "IsBetween[L, H match.Ordered](t T, actual any, low L, high H, note ...Note)",
        ),
        ("is_in_past", "IsInPast(t T, actual any, now time.Time, note ...Note)"),
        (
            "is_close_to_time",
            (
                "IsCloseToTime(t T, actual any, expected time.Time, tolerance time.Duration, "
                "note ...Note)"
            ),
        ),
        ("contains_all", "ContainsAll[E any](t T, actual any, items []E, note ...Note)"),
        (
            "contains_all_text",
            "ContainsAllText(t T, actual any, parts []string, note ...Note)",
        ),
        (
            "all_close_to",
            (
                "AllCloseTo[E, O match.Number]"
                "(t T, actual any, expected []E, tolerance O, note ...Note)"
            ),
        ),
        (
            "has_entries",
            "HasEntries[K comparable, V any](t T, actual any, entries map[K]V, note ...Note)",
        ),
    ],
)
def test_signature_of_a_function(name: str, text: str) -> None:
    assert declared(ENTRIES[name]) == text


def test_signature_with_assertions_as_arguments() -> None:
    entry = with_parameters(
        Parameter("key_check", "check", (), ()), Parameter("checks", "checks", (), ())
    )
    assert declared(entry) == (
        "IsNull(t T, actual any, keyCheck match.Matcher, checks []match.Matcher, note ...Note)"
    )


def test_names_that_a_function_cannot_use() -> None:
    entry = with_parameters(*(Parameter(name, "value", (), ()) for name in ("note", "t", "range")))
    assert declared(entry) == (
        "IsNull(t T, actual, noteArgument, tArgument, rangeArgument any, note ...Note)"
    )


def test_example_with_assertions_as_arguments() -> None:
    one = pb.AssertionExample.Argument(value=value_pb2.Value(int=1))
    check = pb.AssertionExample.Nested(name="is_at_least", arguments=[one])
    nested = pb.AssertionExample.Nested(
        name="not", arguments=[pb.AssertionExample.Argument(check=check)]
    )
    checks = pb.AssertionExample.Checks(items=[check, nested])
    example = pb.AssertionExample(
        arguments=[
            pb.AssertionExample.Argument(check=check),
            pb.AssertionExample.Argument(checks=checks),
        ]
    )
    entry = replace(
        with_parameters(Parameter("a", "check", (), ()), Parameter("b", "checks", (), ())),
        example=example,
    )
    assert Calls("match").make(entry) == (
        "match.IsNull(match.IsAtLeast(1), "
        "[]match.Matcher{match.IsAtLeast(1), match.Not(match.IsAtLeast(1))})"
    )


def test_comment_without_markdown() -> None:
    entry = replace(ENTRIES["is_null"], rule="`actual` is a [null](value.md#kinds) " + "w " * 60)
    first, second, *_, call = go_code.comment(entry, lambda _: "f(1)").splitlines()
    assert first.startswith("// IsNull passes when actual is a null w w")
    assert len(first) <= 100
    assert second.startswith("// w w")
    assert call == "//\tf(1)"


BIG = 2**63
NATIVE = [
    (None, "nil"),
    (True, "true"),
    (-5, "-5"),
    (BIG, f'example.Int("{BIG}")'),
    (1.0, "1.0"),
    (math.nan, "math.NaN()"),
    (-math.inf, "math.Inf(-1)"),
    (-0.0, "math.Copysign(0, -1)"),
    ('a"\\\n\u00e9\U0001f600', r'"a\"\\\n\u00e9\U0001f600"'),
    (b'\x00\xff"a', r'[]byte("\x00\xff\"a")'),
    ([], "[]any{}"),
    ([1, 2], "[]int{1, 2}"),
    ([1, None, "a"], '[]any{1, nil, "a"}'),
    ([[1], [2]], "[][]int{[]int{1}, []int{2}}"),
    ({1, 2}, "map[int]struct{}{1: {}, 2: {}}"),
    ({"a": [1.5]}, 'map[string][]float64{"a": []float64{1.5}}'),
    ({BIG: 1}, f'example.Map(value.Entry{{Key: example.Int("{BIG}"), Value: value.NewInt(1)}})'),
    ({(1,)}, "example.Set(value.List{value.NewInt(1)})"),
]


@pytest.mark.parametrize(("native", "text"), NATIVE, ids=[text for _, text in NATIVE])
def test_literal(native: object, text: str) -> None:
    assert literal(to_value(native)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Time(60, 5, 0), "time.Date(1970, 1, 1, 0, 1, 0, 5, time.UTC)"),
        (Time(0, 0, 3600), 'time.Date(1970, 1, 1, 1, 0, 0, 0, time.FixedZone("", 3600))'),
        (Duration(10**9), "time.Second"),
        (Duration(-5), "time.Duration(-5)"),
        (
            List((Duration(5), Duration(10**6))),
            "[]time.Duration{time.Duration(5), time.Millisecond}",
        ),
    ],
)
def test_times_are_native(value: Value, text: str) -> None:
    assert literal(value) == text


FAILED = Error("Timeout", "late", 0, (Error("EOF", "end", 7),))
KIT: list[tuple[Value, str]] = [
    (
        List((Null(), Text("a"), Bytes(b"b"), Float(0.5))),
        'value.List{value.Null{}, value.Text("a"), value.Bytes([]byte("b")), value.Float(0.5)}',
    ),
    (
        Record("P", (("x", Int(1)),)),
        'example.Record("P", value.Field{Name: "x", Value: value.NewInt(1)})',
    ),
    (Enum("C", "RED", 1), 'value.Enum{Type: "C", Name: "RED", Number: 1}'),
    (Time(1, 2, 3), "value.Time{Seconds: 1, Nanos: 2, UTCOffsetSeconds: 3}"),
    (Duration(5), "value.Duration(5)"),
    (
        FAILED,
        (
            'value.Error{Type: "Timeout", Message: "late", Code: 0, Causes: []value.Error{'
            'value.Error{Type: "EOF", Message: "end", Code: 7, Causes: []value.Error{}}}}'
        ),
    ),
    (
        Outcome(Ending.PANICKED, Text("a")),
        'value.Outcome{Ending: value.Panicked, Payload: value.Text("a")}',
    ),
]


@pytest.mark.parametrize(("value", "text"), KIT, ids=[text for _, text in KIT])
def test_literal_of_the_kit(value: Value, text: str) -> None:
    assert kit_literal(value) == text


def test_record_in_a_comment() -> None:
    point = Record("Point", (("x", Int(1)), ("max_size", List((Int(1),)))))
    assert documented(List((point, point))) == (
        "[]Point{Point{X: 1, MaxSize: []int{1}}, Point{X: 1, MaxSize: []int{1}}}"
    )
    assert documented(Record("", ())) == kit_literal(Record("", ()))
