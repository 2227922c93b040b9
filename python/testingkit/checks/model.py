"""What is asked and what is answered."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from testingkit.value import ErrorCode, Value

Named = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    """A check with its arguments, which may be in any order, and a note for the text."""

    name: str
    arguments: Named = ()
    note: str = ""

    @classmethod
    def of(cls, name: str, **arguments: Value) -> Assertion:
        """The assertion without a note: `Assertion.of("has_length", count=Int(3))`."""
        return cls(name, tuple(arguments.items()))


class Status(enum.Enum):
    """What a check says. ERROR: the question makes no sense; it fails the user's test."""

    PASS = 1
    FAIL = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an assertion on a value.

    `code` is set for ERROR alone; `details`, in catalog order, and `diff` for FAIL alone.
    """

    assertion: Assertion
    actual: Value
    status: Status
    code: ErrorCode | None = None
    details: Named = ()
    diff: str = ""
