"""Lays out lists of literals as the formatters of the languages do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Literal: TypeAlias = "str | Items"


@dataclass(frozen=True, slots=True)
class Items:
    """Literals between brackets: on one line, or each one on a line of its own.

    Attributes:
        start: What precedes the items, such as ``Signature(``.
        items: The literals.
        end: The closing bracket.
        single: A single item has a comma too.
    """

    start: str
    items: Sequence[Literal]
    end: str
    single: bool = False


def on_one_line(literal: Literal) -> str:
    """Returns a literal on one line."""
    if isinstance(literal, str):
        return literal
    comma = "," if literal.single and len(literal.items) == 1 else ""
    return literal.start + ", ".join(map(on_one_line, literal.items)) + comma + literal.end


@dataclass(frozen=True, slots=True)
class Layout:
    """The limits of a formatter.

    Attributes:
        indent: What each level of indentation adds.
        line: The longest line.
        items: The longest row of items on one line.
    """

    indent: str
    line: int
    items: int

    def lines(self, start: str, literal: Literal, end: str, level: int) -> Iterator[str]:
        """Yields the lines of a literal between two texts."""
        indent = self.indent * level
        line = indent + start + on_one_line(literal) + end
        if isinstance(literal, str) or (len(line) <= self.line and self._is_short(literal)):
            yield line
            return
        yield indent + start + literal.start
        for item in literal.items:
            yield from self.lines("", item, ",", level + 1)
        yield indent + literal.end + end

    def _is_short(self, literal: Items) -> bool:
        return len(", ".join(map(on_one_line, literal.items))) <= self.items


def text(lines: Iterable[str]) -> str:
    """Returns the text of the lines."""
    return "".join(f"{line}\n" for line in lines)


def quoted(name: str) -> str:
    """Returns a name as a literal of each of the languages."""
    return f'"{name}"'
