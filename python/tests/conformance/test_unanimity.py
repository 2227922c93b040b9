"""The short way to a verdict says what the whole way says, and is taken for nothing else."""

from __future__ import annotations

import copy
import datetime
import itertools

import pytest

from testingkit.conformance.findings import FindingBook
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case
from testingkit.conformance.pipeline.assess import Assessor
from testingkit.conformance.pipeline.unanimity import is_unanimous, write_unanimous
from testingkit.conformance.tally import Tally
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.observation_pb2 import Observation, Panic
from testingkit.conformance.v1.run_pb2 import FinishedCase
from tests.conformance.support import answer, error, fails, make_case, new, packed, says, schema

EXPECTATIONS = {
    "an answer": says("a"),
    "the empty answer": Expectation(response=packed(new("Answer"))),
    "an error": fails(),
    "agreement": Expectation(agree=Agreement(reason="open")),
}
COMPARISONS = {
    "as written": Comparison(),
    "NaN is not NaN": Comparison(nan_equal=False),
    "weakly": Comparison(signed_zero_equal=True),
}
OBSERVATIONS = (
    answer("a"),
    answer("b"),
    Observation(call_id=1, response=b"", elapsed_nanos=7),
    Observation(call_id=1, response=b"\xff"),
    error(),
    Observation(call_id=1, panic=Panic(text="oh")),
    Observation(call_id=1),
)


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("expected", EXPECTATIONS)
def test_both_ways_come_to_the_same(expected: str, comparison: str) -> None:
    case = make_case(EXPECTATIONS[expected], compare=COMPARISONS[comparison])
    book = KnownBook([], datetime.date(2026, 1, 1))
    found = 0
    for runners in (1, 2, 3):
        names = [f"r{number}" for number in range(runners)]
        assessor = Assessor(names, schema(), book, everyone=True)
        for chosen in itertools.product(OBSERVATIONS, repeat=runners):
            observed = [[copy.copy(observation)] for observation in chosen]
            if not is_unanimous(case, observed):
                continue
            found += 1
            short, long = FinishedCase(), assessor.assess(Call(1, case, b"", 1.0, 1), observed)
            write_unanimous(short, 1, observed)
            assert short == long
            assert not _findings(names, case, short)
            assert _counts(runners, long, case) == _counts(runners, None, case)
    answers = expected in {"an answer", "the empty answer"}
    assert found == (3 if answers and comparison != "NaN is not NaN" else 0)


def _findings(names: list[str], case: Case, finished: FinishedCase) -> object:
    book = FindingBook(names)
    book.add_case(case, finished)
    return book.findings()


def _counts(runners: int, finished: FinishedCase | None, case: Case) -> object:
    tally = Tally(runners, planned=1)
    if finished is None:
        tally.add_unanimous()
    else:
        tally.add(finished, case.level)
    tally.check()
    return list(tally.ledgers), tally.parity


def test_repetitions_go_the_whole_way() -> None:
    case = make_case(says("a"))
    assert is_unanimous(case, [[answer("a")]])
    assert not is_unanimous(case, [[answer("a"), answer("a")]])
    assert not is_unanimous(case, [[answer("a")], []])
