"""The pattern module: regular expressions with the same matches in every language.

The rules are in docs/kit/pattern.md. The patterns are not those of `re`, which has other classes,
other places and another `$`.
"""

from __future__ import annotations

from dataclasses import dataclass

from testingkit.pattern.matcher import Matcher
from testingkit.pattern.parser import MAX_COUNT, MAX_DEPTH, MAX_PATTERN_POINTS, MAX_SIZE, parse
from testingkit.pattern.program import program
from testingkit.pattern.refusal import PatternError, Reason
from testingkit.pattern.tree import can_be_empty

__all__ = [
    "MAX_COUNT",
    "MAX_DEPTH",
    "MAX_PATTERN_POINTS",
    "MAX_SIZE",
    "Match",
    "Pattern",
    "PatternError",
    "Reason",
    "Span",
    "compile_pattern",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A range of code points: the first one, and the one behind the last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """The span of a match, and those of its named groups in the order of the pattern.

    A group that did not take part in the match has None.
    """

    span: Span
    groups: dict[str, Span | None]


class Pattern:
    """A compiled pattern. `compile_pattern` makes it."""

    def __init__(self, text: str) -> None:
        parsed = parse(text)
        self._program = program(parsed.tree)
        self._names = parsed.names
        self._can_be_empty = can_be_empty(parsed.tree)

    @property
    def group_names(self) -> tuple[str, ...]:
        """The names of the groups, in the order of the pattern."""
        return self._names

    @property
    def can_match_empty(self) -> bool:
        """Whether a match can be empty if all conditions on places hold."""
        return self._can_be_empty

    def matches_whole(self, text: str) -> bool:
        """Returns whether the pattern matches the text from its start to its end."""
        return self._matcher(text).search(0, whole=True) is not None

    def find(self, text: str) -> Match | None:
        """Returns the first match, or None."""
        found = self._matcher(text).search(0)
        if found is None:
            return None
        (start, *slots), end = found
        spans = zip(slots[::2], slots[1::2], strict=True)
        groups = {
            name: Span(first, last) if last >= 0 else None
            for name, (first, last) in zip(self._names, spans, strict=True)
        }
        return Match(Span(start, end), groups)

    def count(self, text: str) -> int | None:
        """Returns the number of matches without overlap, or None if a match can be empty."""
        if self._can_be_empty:
            return None
        matcher = self._matcher(text)
        count = end = 0
        while (found := matcher.search(end)) is not None:
            end = found[1]
            count += 1
        return count

    def _matcher(self, text: str) -> Matcher:
        return Matcher(self._program, len(self._names), text)


def compile_pattern(text: str) -> Pattern:
    """Returns a pattern.

    Raises:
        PatternError: The text is not a portable pattern.
    """
    return Pattern(text)
