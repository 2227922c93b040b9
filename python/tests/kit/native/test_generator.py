"""The generator of `testingkit.native` writes what no assertion of today needs, too."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta

import pytest

from assertion_catalog.python_code import python_files
from assertion_catalog.python_literals import literal
from assertion_catalog.read import Catalog, Entry, Group, Parameter
from testingkit import value as kit
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_proto.v1 import value_pb2
from testingkit.value import (
    Bool,
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
    equal,
    map_of,
    set_of,
    to_value,
)

NAMES = {name: getattr(kit, name) for name in kit.__all__} | {
    "UTC": UTC,
    "datetime": datetime,
    "timedelta": timedelta,
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Null(), "None"),
        (List((Bool(True), Int(-1), Float(-0.0))), "[True, -1, -0.0]"),
        (Float(float("nan")), 'float("nan")'),
        (Float(float("-inf")), 'float("-inf")'),
        (Text('a"\\\n'), r'"a\"\\\n"'),
        (Text("café"), '"café"'),
        (Text("😀\u200b"), r'"\U0001f600\u200b"'),
        (Bytes(b"'\"\xff"), r'b"' + r"'\"\xff" + '"'),
        (set_of([]), "set()"),
        (set_of([Int(1), Text("a")]), '{1, "a"}'),
        (set_of([Int(1), Float(1.0)]), "set_of([to_value(1), to_value(1.0)])"),
        (map_of([(Text("a"), Null())]), '{"a": None}'),
        (map_of([(List(()), Int(1))]), "map_of([(to_value([]), to_value(1))])"),
        (Record("P", (("x", Int(1)),)), 'record_of("P", [("x", to_value(1))])'),
        (Enum("Color", "RED", 1), 'Enum("Color", "RED", 1)'),
        (Error("E", "m"), 'Error("E", "m")'),
        (Error("E", "m", 0, (Error("F", "n", 2),)), 'Error("E", "m", 0, (Error("F", "n", 2), ))'),
        (Time(0), "datetime(1970, 1, 1, tzinfo=UTC)"),
        (Time(1, 500_000), "datetime(1970, 1, 1, 0, 0, 1, 500, tzinfo=UTC)"),
        (Time(1, 5, 60), "Time(1, 5, 60)"),
        (Duration(2 * 10**9), "timedelta(seconds=2)"),
        (Duration(1_500 * 10**6), "timedelta(milliseconds=1500)"),
        (Duration(7), "Duration(7)"),
        (Outcome(Ending.PENDING), "Outcome(Ending.PENDING)"),
        (Outcome(Ending.RETURNED, Int(1)), "Outcome(Ending.RETURNED, to_value(1))"),
    ],
)
def test_literal_converts_to_its_value(value: Value, expected: str) -> None:
    written = literal(value)
    assert written == expected
    assert equal(to_value(eval(written, NAMES)), value)  # noqa: S307 - the project's own text


def entry(name: str, *parameters: Parameter) -> Entry:
    example = pb.AssertionExample(
        arguments=[
            pb.AssertionExample.Argument(check=pb.AssertionExample.Nested(name="is_even")),
            pb.AssertionExample.Argument(
                checks=pb.AssertionExample.Checks(items=[pb.AssertionExample.Nested(name="is_odd")])
            ),
        ][: len(parameters)],
        passes=value_pb2.Value(int=2),
        fails=value_pb2.Value(int=1),
    )
    return Entry("g", name, "it [holds](#x)", parameters, (), (), (), example, "0.1.0")


def test_assertions_are_arguments_of_matcher_types() -> None:
    check = Parameter("check", "check", (), ())
    checks = Parameter("checks", "checks", (), ())
    group = Group("g", "G", "g.md", (entry("holds", check, checks), entry("not", check)))
    subject, match = (content for _, content in python_files(Catalog((group,))))
    assert "def holds(self, check: Matcher, checks: ListOf[Matcher]) -> Self:" in subject
    assert 'return self._check("holds", check, Checks(checks))' in subject
    assert ">>> require(2).holds(match.is_even(), [match.is_odd()])" in subject
    assert "Passes when it holds." in subject
    assert "from testingkit.native.matcher import Matcher" in subject
    assert "def not_(check: Matcher) -> Matcher:" in match
    assert 'return Matcher("not", check)' in match
    for content in (subject, match):
        ast.parse(content)
