"""The catalog entry of an assertion, and helpers to write its rule."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from testingkit.assertions.model import Argument, Assertion, Named
from testingkit.assertions.shape import Shape
from testingkit.value import ErrorCode, Kind, Text, Value

Kinds = frozenset[Kind]


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
class Signature:
    """What an assertion takes and shows; generated from the catalog in ``catalog/``."""

    arguments: tuple[tuple[str, Kinds | Nested], ...]
    """Names and allowed kinds of the arguments, in the order of the failure text."""
    actual: Kinds
    """Allowed kinds of the actual value."""
    details: tuple[str, ...]
    """Names of the details, in the order of the failure text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What an assertion does; written by hand."""

    body: Body
    """Evaluates the assertion; may raise `EvaluationError`."""
    check_arguments: ArgumentRule = any_arguments
    """Raises `EvaluationError` for arguments that are invalid regardless of the actual value."""


def plain(test: Test, check_arguments: ArgumentRule = any_arguments) -> Rule:
    """Returns the rule of an assertion without details."""
    return Rule(lambda actual, *arguments: Finding(test(actual, *arguments)), check_arguments)


def opposite(test: Test, check_arguments: ArgumentRule = any_arguments) -> Rule:
    """Returns the rule of an assertion without details that passes if the test does not hold."""
    return Rule(lambda actual, *arguments: Finding(not test(actual, *arguments)), check_arguments)


@dataclass(frozen=True, slots=True)
class Entry:
    """One assertion of the catalog: its name, signature and rule."""

    name: str
    arguments: tuple[tuple[str, Kinds | Nested], ...]
    actual: Kinds
    details: tuple[str, ...]
    body: Body
    check_arguments: ArgumentRule

    @classmethod
    def of(cls, name: str, signature: Signature, rule: Rule) -> Entry:
        """Joins a signature and a rule."""
        return cls(
            name,
            signature.arguments,
            signature.actual,
            signature.details,
            rule.body,
            rule.check_arguments,
        )
