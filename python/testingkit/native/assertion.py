"""An assertion as a test writes it, and what its arguments can be besides native values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class NativeAssertion:
    """The name of an assertion, and its native arguments in catalog order."""

    __slots__ = ("arguments", "name")

    def __init__(self, name: str, *arguments: object) -> None:
        self.name = name
        self.arguments = arguments


class Checks:
    """The argument of an assertion that takes a list of assertions."""

    __slots__ = ("items",)

    def __init__(self, items: object) -> None:
        self.items: Any = tuple(items) if isinstance(items, Iterable) else items

    def are_valid(self) -> bool:
        """Returns whether they are a list of assertions."""
        return isinstance(self.items, tuple) and all(
            isinstance(item, NativeAssertion) for item in self.items
        )


class NativeShape:
    """The argument of an assertion that takes a shape: a native value with matchers in it."""

    __slots__ = ("native",)

    def __init__(self, native: object) -> None:
        self.native = native
