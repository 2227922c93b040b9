"""Properties of the render module. The conformance cases test the texts themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.render import canonical, expanded, truncated
from testingkit.value import Bytes, Float, Int, List, Text, Time
from testingkit.value.quote import INVISIBLE


@given(st.floats(allow_nan=False))
def test_a_float_text_parses_to_the_same_number(number: float) -> None:
    text = canonical(Float(number))
    assert float(text) == number
    exponent = text.partition("e")[2]
    assert exponent == (str(int(exponent)) if exponent else "")


@given(st.integers(-62_135_596_800, 253_402_300_799))
def test_dates_agree_with_the_standard_library(seconds: int) -> None:
    date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert canonical(Time(seconds)) == f"time({date.replace(tzinfo=None).isoformat()}Z)"


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (Time(253_402_300_799, 1000, 3600), "time(10000-01-01T00:59:59.000001+01:00)"),
        (Time(-62_135_596_800, 0, -3601), "time(0000-12-31T22:59:59-01:00:01)"),
    ],
)
def test_an_offset_can_lead_to_the_years_0_and_10000(time: Time, text: str) -> None:
    assert canonical(time) == text


def test_values_within_the_limits_are_not_truncated() -> None:
    value = List((Text("x" * 200), *map(Int, range(19))))
    assert truncated(value) == canonical(value)
    assert truncated(Text("é" * 201)) == f'"{"é" * 150}"…+51'


def test_every_line_of_expanded_text_ends_in_lf() -> None:
    assert expanded(List((Text("a\n"), List()))) == '[\n  """\n    a\n    \n  """\n  []\n]\n'


def test_each_octet_is_escaped_as_documented() -> None:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    written = {}
    for octet in range(256):
        plain = chr(octet) if 0x20 <= octet <= 0x7E else f"\\x{octet:02x}"
        written[octet] = short.get(chr(octet), plain)
    # `repr`, which writes them, chooses its quotes by the quotes in the octets.
    for octets in (bytes(range(256)), b"'", b'"', b"'\"", b"\\'", b"''\\\"\\", b""):
        text = "".join(written[octet] for octet in octets)
        assert canonical(Bytes(octets)) == f'b"{text}"'


def test_each_invisible_code_point_is_escaped_as_documented() -> None:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    codes = [code for first, last in INVISIBLE for code in range(first, last + 1)]
    for char in [*map(chr, codes), *short]:
        escaped = short.get(char, f"\\u{{{ord(char):x}}}")
        assert canonical(Text(f"é{char}'é")) == f'"é{escaped}\'é"'
    borders = "".join(map(chr, (0x20, 0x7E, 0xA1, 0xAE, 0x1FFF, 0x2010, 0xE0080)))
    assert canonical(Text(borders)) == f'"{borders}"'
