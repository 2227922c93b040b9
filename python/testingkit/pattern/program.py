"""Translates the tree of a pattern into instructions (docs/kit/pattern.md, matching)."""

from __future__ import annotations

from dataclasses import dataclass

from testingkit.pattern.chars import Ranges
from testingkit.pattern.tree import At, Chars, Choice, Group, Node, Repeat, Sequence


@dataclass(frozen=True, slots=True)
class Take:
    """Reads a code point of a set, and continues."""

    ranges: Ranges
    then: int


@dataclass(frozen=True, slots=True)
class Check:
    """Continues if a condition on the place holds."""

    at: At
    then: int


@dataclass(frozen=True, slots=True)
class Split:
    """Continues at both instructions. What the first one leads to is preferred."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Save:
    """Saves the place in a slot, and continues."""

    slot: int
    then: int


@dataclass(frozen=True, slots=True)
class Accept:
    """The pattern has matched."""


Instruction = Take | Check | Split | Save | Accept


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions, which refer to each other by index."""

    instructions: tuple[Instruction, ...]
    start: int


def program(tree: Node) -> Program:
    """Returns the program of a tree."""
    writer = _Writer()
    start = writer.write(tree, writer.add(Accept()))
    return Program(tuple(writer.instructions), start)


class _Writer:
    """Writes instructions from the end, so that the next one always exists."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []

    def add(self, instruction: Instruction) -> int:
        self.instructions.append(instruction)
        return len(self.instructions) - 1

    def write(self, node: Node, then: int) -> int:
        """Writes a node that continues at `then`, and returns where it starts."""
        match node:
            case Chars(ranges):
                return self.add(Take(ranges, then))
            case At():
                return self.add(Check(node, then))
            case Sequence(parts):
                for part in reversed(parts):
                    then = self.write(part, then)
                return then
            case Choice(options):
                *starts, start = [self.write(option, then) for option in options]
                for other in reversed(starts):
                    start = self.add(Split(other, start))
                return start
            case Group():
                return self._group(node, then)
            case Repeat():
                return self._repeat(node, then)

    def _group(self, group: Group, then: int) -> int:
        if group.number is None:
            return self.write(group.body, then)
        start = self.write(group.body, self.add(Save(2 * group.number + 2, then)))
        return self.add(Save(2 * group.number + 1, start))

    def _repeat(self, node: Repeat, then: int) -> int:
        required = node.minimum
        if node.maximum is None:
            start = self._loop(node, then)
            if required == 0:
                start = self._either(node, start, then)
            required -= 1
        else:
            start = then
            for _ in range(node.maximum - required):
                start = self._either(node, self.write(node.body, start), then)
        for _ in range(required):
            start = self.write(node.body, start)
        return start

    def _loop(self, node: Repeat, then: int) -> int:
        """Writes the body at least once."""
        again = self.add(Accept())  # Replaced when the start of the body is known.
        start = self.write(node.body, again)
        self.instructions[again] = _either(node, start, then)
        return start

    def _either(self, node: Repeat, body: int, then: int) -> int:
        return self.add(_either(node, body, then))


def _either(node: Repeat, body: int, then: int) -> Split:
    return Split(then, body) if node.lazy else Split(body, then)
