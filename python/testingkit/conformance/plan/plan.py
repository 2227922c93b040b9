"""The plan of a run: its cases, and its calls in the order in which they are sent.

A plan reads cases when they are needed. Only the plan of a shuffled run holds all of them.
"""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from testingkit.conformance.cases.model import CaseRecord, Suite
from testingkit.conformance.plan.calls import Call, Order, Shard

_Planned = tuple[str, CaseRecord]  # the name of a suite and one of its cases


@dataclass(frozen=True, slots=True)
class PlannedSuite:
    """The cases of one suite that a plan has."""

    suite: Suite
    weak: int  # cases that are compared more weakly than by default
    chosen: Collection[int] | None = None  # positions of cases in the suite; None means all

    def __len__(self) -> int:
        return len(self.suite.cases if self.chosen is None else self.chosen)

    def records(self) -> Iterator[CaseRecord]:
        """Returns the records of the cases."""
        records = self.suite.cases.records()
        if self.chosen is None:
            return records
        chosen = self.chosen
        return (record for position, record in enumerate(records) if position in chosen)

    @property
    def positions(self) -> Sequence[int]:
        """The positions of the cases, in order."""
        return range(len(self)) if self.chosen is None else sorted(self.chosen)

    def every_nth(self, step: int, start: int) -> PlannedSuite:
        """Returns every ``step``-th case, beginning with the one at position ``start``."""
        chosen = self.positions[start::step]
        part = PlannedSuite(
            self.suite, 0, chosen if isinstance(chosen, range) else frozenset(chosen)
        )
        if not self.weak:
            return part
        return replace(part, weak=sum(record.is_weak for record in part.records()))


class Plan:
    """The cases and calls of one run.

    Attributes:
        runners: The runners of the run, in order.
        order: How often every case is called, and in which order.
        filtered: Whether cases or runners of the project are left out.
        total: Number of cases.
        suites: Number of suites that have a case.
        weak: Number of cases that are compared more weakly than by default.
        parts: The suites that have a case, in order.
        call_timeout: The deadline, in seconds, of cases that state none.
        shard: Which part of the whole plan this is; None means all of it.
        whole: Number of cases of the whole plan.
    """

    def __init__(
        self,
        parts: Sequence[PlannedSuite],
        runners: Sequence[str],
        call_timeout: float,
        order: Order,
        *,
        filtered: bool,
    ) -> None:
        self.parts = [part for part in parts if len(part)]
        self.call_timeout = call_timeout
        self.runners = runners
        self.order = order
        self.filtered = filtered
        self.total = self.whole = sum(map(len, self.parts))
        self.suites = len(self.parts)
        self.weak = sum(part.weak for part in self.parts)
        self.shard: Shard | None = None

    def for_shard(self, shard: Shard) -> Plan:
        """Returns one shard of this plan, the same on every machine.

        The shards take turns in taking cases in the order of the files, so they differ by one case
        at most and share the slow cases of a suite. The calls of each shard have ids from 1.
        """
        parts, before = [], 0
        for part in self.parts:
            parts.append(part.every_nth(shard.count, (shard.index - 1 - before) % shard.count))
            before += len(part)
        plan = Plan(parts, self.runners, self.call_timeout, self.order, filtered=self.filtered)
        plan.shard, plan.whole = shard, self.whole
        return plan

    @property
    def is_partial(self) -> bool:
        """Whether cases or runners of the project are left out, by a selection or by sharding."""
        return self.filtered or self.total < self.whole

    @property
    def call_count(self) -> int:
        """Number of calls that every runner gets."""
        return self.total * self.order.repetitions

    @functools.cached_property
    def _shuffled(self) -> _Shuffled | None:
        return _Shuffled(self._planned(), self.order) if self.order.shuffle else None

    @property
    def calls(self) -> Iterator[Call]:
        """All calls; each access makes new objects."""
        for done in range(self.order.repetitions):
            firsts = self._firsts() if self._shuffled is None else self._shuffled.round(done)
            for number, (first, planned) in enumerate(firsts, start=1 + done * self.total):
                yield self._call(number, first, planned)

    @property
    def cases(self) -> Iterator[Call]:
        """The first call of every case, in the order of the files."""
        firsts = self._firsts() if self._shuffled is None else self._shuffled.firsts()
        return (self._call(first, first, planned) for first, planned in firsts)

    def find(self, number: int) -> Call | None:
        """Returns the call with an id, or None."""
        if not 1 <= number <= self.call_count:
            return None
        done, position = divmod(number - 1, self.total)
        if self._shuffled is not None:
            return self._call(number, *self._shuffled.at(done, position))
        return self._call(number, position + 1, self._at(position))

    def _call(self, number: int, first: int, planned: _Planned) -> Call:
        return Call.of(number, first, *planned, self.call_timeout)

    def _firsts(self) -> Iterator[tuple[int, _Planned]]:
        """Returns every case with the id of its first call, in the order of the files."""
        return enumerate(self._planned(), start=1)

    def _at(self, position: int) -> _Planned:
        left = position
        for part in self.parts:
            if left < len(part):
                return part.suite.name, next(itertools.islice(part.records(), left, None))
            left -= len(part)
        raise IndexError(position)

    def _planned(self) -> Iterator[_Planned]:
        return ((part.suite.name, record) for part in self.parts for record in part.records())


class _Shuffled:
    """The cases in random order, a different one in each round."""

    def __init__(self, planned: Iterator[_Planned], order: Order) -> None:
        self._planned = list(planned)
        self._seed = order.shuffle
        self._last: tuple[int, Sequence[int]] = (-1, [])  # a round and its order
        self._ids = first_ids(len(self._planned), order)

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
            self._last = done, _random_order(self._seed, done, len(self._planned))
        return self._last[1]


def first_ids(total: int, order: Order) -> Sequence[int]:
    """Returns the id of the first call of every case, in the order of the files."""
    if not order.shuffle:
        return range(1, total + 1)
    ids = [0] * total
    for at, index in enumerate(_random_order(order.shuffle, 0, total), start=1):
        ids[index] = at
    return ids


def _random_order(seed: str, done: int, total: int) -> Sequence[int]:
    """Returns the positions of the cases in the files, in the order of a round."""
    return random.Random(f"{seed}:{done}").sample(range(total), total)
