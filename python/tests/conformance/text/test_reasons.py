"""A reason has a letter or a digit that one can see."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from testingkit.conformance.text.reasons import is_reason

_INVISIBLE = ("C", "Z")  # the categories of characters that control, format or separate


def test_invisible_characters_are_not_a_reason() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assert not is_reason("".join(c for c in every if unicodedata.category(c)[0] in _INVISIBLE))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n", "\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u115f\u1160", "\uffa0"),
        *("\u2800", "\u034f", "\ufe0f", "\U000e0041", "-", "...", "?!", "\u0301"),
    ],
)
def test_text_without_a_visible_letter_or_digit_is_not_a_reason(text: str) -> None:
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["a", "#12", "\u200bä", "仕様", "§ 4", "\u3164x", "٣"])
def test_text_with_a_letter_or_a_digit_is_a_reason(text: str) -> None:
    assert is_reason(text)
