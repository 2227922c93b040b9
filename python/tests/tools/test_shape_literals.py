"""The generators write every form of a shape as a literal of their language."""

from __future__ import annotations

import pytest
from google.protobuf import text_format

from assertion_catalog import python_literals, rust_literals
from assertion_catalog.go_calls import Calls
from assertion_catalog.read import Entry, Parameter
from testingkit.kit_proto.v1 import assertions_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb

CHECK = 'check { name: "is_at_most" arguments { value { int: 6 } } }'
SHAPES = [
    ("value { int: 1 }", "1", "1", "1"),
    ("any: NULL", "match.anything", "match.Anything()", "anything()"),
    (CHECK, "match.is_at_most(6)", "match.IsAtMost(6)", "is_at_most(6)"),
    (
        f"list {{ items {{ any: NULL }} items {{ {CHECK} }} }}",
        "[match.anything, match.is_at_most(6)]",
        "[]any{match.Anything(), match.IsAtMost(6)}",
        "[anything(), is_at_most(6)]",
    ),
    (
        'map { entries { key { text: "a" } value { any: NULL } } }',
        '{"a": match.anything}',
        'map[string]any{"a": match.Anything()}',
        '{"a": anything()}',
    ),
    (
        "map { entries { key { null: NULL } value { any: NULL } } open: true }",
        "match.open_map({None: match.anything})",
        "match.OpenMap(map[any]any{nil: match.Anything()})",
        "{(()): anything(), ..}",
    ),
    ("map { open: true }", "match.open_map({})", "match.OpenMap(map[string]any{})", "{..}"),
    (
        'record { name: "P" fields { name: "x" value { any: NULL } } }',
        'match.record("P", x=match.anything)',
        'match.Fields{"x": match.Anything()}',
        "P {x: anything()}",
    ),
    (
        'record { fields { name: "x" value { value { int: 1 } } } }',
        'match.record("", x=1)',
        'match.Fields{"x": 1}',
        "_ {x: 1}",
    ),
]


@pytest.mark.parametrize(("text", "python", "go", "rust"), SHAPES)
def test_literals(text: str, python: str, go: str, rust: str) -> None:
    shape = text_format.Parse(text, assertions_pb2.Shape())
    argument = pb.AssertionExample.Argument(shape=shape)
    example = pb.AssertionExample(arguments=[argument])
    parameters = (Parameter("shape", "shape", (), ()),)
    entry = Entry("g", "fits", "R", parameters, (), (), (), example, "0.1.0")
    assert python_literals.argument_literal(argument) == python
    assert Calls("match").make(entry) == f"match.Fits({go})"
    assert rust_literals.matcher_code(entry, [argument], {}) == f"fits(shape!({rust}))"
