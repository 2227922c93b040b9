"""Assertions and their verdicts."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias

from testingkit.assertions.shape import Shape
from testingkit.value import ErrorCode, Value

Named = tuple[tuple[str, Value], ...]
Argument: TypeAlias = "Value | Assertion | tuple[Assertion, ...] | Shape"
"""What is given to an assertion: a value, an assertion or a list of them, or a shape."""
Arguments: TypeAlias = tuple[tuple[str, Argument], ...]

MAX_LEVELS = 64
"""Levels of assertions and shapes in one another; the outer assertion is level 1."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """An entry of the catalog with its arguments, in any order, and a note for the failure text."""

    name: str
    arguments: Arguments = ()
    note: str = ""

    @classmethod
    def of(cls, name: str, **arguments: Argument) -> Assertion:
        """Returns an assertion without a note: `Assertion.of("has_length", count=Int(3))`."""
        return cls(name, tuple(arguments.items()))


class Status(enum.Enum):
    """The result of an assertion. ERROR, that it cannot be evaluated, fails the test too."""

    PASS = 1
    FAIL = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of an assertion on a value.

    `code` is set only for ERROR. `details`, in catalog order, and `diff` are set only for FAIL.
    """

    assertion: Assertion
    actual: Value
    status: Status
    code: ErrorCode | None = None
    details: Named = ()
    diff: str = ""
