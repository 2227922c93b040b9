"""Text format is read as its specification describes it, production by production."""

from __future__ import annotations

import math
import struct
from typing import Any

import pytest

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.token_reader import MAX_DEPTH
from testingkit.conformance.cases.load.tokenizer import TextError
from tests.conformance.support import new, schema


def parse(text: str) -> Any:
    message = new("Texts")
    Parser(text, message, Rules(schema().pool)).parse()
    return message


_INTEGERS = ("int32", "sint32", "sfixed32", "int64", "sint64", "sfixed64")
_UNSIGNED = ("uint32", "fixed32", "uint64", "fixed64")
_SMALL = {"0": 0, "7": 7, "00": 0, "017": 15, "0x1F": 31, "0Xab": 171, "0x0001": 1}
_SIGNED = {"-5": -5, "- 5": -5, "-\n# five\n5": -5, "-0": 0, "-017": -15, "- 0x1f": -31}

# A field, its value as it is written, and the value.
SCALARS: list[tuple[str, str, object]] = [
    *((field, text, value) for field in (*_INTEGERS, *_UNSIGNED) for text, value in _SMALL.items()),
    *((field, text, value) for field in _INTEGERS for text, value in _SIGNED.items()),
    ("int32", "2147483647", 2**31 - 1),
    ("int32", "-2147483648", -(2**31)),
    ("int32", "-0x80000000", -(2**31)),
    ("uint32", "4294967295", 2**32 - 1),
    ("uint32", "037777777777", 2**32 - 1),
    ("int64", "9223372036854775807", 2**63 - 1),
    ("int64", "-9223372036854775808", -(2**63)),
    ("uint64", "0xFFFFFFFFFFFFFFFF", 2**64 - 1),
    ("uint64", "0x" + "0" * 5000 + "1", 1),
    ("double", "1", 1.0),
    ("double", "-1", -1.0),
    ("double", "10f", 10.0),
    ("double", "10F", 10.0),
    ("double", "0f", 0.0),
    ("double", "1.5", 1.5),
    ("double", "1.", 1.0),
    ("double", "1.f", 1.0),
    ("double", ".5", 0.5),
    ("double", ".5e1F", 5.0),
    ("double", "- 1.5e+2", -150.0),
    ("double", "1E-2f", 0.01),
    ("double", "0e0", 0.0),
    ("double", "0.0", 0.0),
    ("double", "-0", -0.0),
    ("double", "-0.0", -0.0),
    ("double", "inf", math.inf),
    ("double", "INFINITY", math.inf),
    ("double", "-iNf", -math.inf),
    ("double", "- infinity", -math.inf),
    ("double", "1e999", math.inf),
    ("double", "-1e999", -math.inf),
    ("double", "9" * 400, math.inf),
    ("double", "1e-999", 0.0),
    ("double", "18446744073709551616", 2.0**64),
    ("float", "3.4028235e+39", math.inf),
    ("float", "0.1", struct.unpack("f", struct.pack("f", 0.1))[0]),
    ("double", "nan", math.nan),
    ("double", "NaN", math.nan),
    *(("bool", text, True) for text in ("true", "True", "t", "1", "01", "0x1", "0X01", "001")),
    *(("bool", text, False) for text in ("false", "False", "f", "0", "00", "0x0", "000")),
    ("grade", "GRADE_LOW", -1),
    ("grade", "inf", 7),
    ("grade", "-1", -1),
    ("grade", "- 1", -1),
    ("grade", "0x7", 7),
    ("grade", "07", 7),
    ("string", r"'a\?' # c" + '\n"b"', "a?b"),
    ("bytes", r"'\377\x0'", b"\xff\0"),
]


@pytest.mark.parametrize(("field", "text", "value"), SCALARS)
def test_scalar_has_its_value(field: str, text: str, value: object) -> None:
    message = parse(f"{field}: {text}")
    assert message.HasField(field)
    assert repr(getattr(message, field)) == repr(value)


@pytest.mark.parametrize(("text", "sign"), [("nan", 1), ("-nan", -1), ("- NAN", -1)])
def test_nan_keeps_its_sign(text: str, sign: int) -> None:
    assert math.copysign(1, parse(f"double: {text}").double) == sign


