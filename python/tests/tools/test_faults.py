"""Tests of `make faults`: its table has every fault, and a run that differs is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fault_checks import check_cell, check_end, check_mixed
from fault_project import FAULT_NUMBER, NEIGHBOURS, Run
from fault_table import FAULTS, MIXED, RUNNERS
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Crash, Observation
from testingkit.conformance.v1.run_pb2 import Finding, FinishedCase, PlannedCase, RunnerResult
from testingkit.kit_proto.v1.fault_pb2 import Fault


def recorded(suite: str, cases: int, runners: int, **crashes: str) -> Run:
    """Returns a run in which everything passes except the case in the middle, which crashes."""
    record = RunRecord()
    record.header.cases = cases
    footer = run_pb2.RunFooter(exit_code=1)
    for index in range(runners):
        crashed = int(RUNNERS[index] in crashes)
        footer.ledgers.add(runner=index, planned=cases, passed=cases - crashed, crashed=crashed)
    for number in range(cases):
        case_id = f"{suite}/{number}"
        record.planned[case_id] = PlannedCase(call_id=number + 1, case_id=case_id)
        finished = FinishedCase(call_id=number + 1)
        for index in range(runners):
            text = crashes.get(RUNNERS[index]) if number == FAULT_NUMBER else None
            finished.results.append(_result(index, text))
            if text:
                record.findings.append(_finding(index, case_id, text))
        record.finished[number + 1] = finished
    return Run(exit=1, record=record, footer=footer, seconds=1.0, left=(), stderr="")


def _result(index: int, crash: str | None) -> RunnerResult:
    if crash is None:
        answered = Observation(response=b"")
        return RunnerResult(
            runner=index, verdict=verdict_pb2.VERDICT_PASS, answer_class=1, observation=answered
        )
    crashed = Observation(crash=Crash(text=crash))
    return RunnerResult(runner=index, verdict=verdict_pb2.VERDICT_CRASH, observation=crashed)


def _finding(index: int, case_id: str, text: str) -> Finding:
    kind = run_pb2.FINDING_KIND_CRASH
    return Finding(id="C1", kind=kind, case_id=case_id, runners=[index], text=text, gated=True)


def exit_run(**crashes: str) -> Run:
    return recorded("exit", NEIGHBOURS + 1, len(RUNNERS), **crashes)


def test_every_fault_has_a_row() -> None:
    rows = {f"FAULT_{(fault.name or name).upper()}" for name, fault in FAULTS.items()}
    assert rows == set(Fault.keys()) - {"FAULT_RETURN"}


def test_every_fault_is_expected_in_some_language() -> None:
    assert [name for name, fault in FAULTS.items() if not set(fault.runners) & set(RUNNERS)] == []
    assert {runner for fault in FAULTS.values() for runner in fault.runners} == set(RUNNERS)


def test_the_long_run_has_five_crashes_and_three_hangs() -> None:
    verdicts = [MIXED.verdict(number) for number in MIXED.faults]
    assert (verdicts.count("CRASH"), verdicts.count("TIMEOUT")) == (5, 3)
    assert max(MIXED.faults) < MIXED.cases == 2000


def test_a_run_that_reports_the_fault_is_right() -> None:
    run = exit_run(rust="exited with status 3")
    assert check_cell(run, "exit", FAULTS["exit"], "rust").problems == []
    assert check_end(run, 1).problems == []


@pytest.mark.parametrize(
    ("crashes", "runner", "problem"),
    [
        ({}, "rust", "verdict: expected 'CRASH', got 'PASS'"),
        ({"rust": "killed by signal 9"}, "rust", "expected 'exited with status 3' in it"),
        ({"go": "exited with status 3"}, "rust", "findings: expected ['CRASH'], got []"),
    ],
)
def test_a_run_that_reports_another_result_is_wrong(
    crashes: dict[str, str], runner: str, problem: str
) -> None:
    check = check_cell(exit_run(**crashes), "exit", FAULTS["exit"], runner)
    assert any(problem in line for line in check.problems), check.problems


def test_a_neighbour_without_a_result_is_wrong() -> None:
    run = exit_run(rust="exited with status 3")
    run.record.finished[1].results[1].verdict = verdict_pb2.VERDICT_NO_RESULT
    check = check_cell(run, "exit", FAULTS["exit"], "rust")
    assert check.problems == ["neighbours that pass: expected 40, got 39"]


def test_a_ledger_that_does_not_add_up_is_wrong() -> None:
    run = exit_run(rust="exited with status 3")
    run.footer.ledgers[1].crashed = 0
    check = check_cell(run, "exit", FAULTS["exit"], "rust")
    assert check.problems == ["sum of the ledger: expected 41, got 40"]


def test_another_exit_code_or_a_process_left_behind_or_stderr_is_wrong() -> None:
    run = exit_run()
    assert check_end(run, 5).problems != []
    assert check_end(replace(run, left=["some/runner"]), 1).problems != []
    assert check_end(replace(run, stderr="Traceback"), 1).problems != []


def test_a_long_run_that_reports_no_fault_is_wrong() -> None:
    problems = check_mixed(recorded("mixed", MIXED.cases, 3), "go").problems
    assert any(line.startswith("findings: ") for line in problems)
