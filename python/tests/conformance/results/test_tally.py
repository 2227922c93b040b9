"""The ledgers and parity totals, and the errors if they do not add up."""

from __future__ import annotations

import pytest

from testingkit.conformance.judging.verdicts import COLUMNS
from testingkit.conformance.results.tally import LEDGER_COLUMNS, LedgerError, Tally
from testingkit.conformance.v1 import case_pb2, parity_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, Ledger, ParityTotals, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Verdict
from tests.conformance.finished_cases import Result, every_case, finish, flaky_result

REQUIRED = case_pb2.LEVEL_REQUIRED
PASS = (verdict_pb2.VERDICT_PASS, 1, False)


def test_every_verdict_but_unspecified_has_a_column() -> None:
    assert set(COLUMNS) == set(Verdict.values()) - {Verdict.VERDICT_UNSPECIFIED}


def test_every_count_of_a_ledger_is_a_column() -> None:
    fields = {field.name for field in Ledger.DESCRIPTOR.fields}
    assert fields == {"runner", "planned", *LEDGER_COLUMNS}


@pytest.mark.parametrize("runners", [1, 2, 3])
def test_ledgers_add_up_for_all_results(runners: int) -> None:
    cases = list(every_case(runners))
    tally = Tally(runners, planned=len(cases))
    for results in cases:
        tally.add(finish(results), REQUIRED)
    tally.check()
    for ledger in tally.ledgers:
        assert sum(getattr(ledger, column) for column in LEDGER_COLUMNS) == len(cases)


def test_unfinished_case_raises_ledger_error() -> None:
    tally = Tally(runners=2, planned=2)
    tally.add(finish([PASS, PASS]), REQUIRED)
    with pytest.raises(LedgerError, match="runner 0: 2 planned, 1 accounted for"):
        tally.check()


def test_missing_result_of_one_runner_raises_ledger_error() -> None:
    tally = Tally(runners=2, planned=1)
    finished = finish([PASS, PASS])
    del finished.results[1]
    tally.add(finished, REQUIRED)
    with pytest.raises(LedgerError, match="runner 1: 1 planned, 0 accounted for"):
        tally.check()


def test_duplicate_result_raises_ledger_error() -> None:
    tally = Tally(runners=1, planned=1)
    finished = finish([PASS])
    finished.results.append(finished.results[0])
    tally.add(finished, REQUIRED)
    with pytest.raises(LedgerError, match="runner 0: 1 planned, 2 accounted for"):
        tally.check()


def test_missing_parity_raises_ledger_error() -> None:
    tally = Tally(runners=0, planned=1)
    with pytest.raises(LedgerError, match="parity: 1 cases, 0 accounted for"):
        tally.check()


def test_unspecified_parity_is_not_counted() -> None:
    with pytest.raises(KeyError):
        Tally(runners=0, planned=1).add(FinishedCase(), REQUIRED)


MISMATCH, CRASH = verdict_pb2.VERDICT_MISMATCH, verdict_pb2.VERDICT_CRASH
PANIC, NOT_RUN = verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_NOT_RUN
TIMEOUT, BROKEN = verdict_pb2.VERDICT_TIMEOUT, verdict_pb2.VERDICT_PROTOCOL_ERROR
# Results, level; gated results, gated divergences, unanswered.
COUNTS = [
    ([PASS, (MISMATCH, 2, False)], "REQUIRED", (1, 1, 0)),
    ([PASS, (MISMATCH, 2, False)], "RECOMMENDED", (0, 0, 0)),
    ([PASS, (MISMATCH, 2, False)], "IMPLEMENTATION_DEFINED", (1, 0, 0)),
    ([PASS, (MISMATCH, 2, True)], "REQUIRED", (0, 0, 0)),
    ([PASS, (PANIC, 2, False)], "RECOMMENDED", (0, 0, 0)),
    ([PASS, (CRASH, 0, False)], "RECOMMENDED", (1, 0, 0)),
    ([PASS, (CRASH, 0, True)], "RECOMMENDED", (0, 0, 0)),
    ([PASS, (NOT_RUN, 0, False)], "RECOMMENDED", (0, 0, 1)),
]


@pytest.mark.parametrize(("results", "level", "expected"), COUNTS)
def test_counts_for_the_gate_depend_on_level_and_verdict(
    results: list[Result], level: str, expected: tuple[int, int, int]
) -> None:
    tally = Tally(runners=2, planned=1)
    tally.add(finish(results), case_pb2.Level.Value(f"LEVEL_{level}"))
    assert (tally.gated_results, tally.gated_divergences, tally.unanswered) == expected


OK, FLAKY = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_FLAKY
# Result with several outcomes, level; its column, gated results, unanswered.
PARTS = [
    (flaky_result(FLAKY, OK, MISMATCH), "REQUIRED", ("flaky", 1, 0)),
    (flaky_result(FLAKY, OK, MISMATCH), "RECOMMENDED", ("flaky", 0, 0)),
    (flaky_result(FLAKY, OK, CRASH), "RECOMMENDED", ("flaky", 1, 0)),
    (flaky_result(FLAKY, OK, TIMEOUT), "RECOMMENDED", ("flaky", 1, 0)),
    (flaky_result(FLAKY, OK, CRASH, known=True), "RECOMMENDED", ("known", 0, 0)),
    (flaky_result(NOT_RUN, OK), "REQUIRED", ("missing", 0, 1)),
    (flaky_result(NOT_RUN, MISMATCH), "REQUIRED", ("missing", 1, 1)),
    (flaky_result(NOT_RUN, MISMATCH), "RECOMMENDED", ("missing", 0, 1)),
    (flaky_result(NOT_RUN, MISMATCH, known=True), "REQUIRED", ("missing", 0, 1)),
    (flaky_result(NOT_RUN, CRASH), "RECOMMENDED", ("missing", 1, 1)),
    (flaky_result(NOT_RUN, PANIC, BROKEN), "REQUIRED", ("missing", 1, 1)),
    (flaky_result(BROKEN, NOT_RUN, TIMEOUT), "RECOMMENDED", ("protocol_errors", 1, 1)),
    (flaky_result(BROKEN, NOT_RUN), "REQUIRED", ("protocol_errors", 0, 1)),
    (
        flaky_result(BROKEN, OK, OK),
        "REQUIRED",
        ("protocol_errors", 1, 1),
    ),  # only two outcomes are answered
]


@pytest.mark.parametrize(("result", "level", "expected"), PARTS)
def test_unanswered_and_wrong_outcomes_are_both_counted(
    result: RunnerResult, level: str, expected: tuple[str, int, int]
) -> None:
    tally = Tally(runners=1, planned=1)
    finished = FinishedCase(call_id=1, parity=parity_pb2.PARITY_NONE, results=[result])
    tally.add(finished, case_pb2.Level.Value(f"LEVEL_{level}"))
    tally.check()
    column, gated, unanswered = expected
    assert tally.ledgers == [Ledger(planned=1, **{column: 1})]
    assert (tally.gated_results, tally.unanswered) == (gated, unanswered)


def test_known_divergence_is_counted_in_its_own_column() -> None:
    tally = Tally(runners=2, planned=1)
    tally.add(finish([PASS, (MISMATCH, 2, True)]), REQUIRED)
    assert tally.parity == ParityTotals(cases=1, known=1)
    assert tally.answered == 2
