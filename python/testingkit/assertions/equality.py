"""The assertions of equality, and of null and truth (docs/kit/assertions.md, equality)."""

from __future__ import annotations

from dataclasses import replace

from testingkit.assertions.difference import PLACE_DETAILS, first_difference
from testingkit.assertions.entry import ANY, Body, Entry, Finding, opposite, plain
from testingkit.diff import diff_lines, expanded_lines
from testingkit.value import Bool, Null, Value, equal, equivalent, identical
from testingkit.value.leaves import EQUAL, EQUIVALENT, IDENTICAL, Relation
from testingkit.value.relations import by_place

_EXPECTED = (("expected", ANY),)


def _equal(actual: Value, expected: Value) -> Finding:
    found = _by(EQUAL)(actual, expected)
    if found.passed:
        return found
    before, after = expanded_lines(expected), expanded_lines(actual)
    # A difference of single lines would only repeat the failure text.
    one_line = len(before) == len(after) == 1
    return replace(found, diff="" if one_line else diff_lines(before, after))


def _by(relation: Relation) -> Body:
    def body(actual: Value, expected: Value) -> Finding:
        if by_place(actual, expected, relation):
            return Finding(passed=True)
        difference = first_difference(actual, expected, relation)
        if difference is None:
            return Finding(passed=True)
        return Finding(passed=False, details=difference.details())

    return body


def _is_null(actual: Value) -> bool:
    return isinstance(actual, Null)


def _is_true(actual: Value) -> bool:
    return isinstance(actual, Bool) and actual.value


def _is_false(actual: Value) -> bool:
    return isinstance(actual, Bool) and not actual.value


ENTRIES = (
    Entry("equal", _EXPECTED, ANY, (*PLACE_DETAILS, "diff"), _equal),
    Entry("not_equal", _EXPECTED, ANY, (), opposite(equal)),
    Entry("identical", _EXPECTED, ANY, PLACE_DETAILS, _by(IDENTICAL)),
    Entry("not_identical", _EXPECTED, ANY, (), opposite(identical)),
    Entry("equivalent", _EXPECTED, ANY, PLACE_DETAILS, _by(EQUIVALENT)),
    Entry("not_equivalent", _EXPECTED, ANY, (), opposite(equivalent)),
    Entry("is_null", (), ANY, (), plain(_is_null)),
    Entry("is_not_null", (), ANY, (), opposite(_is_null)),
    Entry("is_true", (), ANY, (), plain(_is_true)),
    Entry("is_false", (), ANY, (), plain(_is_false)),
)
