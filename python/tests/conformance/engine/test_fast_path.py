"""The fast path gives the same result as the assessor, and takes no other cases."""

from __future__ import annotations

import copy
import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.fast_path import FastPath, is_expected
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.observation_pb2 import Observation, Panic
from testingkit.conformance.v1.parity_pb2 import PARITY_AGREE, PARITY_SINGLE
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunEvent
from testingkit.conformance.v1.verdict_pb2 import VERDICT_PASS
from tests.conformance.support import answer, error, fails, make_case, new, packed, says

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
def test_fast_path_and_assessor_give_equal_events(expected: str, comparison: str) -> None:
    case = make_case(EXPECTATIONS[expected], compare=COMPARISONS[comparison])
    response = record_of(case).expected
    book = KnownBook([], datetime.date(2026, 1, 1))
    compared = 0
    for runners in (1, 2, 3):
        names = [f"r{number}" for number in range(runners)]
        assessor = Assessor(names, book, all_runners=True)
        fast_path = FastPath(runners)
        for chosen in itertools.product(OBSERVATIONS, repeat=runners):
            observed = [[copy.copy(observation)] for observation in chosen]
            if not all(is_expected(response, observation) for observation in chosen):
                continue
            compared += 1
            assessed = assessor.assess(1, case, observed)
            elapsed = [observation.elapsed_nanos for observation in chosen]
            event = fast_path.event(1, response or b"", elapsed)
            assert event == RunEvent(finished_case=assessed).SerializeToString()
            assert not _findings(names, case, assessed)
            assert _counts(runners, assessed, case) == _counts(runners, None, case)
    answers = expected in {"an answer", "the empty answer"}
    assert compared == (3 if answers and comparison != "NaN is not NaN" else 0)


@given(
    st.integers(1, 2**64 - 1),
    st.binary(max_size=300),
    st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=4),
)
def test_event_has_the_bytes_that_protobuf_serializes(
    call_id: int, response: bytes, elapsed: list[int]
) -> None:
    finished = FinishedCase(call_id=call_id, parity=PARITY_AGREE if elapsed[1:] else PARITY_SINGLE)
    for index, nanos in enumerate(elapsed):
        result = finished.results.add(
            runner=index, verdict=VERDICT_PASS, answer_class=1, elapsed_nanos=nanos
        )
        if not index:
            result.observation.call_id = call_id
            result.observation.response = response
            result.observation.elapsed_nanos = nanos
    event = FastPath(len(elapsed)).event(call_id, response, elapsed)
    assert event == RunEvent(finished_case=finished).SerializeToString()


def _findings(names: list[str], case: Case, finished: FinishedCase) -> object:
    book = FindingBook(names)
    book.add_case(case, finished)
    return book.findings()


def _counts(runners: int, finished: FinishedCase | None, case: Case) -> object:
    tally = Tally(runners, planned=1)
    if finished is None:
        tally.add_unanimous(1)
    else:
        tally.add(finished, case.level)
    tally.check()
    return list(tally.ledgers), tally.parity
