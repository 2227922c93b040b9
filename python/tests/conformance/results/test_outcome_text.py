"""Every two outcomes of a flaky runner have different texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.results.outcome_text import outcome_texts
from testingkit.conformance.results.result_text import RIGHT, right_text
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.observation_pb2 import Crash, Observation, Panic
from tests.conformance.support import answer, error, fails, make_case, new, packed, says

AGREE = Expectation(agree=Agreement(reason="a test"))


def texts(expect: Expectation, *observations: Observation, call: str = "Say") -> list[str]:
    """Returns the texts of the outcomes of one runner, as a run makes them."""
    book = KnownBook([], today=None)  # type: ignore[arg-type]
    assessor = Assessor(["go"], book, all_runners=True)
    finished = assessor.assess(1, make_case(expect, call=call), [list(observations)])
    return list(outcome_texts(finished.results[0].outcomes, right_text(expect)))


def point(x: int, label: str) -> Observation:
    message = new("Everything", count=x, text=label, note="same")
    return Observation(response=message.SerializeToString())


PANIC, CRASH = Observation(panic=Panic(text="boom")), Observation(crash=Crash(text="signal 6"))
EXPECTED = Expectation(response=packed(new("Everything", count=1, text="a", note="other")))
LOUD = ["panic: boom", "crash: signal 6"]
LOST = error(message="lost")
CASES: list[tuple[Expectation, str, list[Observation], list[str]]] = [
    (AGREE, "Say", [answer("a"), answer("b")], ['text: "a"', 'text: "b"']),
    (says("a"), "Say", [answer("a"), answer("b")], [RIGHT, 'text: "b"']),
    (says("x"), "Say", [answer("a"), answer("b")], ['text: "a"', 'text: "b"']),
    # Both are wrong in the same field, and differ in another one.
    (EXPECTED, "Echo", [point(1, "b"), point(1, "c")], ['text: "b"', 'text: "c"']),
    (EXPECTED, "Echo", [point(1, "a"), point(2, "a")], ["count: 1", "count: 2"]),
    (
        EXPECTED,
        "Echo",
        [point(1, "b"), point(2, "b"), point(2, "c")],
        ['text: "b", count: 1', 'text: "b", count: 2', 'text: "c", count: 2'],
    ),
    (AGREE, "Say", [answer("a"), LOST], ['response {text: "a"}', "NOT_FOUND: lost"]),
    (AGREE, "Say", [error(), error(10)], ["error.code: NOT_FOUND", "error.code: ABORTED"]),
    (fails(code=5), "Say", [error(), error(8), answer("a")], []),
    (AGREE, "Say", [answer("a"), PANIC, CRASH], ['response {text: "a"}', *LOUD]),
    (AGREE, "Say", [CRASH, answer("a"), answer("b")], [LOUD[1], 'text: "a"', 'text: "b"']),
    (says("a"), "Say", [answer("a"), PANIC], [RIGHT, "panic: boom"]),
    (says("a"), "Say", [answer("b"), LOST], ['text: "b"', "NOT_FOUND: lost"]),
]


@pytest.mark.parametrize(("expect", "call", "observations", "expected"), CASES)
def test_outcomes_show_the_values_that_differ(
    expect: Expectation, call: str, observations: list[Observation], expected: list[str]
) -> None:
    found = texts(expect, *observations, call=call)
    assert len(set(found)) == len(observations), found
    if expected:
        assert found == expected


def test_long_values_are_shown_where_they_differ() -> None:
    found = texts(AGREE, answer("x" * 3000 + "a"), answer("x" * 3000 + "b"))
    assert found == [f'text: …{"x" * 20}{letter}"' for letter in "ab"]


def test_values_that_differ_beyond_what_is_recorded_are_marked() -> None:
    first, second = texts(AGREE, answer("x" * 9000 + "a"), answer("x" * 9000 + "b"))
    assert second == f"{first} (differs in what is left out)"


@given(st.lists(st.tuples(st.integers(0, 2), st.text(max_size=2)), min_size=2, max_size=6))
def test_texts_of_outcomes_are_unique(values: list[tuple[int, str]]) -> None:
    observations = [point(count, text) for count, text in values]
    for expect in (AGREE, EXPECTED, fails()):
        found = texts(expect, *observations, call="Echo")
        assert len(set(found)) == len(found)
