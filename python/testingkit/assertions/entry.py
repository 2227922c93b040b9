"""The catalog entry of an assertion, and helpers to write its function."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from testingkit.assertions.model import Argument, Assertion, Named
from testingkit.assertions.shape import Shape
from testingkit.value import ErrorCode, Kind, Text, Value

Kinds = frozenset[Kind]

ANY: Kinds = frozenset(Kind)
NUMBER: Kinds = frozenset({Kind.INT, Kind.FLOAT})
ORDERED: Kinds = NUMBER | {Kind.TEXT, Kind.BYTES, Kind.TIME, Kind.DURATION}
SIZED: Kinds = frozenset({Kind.TEXT, Kind.BYTES, Kind.LIST, Kind.SET, Kind.MAP})
ITEMS: Kinds = frozenset({Kind.LIST, Kind.SET})
INT: Kinds = frozenset({Kind.INT})
BOOL: Kinds = frozenset({Kind.BOOL})
TEXT: Kinds = frozenset({Kind.TEXT})
BYTES: Kinds = frozenset({Kind.BYTES})
LIST: Kinds = frozenset({Kind.LIST})
MAP: Kinds = frozenset({Kind.MAP})
MESSAGE: Kinds = frozenset({Kind.MESSAGE})


class Nested(enum.Enum):
    """The arguments that are not values: an assertion, a list of assertions, or a shape."""

    CHECK = 1
    CHECKS = 2
    SHAPE = 3


CHECK = Nested.CHECK
CHECKS = Nested.CHECKS
SHAPE = Nested.SHAPE


def accepts(accepted: Kinds | Nested, argument: Argument) -> bool:
    """Returns whether an argument is of an accepted kind."""
    if isinstance(argument, Value):
        return isinstance(accepted, frozenset) and argument.kind in accepted
    if isinstance(argument, Assertion):
        return accepted is CHECK
    return accepted is (CHECKS if isinstance(argument, tuple) else SHAPE)


class EvaluationError(Exception):
    """The assertion cannot be evaluated."""

    def __init__(self, code: ErrorCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of an assertion. Details and diff are used only if it did not pass."""

    passed: bool
    details: Named = ()
    diff: str = ""


class Check(Protocol):
    """An assertion among the arguments of another one, whose own arguments are valid."""

    def find(self, actual: Value) -> Finding:
        """Evaluates the assertion; may raise `EvaluationError`."""

    def failure(self, actual: Value, finding: Finding) -> Text:
        """Returns the failure text for a finding that did not pass."""


class BoundShape(Protocol):
    """A shape among the arguments, whose assertions are valid."""

    @property
    def shape(self) -> Shape:
        """The shape."""

    @property
    def check(self) -> Check | None:
        """The assertion that the shape is, if it is one."""

    @property
    def parts(self) -> tuple[BoundShape, ...]:
        """The shapes in it, in the order of `parts_of`."""

    def text(self) -> Text:
        """Returns the text of the shape."""


# Called with `actual` and then the arguments in catalog order, all of kinds that the entry allows.
# Functions can therefore declare the classes of these kinds, which no type checker can verify.
# Bodies get each assertion among the arguments as a `Check`, argument rules as an `Assertion`;
# likewise a `BoundShape` and a `Shape`.
Body = Callable[..., Finding]
Test = Callable[..., bool]
ArgumentRule = Callable[..., None]


def any_arguments(*_arguments: Any) -> None:
    """Accepts all arguments of the right kinds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One assertion of the catalog."""

    name: str
    arguments: tuple[tuple[str, Kinds | Nested], ...]
    """Names and allowed kinds of the arguments, in the order of the failure text."""
    actual: Kinds
    """Allowed kinds of the actual value."""
    details: tuple[str, ...]
    """Names of the details, in the order of the failure text."""
    body: Body
    """Evaluates the assertion; may raise `EvaluationError`."""
    check_arguments: ArgumentRule = any_arguments
    """Raises `EvaluationError` for arguments that are invalid regardless of the actual value."""


def plain(test: Test) -> Body:
    """Returns the body of an assertion without details."""
    return lambda actual, *arguments: Finding(test(actual, *arguments))


def opposite(test: Test) -> Body:
    """Returns the body of an assertion without details that passes if the test does not hold."""
    return lambda actual, *arguments: Finding(not test(actual, *arguments))