# A text, and another notation of the same message.
SAME: list[tuple[str, str]] = [
    ("", " # only a comment"),
    ("", "\t\n\v\f\r "),
    ("int32: 1 bool: t", "int32:1,bool:t;"),
    ("int32: 1 [probe.v1.own]: 2", "int32:1[probe.v1.own]:2"),
    ("int32 : 1", "int32# c\n:# c\n1"),
    ("texts {}", "texts: <>"),
    ("texts { int32: 1 }", "texts: < int32: 1; >,"),
    ("texts { texts {} }", "texts{texts<>}"),
    ("numbers: 1 numbers: 2 numbers: 3", "numbers: [1, 0x2] numbers: [] numbers: 3"),
    ("numbers: [- 1]", "numbers: [-\n1]"),
    ("words: 'ab' words: 'c'", "words: ['a' \"b\", 'c']"),
    ("several {} several { int32: 1 }", "several [{}, <int32: 1>]"),
    ("", "several [] several: [] numbers: []"),
    ("Part { size: 1 }", "Part: < size: 1 >"),
    ("Part { size: 1 }", "part { size: 1 }"),
    ("counts { key: 'a' value: 1 }", "counts: [{ value: 1, key: 'a' }]"),
    ("counts { key: '' value: 0 }", "counts {}"),
    ("places { key: 0 value {} }", "places {}"),
    ("[probe.v1.own]: 1", "[ probe . # c\n v1.own\n] : 1"),
    ("[probe.v1.owns]: 'a' [probe.v1.owns]: 'b'", "[probe.v1.owns]: ['a', 'b']"),
    ("[probe.v1.Scope.scope] { depth: 1 }", "[probe.v1.Scope.scope]: < depth: 1 >"),
    (
        r"any { type_url: 't.c/probe.v1.Texts' value: '\010\001' }",
        "any { [t.c/probe.v1.Texts] { int32: 1 } }",
    ),
    (
        "any { [t.c/probe.v1.Texts] { int32: 1 } }",
        "any: < [ # c\n t . c / # d\n probe.v1.Texts ] : < int32: 1 >; >",
    ),
    ("any { type_url: 'a-b.c/%41/x/probe.v1.Texts' }", "any { [a-b.c/%41/x/probe.v1.Texts] {} }"),
    (
        r"anys { type_url: 't/google.protobuf.Any' value: '\n\020t/probe.v1.Texts' } anys {}",
        "anys [{ [t/google.protobuf.Any] { [t/probe.v1.Texts] {} } }, {}]",
    ),
    *(
        ("int32: 1", f"old: {value} int32: 1 older: {value}")
        for value in ("true", "-123", "- inf", "0.1f", "'a' 'b'", "[-1, 2]", "['a', b]", "[]")
    ),
    *(
        ("int32: 1", f"old {value}; older: {value}, int32: 1")
        for value in ("{}", "<>", "[{}, <>]", "{ a: 1 b { [c.d]: 'x'; [e/f.g] <> } h [] }")
    ),
]


@pytest.mark.parametrize(("text", "other"), SAME)
def test_notations_of_the_same_message(text: str, other: str) -> None:
    assert parse(text) == parse(other)


