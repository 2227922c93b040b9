"""Rust code of values: native literals where there are some, else the kit's constructors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from assertion_catalog.read import Entry, Parameter
from testingkit.kit_proto.v1 import assertions_pb2, value_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.value import (
    Bool,
    Bytes,
    Duration,
    Ending,
    Enum,
    Error,
    Float,
    Int,
    Kind,
    List,
    Map,
    Null,
    Outcome,
    Record,
    Set,
    Text,
    Time,
    Value,
)

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_NAMES = {Kind.SET: "BTreeSet", Kind.MAP: "BTreeMap"}


def matcher_code(
    entry: Entry, arguments: Iterable[pb.AssertionExample.Argument], entries: Mapping[str, Entry]
) -> str:
    """Returns the code of a matcher with its arguments."""
    pairs = zip(entry.parameters, arguments, strict=True)
    codes = (_argument(parameter, given, entries) for parameter, given in pairs)
    return f"{entry.name}({', '.join(codes)})"


def _argument(
    parameter: Parameter, given: pb.AssertionExample.Argument, entries: Mapping[str, Entry]
) -> str:
    def nested(check: pb.AssertionExample.Nested) -> str:
        return matcher_code(entries[check.name], check.arguments, entries)

    match given.WhichOneof("kind"):
        case "check":
            return nested(given.check)
        case "checks":
            return _tuple(map(nested, given.checks.items))
        case "shape":
            return f"shape!({_shape(given.shape)})"
    value = from_proto(given.value)
    if isinstance(value, Bytes) and parameter.kinds == ("bytes",):
        return _octets(value.value)
    return native_code(value)


def _shape(shape: assertions_pb2.Shape) -> str:
    match shape.WhichOneof("kind"):
        case "value":
            return native_code(from_proto(shape.value))
        case "check":
            values = (native_code(from_proto(given.value)) for given in shape.check.arguments)
            return f"{shape.check.name}({', '.join(values)})"
        case "list":
            return f"[{', '.join(map(_shape, shape.list.items))}]"
        case "map":
            parts = [f"{_key(entry.key)}: {_shape(entry.value)}" for entry in shape.map.entries]
            return f"{{{', '.join([*parts, '..'] if shape.map.open else parts)}}}"
        case "record":
            fields = (f"{field.name}: {_shape(field.value)}" for field in shape.record.fields)
            return f"{shape.record.name or '_'} {{{', '.join(fields)}}}"
    return "anything()"


def _key(key: value_pb2.Value) -> str:
    value = from_proto(key)
    code = native_code(value)
    return code if isinstance(value, Text | Int | Bool) else f"({code})"


def native_code(value: Value) -> str:
    """Returns an expression of a native value that converts to this one."""
    match value:
        case Null():
            return "()"
        case Bool(truth):
            return str(truth).lower()
        case Int(number):
            return _int(number)
        case Float(number):
            return _float(number)
        case Text(text):
            return _text(text)
        case Bytes(octets):
            return f"Octets({_octets(octets)})"
        case Time(seconds, 0, 0) if seconds >= 0:
            return f"std::time::UNIX_EPOCH + std::time::Duration::from_secs({seconds})"
        case Duration(nanos) if nanos >= 0:
            return _duration(nanos)
    return _container(value)


def _container(value: Value) -> str:
    match value:
        case List(items):
            return _list(items)
        case Set(items) if _is_uniform(items):
            return f"BTreeSet::from({_list(items)})"
        case Map(entries) if _is_uniform(key for key, _ in entries) and _is_uniform(
            item for _, item in entries
        ):
            pairs = (f"({native_code(key)}, {native_code(item)})" for key, item in entries)
            return f"BTreeMap::from([{', '.join(pairs)}])"
    return kit_code(value)


def kit_code(value: Value) -> str:
    """Returns an expression of a value of the kit. It can contain `?`."""
    match value:
        case Null():
            return "value::Value::Null"
        case Bytes(octets):
            return f"value::Value::Bytes({_octets(octets)}.to_vec())"
        case List(items):
            return f"value::Value::List(vec![{', '.join(map(kit_code, items))}])"
    return f"value::Value::from({_payload(value)})"


def _payload(value: Value) -> str:
    match value:
        case Set(items):
            return f"value::Set::new([{', '.join(map(kit_code, items))}])?"
        case Map(entries):
            pairs = (f"({kit_code(key)}, {kit_code(item)})" for key, item in entries)
            return f"value::Map::new([{', '.join(pairs)}])?"
        case Record(name, fields):
            pairs = (f"({_text(field)}, {kit_code(item)})" for field, item in fields)
            return f"value::Record::new({_text(name)}, [{', '.join(pairs)}])?"
        case Enum(type_name, name, number):
            return f"value::EnumMember::new({_text(type_name)}, {_text(name)}, {number})"
        case Time(seconds, nanos, offset):
            return f"value::Time::new({seconds}, {nanos}, {offset})?"
        case Duration(nanos):
            return f"value::Duration::from_nanos({nanos})?"
        case Error():
            return _error(value)
        case Outcome():
            return _outcome(value)
    return native_code(value)


def _error(error: Error) -> str:
    code = f"value::ErrorValue::new({_text(error.type)}, {_text(error.message)})"
    if error.code:
        code += f".with_code({error.code})"
    if error.causes:
        code += f".with_causes([{', '.join(map(_error, error.causes))}])"
    return code


def _outcome(outcome: Outcome) -> str:
    match outcome.ending, outcome.payload:
        case Ending.RETURNED, Value() as returned:
            return f"value::Outcome::returned({kit_code(returned)})"
        case Ending.FAILED, Error() as error:
            return f"value::Outcome::Failed({_error(error)})"
        case Ending.PANICKED, Text(text):
            return f"value::Outcome::Panicked({_text(text)}.to_owned())"
        case ending, _:
            return f"value::Outcome::{ending.value.capitalize()}"


def _duration(nanos: int) -> str:
    seconds, rest = divmod(nanos, 10**9)
    of = f"from_nanos({nanos})" if rest else f"from_secs({seconds})"
    return f"std::time::Duration::{of}"


def _list(items: Iterable[Value]) -> str:
    items = tuple(items)
    if not items:
        return "[0; 0]"
    if _is_uniform(items):
        return f"[{', '.join(map(native_code, items))}]"
    others = tuple(item for item in items if not isinstance(item, Null))
    if _is_uniform(others):
        optional = (
            "None" if isinstance(item, Null) else f"Some({native_code(item)})" for item in items
        )
        return f"[{', '.join(optional)}]"
    return _tuple(map(native_code, items))


def _optional(item: Value) -> str:
    return "None" if isinstance(item, Null) else f"Some({native_code(item)})"


def _tuple(parts: Iterable[str]) -> str:
    listed = list(parts)
    return f"({listed[0]},)" if len(listed) == 1 else f"({', '.join(listed)})"


def _is_uniform(values: Iterable[Value]) -> bool:
    """Returns whether all values surely have the same native type, and there is one."""
    kinds = {_type(value) for value in values}
    return len(kinds) == 1 and None not in kinds


def _type(value: Value) -> object:
    match value:
        case List(items):
            inner = {_type(item) for item in items}
            return ("list", len(items), inner.pop()) if len(inner) == 1 else None
        case Bool() | Int() | Float() | Text():
            return value.kind
    return None


def _int(number: int) -> str:
    if -(2**31) <= number < 2**31:
        return str(number)
    if -(2**127) <= number < 2**127:
        return f"{number}_{'i64' if -(2**63) <= number < 2**63 else 'i128'}"
    return f'"{number}".parse::<value::Int>()?'


def _float(number: float) -> str:
    if math.isnan(number):
        return "f64::NAN"
    if math.isinf(number):
        return "f64::INFINITY" if number > 0 else "-f64::INFINITY"
    text = repr(number)
    return text if "." in text or "e" in text else f"{text}.0"


def _text(text: str) -> str:
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def _octets(octets: bytes) -> str:
    def code(octet: int) -> str:
        character = chr(octet)
        if character in _ESCAPES:
            return _ESCAPES[character]
        return character if 0x20 <= octet < 0x7F else f"\\x{octet:02x}"

    return 'b"' + "".join(map(code, octets)) + '"'
