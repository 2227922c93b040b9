"""The tokenizer: fields, their offsets, and errors."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load.tokenizer import Lines, TextError, fields

# A text, and its top-level fields: name, value, whether the value is a message.
SPLITS: list[tuple[str, list[tuple[str, str, bool]]]] = [
    ("", []),
    ("  # only a comment", []),
    ("a: 1", [("a", "1", False)]),
    ("a: -1 b: - 2", [("a", "-1", False), ("b", "- 2", False)]),
    ('a: "x" \'y\' # c\n "z"', [("a", '"x" \'y\' # c\n "z"', False)]),
    ('a: "}\\"{" b: 2', [("a", '"}\\"{"', False), ("b", "2", False)]),
    ("a: '\"' b: \"'\"", [("a", "'\"'", False), ("b", '"\'"', False)]),
    ('a: "it # is" b: 1', [("a", '"it # is"', False), ("b", "1", False)]),
    ("a { b { c: 1 } }", [("a", " b { c: 1 } ", True)]),
    ("a: { b: 1 }", [("a", " b: 1 ", True)]),
    ("a < b: 1 > c: <>", [("a", " b: 1 ", True), ("c", "", True)]),
    ("a { # } not here\n }", [("a", " # } not here\n ", True)]),
    ('a { b: "}" }', [("a", ' b: "}" ', True)]),
    ("a: 1, b: 2; c: 3", [("a", "1", False), ("b", "2", False), ("c", "3", False)]),
    ("a: [1, 2]", [("a", "[1, 2]", False)]),
    ('a: ["]", "["]', [("a", '["]", "["]', False)]),
    ("a: []", [("a", "[]", False)]),
    ("a: [{b: 1}, <c: 2>]", [("a", "b: 1", True), ("a", "c: 2", True)]),
    ("a [{b: [{}]}] d {}", [("a", "b: [{}]", True), ("d", "", True)]),
    ("[x.y/z.W] { a: 1 }", [("[x.y/z.W]", " a: 1 ", True)]),
    ("[ext.name]: 5", [("[ext.name]", "5", False)]),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_splits_text_into_fields(text: str, expected: object) -> None:
    found = [(f.name, text[f.value_start : f.value_end], f.is_message) for f in fields(text)]
    assert found == expected


# A wrong text, the offset of the mistake, a part of the message.
MISTAKES = [
    ("a {", 2, "{ is not closed"),
    ("a { b <", 6, "< is not closed"),
    ("a: [", 3, "[ is not closed"),
    ("a: [{}", 3, "[ is not closed"),
    ("a: [{} 1]", 7, "expected , or ] in the list of a, found 1"),
    ("a { ]", 4, "expected }, found ]"),
    ("a { > }", 4, "expected }, found >"),
    ("}", 0, "expected the name of a field, found }"),
    (": 1", 0, "expected the name of a field"),
    ('"a": 1', 0, "expected the name of a field"),
    ("a", 0, "field a has no value"),
    ("a:", 0, "field a has no value"),
    ("a: }", 3, "field a has no value"),
    ("a: , b: 1", 3, "field a has no value"),
    ("a 1", 2, "expected : or { after a"),
    ("a: 1;; b: 1", 5, "expected the name of a field, found ;"),
    (", a: 1", 0, "expected the name of a field, found ,"),
    ("a: [{},]", 7, "expected a message in the list of a"),
    ("a: [{} {}]", 7, "expected , or ] in the list of a, found {"),
    ("a: [{}; {}]", 6, "expected , or ] in the list of a, found ;"),
    ("a: [{}, 1]", 8, "expected a message in the list of a"),
    ("a: 1_000", 3, "1_000 is not a number"),
    ("a: 1b: 2", 3, "1b is not a number"),
    ("a:\u00a01", 2, "U+00A0 is not text format"),
    ("a: 1\0", 4, "U+0000 is not text format"),
    ('a: "x\0"', 5, "a NUL character in a string"),
    ('a: "x', 3, 'a string that starts with " is not closed'),
    ('a: "x\n"', 3, "is not closed"),
    ("a: 'x\\'", 3, "a string that starts with ' is not closed"),
    ("[a", 0, "[ is not closed"),
]


@pytest.mark.parametrize(("text", "offset", "message"), MISTAKES)
def test_mistakes_have_offset_and_message(text: str, offset: int, message: str) -> None:
    with pytest.raises(TextError) as caught:
        list(fields(text))
    assert caught.value.offset == offset
    assert message in str(caught.value)


_PIECES = ["a", "cases", ":", "{", "}", "<", ">", "[", "]", '"', "'", "\\", "#", "\n", ",", ";"]
_PIECES += ["-", "1", " ", "\0", "ä", "\u2028"]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@given(TEXTS)
def test_any_text_is_fields_or_a_text_error(text: str) -> None:
    found, offset = [], 0
    try:
        found = list(fields(text))
    except TextError as error:
        offset = error.offset
    assert 0 <= offset <= len(text)
    end = 0
    for field in found:
        assert end <= field.start <= field.value_start <= field.value_end <= field.end <= len(text)
        end = field.end


def test_deep_nesting_is_split() -> None:
    depth = 100_000
    (field,) = fields("a " + "{a " * depth + "{}" + "}" * depth)
    assert field.is_message


def test_long_string_takes_little_memory() -> None:
    text = "a: " + '"' + r"x\n" * 900_000 + '"' + " " * 900_000
    tracemalloc.start()
    try:
        list(fields(text))
        assert tracemalloc.get_traced_memory()[1] < 20 * len(text)
    finally:
        tracemalloc.stop()


@given(st.text(st.sampled_from("ab\n"), max_size=30), st.data())
def test_lines_and_columns_count_from_one(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    before = text[:offset].split("\n")
    assert Lines(text).at(offset) == (len(before), len(before[-1]) + 1)