_SIGNED_RANGE = "expected an integer from -2147483648 to 2147483647, found"
# A text that is not valid, the offset of the mistake, and a part of the message.
REFUSED: list[tuple[str, int, str]] = [
    ("int32: 1_000", 7, "1_000 is not a number"),
    ("int32: 0b101", 7, "0b101 is not a number"),
    ("int32: 0o17", 7, "0o17 is not a number"),
    ("int32: 08", 7, "08 is not a number"),
    ("int32: 0x", 7, "0x is not a number"),
    ("int32: 0xfg", 7, "0xfg is not a number"),
    ("int32: 10bool: t", 7, "10bool is not a number"),
    ("int32: +5", 7, "+5: a number has no sign but -"),
    ("int32: --5", 8, "expected a value, found -"),
    ("int32: -", 8, "expected a value, found the end"),
    ("int32: - 'a'", 9, "expected a value, found 'a'"),
    ("int32: 1.0", 7, f"{_SIGNED_RANGE} 1.0"),
    ("int32: 1f", 7, f"{_SIGNED_RANGE} 1f"),
    ("int32: one", 7, f"{_SIGNED_RANGE} one"),
    ("int32: '1'", 7, f"{_SIGNED_RANGE} '1'"),
    ("int32: true", 7, f"{_SIGNED_RANGE} true"),
    ("int32: 2147483648", 7, f"{_SIGNED_RANGE} 2147483648"),
    ("int32: - 2147483649", 7, f"{_SIGNED_RANGE} -2147483649"),
    ("int32: " + "9" * 5000, 7, _SIGNED_RANGE),
    ("uint32: -0", 8, "expected an integer from 0 to 4294967295, found -0"),
    ("fixed64: -1", 9, "expected an integer from 0 to 18446744073709551615, found -1"),
    ("uint64: 18446744073709551616", 8, "expected an integer from 0 to"),
    ("double: nanf", 8, "expected a decimal number, inf or nan, found nanf"),
    ("double: inff", 8, "expected a decimal number"),
    ("double: infinityf", 8, "expected a decimal number"),
    ("double: 0x1", 8, "expected a decimal number"),
    ("double: 017", 8, "expected a decimal number"),
    ("double: 00", 8, "expected a decimal number"),
    ("double: 1_0.5", 8, "1_0.5 is not a number"),
    ("double: 1.5.2", 8, "1.5.2 is not a number"),
    ("double: 1e", 8, "1e is not a number"),
    ("double: 00.5", 8, "00.5 is not a number"),
    ("double: 1.5ff", 8, "1.5ff is not a number"),
    ("double: .", 8, ". is not text format"),
    ("double: 2 . 0", 10, ". is not text format"),
    ("double: '1'", 8, "expected a decimal number"),
    ("double: true", 8, "expected a decimal number"),
    *((f"bool: {text}", 6, "expected true or false") for text in ("TRUE", "yes", "2", "-0", "-t")),
    *((f"bool: {text}", 6, "expected true or false") for text in ("1.0", "1f", "'true'", "-1")),
    ("grade: 9", 7, 'Enum type "probe.v1.Grade" has no value with number 9'),
    ("grade: LOW", 7, 'Enum type "probe.v1.Grade" has no value named LOW'),
    ("grade: -inf", 7, "expected a value of probe.v1.Grade, found -inf"),
    ("grade: 7f", 7, "expected a value of probe.v1.Grade"),
    ("grade: 'inf'", 7, "expected a value of probe.v1.Grade"),
    ("grade: 2147483648", 7, _SIGNED_RANGE),
    ("string: 1", 8, "expected a string, found 1"),
    ("string: abc", 8, "expected a string, found abc"),
    (r"string: '\xff'", 9, "these bytes are not UTF-8"),
    (r"string: 'a\ud800'", 10, "half of a character"),
    ("string: 'a\0'", 10, r"a NUL character in a string: write \0"),
    ("string: 'a", 8, "a string that starts with ' is not closed"),
    ("string: 'a\n'", 8, "a string that starts with ' is not closed"),
    ("string: 'a\\\n'", 8, "a string that starts with ' is not closed"),
    ("bytes: {}", 7, "expected one value for bytes, found {"),
    ("int32:\u00a01", 6, "U+00A0 is not text format"),
    ("int32:\u20281", 6, "U+2028 is not text format"),
    ("int32: \x1c1", 7, "U+001C is not text format"),
    ("\ufeffint32: 1", 0, "is not text format"),
    ("int32: 1 \0", 9, "U+0000 is not text format"),
    ("# a\0b\nint32: 1", 3, "U+0000 is not text format"),
    ("int32: 1 // c", 9, "// is not text format"),
    ("int32: 1;;", 9, "expected the name of a field, found ;"),
    ("int32: 1,;", 9, "expected the name of a field, found ;"),
    (", int32: 1", 0, "expected the name of a field, found ,"),
    ("texts { ; }", 8, "expected the name of a field, found ;"),
    ("texts {},, int32: 1", 9, "expected the name of a field, found ,"),
    ("numbers: [1,]", 12, "expected a value, found ]"),
    ("numbers: [,1]", 10, "expected a value, found ,"),
    ("numbers: [1 2]", 12, "expected , or ], found 2"),
    ("numbers: [1; 2]", 11, "expected , or ], found ;"),
    ("numbers: [[1]]", 10, "expected one value for numbers, found ["),
    ("numbers: [{}]", 10, "expected one value for numbers, found {"),
    ("numbers [1]", 8, "expected :, found ["),
    ("numbers []", 8, "expected :, found ["),
    ("several: [{},]", 13, "expected { for several, found ]"),
    ("several: [{} {}]", 13, "expected , or ], found {"),
    ("several: [1]", 10, "expected { for several, found 1"),
    ("int32: [1]", 7, "expected one value for int32, found ["),
    ("int32: []", 7, "expected one value for int32, found ["),
    ("texts: [{}]", 7, "expected { for texts, found ["),
    ("texts: 1", 7, "expected { for texts, found 1"),
    ("int32 1", 6, "expected :, found 1"),
    ("int32", 5, "expected :, found the end"),
    ("int32:", 6, "expected a value, found the end"),
    ("int32:: 1", 6, "expected a value, found :"),
    ("int32 {}", 6, "expected :, found {"),
    ("int32: 1 int32: 1", 9, "int32 is set twice"),
    ("int32: 0 int32: 0", 9, "int32 is set twice"),
    ("texts {} texts {}", 9, "texts is set twice"),
    ("[probe.v1.own]: 1 [probe.v1.own]: 1", 18, "own is set twice"),
    ("word: 'a' number: 1", 10, "another field of oneof choice is set"),
    ("counts { key: 'a' key: 'b' }", 18, "key is set twice"),
    ("texts {", 6, "{ is not closed"),
    ("texts { texts <", 14, "< is not closed"),
    ("texts < >>", 9, "expected the name of a field, found >"),
    ("texts { >", 8, "expected }, found >"),
    ("numbers: [1}", 11, "expected ], found }"),
    ("several: [{}", 9, "[ is not closed"),
    ("nothing: 1", 0, 'Message type "probe.v1.Texts" has no field named "nothing".'),
    ("PART {}", 0, "has no field named"),
    ("Texts {}", 0, "has no field named"),
    ("1: 1", 0, "expected the name of a field, found 1"),
    ("'int32': 1", 0, "expected the name of a field"),
    ("int-32: 1", 0, "has no field named"),
    ("{ int32: 1 }", 0, "expected the name of a field, found {"),
    ("old", 3, "expected : or {, found the end"),
    ("old 1", 4, "expected : or {, found 1"),
    ("old [1]", 5, "expected {, or a colon before the list"),
    ("old: [1, {}]", 9, "expected a value, found {"),
    ("old: [{}, 1]", 10, "expected {, found 1"),
    (r"old: '\q'", 6, r"\q is not an escape"),
    ("old { a }", 8, "expected : or {, found }"),
    ("old { 1: 1 }", 6, "expected the name of a field"),
    ("old: {", 5, "{ is not closed"),
    ("[probe.v1.none]: 1", 0, "probe.v1.Texts has no extension probe.v1.none"),
    ("[probe.v1.extra] {}", 0, "probe.v1.Texts has no extension probe.v1.extra"),
    ("[probe.v1.own] 1", 15, "expected :, found 1"),
    ("[]: 1", 0, "expected the name of an extension"),
    ("[a b]: 1", 0, "expected the name of an extension"),
    ("[a..b]: 1", 0, "expected the name of an extension"),
    ("['a']: 1", 0, "expected the name of an extension"),
    ("[a", 0, "expected the name of an extension"),
    ("[t/probe.v1.Texts] {}", 0, "probe.v1.Texts is not an Any"),
    ("any { [t/probe.v1.None] {} }", 6, "there is no message type probe.v1.None"),
    ("any { [/probe.v1.Texts] {} }", 6, "expected the name of an extension"),
    ("any { [probe.v1.Texts] {} }", 6, "google.protobuf.Any has no extension"),
    ("any { [t/probe.v1.] {} }", 6, "expected the name of an extension"),
    ("any { [a%4/probe.v1.Texts] {} }", 6, "expected the name of an extension"),
    ("any { [a b/probe.v1.Texts] {} }", 6, "expected the name of an extension"),
    ("any { [t/probe.v1.Texts]: [{}] }", 26, "expected {, found ["),
    ("any { [t/probe.v1.Texts] {} [t/probe.v1.Texts] {} }", 28, "the Any is set twice"),
    ("any { type_url: 'a' [t/probe.v1.Texts] {} }", 20, "the Any is set twice"),
    ("any { [t/probe.v1.Texts] {} value: 'a' }", 28, "value is set twice"),
    ("any { [t/probe.v1.Needs] {} }", 6, "probe.v1.Needs lacks the required field id"),
]


