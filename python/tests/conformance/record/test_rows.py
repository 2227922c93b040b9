"""Entries for other tools: their totals are those of the run, and they fail if it fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from testingkit.conformance.config import PARITY
from testingkit.conformance.record.rows import Entry, Status, entries_of
from testingkit.conformance.results.tally import LEDGER_COLUMNS, Tally
from testingkit.conformance.v1 import case_pb2, parity_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Crash, Observation, Panic
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.finished_cases import every_case, finish, flaky_result

NAMES = ["go", "rust", "zig"]
PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
LEVELS = ["REQUIRED", "RECOMMENDED", "IMPLEMENTATION_DEFINED"]
_RED = {Status.FAILED, Status.ERROR}


def entries(finished: FinishedCase, level: str = "REQUIRED") -> Sequence[Entry]:
    for result in finished.results:
        if not result.HasField("observation"):
            result.observation.response = b"x"
    number = case_pb2.Level.Value(f"LEVEL_{level}")
    case = PlannedCase(call_id=1, case_id="a/b", level=number)
    return list(entries_of(case, finished, NAMES[: len(finished.results)]))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("runners", [1, 2, 3])
def test_entries_have_the_totals_and_failures_of_the_run(runners: int, level: str) -> None:
    for results in every_case(runners):
        finished = finish(results)
        tally = Tally(runners, planned=1)
        tally.add(finished, case_pb2.Level.Value(f"LEVEL_{level}"))
        found = entries(finished, level)
        assert [entry.runner for entry in found] == [*NAMES[:runners], PARITY]
        for ledger, entry in zip(tally.ledgers, found, strict=False):
            counts = {c: getattr(ledger, c) for c in LEDGER_COLUMNS if getattr(ledger, c)}
            assert counts == {entry.column: 1}
        assert getattr(tally.parity, found[-1].column) == 1
        gated = tally.gated_results or tally.gated_divergences or tally.unanswered
        assert any(entry.status in _RED for entry in found) == bool(gated), (results, level)
        assert all(entry.message or entry.status is Status.PASSED for entry in found)


@pytest.mark.parametrize("level", LEVELS)
def test_results_with_several_outcomes_fail_if_the_run_fails(level: str) -> None:
    flaky, missing = verdict_pb2.VERDICT_FLAKY, verdict_pb2.VERDICT_NOT_RUN
    crash = verdict_pb2.VERDICT_CRASH
    for verdict, others in ((flaky, (PASS, MISMATCH)), (flaky, (PASS, crash)), (missing, (PASS,))):
        for known in (False, True):
            finished = FinishedCase(
                parity=parity_pb2.PARITY_SINGLE,
                results=[flaky_result(verdict, *others, known=known)],
            )
            tally = Tally(1, planned=1)
            tally.add(finished, case_pb2.Level.Value(f"LEVEL_{level}"))
            red = any(entry.status in _RED for entry in entries(finished, level))
            assert red == bool(tally.gated_results or tally.unanswered)


def test_entries_have_type_message_and_detail() -> None:
    finished = finish(
        [(PASS, 1, False), (MISMATCH, 2, False), (verdict_pb2.VERDICT_CRASH, 0, False)]
    )
    wrong, crashed = finished.results[1], finished.results[2]
    wrong.differences.append(
        Difference(field_path="a.b", kind=DIFFERENCE_KIND_VALUE, expected="1", actual="2")
    )
    wrong.differences.append(Difference(field_path="c", expected="x"))
    wrong.elapsed_nanos = 7
    end = Crash(text="signal 6", stderr="oh no\nmore\n")
    crashed.observation.CopyFrom(Observation(call_id=1, crash=end))
    right, bad, gone, parity = entries(finished)
    assert (right.type, right.message, right.detail) == ("pass", "", "")
    assert (bad.type, bad.message, bad.nanos) == ("mismatch", "a.b: expected 1, got 2", 7)
    assert bad.detail == "a.b: expected 1, got 2\nc: expected x, got (not there)"
    assert (gone.type, gone.message, gone.detail) == ("crash", "crash: signal 6", "oh no\nmore\n")
    assert (parity.type, parity.status) == ("divergence", Status.FAILED)
    assert parity.message == "go against rust; odd one out: rust"


def test_failure_that_is_not_binding_is_skipped_with_its_message() -> None:
    finished = finish([(PASS, 1, False), (MISMATCH, 2, False)])
    statuses = Counter(entry.status for entry in entries(finished, "RECOMMENDED"))
    assert statuses == {Status.PASSED: 1, Status.SKIPPED: 2}
    assert entries(finished, "RECOMMENDED")[1].message.startswith("not binding: ")


def test_known_divergence_is_skipped_and_named_in_the_message() -> None:
    finished = finish([(PASS, 1, False), (verdict_pb2.VERDICT_PANIC, 2, True)])
    finished.results[1].observation.panic.CopyFrom(Panic(text="boom", backtrace="at x\n"))
    _, known, parity = entries(finished)
    assert (known.status, known.message) == (Status.SKIPPED, "known divergence: panic: boom")
    assert (parity.status, parity.message) == (Status.SKIPPED, "a known divergence")
