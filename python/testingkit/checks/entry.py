"""The form of a catalog entry, and what the bodies of checks are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from testingkit.checks.model import Named
from testingkit.value import ErrorCode, Kind

Kinds = frozenset[Kind]

ANY: Kinds = frozenset(Kind)
NUMBER: Kinds = frozenset({Kind.INT, Kind.FLOAT})
ORDERED: Kinds = NUMBER | {Kind.TEXT, Kind.BYTES, Kind.TIME, Kind.DURATION}
SIZED: Kinds = frozenset({Kind.TEXT, Kind.BYTES, Kind.LIST, Kind.SET, Kind.MAP})
ITEMS: Kinds = frozenset({Kind.LIST, Kind.SET})
INT: Kinds = frozenset({Kind.INT})
TEXT: Kinds = frozenset({Kind.TEXT})
LIST: Kinds = frozenset({Kind.LIST})
MAP: Kinds = frozenset({Kind.MAP})


class CheckError(Exception):
    """The question makes no sense."""

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Finding:
    """What the body of a check found; details and diff count only where it did not pass."""

    passed: bool
    details: Named = ()
    diff: str = ""


# Bodies get `actual` and then the arguments in catalog order, all of kinds that their entry allows.
# That is why they may name the classes of values they take, which no type checker can see.
Body = Callable[..., Finding]
Test = Callable[..., bool]
Demand = Callable[..., None]


def demand_nothing(*_arguments: Any) -> None:
    """The arguments have no rule beyond their kinds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One check of the catalog.

    `arguments` has the kinds of each, in the order of the failure text. `demand` is the rule on the
    arguments alone; like `body` it may raise `CheckError`.
    """

    name: str
    arguments: tuple[tuple[str, Kinds], ...]
    actual: Kinds
    details: tuple[str, ...]
    body: Body
    demand: Demand = demand_nothing


def plain(test: Test) -> Body:
    """A check that has no details."""
    return lambda actual, *arguments: Finding(test(actual, *arguments))


def opposite(test: Test) -> Body:
    """A check that has no details and passes where the test does not hold."""
    return lambda actual, *arguments: Finding(not test(actual, *arguments))
