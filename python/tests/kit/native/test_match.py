# ruff: noqa: SIM300 - the matcher is the expected value
from __future__ import annotations

from unittest.mock import Mock

import pytest

from testingkit import match


def test_a_matcher_is_a_part_of_a_value() -> None:
    order = {"id": 7, "lines": ["tea", "milk"], "total": 5}
    assert order == {"id": 7, "lines": match.contains("tea"), "total": match.is_between(1, 10)}
    assert order != {"id": 7, "lines": match.contains("rum"), "total": match.is_between(1, 10)}
    assert [1, "a"] == [match.is_odd(), match.is_ascii_letters()]


def test_a_matcher_is_an_argument_of_a_mock() -> None:
    send = Mock()
    send("a@b.org", retries=3)
    send.assert_called_with(match.contains_text("@"), retries=match.is_at_most(3))
    with pytest.raises(AssertionError, match=r"send|mock\(is_empty\(\)"):
        send.assert_called_with(match.is_empty(), retries=3)


def test_an_error_is_neither_equal_nor_unequal() -> None:
    matcher = match.is_between(1, 10)
    assert (matcher == 5, matcher != 5) == (True, False)
    assert (matcher == 11, matcher != 11) == (False, True)
    assert (matcher == "a", matcher != "a") == (False, False)
    assert (matcher == iter(""), matcher != iter("")) == (False, False)


def test_the_repr_is_line_1_of_the_failure_text() -> None:
    assert repr(match.is_between(1, 10)) == "is_between(low: 1, high: 10)"
    assert repr(match.equal({"b": 1, "a": "x\n"})) == r'equal(expected: {"a": "x\n", "b": 1})'
    assert repr(match.has_entry("a", iter(""))) == 'has_entry(key: "a")'
    assert repr(match.is_empty()) == "is_empty()"


def test_explain_returns_the_failure_text() -> None:
    assert match.is_even().explain(3) == "is_even() failed\n  actual: 3"
    assert match.is_even().explain(4) == ""


def test_matchers_are_equal_if_they_are_the_same_assertion() -> None:
    assert match.equal([1]) == match.equal((1,))
    assert match.equal([1]) != match.equal([2])
    assert match.is_even() != match.is_odd()
    matcher = match.equal(iter(""))
    assert matcher == matcher  # noqa: PLR0124
    assert matcher != match.equal(iter(""))
    with pytest.raises(TypeError, match="unhashable"):
        hash(match.is_even())
