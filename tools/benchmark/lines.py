"""The lines of the table: what is measured, in which unit, and what is wanted of it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

Samples = Mapping[str, float]
"""What one round measured, by the key of the line."""


class Unit(Enum):
    """What a figure counts, and how it is written."""

    PER_SECOND = "{:,.0f} /s"
    SECONDS = "{:.2f} s"
    MICROS = "{:.2f} µs"
    MEBIBYTES = "{:.0f} MiB"
    MEGABYTES = "{:.2f} MB"
    TIMES = "{:.2f} x"

    def text(self, figure: float) -> str:
        """The figure as it stands in the table."""
        return self.value.format(figure)


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that a figure should keep."""

    bound: float
    is_floor: bool

    def is_reached(self, figure: float) -> bool:
        """Whether the figure keeps the bound."""
        return figure >= self.bound if self.is_floor else figure <= self.bound


def at_least(bound: float) -> Target:
    """More is better."""
    return Target(bound, is_floor=True)


def at_most(bound: float) -> Target:
    """Less is better."""
    return Target(bound, is_floor=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. The key is what two records are compared by."""

    key: str
    what: str
    unit: Unit
    target: Target | None = None


def figures(rounds: Sequence[Samples]) -> dict[str, float]:
    """The median of every line over the rounds that measured it."""
    keys = dict.fromkeys(key for samples in rounds for key in samples)
    return {
        key: statistics.median(samples[key] for samples in rounds if key in samples) for key in keys
    }


def ratio(numerator: float, denominator: float) -> float:
    """A quotient that is infinite where a clock saw no time pass."""
    return numerator / denominator if denominator else math.inf
