"""Measures passing assertions on native values in Python, and the same in other libraries."""

from __future__ import annotations

import importlib.util
import timeit
from collections.abc import Iterator

from benchmark.lines import Line, Samples, Target, Unit, at_most
from benchmark.settings import Settings

_NUMBER = 5_000
_MICROS = 1e6
_ITEMS = list(range(100))
_TEXT = "the quick brown fox"
_NAMES: dict[str, object] = {"items": _ITEMS, "same": list(_ITEMS), "text": _TEXT}

# The key, what is measured, the statement and its target.
_OURS = (
    ("equal_ints", "require(1).equal(1)", at_most(1.5)),
    ("between", "require(5).is_between(1, 10)", None),
    ("text", 'require(text).starts_with("the")', None),
    ("equal_lists", "require(items).equal(same)", None),
    ("expect", "expect(1).equal(1)", None),
    ("matcher", "assert 5 == match.is_between(1, 10)", None),
)
_PEERS = (
    ("assert_ints", "assert 1 == 1", None),
    ("assert_lists", "assert items == same", None),
    ("assertpy_ints", "assert_that(1).is_equal_to(1)", None),
    ("assertpy_lists", "assert_that(items).is_equal_to(same)", None),
)


def lines() -> Iterator[Line]:
    """Yields a line for each statement; those of assertpy have figures if it is installed."""
    for key, statement, target in _OURS + _PEERS:
        yield _line(key, statement, target)


def _line(key: str, statement: str, target: Target | None) -> Line:
    return Line(f"native_python.{key}", f"n  Python: {statement}", Unit.MICROS, target)


def measure(settings: Settings) -> Iterator[Samples]:
    """Yields the time of each statement: the shortest of five, since other work only adds to it."""
    statements = _OURS + tuple(peer for peer in _PEERS if _is_installed(peer[1]))
    for _ in range(settings.rounds):
        yield {f"native_python.{key}": _micros(statement) for key, statement, _ in statements}


def _is_installed(statement: str) -> bool:
    return "assert_that" not in statement or importlib.util.find_spec("assertpy") is not None


def _micros(statement: str) -> float:
    imported = "from testingkit import expect, match, require"
    if "assert_that" in statement:
        imported = "from assertpy import assert_that"
    times = timeit.repeat(statement, imported, globals=dict(_NAMES), number=_NUMBER, repeat=5)
    return min(times) / _NUMBER * _MICROS
