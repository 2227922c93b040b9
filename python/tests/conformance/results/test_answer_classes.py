"""The classes of equal answers, for cases in which no answer is right or wrong."""

from __future__ import annotations

import pytest

from testingkit.conformance.results.answer_classes import (
    class_fields,
    class_letter,
    class_lines,
    compares_classes,
)
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase
from testingkit.conformance.v1.verdict_pb2 import Difference
from tests.conformance.finished_cases import finish, flaky_result
from tests.conformance.support import answer, error

PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
PANIC, CRASH = verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_CRASH
NAMES = ["go", "python", "rust", "zig"]


@pytest.mark.parametrize(
    ("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")]
)
def test_letters_of_classes(number: int, letter: str) -> None:
    assert class_letter(number) == letter


def differing() -> FinishedCase:
    finished = finish([(PASS, 1, False), (PASS, 2, False), (PASS, 1, False), (PASS, 3, True)])
    finished.results[1].differences.append(Difference(field_path="x", expected="1", actual="2"))
    finished.results[3].differences.append(Difference(field_path="y", expected="", actual='"a"'))
    return finished


def test_every_class_has_a_value_in_every_field_that_differs() -> None:
    found = [(field.path, list(field.values)) for field in class_fields(differing(), NAMES)]
    assert found == [
        ("x", [("A go, rust", "1"), ("B python", "2"), ("C zig (known)", "1")]),
        (
            "y",
            [("A go, rust", "(not there)"), ("B python", "(not there)"), ("C zig (known)", '"a"')],
        ),
    ]
    assert (
        class_lines(differing(), NAMES)[0] == "x: 1 (A go, rust), 2 (B python), 1 (C zig (known))"
    )


def test_answer_of_another_kind_has_no_fields() -> None:
    finished = differing()
    finished.results[3].differences[0].field_path = ""
    finished.results[3].differences[0].expected = "response {}"
    (x, whole) = class_fields(finished, NAMES)
    assert [label for label, _ in x.values] == ["A go, rust", "B python"]
    assert whole.values[-1] == ("C zig (known)", '"a"')


def test_flaky_answer_has_no_values_of_others() -> None:
    finished = differing()
    finished.results[1].MergeFrom(flaky_result(verdict_pb2.VERDICT_FLAKY, PASS, PASS))
    finished.results[1].runner = 1
    (y,) = class_fields(finished, NAMES)
    assert [label for label, _ in y.values] == ["A go, rust", "C zig (known)"]


def test_answers_are_described_if_no_field_is_known() -> None:
    finished = finish([(PASS, 1, False), (PASS, 2, False)])
    finished.results[0].observation.CopyFrom(answer("x"))
    finished.results[1].observation.CopyFrom(error(message="lost"))
    assert class_lines(finished, NAMES) == ["A go: a response", "B python: NOT_FOUND: lost"]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([(PASS, 1, False), (PASS, 2, False)], True),
        ([(PASS, 1, False), (PASS, 2, False), (PANIC, 3, False), (CRASH, 0, False)], True),
        ([(PASS, 1, False), (PASS, 1, False)], False),
        ([(PASS, 1, False), (PANIC, 2, False)], False),
        ([(PASS, 1, False), (MISMATCH, 2, False)], False),
        ([(MISMATCH, 1, False), (MISMATCH, 2, False)], False),
    ],
)
def test_classes_are_compared_if_no_answer_is_wrong(results: list, expected: bool) -> None:  # type: ignore[type-arg]
    assert compares_classes(finish(results)) is expected
