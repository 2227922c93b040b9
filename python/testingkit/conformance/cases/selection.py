"""Parses selections of cases, the values of ``-k``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.errors import UsageError

Predicate = Callable[[Case], bool]
_TOKEN = re.compile(r"\s*(?:(?P<mark>[()])|(?P<word>[^\s()]+))")
_MAX_EXPRESSION = 10_000  # characters
_MAX_DEPTH = 50  # of parentheses


def words_of(expression: str) -> Sequence[str]:
    """Returns the words of a selection, its operators and parentheses."""
    return [match["mark"] or match["word"] for match in _TOKEN.finditer(expression)]


def predicate_of(expression: str, suites: Sequence[Suite]) -> Predicate | None:
    """Returns the predicate of a selection among suites; None if it is empty and selects all.

    Raises:
        UsageError: The selection does not parse.
    """
    if not expression.strip():
        return None
    words = frozenset(words_of(expression))
    ids = (f"{suite.name}/{record.name}" for suite in suites for record in suite.cases.records())
    return parse_expression(expression, words.intersection(ids))


def parse_expression(expression: str, ids: Collection[str] = ()) -> Predicate:
    """Returns the predicate of a selection: words with ``and``, ``or``, ``not`` and parentheses.

    A word that is one of ``ids`` matches that case alone; any other word matches a case whose id
    contains it, or that has it as a tag.

    Raises:
        UsageError: The selection does not parse.
    """
    if len(expression) > _MAX_EXPRESSION:
        raise UsageError(f"-k: longer than {_MAX_EXPRESSION} characters")
    parser = _Parser(words_of(expression), expression, ids)
    predicate = parser.either()
    parser.expect_end()
    return predicate


class _Parser:
    """A parser of selections by recursive descent, one method a level of precedence."""

    def __init__(self, words: Sequence[str], expression: str, ids: Collection[str]) -> None:
        self._words = words
        self._ids = ids
        self._next = 0
        self._expression = expression
        self._depth = 0

    def either(self) -> Predicate:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return _any(parts)

    def _both(self) -> Predicate:
        parts = [self._negated()]
        while self._take("and"):
            parts.append(self._negated())
        return _all(parts)

    def _negated(self) -> Predicate:
        negated = False
        while self._take("not"):
            negated = not negated
        inner = self._atom()
        return (lambda case: not inner(case)) if negated else inner

    def _atom(self) -> Predicate:
        if self._take("("):
            self._depth += 1
            if self._depth > _MAX_DEPTH:
                raise self._error("nested too deeply")
            inner = self.either()
            if not self._take(")"):
                raise self._error("a parenthesis is not closed")
            self._depth -= 1
            return inner
        if self._next == len(self._words) or self._words[self._next] in (")", "and", "or"):
            raise self._error("a word is missing")
        word = self._words[self._next]
        self._next += 1
        if word in self._ids:
            return lambda case: case.id == word
        return lambda case: word in case.id or word in case.tags

    def _take(self, word: str) -> bool:
        if self._next < len(self._words) and self._words[self._next] == word:
            self._next += 1
            return True
        return False

    def expect_end(self) -> None:
        if self._next < len(self._words):
            raise self._error(f"unexpected {self._words[self._next]!r}")

    def _error(self, message: str) -> UsageError:
        return UsageError(
            f"-k {self._expression!r}: {message}; write words with and, or, not and parentheses"
        )


def _any(parts: Sequence[Predicate]) -> Predicate:
    return parts[0] if len(parts) == 1 else lambda case: any(part(case) for part in parts)


def _all(parts: Sequence[Predicate]) -> Predicate:
    return parts[0] if len(parts) == 1 else lambda case: all(part(case) for part in parts)
