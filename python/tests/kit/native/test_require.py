from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from testingkit import AssertionFailed, match, require
from testingkit.assertions import Assertion, Status
from testingkit.native.assertion import Checks
from testingkit.native.evaluation import Refusal, _argument
from testingkit.native.subject import Subject
from testingkit.value import Value, to_value


class Broken:
    def __testingkit_value__(self) -> object:
        raise ValueError("no\nvalue")


def numbers() -> Iterator[int]:
    yield 1


def failure(subject: Subject, name: str, *arguments: object) -> AssertionFailed:
    with pytest.raises(AssertionFailed) as caught:
        getattr(subject, name)(*arguments)
    return caught.value


def test_assertions_that_pass_chain() -> None:
    subject = require([1, 2, 3])
    assert subject.contains(2).has_length(3).is_sorted() is subject
    assert repr(subject) == "require([1, 2, 3])"


def test_failure_has_the_failure_text_and_the_verdict() -> None:
    error = failure(require(12, note="request budget"), "is_between", 1, 10)
    assert str(error) == (
        "is_between(low: 1, high: 10) failed\n  actual: 12\n  note: request budget"
    )
    assert error.verdict is not None
    assert error.verdict.status is Status.FAIL
    assert not error.is_error
    assert isinstance(error, AssertionError)


@pytest.mark.parametrize("name", ["contains", "not_contains"])
def test_an_assertion_that_cannot_be_evaluated_fails_in_both_polarities(name: str) -> None:
    error = failure(require(1), name, 1)
    assert str(error) == f"{name}(item: 1) error: wrong_kind\n  actual: 1"
    assert error.verdict is not None
    assert error.verdict.status is Status.ERROR
    assert error.is_error


def test_what_does_not_convert_is_named_with_its_place_and_type() -> None:
    error = failure(require({"a": [0, numbers()]}, note="n\nm"), "has_entry", "a", numbers())
    assert str(error) == (
        'has_entry(key: "a") error: not_convertible\n'
        "  actual: generator at $.a[1] does not convert\n"
        "  value: generator at $ does not convert\n"
        "  note: n\n    m"
    )
    assert error.verdict is None
    assert error.is_error
    assert repr(require(numbers())) == "require(<generator>)"


def test_what_a_hook_raised_is_in_the_text_and_the_cause() -> None:
    error = failure(require(1), "equal", [Broken()])
    assert str(error) == (
        "equal() error: not_convertible\n"
        "  expected: Broken at $[0] does not convert: ValueError: no\n    value"
    )
    assert isinstance(error.__cause__, ValueError)


def test_matchers_do_not_convert() -> None:
    error = failure(require({"a": 1}), "equal", {"a": match.is_odd()})
    assert "expected: Matcher at $.a does not convert" in str(error)


def test_assertions_as_arguments_are_converted_with_their_places() -> None:
    checks = Checks([match.is_even(), match.equal(numbers())])
    refusals: list[Refusal] = []
    argument = _argument("checks", checks, refusals)
    assert argument == (Assertion("is_even"), Assertion("equal"))
    assert [refusal.name for refusal in refusals] == ["checks[1].expected"]
    assert _argument("check", match.equal([1]), []) == Assertion.of("equal", expected=to_value([1]))


@pytest.mark.parametrize("items", [3, [match.is_even(), 3]])
def test_other_arguments_are_values_instead_of_lists_of_assertions(items: Any) -> None:
    checks = Checks(items)
    refusals: list[Refusal] = []
    argument = _argument("checks", checks, refusals)
    # The kit refuses a value here; what does not convert is a refusal before that.
    assert isinstance(argument, Value) or [one.name for one in refusals] == ["checks"]


def test_arguments_can_be_given_by_name() -> None:
    require(5).is_between(high=10, low=1)


def test_a_failure_can_be_pickled() -> None:
    error = failure(require([1]), "equal", [2])
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - its own pickle
    assert (str(copy), copy.verdict) == (str(error), error.verdict)
