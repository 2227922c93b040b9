"""Tests of the Rust code that is generated from the catalog."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from assertion_catalog.read import Catalog, Entry, Group, Parameter
from assertion_catalog.rust_code import rust_files
from assertion_catalog.rust_literals import native_code
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_proto.v1.value_pb2 import Value as Message
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
    Text,
    Time,
    Value,
    map_of,
    record_of,
    set_of,
)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Int(-5), "-5"),
        (Int(2**40), "1099511627776_i64"),
        (Int(2**100), "1267650600228229401496703205376_i128"),
        (Int(2**127), '"170141183460469231731687303715884105728".parse::<value::Int>()?'),
        (Float(1.0), "1.0"),
        (Float(1e300), "1e+300"),
        (Float(math.inf), "f64::INFINITY"),
        (Float(-math.inf), "-f64::INFINITY"),
        (Text('a"\n\u200b'), '"a\\"\\n\\u{200b}"'),
        (Bytes(b'\x00"a'), 'Octets(b"\\0\\"a")'),
        (List(), "[0; 0]"),
        (List((Int(1), Null())), "[Some(1), None]"),
        (List((Int(1), Text("a"))), '(1, "a")'),
        (List((List((Int(1),)), List((Int(2),)))), "[[1], [2]]"),
        (List((List((Int(1),)), List())), "([1], [0; 0])"),
        (set_of([Int(2), Int(1)]), "BTreeSet::from([1, 2])"),
        (
            set_of([Int(1), Null()]),
            "value::Value::from(value::Set::new([value::Value::Null, value::Value::from(1)])?)",
        ),
        (map_of([(Text("a"), Float(0.5))]), 'BTreeMap::from([("a", 0.5)])'),
        (
            map_of([(Text("a"), Null())]),
            'value::Value::from(value::Map::new([(value::Value::from("a"), value::Value::Null)])?)',
        ),
        (
            record_of("Point", [("x", Int(1))]),
            'value::Value::from(value::Record::new("Point", [("x", value::Value::from(1))])?)',
        ),
        (
            Enum("Color", "RED", 1),
            'value::Value::from(value::EnumMember::new("Color", "RED", 1))',
        ),
        (Time(1, 2, 3), "value::Value::from(value::Time::new(1, 2, 3)?)"),
        (Time(1, 0, 0), "std::time::UNIX_EPOCH + std::time::Duration::from_secs(1)"),
        (Duration(-5), "value::Value::from(value::Duration::from_nanos(-5)?)"),
        (Duration(5), "std::time::Duration::from_nanos(5)"),
        (Duration(2 * 10**9), "std::time::Duration::from_secs(2)"),
        (
            Error("E", "m", 0, (Error("C", "n", 4),)),
            (
                'value::Value::from(value::ErrorValue::new("E", "m").with_causes(['
                'value::ErrorValue::new("C", "n").with_code(4)]))'
            ),
        ),
        (
            Outcome(Ending.RETURNED, Int(1)),
            "value::Value::from(value::Outcome::returned(value::Value::from(1)))",
        ),
        (
            Outcome(Ending.PANICKED, Text("no")),
            'value::Value::from(value::Outcome::Panicked("no".to_owned()))',
        ),
        (Outcome(Ending.PENDING), "value::Value::from(value::Outcome::Pending)"),
    ],
)
def test_code_of_a_value(value: Value, code: str) -> None:
    assert native_code(value) == code


def generated(*parameters: Parameter, arguments: tuple[str, ...]) -> str:
    example = pb.AssertionExample(passes=Message(bool=True), fails=Message(bool=False))
    for text in arguments:
        example.arguments.add().value.text = text
    entry = Entry("new", "is_new", "it is [new](x.md)", parameters, (), (), (), example, "0.1.0")
    catalog = Catalog((Group("new", "New", "new.md", (entry,)),))
    return dict(rust_files(Path(), catalog))["rust/crates/testingkit/src/matchers/new.rs"]


def test_a_function_is_generated_and_formatted() -> None:
    code = generated(Parameter("type", "value", ("text",), ()), arguments=("a",))
    assert code == (
        "// Generated from `catalog/` by `make generate`. Do not edit.\n\n"
        "//! New.\n\n"
        "use crate::matching::{Definition, Matcher, takes};\n\n"
        "/// Passes when it is new.\n///\n/// `actual` is any.\n///\n"
        "/// ```\n/// use testingkit::prelude::*;\n///\n"
        '/// require!(true, is_new("a"));\n/// assert!(!is_new("a").matches(&false));\n/// ```\n'
        "pub const fn is_new<Type: takes::Text>(type_: Type) -> Matcher<(Type,)> {\n"
        '    static DEFINITION: Definition = Definition::new("is_new", &["type"]);\n'
        "    Matcher::new(&DEFINITION, (type_,))\n"
        "}\n"
    )


def test_kinds_without_a_trait_take_every_value() -> None:
    code = generated(Parameter("spot", "value", ("text", "enum"), ()), arguments=("a",))
    assert "is_new<Spot: ToValue>(spot: Spot)" in code
