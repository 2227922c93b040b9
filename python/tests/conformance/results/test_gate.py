"""The decision about a run, from its tally, its findings and an interruption."""

from __future__ import annotations

import itertools

import pytest

from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.gate import EXIT_CODES, decide
from testingkit.conformance.results.tally import LedgerError, Tally
from testingkit.conformance.v1 import case_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import Decision, Finding, FindingKind
from tests.conformance.finished_cases import Result, every_case, finish
from tests.conformance.support import make_case, says

PASS: Result = (verdict_pb2.VERDICT_PASS, 1, False)
# Results of one case, and what they make of a run.
TALLIES: dict[str, tuple[list[Result], str]] = {
    "pass": ([PASS, PASS], "fine"),
    "mismatch": ([(verdict_pb2.VERDICT_MISMATCH, 1, False)] * 2, "failed"),
    "diverge": ([PASS, (verdict_pb2.VERDICT_PASS, 2, False)], "failed"),
    "panic": ([(verdict_pb2.VERDICT_PANIC, 1, False)] * 2, "failed"),
    "crash": ([PASS, (verdict_pb2.VERDICT_CRASH, 0, False)], "failed"),
    "timeout": ([PASS, (verdict_pb2.VERDICT_TIMEOUT, 0, False)], "failed"),
    "known": ([PASS, (verdict_pb2.VERDICT_MISMATCH, 2, True)], "fine"),
    "protocol": ([PASS, (verdict_pb2.VERDICT_PROTOCOL_ERROR, 0, False)], "incomplete"),
    "no result": ([PASS, (verdict_pb2.VERDICT_NO_RESULT, 0, False)], "incomplete"),
    "not run": ([(verdict_pb2.VERDICT_NOT_RUN, 0, False)] * 2, "incomplete"),
    "unsupported": ([(verdict_pb2.VERDICT_UNSUPPORTED, 0, False)] * 2, "nothing"),
    "empty": ([], "nothing"),
}
_OF_A_FINDING = {
    "PROTOCOL": "incomplete",
    "INCOMPLETE": "incomplete",
    "RUNNER": "incomplete",
}
FINDINGS: dict[str, tuple[list[Finding], str]] = {"none": ([], "fine")}
for _name in FindingKind.keys()[1:]:
    _kind = FindingKind.Value(_name)
    _meaning = _OF_A_FINDING.get(_name.removeprefix("FINDING_KIND_"), "failed")
    FINDINGS[_name] = ([Finding(id="Z1", kind=_kind, text="t", gated=True)], _meaning)
    FINDINGS[f"{_name}, not gated"] = ([Finding(id="Z1", kind=_kind, text="t")], "fine")

ORDER = ["interrupted", "failed", "incomplete", "nothing", "fine"]
DECISIONS = {
    "interrupted": (Decision.DECISION_INTERRUPTED, ExitCode.INTERRUPTED),
    "failed": (Decision.DECISION_NOT_CONFORMANT, ExitCode.NOT_CONFORMANT),
    "incomplete": (Decision.DECISION_INCOMPLETE, ExitCode.INCOMPLETE),
    "nothing": (Decision.DECISION_NOTHING_RAN, ExitCode.NOTHING_RAN),
    "fine": (Decision.DECISION_CONFORMANT, ExitCode.CONFORMANT),
}


def tally_of(results: list[Result]) -> Tally:
    tally = Tally(runners=2, planned=1 if results else 0)
    if results:
        tally.add(finish(results), case_pb2.LEVEL_REQUIRED)
    return tally


@pytest.mark.parametrize("interrupted", [False, True])
@pytest.mark.parametrize(("counted", "found"), list(itertools.product(TALLIES, FINDINGS)))
def test_decision_is_the_first_in_order_that_applies(
    counted: str, found: str, interrupted: bool
) -> None:
    (results, of_tally), (findings, of_findings) = TALLIES[counted], FINDINGS[found]
    meanings = {of_tally, of_findings, "interrupted" if interrupted else "fine"}
    first = next(meaning for meaning in ORDER if meaning in meanings)
    gate = decide(tally_of(results), findings, interrupted=interrupted)
    assert (gate.decision, gate.exit_code) == DECISIONS[first]
    assert bool(gate.reasons) == (first != "fine")


def test_every_decision_has_its_own_exit_code() -> None:
    written = set(Decision.values()) - {Decision.DECISION_UNSPECIFIED}
    assert set(EXIT_CODES) == written
    assert len(set(EXIT_CODES.values())) == len(written)


def test_reasons_name_numbers_and_findings() -> None:
    stale = Finding(id="S1", kind=run_pb2.FINDING_KIND_STALE, text="python passes", gated=True)
    diverging = [PASS, (verdict_pb2.VERDICT_MISMATCH, 2, False)]
    gate = decide(tally_of(diverging), [stale], interrupted=False)
    assert gate.reasons == [
        "1 answer is not as expected",
        "runners diverge in 1 case",
        "S1: python passes",
    ]


def test_missing_result_raises_ledger_error() -> None:
    with pytest.raises(LedgerError):
        decide(Tally(runners=1, planned=1), [], interrupted=True)


@pytest.mark.parametrize("runners", [1, 2, 3])
@pytest.mark.parametrize("level", case_pb2.Level.keys()[1:])
def test_tally_and_findings_lead_to_the_same_decision(level: str, runners: int) -> None:
    """For all results of one case: the tally alone and the findings alone."""
    value = case_pb2.Level.Value(level)
    case = make_case(says("yes"), level=value)
    names = ["go", "python", "rust"][:runners]
    for results in every_case(runners):
        finished = finish(results)
        tally, book = Tally(runners, planned=1), FindingBook(names)
        tally.add(finished, value)
        book.add_case(case, finished)
        counted = decide(tally, [], interrupted=False).decision
        nothing = Tally(runners, planned=1)
        nothing.add(finish([PASS] * runners), value)
        found = decide(nothing, book.findings(), interrupted=False).decision
        if counted == Decision.DECISION_NOTHING_RAN:
            assert found == Decision.DECISION_CONFORMANT, results
        else:
            assert Decision.Name(counted) == Decision.Name(found), results
