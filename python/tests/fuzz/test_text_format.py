"""Text format as we read and print it, compared with its grammar and with the Python runtime."""

from __future__ import annotations

import re
from typing import Any

from google.protobuf import text_format
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.tokenizer import TextError
from testingkit.conformance.protobuf.exactness import is_exact
from testingkit.conformance.protobuf.text_format import (
    print_exact,
    print_line,
    print_source,
)
from tests.conformance.support import new, schema
from tests.fuzz.messages import Messages
from tests.hypothesis_profile import fuzz_settings

_POOL = schema().pool
# The runtime warns of escapes that it does not know, which is an error in tests.
_REFUSALS = (text_format.ParseError, ValueError, DeprecationWarning)
_NAMES = st.sampled_from(["Texts", "Everything", "Corner"])


def ours(text: str, name: str = "Texts") -> Any:
    message = new(name)
    Parser(text, message, Rules(_POOL)).parse()
    return message


def runtimes(text: str, name: str = "Texts") -> Any:
    return text_format.Parse(text, new(name), descriptor_pool=_POOL)


def draw_message(data: st.DataObject, name: str, *, odd: bool) -> Any:
    messages = Messages(data.draw, _POOL, odd=odd)
    return messages.message(new(name).DESCRIPTOR)


@fuzz_settings(300)
@given(st.data(), _NAMES)
def test_printed_message_gives_the_same_bytes(data: st.DataObject, name: str) -> None:
    message = draw_message(data, name, odd=True)
    bytes_ = message.SerializeToString(deterministic=True)
    if is_exact(message, bytes_):
        again = ours(print_exact(message, _POOL), name)
        assert again.SerializeToString(deterministic=True) == bytes_


@fuzz_settings(300)
@given(st.data(), _NAMES)
def test_runtime_prints_and_reads_the_same_text(data: st.DataObject, name: str) -> None:
    message = draw_message(data, name, odd=False)
    line = text_format.MessageToString(
        message, as_utf8=True, as_one_line=True, descriptor_pool=_POOL
    )
    shown = print_line(message, _POOL)
    assert shown == line.strip()
    for text in (print_exact(message, _POOL), print_source(message, _POOL, as_one_line=True)):
        assert print_line(runtimes(text, name)) == print_line(runtimes(line, name))


# The grammar: each part draws a text of its production.

_SPACE = st.sampled_from(["", " ", "\n", "\t\v\f\r", " # c { ' \n", "#\n#\n"])
_GAP = st.sampled_from([" ", "\n", "\t", "# c\n"])