@pytest.mark.parametrize(("text", "offset", "message"), REFUSED)
def test_other_text_is_refused_at_its_place(text: str, offset: int, message: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.offset == offset


def nested(depth: int) -> str:
    return "texts {" * depth + "}" * depth


def test_nesting_has_a_limit() -> None:
    parse(nested(MAX_DEPTH))
    parse("old " + "{a " * (MAX_DEPTH - 1) + "{}" + "}" * (MAX_DEPTH - 1))
    parse("several {} " * 2 * MAX_DEPTH + 'string: "' + "{" * 2 * MAX_DEPTH + '"')
    for text in (nested(MAX_DEPTH + 1), "old " + "{a " * 100_000):
        with pytest.raises(TextError, match="nested too deeply: over 200 levels"):
            parse(text)


def test_long_text_is_parsed() -> None:
    assert len(parse("string: '" + r"\n" * 1_100_000 + "'").string) == 1_100_000
    assert parse("int32: 1" + " " * 1_100_000 + "#" * 1_100_000).int32 == 1


def test_parts_of_a_text_are_one_message() -> None:
    text = "int32: 1 bool: t int32: x bool: f int64: 'a' int64: 3"
    message = new("Texts")
    parser = Parser(text, message, Rules(schema().pool))
    parser.parse(0, 8)
    parser.parse(9, 16)
    for start, end, mistake in [(17, 25, "set twice"), (26, 33, "set twice"), (34, 44, "integer")]:
        with pytest.raises(TextError, match=mistake):
            parser.parse(start, end)
    parser.parse(45)
    assert (message.int32, message.bool, message.int64) == (1, True, 3)
