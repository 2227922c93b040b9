"""The syntax tree of a pattern."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from testingkit.pattern.chars import Ranges


class At(enum.Enum):
    """A condition on a place in the text."""

    TEXT_START = enum.auto()
    TEXT_END = enum.auto()
    LINE_START = enum.auto()
    LINE_END = enum.auto()
    WORD_BOUNDARY = enum.auto()
    NOT_WORD_BOUNDARY = enum.auto()


@dataclass(frozen=True, slots=True)
class Chars:
    """One code point of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part behind the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first option that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group, with the number of its name from 0, or None without a name."""

    body: Node
    number: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repetition. Without a maximum it has no limit."""

    body: Node
    minimum: int
    maximum: int | None
    lazy: bool


Node = Chars | At | Sequence | Choice | Group | Repeat


def size(node: Node, limit: int) -> int:
    """Returns the size of a node (docs/kit/pattern.md, limits), or one more than the limit."""
    return min(_unlimited_size(node, limit), limit + 1)


def _unlimited_size(node: Node, limit: int) -> int:
    match node:
        case Chars() | At():
            return 1
        case Sequence(parts):
            return sum(size(part, limit) for part in parts)
        case Choice(options):
            return sum(size(option, limit) for option in options) + len(options) - 1
        case Group(body):
            return size(body, limit) + 1
        case Repeat(body, minimum, maximum):
            copies = max(minimum, 1) if maximum is None else maximum
            return copies * (size(body, limit) + 1)


def can_be_empty(node: Node) -> bool:
    """Returns whether a node can match without a code point, if all conditions on places hold."""
    match node:
        case Chars():
            return False
        case At():
            return True
        case Sequence(parts):
            return all(can_be_empty(part) for part in parts)
        case Choice(options):
            return any(can_be_empty(option) for option in options)
        case Group(body):
            return can_be_empty(body)
        case Repeat(body, minimum):
            return minimum == 0 or can_be_empty(body)
