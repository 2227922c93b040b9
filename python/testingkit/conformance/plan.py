"""What a run will do: which cases, and every call in the order in which it is sent.

A plan knows where the cases are and reads them when their turn comes. Only a run whose order is
shuffled has to have them all at hand.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from testingkit.conformance.model import Call, CaseRecord, Order, Suite

_Planned = tuple[str, CaseRecord]  # a case, with the name of its suite


@dataclass(frozen=True, slots=True)
class Part:
    """What a plan has of one suite."""

    suite: Suite
    weak: int  # cases that are compared more weakly than by default
    chosen: Set[int] | None = None  # positions of cases; None is all of them

    def __len__(self) -> int:
        return len(self.suite.cases if self.chosen is None else self.chosen)

    def records(self) -> Iterator[CaseRecord]:
        """Yields the cases, as records."""
        records = self.suite.cases.records()
        if self.chosen is None:
            return records
        chosen = self.chosen
        return (record for position, record in enumerate(records) if position in chosen)


class Plan:
    """The cases and calls of one run.

    Attributes:
        runners: The runners of the run, in order.
        order: How often every case is called, and in which order.
        filtered: Whether cases or runners of the project are left out.
        total: Number of cases.
        suites: Number of suites that have a case.
        weak: Number of cases that are compared more weakly than by default.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        runners: Sequence[str],
        call_timeout: float,
        order: Order,
        *,
        filtered: bool,
    ) -> None:
        """``call_timeout`` is the deadline, in seconds, of cases that state none."""
        self._parts = [part for part in parts if len(part)]
        self._call_timeout = call_timeout
        self.runners = runners
        self.order = order
        self.filtered = filtered
        self.total = sum(map(len, self._parts))
        self.suites = len(self._parts)
        self.weak = sum(part.weak for part in self._parts)
        self._shuffled = _Shuffled(self._planned(), order) if order.shuffle else None

    @property
    def calls(self) -> Iterator[Call]:
        """Yields every call; each time new ones, which are equal."""
        for done in range(self.order.repetitions):
            firsts = self._firsts() if self._shuffled is None else self._shuffled.round(done)
            for number, (first, planned) in enumerate(firsts, start=1 + done * self.total):
                yield self._call(number, first, planned)

    @property
    def cases(self) -> Iterator[Call]:
        """Yields the first call of every case, in the order of the files."""
        firsts = self._firsts() if self._shuffled is None else self._shuffled.firsts()
        return (self._call(first, first, planned) for first, planned in firsts)

    def find(self, number: int) -> Call | None:
        """Returns a call by its id; None where there is no such one."""
        if not 1 <= number <= self.total * self.order.repetitions:
            return None
        done, position = divmod(number - 1, self.total)
        if self._shuffled is not None:
            return self._call(number, *self._shuffled.at(done, position))
        return self._call(number, position + 1, self._at(position))

    def _call(self, number: int, first: int, planned: _Planned) -> Call:
        return Call(number, first, *planned, self._call_timeout)

    def _firsts(self) -> Iterator[tuple[int, _Planned]]:
        """Every case with the id of its first call, in the order of the files."""
        return enumerate(self._planned(), start=1)

    def _at(self, position: int) -> _Planned:
        left = position
        for part in self._parts:
            if left < len(part):
                return part.suite.name, next(itertools.islice(part.records(), left, None))
            left -= len(part)
        raise IndexError(position)

    def _planned(self) -> Iterator[_Planned]:
        return ((part.suite.name, record) for part in self._parts for record in part.records())


class _Shuffled:
    """The cases in orders of chance: every round has one of its own."""

    def __init__(self, planned: Iterator[_Planned], order: Order) -> None:
        self._planned = list(planned)
        self._seed = order.shuffle
        self._last: tuple[int, Sequence[int]] = (-1, [])  # a round, and its order
        self._ids = {index: at for at, index in enumerate(self._indices(0), start=1)}

    def round(self, done: int) -> Iterator[tuple[int, _Planned]]:
        """Yields the cases of a round, each with the id of its first call."""
        return ((self._ids[index], self._planned[index]) for index in self._indices(done))

    def firsts(self) -> Iterator[tuple[int, _Planned]]:
        """Yields the cases in the order of the files, each with the id of its first call."""
        return ((self._ids[index], planned) for index, planned in enumerate(self._planned))

    def at(self, done: int, position: int) -> tuple[int, _Planned]:
        """Returns a case by its position in a round, and the id of its first call."""
        index = self._indices(done)[position]
        return self._ids[index], self._planned[index]

    def _indices(self, done: int) -> Sequence[int]:
        if self._last[0] != done:
            count = len(self._planned)
            chance = random.Random(f"{self._seed}:{done}")
            self._last = done, chance.sample(range(count), count)
        return self._last[1]
