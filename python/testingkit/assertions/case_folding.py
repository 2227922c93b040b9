"""The assertions that ignore case (docs/kit/assertions.md, case)."""

from __future__ import annotations

from collections.abc import Iterator

from testingkit.assertions.case_folding_table import RANGES
from testingkit.assertions.entry import Rule, plain
from testingkit.assertions.text_equality import equals_after
from testingkit.value import Text

_FOLDINGS = {
    code: code + delta
    for start, end, stride, delta in RANGES
    for code in range(start, end + 1, stride)
}


def _folded(text: str) -> str:
    return text.translate(_FOLDINGS)


def _folded_pieces(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(_folded(text))


def _contains_ignoring_case(actual: Text, part: Text) -> bool:
    return _folded(part.value) in _folded(actual.value)


RULES = {
    "equals_ignoring_case": Rule(equals_after(_folded_pieces)),
    "contains_ignoring_case": plain(_contains_ignoring_case),
}