def spaced(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    strategies = [st.just(part) if isinstance(part, str) else part for part in parts]
    return st.tuples(*(s for part in strategies for s in (_SPACE, part, _SPACE))).map("".join)


def listed(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(item, max_size=3).map(lambda items: f"[{','.join(items)}]")


_DEC = st.integers(0, 99).map(str)
_OCT = st.integers(0, 63).map(lambda number: f"0{number:o}")
_HEX = st.builds("{}{:x}".format, st.sampled_from(["0x", "0X"]), st.integers(0, 99))
_INTEGER = _DEC | _OCT | _HEX
_EXP = st.builds("{}{}{}".format, st.sampled_from("eE"), st.sampled_from(["", "+", "-"]), _DEC)
_FLOAT_LIT = (
    st.builds(".{}{}".format, _DEC, _EXP | st.just(""))
    | st.builds("{}.{}{}".format, _DEC, _DEC | st.just(""), _EXP | st.just(""))
    | st.builds("{}{}".format, _DEC, _EXP)
)
_FLOAT = (
    st.builds("{}{}".format, _FLOAT_LIT, st.sampled_from(["", "f", "F"]))
    | st.builds("{}{}".format, _DEC, st.sampled_from(["", "f", "F"]))
    | st.sampled_from(["inf", "Infinity", "nan", "NaN"])
)
_ESCAPES = r"\a \b \f \n \r \t \v \? \\ \' \" \0 \12 \101 \x4 \x41 \u0041 \U00000041 \U0010ffff"
_CHARS = st.lists(st.sampled_from([*_ESCAPES.split(), *"aä#{]", "\t", "\u00a0"]), max_size=4).map(
    "".join
)
_LITERAL = st.builds("'{}'".format, _CHARS) | st.builds('"{}"'.format, _CHARS)
_STRING = st.lists(_LITERAL, min_size=1, max_size=3).flatmap(lambda parts: spaced(*parts))
_MINUS = st.sampled_from(["", "-", "- ", "-# c\n"])
_SIGNED = st.builds("{}{}".format, _MINUS, _INTEGER)
_BOOLS = st.sampled_from(["true", "True", "t", "false", "False", "f", "1", "0", "00", "01", "0X1"])
_SCALAR_FIELDS: list[tuple[str, st.SearchStrategy[str]]] = [
    *((name, _SIGNED) for name in ("int32", "sint64", "sfixed32")),
    *((name, _INTEGER) for name in ("uint32", "uint64", "fixed64")),
    *((name, st.builds("{}{}".format, _MINUS, _FLOAT)) for name in ("float", "double")),
    ("bool", _BOOLS),
    ("string", _STRING),
    ("bytes", _STRING),
    ("grade", st.sampled_from(["GRADE_NONE", "GRADE_LOW", "inf", "GRADE_TOP", "0", "- 1", "0x8"])),
    ("[ probe . v1 . own ]", _SIGNED),
]
_SCALAR_LISTS = [("numbers", _SIGNED), ("words", _STRING), ("[probe.v1.owns]", _STRING)]
_SEPARATOR = st.sampled_from([" ", ",", ";", " ; ", "\n"])
_UNTYPED = st.one_of(_SIGNED, _FLOAT, _STRING, st.sampled_from(["abc", "-abc"]))


def fields(message: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Fields of Texts, each at most once, in any order."""
    block = st.builds("{{{}}}".format, message) | st.builds("<{}>".format, message)
    colon = st.sampled_from([":", "", " : "])
    once = [
        *(spaced(name, ":", value) for name, value in _SCALAR_FIELDS),
        *(spaced(name, ":", value | listed(value)) for name, value in _SCALAR_LISTS),
        *(spaced(name, colon, block) for name in ("texts", "[probe.v1.inner]")),
        spaced("several", colon, block | listed(block)),
        spaced("Part", colon, st.sampled_from(["{}", "<size: 1>"])),
        spaced("any", colon, "{", "[ t.c / # d\n probe.v1.Texts]", colon, block, "}"),
        spaced("places", colon, "{", "value", colon, block, "key:", _SIGNED, "}"),
        spaced("old", ":", _UNTYPED | listed(_UNTYPED)),
        spaced("older", colon, st.sampled_from(["{ a: 1; b <> }", "[{}, <c: 'd'>]", "<>"])),
    ]
    chosen = st.lists(st.integers(0, len(once) - 1), unique=True, max_size=5)
    return chosen.flatmap(
        lambda numbers: st.tuples(
            *(st.builds("{}{}".format, once[number], _SEPARATOR) for number in numbers)
        )
    ).map("".join)


_GRAMMAR = st.recursive(st.just(""), fields, max_leaves=4)


@fuzz_settings(300)
@given(_GRAMMAR)
def test_all_text_of_the_grammar_is_read(text: str) -> None:
    message = ours(text)
    try:
        other = runtimes(text)
    except _REFUSALS:
        assert any(reason.search(text) for reason in _ONLY_WE_READ.values()), text
        return
    assert print_line(message, _POOL) == print_line(other, _POOL)


def _read(text: str) -> Any:
    """Returns the message of a text, or None."""
    try:
        return ours(text)
    except TextError:
        return None


# Why only we read a text, and why only the runtime does; decision 0021 has the same list.
_ONLY_WE_READ = {
    r"\? in a string": re.compile(r"\\\?"),
    "blanks after a sign": re.compile(r"-[\s#]"),
    "octal and hexadecimal booleans": re.compile(r"bool\s*(#.*\n\s*)*:"),
    "reserved names": re.compile(r"\bold(er)?\b"),
    "floats such as 1.f": re.compile(r"[0-9]\.[fFeE]"),
    "zeros before the exponent of a float": re.compile(r"[eE][+-]?0"),
    "octal numbers for an enum": re.compile(r"grade\s*(#.*\n\s*)*:"),
    "hexadecimal numbers with a sign": re.compile(r"-0[xX]"),
}
_ONLY_THE_RUNTIME_READS = {
    "underscores in numbers": re.compile(r"[0-9]_[0-9]"),
    "binary and octal numbers of Python": re.compile(r"0[bBoO][0-7]"),
    "plus signs": re.compile(r"\+"),
    "negative zero for an unsigned integer": re.compile(r"-\s*0"),
    "nanf": re.compile(r"nanf|inff|infinityf", re.IGNORECASE),
    "blanks of Unicode": re.compile(r"[\u00a0\u2028\x1c\x85]"),
    "NUL": re.compile("\0"),
    "escapes that do not exist": re.compile(r"\\[qXN]"),
    "fields that are set twice, first with the default": re.compile(r"\b0"),
    "an Any that is set twice": re.compile(r"\[t/probe"),
    "line breaks of Unicode in a string": re.compile(r"['\"]"),
}
_WORDS = (
    "int32 int64 uint32 float double bool string bytes grade numbers several texts any old word",
    ": : : { } { } [ ] < > , ; - 1 0 01 0x1 0X1 0b1 0o1 1_0 +1 08 00 1.5 1. .5 1e5 1.5f 1f 1_0.5",
    "nan NaN nanf inf inff Infinity t true True TRUE 2 -0 -1 0.0 00.5 99999999999 -5000000000",
    r"""'a' "b" '\?' '\x41' '\q' '\X1' '\u0041' '\12' '\400' '\ud800' '\u1' '\x' '\xff' '\N{A}'""",
    "[t/probe.v1.Texts] [probe.v1.own] GRADE_LOW none 1a 'a\0' \0 \u00a0 \u2028 \x85 'a\u2028'",
)
_PIECES = st.sampled_from([*" ".join(_WORDS).split(" "), "# c\n"])
_SOUP = st.lists(_PIECES, max_size=12)
_FIELD = st.builds("{}: {}".format, st.sampled_from(_WORDS[0].split(" ")), _PIECES)


@fuzz_settings(300)
@given(st.builds(str.join, _GAP, _SOUP) | st.builds(str.join, _GAP, st.lists(_FIELD, max_size=3)))
def test_differences_from_the_runtime_are_listed(text: str) -> None:
    message = _read(text)
    try:
        other = runtimes(text)
    except _REFUSALS:
        other = None
    if message is not None and other is not None:
        assert print_line(message, _POOL) == print_line(other, _POOL)
    elif message is not None:
        assert any(reason.search(text) for reason in _ONLY_WE_READ.values()), text
    elif other is not None:
        assert any(reason.search(text) for reason in _ONLY_THE_RUNTIME_READS.values()), text
