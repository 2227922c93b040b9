"""The checks of equality, and of null and truth (docs/kit/checks.md, equality)."""

from __future__ import annotations

from testingkit.checks.difference import Relation, first_difference
from testingkit.checks.entry import ANY, Body, Entry, Finding, opposite, plain
from testingkit.checks.model import Named
from testingkit.diff import diff_values, expanded_lines
from testingkit.value import Bool, Null, Value, equal, equivalent, identical

_PLACE = ("path", "left", "right", "index", "left_code_point", "right_code_point")
_EXPECTED = (("expected", ANY),)


def _equal(actual: Value, expected: Value) -> Finding:
    if equal(actual, expected):
        return Finding(passed=True)
    # A difference of single lines would only repeat the failure text.
    one_line = all(len(expanded_lines(side)) == 1 for side in (expected, actual))
    diff = "" if one_line else diff_values(expected, actual)
    return Finding(passed=False, details=_details(actual, expected, equal), diff=diff)


def _by(relation: Relation) -> Body:
    def body(actual: Value, expected: Value) -> Finding:
        if relation(actual, expected):
            return Finding(passed=True)
        return Finding(passed=False, details=_details(actual, expected, relation))

    return body


def _details(actual: Value, expected: Value, relation: Relation) -> Named:
    return first_difference(actual, expected, relation).details()


def _is_null(actual: Value) -> bool:
    return isinstance(actual, Null)


def _is_true(actual: Value) -> bool:
    return isinstance(actual, Bool) and actual.value


def _is_false(actual: Value) -> bool:
    return isinstance(actual, Bool) and not actual.value


ENTRIES = (
    Entry("equal", _EXPECTED, ANY, (*_PLACE, "diff"), _equal),
    Entry("not_equal", _EXPECTED, ANY, (), opposite(equal)),
    Entry("identical", _EXPECTED, ANY, _PLACE, _by(identical)),
    Entry("not_identical", _EXPECTED, ANY, (), opposite(identical)),
    Entry("equivalent", _EXPECTED, ANY, _PLACE, _by(equivalent)),
    Entry("not_equivalent", _EXPECTED, ANY, (), opposite(equivalent)),
    Entry("is_null", (), ANY, (), plain(_is_null)),
    Entry("is_not_null", (), ANY, (), opposite(_is_null)),
    Entry("is_true", (), ANY, (), plain(_is_true)),
    Entry("is_false", (), ANY, (), plain(_is_false)),
)
