"""The assertions of equality, and of null and truth (docs/kit/assertions.md, equality)."""

from __future__ import annotations

from dataclasses import replace

from testingkit.assertions.difference import expanded_difference, first_difference
from testingkit.assertions.entry import Body, Finding, Rule, opposite, plain
from testingkit.value import (
    Bool,
    Bytes,
    Duration,
    Float,
    Int,
    List,
    Map,
    Null,
    Set,
    Text,
    Value,
    equal,
    equivalent,
    identical,
)
from testingkit.value.leaves import EQUAL, EQUIVALENT, IDENTICAL, Relation
from testingkit.value.lookup import index_of
from testingkit.value.relations import by_place


def find_equal(actual: Value, expected: Value) -> Finding:
    """Finds the first difference of two values, and the difference of their texts."""
    found = find_related(EQUAL)(actual, expected)
    if found.passed:
        return found
    return replace(found, diff=expanded_difference(actual, expected))


def find_related(relation: Relation) -> Body:
    """Returns the body that finds the first place at which two values do not relate."""

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


def _is_one_of(actual: Value, options: List) -> bool:
    return index_of(options.items, actual) is not None


def _is_not_one_of(actual: Value, options: List) -> Finding:
    index = index_of(options.items, actual)
    if index is None:
        return Finding(passed=True)
    return Finding(passed=False, details=(("found", options.items[index]),))


def _is_zero_value(actual: Value) -> bool:
    match actual:
        case Null():
            return True
        case Bool(content) | Int(content) | Float(content) | Text(content) | Bytes(content):
            return not content
        case Duration(content) | List(content) | Set(content) | Map(content):
            return not content
        case _:
            return False


RULES = {
    "equal": Rule(find_equal),
    "not_equal": opposite(equal),
    "identical": Rule(find_related(IDENTICAL)),
    "not_identical": opposite(identical),
    "equivalent": Rule(find_related(EQUIVALENT)),
    "not_equivalent": opposite(equivalent),
    "is_null": plain(_is_null),
    "is_not_null": opposite(_is_null),
    "is_true": plain(_is_true),
    "is_false": plain(_is_false),
    "is_one_of": plain(_is_one_of),
    "is_not_one_of": Rule(_is_not_one_of),
    "is_zero_value": plain(_is_zero_value),
    "is_not_zero_value": opposite(_is_zero_value),
}
