"""Reads a pattern into its tree (docs/kit/pattern.md, the language)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testingkit.pattern import chars, classes
from testingkit.pattern.chars import Ranges
from testingkit.pattern.reader import Reader
from testingkit.pattern.refusal import PatternError, Reason
from testingkit.pattern.tree import At, Chars, Choice, Group, Node, Repeat, Sequence, size

MAX_PATTERN_POINTS = 10_000
MAX_DEPTH = 50
MAX_COUNT = 1_000
MAX_SIZE = 10_000

_FLAGS = re.compile(r"\(\?([ims]+)\)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_COUNT = re.compile(r"(0|[1-9][0-9]*)\Z")
_OPERATORS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_PLACES = {
    "A": At.TEXT_START,
    "z": At.TEXT_END,
    "b": At.WORD_BOUNDARY,
    "B": At.NOT_WORD_BOUNDARY,
}
_NOT_LF = chars.complement(((0x0A, 0x0A),))
_ANY = chars.complement(())


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree, and the names of its groups by their numbers."""

    tree: Node
    names: tuple[str, ...]


def parse(text: str) -> Parsed:
    """Returns the tree of a pattern.

    Raises:
        PatternError: The pattern is not portable.
    """
    if len(text) > MAX_PATTERN_POINTS:
        raise PatternError(Reason.TOO_LONG, MAX_PATTERN_POINTS)
    parser = _Parser(text)
    tree = parser.pattern()
    if size(tree, MAX_SIZE) > MAX_SIZE:
        raise PatternError(Reason.TOO_LARGE, 0)
    return Parsed(tree, tuple(parser.names))


class _Parser:
    def __init__(self, text: str) -> None:
        self.names: list[str] = []
        self._reader = Reader(text)
        self._depth = 0
        flags = _FLAGS.match(text)
        self._flags = frozenset(flags[1]) if flags and _distinct(flags[1]) else frozenset()
        if flags and self._flags:
            self._reader.index = flags.end()

    def pattern(self) -> Node:
        tree = self._choice()
        if self._reader.peek():
            raise PatternError(Reason.UNOPENED_GROUP, self._reader.index)
        return tree

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._reader.take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._reader.peek() not in ("|", ")", ""):
            parts.append(self._repeated())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self) -> Node:
        if self._at_repetition():
            index = self._reader.index
            self._repetition()
            raise PatternError(Reason.NOTHING_TO_REPEAT, index)
        atom = self._atom()
        if not self._at_repetition():
            return atom
        index = self._reader.index
        minimum, maximum, lazy = self._repetition()
        if isinstance(atom, At):
            raise PatternError(Reason.NOTHING_TO_REPEAT, index)
        if self._at_repetition():
            index = self._reader.index
            self._repetition()
            raise PatternError(Reason.REPEATED_REPETITION, index)
        return Repeat(atom, minimum, maximum, lazy)

    def _at_repetition(self) -> bool:
        return self._reader.peek() in ("*", "+", "?", "{")

    def _repetition(self) -> tuple[int, int | None, bool]:
        """Reads a repetition: the least and the largest number, and whether it is lazy."""
        start = self._reader.index
        operator = self._reader.read()
        minimum, maximum = _OPERATORS[operator] if operator in _OPERATORS else self._counts(start)
        return minimum, maximum, self._reader.take("?")

    def _counts(self, start: int) -> tuple[int, int | None]:
        first, comma, second = (self._reader.read_until("}") or "").partition(",")
        if not _COUNT.match(first) or (second and not _COUNT.match(second)):
            raise PatternError(Reason.BAD_REPETITION, start)
        for count in (first, second):
            if len(count) > len(str(MAX_COUNT)) or int(count or 0) > MAX_COUNT:
                raise PatternError(Reason.REPETITION_TOO_LARGE, start)
        minimum = int(first)
        if not comma:
            return minimum, minimum
        maximum = int(second) if second else None
        if maximum is not None and maximum < minimum:
            raise PatternError(Reason.BAD_REPETITION, start)
        return minimum, maximum

    def _atom(self) -> Node:
        reader = self._reader
        match reader.peek():
            case "(":
                return self._group()
            case "[":
                ranges, negated = classes.read_class(reader)
                return self._chars(ranges, negated=negated)
            case "\\" if reader.peek(1) in _PLACES:
                reader.read()
                return _PLACES[reader.read()]
            case "\\":
                return self._chars(classes.read_escape(reader))
        point = reader.read()
        match point:
            case ".":
                return Chars(_ANY if "s" in self._flags else _NOT_LF)
            case "^":
                return At.LINE_START if "m" in self._flags else At.TEXT_START
            case "$":
                return At.LINE_END if "m" in self._flags else At.TEXT_END
        return self._chars(((ord(point), ord(point)),))

    def _chars(self, ranges: Ranges, *, negated: bool = False) -> Node:
        if "i" in self._flags:
            ranges = chars.without_case(ranges)
        return Chars(chars.complement(ranges) if negated else ranges)

    def _group(self) -> Node:
        reader = self._reader
        start = reader.index
        if self._depth == MAX_DEPTH:
            raise PatternError(Reason.TOO_DEEP, start)
        number = None
        if reader.take("(?P<"):
            number = self._name()
        elif not reader.take("(?:"):
            reader.take("(")
            if reader.peek() == "?":
                raise PatternError(Reason.BAD_GROUP, start)
        self._depth += 1
        body = self._choice()
        self._depth -= 1
        if not reader.take(")"):
            raise PatternError(Reason.UNCLOSED_GROUP, start)
        return Group(body, number)

    def _name(self) -> int:
        """Reads the name of a group and returns its number."""
        start = self._reader.index
        name = self._reader.read_until(">")
        if name is None or not _NAME.match(name) or name in self.names:
            raise PatternError(Reason.BAD_GROUP_NAME, start)
        self.names.append(name)
        return len(self.names) - 1


def _distinct(flags: str) -> bool:
    return len(set(flags)) == len(flags)
