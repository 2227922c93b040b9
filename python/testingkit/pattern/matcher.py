"""Runs the program of a pattern on a text (docs/kit/pattern.md, matching).

All threads advance together, one code point at a time. At each place there is at most one thread at
an instruction, the preferred one, so the time is bounded by the text times the program.
"""

from __future__ import annotations

from testingkit.pattern.chars import WORD, contains
from testingkit.pattern.program import Accept, Check, Program, Save, Split, Take
from testingkit.pattern.tree import At

Slots = tuple[int, ...]
"""The start of the match, then the start and the end of each named group, or -1."""

_NONE = -1


class Matcher:
    """A program on a text."""

    def __init__(self, program: Program, names: int, text: str) -> None:
        self._program = program
        self._text = text
        self._no_groups = (_NONE,) * (2 * names)
        # For each instruction, the last place at which a thread was there.
        self._seen: list[int] = []

    def search(self, begin: int, *, whole: bool = False) -> tuple[Slots, int] | None:
        """Returns the slots and the end of the first match from a place on, or None.

        Args:
            begin: The first place at which the match may start.
            whole: The match must start there, and end at the end of the text.
        """
        self._seen = [_NONE] * len(self._program.instructions)
        threads: list[tuple[int, Slots]] = []
        found: tuple[Slots, int] | None = None
        for place in range(begin, len(self._text) + 1):
            if found is None and (place == begin or not whole):
                self._follow(threads, self._program.start, place, (place, *self._no_groups))
            elif not threads:
                break
            point = ord(self._text[place]) if place < len(self._text) else _NONE
            following: list[tuple[int, Slots]] = []
            for at, slots in threads:
                instruction = self._program.instructions[at]
                if isinstance(instruction, Take):
                    if contains(instruction.ranges, point):
                        self._follow(following, instruction.then, place + 1, slots)
                elif place == len(self._text) or not whole:
                    found = slots, place
                    break
            threads = following
        return found

    def _follow(
        self, threads: list[tuple[int, Slots]], start: int, place: int, slots: Slots
    ) -> None:
        """Adds a thread for each step that may come next, the preferred one first."""
        waiting = [(start, slots)]
        while waiting:
            at, slots = waiting.pop()
            if self._seen[at] == place:
                continue
            self._seen[at] = place
            match self._program.instructions[at]:
                case Split(first, second):
                    waiting += ((second, slots), (first, slots))
                case Save(slot, then):
                    waiting.append((then, (*slots[:slot], place, *slots[slot + 1 :])))
                case Check(condition, then):
                    if self._holds(condition, place):
                        waiting.append((then, slots))
                case Take() | Accept():
                    threads.append((at, slots))

    def _holds(self, condition: At, place: int) -> bool:
        text = self._text
        match condition:
            case At.TEXT_START:
                return place == 0
            case At.TEXT_END:
                return place == len(text)
            case At.LINE_START:
                return place == 0 or text[place - 1] == "\n"
            case At.LINE_END:
                return place == len(text) or text[place] == "\n"
            case At.WORD_BOUNDARY:
                return self._is_word(place - 1) != self._is_word(place)
            case At.NOT_WORD_BOUNDARY:
                return self._is_word(place - 1) == self._is_word(place)

    def _is_word(self, place: int) -> bool:
        return 0 <= place < len(self._text) and contains(WORD, ord(self._text[place]))
