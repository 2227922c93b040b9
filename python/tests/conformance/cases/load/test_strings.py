"""The strings of text format are decoded as its specification describes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load.strings import bytes_of, read_string
from testingkit.conformance.cases.load.tokenizer import TextError, tokens

# A value as it is written, and its bytes.
BYTES: list[tuple[str, bytes]] = [
    ('""', b""),
    ("'a' \"b\"\n# c\n'd'", b"abd"),
    ("'first'\"second\"'third'", b"firstsecondthird"),
    ("'\"' \"'\"", b"\"'"),
    (r"'\a\b\f\n\r\t\v\?\\\'\"'", b"\a\b\f\n\r\t\v?\\'\""),
    (r"'\0\7\77\377\1234\08'", b"\0\7\77\xff" + b"S4" + b"\x008"),
    (r"'\x0\x41\xfg\x213'", b"\0A\x0fg!3"),
    (r"'\u0041\u00e4\u20ac\uFFFF'", "Aä€\uffff".encode()),
    (r"'\U0001f600\U00000041\U0010FFFF'", "😀A\U0010ffff".encode()),
    (r"'\\u0041\\'", rb"\u0041\ "[:-1]),
    ("'ä😀\t\r\u00a0'", "ä😀\t\r\u00a0".encode()),
    (r"'\xc3' '\xa4'", "ä".encode()),
]


@pytest.mark.parametrize(("text", "expected"), BYTES)
def test_string_is_decoded(text: str, expected: bytes) -> None:
    assert bytes_of(list(tokens(text))) == expected


def test_adjacent_literals_are_one_text() -> None:
    text = """method: 'N' # c\n "o\\x53" '\\u0065' """
    assert read_string(text, len("method:"), len(text)) == "NoSe"


# A value, the offset of its mistake, and a part of the message.
MISTAKES: list[tuple[str, int, str]] = [
    (r"'a\ud83d\ude00'", 2, r"\ud83d is half of a character: write \U0001f600 for both"),
    (r"'\uD83D\uDE00'", 1, r"write \U0001f600 for both"),
    (r"'a' '\ud83d'", 5, r"\ud83d is half of a character: write the whole one"),
    (r"'\ude00\ud83d'", 1, "half of a character: write the whole one"),
    (r"'\ud83d\x41'", 1, "half of a character: write the whole one"),
    (r"'\U0000d800'", 1, r"\U0000d800 is half of a character"),
    (r"'\u12'", 1, r"\u12 is too short: \u takes four hexadecimal digits"),
    (r"'ok\u12G4'", 3, r"\u12 is too short"),
    (r"'\u'", 1, r"\u is too short"),
    (r"'\U0001f60'", 1, r"\U0001f60 is too short: \U takes eight hexadecimal digits"),
    (r"'\U00110000'", 1, r"\U00110000 is not a character: the last is \U0010ffff"),
    (r"'\Uffffffff'", 1, "is not a character"),
    (r"'\x'", 1, r"\x has no digits: \x takes one or two hexadecimal digits"),
    (r"'\xg'", 1, r"\x has no digits"),
    (r"'\400'", 1, r"\400 is more than a byte: the last is \377"),
    (r"'\777'", 1, r"\777 is more than a byte"),
    (r"'\q'", 1, r"\q is not an escape; write a backslash as \\"),
    (r"'\X41'", 1, r"\X is not an escape"),
    (r"'\8'", 1, r"\8 is not an escape"),
    (r"'\ '", 1, "is not an escape"),
    (r"'\\\d'", 3, r"\d is not an escape"),
    ("'ok' \"\\N{DASH}\"", 6, r"\N is not an escape"),
    ("'a' 1", 0, "expected a string, found 'a' 1"),
    ("1", 0, "expected a string, found 1"),
    ("abc", 0, "expected a string, found abc"),
    ("['a']", 0, "expected a string, found ['a']"),
    ("-'a'", 0, "expected a string, found -'a'"),
    (r"'ä\xff'", 2, "these bytes are not UTF-8"),
    (r"'a' 'b\xc3' 'c'", 6, "these bytes are not UTF-8"),
    (r"'\303\50'", 1, "these bytes are not UTF-8"),
    (r"'\xed\xa0\x80'", 1, "these bytes are not UTF-8"),
]


@pytest.mark.parametrize(("text", "offset", "message"), MISTAKES)
def test_mistake_in_a_string_has_its_own_place(text: str, offset: int, message: str) -> None:
    with pytest.raises(TextError) as caught:
        read_string(text, 0, len(text))
    assert caught.value.offset == offset
    assert message in str(caught.value)


_WRITTEN = st.sampled_from([r"\x%02x", r"\%03o", "%s"])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.data())
def test_any_text_in_any_notation_is_decoded(text: str, data: st.DataObject) -> None:
    literals = []
    for char in text:
        number = ord(char)
        forms = [rf"\U{number:08x}", *[rf"\u{number:04X}"] * (number < 0x10000)]
        forms.append("".join(rf"\x{byte:02x}" for byte in char.encode()))
        forms.append("".join(rf"\{byte:03o}" for byte in char.encode()))
        forms += [char] * (char not in "\\'\"\n\0")
        quote = data.draw(st.sampled_from("'\""))
        literals.append(quote + data.draw(st.sampled_from(forms)) + quote)
    joined = data.draw(st.sampled_from(["", " ", "\n# '\n"])).join(literals) or "''"
    assert read_string(joined, 0, len(joined)) == text
