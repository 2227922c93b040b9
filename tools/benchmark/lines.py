"""The lines of the table: what is measured, its unit and its target."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

Samples = Mapping[str, float]
"""The figures of one round, by the key of the line."""


class Unit(Enum):
    """The unit of a figure, and its format."""

    PER_SECOND = "{:,.0f} /s"
    SECONDS = "{:.2f} s"
    MICROS = "{:.2f} µs"
    NANOS = "{:.1f} ns"
    MEBIBYTES = "{:.0f} MiB"
    MEGABYTES = "{:.2f} MB"
    TIMES = "{:.2f} x"

    def text(self, figure: float) -> str:
        """Returns the figure as the table shows it."""
        return self.value.format(figure)


@dataclass(frozen=True, slots=True)
class Target:
    """A lower or upper bound for a figure."""

    bound: float
    is_floor: bool

    def is_reached(self, figure: float) -> bool:
        """Returns whether the figure is within the bound."""
        return figure >= self.bound if self.is_floor else figure <= self.bound


def at_least(bound: float) -> Target:
    """Returns a target for a figure of which more is better."""
    return Target(bound, is_floor=True)


def at_most(bound: float) -> Target:
    """Returns a target for a figure of which less is better."""
    return Target(bound, is_floor=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. Records are compared line by line, by key."""

    key: str
    what: str
    unit: Unit
    target: Target | None = None


def figures(rounds: Sequence[Samples]) -> dict[str, float]:
    """Returns the median of every line over the rounds that measured it."""
    keys = dict.fromkeys(key for samples in rounds for key in samples)
    return {
        key: statistics.median(samples[key] for samples in rounds if key in samples) for key in keys
    }


def ratio(numerator: float, denominator: float) -> float:
    """Returns the quotient, or infinity if the clock measured no time."""
    return numerator / denominator if denominator else math.inf
