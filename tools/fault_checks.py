"""Checks a run of `make faults` against the table: findings, neighbours, processes left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fault_project import FAULT_NUMBER, NEIGHBOURS, Run
from fault_table import ABSENT, MIXED, RUNNERS, Expected, Fault
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import Finding, FindingKind, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Verdict

_PREFIX_OF_KINDS = "FINDING_KIND_"
_PREFIX_OF_VERDICTS = "VERDICT_"
_MAX_SHOWN = 300
# Findings about the answers of all runners to one case.
_OF_ANSWERS = frozenset({"DIVERGENCE", "GOLDEN_SUSPECT", "FAILURE"})


@dataclass(frozen=True)
class Check:
    """The check of one cell of the table, or of a run as a whole."""

    name: str
    shown: str  # the result in short
    problems: Sequence[str] = ()  # each with the expected and the actual value

    @property
    def is_right(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


def check_cell(run: Run, name: str, fault: Fault, runner: str) -> Check:
    """Checks that a run reports the fault of one runner, and that its neighbours pass."""
    index = RUNNERS.index(runner)
    expected = fault.expected(runner)
    case_id = f"{name}/{FAULT_NUMBER}"
    result, observation = _result(run, case_id, index)
    verdict = _verdict(result)
    passed = _passed(run, index) - (verdict == "PASS")
    problems = [
        *_differs("verdict", expected.verdict, verdict),
        *_lacks("observation", expected.text, describe(observation)),
        *_differs("neighbours that pass", NEIGHBOURS, passed),
        *_duration_problems(fault, expected, result),
        *_finding_problems(run, case_id, index, expected),
        *_ledger_problems(run, index),
    ]
    is_absent = expected is ABSENT and not problems
    shown = "-" if is_absent else _shown(verdict, observation)
    return Check(runner, f"{shown} · {passed}/{NEIGHBOURS}", problems)


def check_end(run: Run, code: int) -> Check:
    """Checks that a run ends with an exit code, also in its log, and leaves no process."""
    problems = [
        *_differs("exit code", code, run.exit),
        *_differs("exit code in the log", code, run.footer.exit_code),
        *_differs("processes left", [], list(run.left)),
        *_differs("standard error", "", run.stderr),
    ]
    orphans = f" · {len(run.left)} left" if run.left else ""
    return Check("run", f"exit {run.exit}{orphans}", problems)


def check_mixed(run: Run, runner: str) -> Check:
    """Checks that a run with scattered faults reports all of them for one runner, and no others."""
    index = MIXED.runners.index(runner)
    verdicts = {
        case_id: _verdict(_result(run, case_id, index)[0]) for case_id in run.record.planned
    }
    wanted = {f"mixed/{number}": MIXED.verdict(number) for number in MIXED.faults}
    others = {case_id: verdict for case_id, verdict in verdicts.items() if verdict != "PASS"}
    blamed = {
        case_id: _kind(finding)
        for finding in run.record.findings
        for case_id in (finding.case_id, *finding.similar_case_ids)
        if list(finding.runners) == [index] and finding.gated
    }
    problems = [
        *_differs("cases", MIXED.cases, len(verdicts)),
        *_differs("cases that do not pass", wanted, others),
        *_differs("findings", wanted, blamed),
        *_ledger_problems(run, index),
    ]
    ledger = run.footer.ledgers[index]
    shown = f"{ledger.passed} pass · {ledger.crashed} crash · {ledger.timed_out} time out"
    return Check(runner, shown, problems)


def _finding_problems(run: Run, case_id: str, index: int, expected: Expected) -> Iterator[str]:
    """Yields a problem for each finding about one runner that is not expected, or missing."""
    blamed = [f for f in run.record.findings if index in f.runners or _kind(f) in _OF_ANSWERS]
    own = [f for f in blamed if _kind(f) not in _OF_ANSWERS]
    yield from _differs("findings", [expected.kind] if expected.kind else [], [*map(_kind, own)])
    for finding in own:
        yield from _lacks(f"finding {finding.id}", expected.text, finding.text)
    if expected.verdict == "UNEXPECTED_ERROR" and len(blamed) == len(own):
        yield "findings: expected one about its answer, got none"
    for finding in blamed:
        ids = [finding.case_id, *finding.similar_case_ids]
        yield from _differs(f"cases of finding {finding.id}", [case_id], ids)
        yield from _differs(f"finding {finding.id} is gated", wanted=True, actual=finding.gated)


def _duration_problems(fault: Fault, expected: Expected, result: RunnerResult) -> Iterator[str]:
    millis = result.elapsed_nanos // 10**6
    if expected.verdict == "PASS" and millis < fault.millis:
        yield f"duration: expected at least {fault.millis} ms, got {millis} ms"


def _ledger_problems(run: Run, index: int) -> Iterator[str]:
    ledger = run.footer.ledgers[index]
    names = {field.name for field in ledger.DESCRIPTOR.fields} - {"runner", "planned"}
    counted = sum(getattr(ledger, name) for name in names)
    yield from _differs("sum of the ledger", ledger.planned, counted)
    yield from _differs("calls planned", run.record.header.cases, ledger.planned)


def _result(run: Run, case_id: str, index: int) -> tuple[RunnerResult, Observation]:
    finished = run.record.finished[run.record.planned[case_id].call_id]
    result = finished.results[index]
    return result, result_observation(finished, result)


def _verdict(result: RunnerResult) -> str:
    return Verdict.Name(result.verdict).removeprefix(_PREFIX_OF_VERDICTS)


def _passed(run: Run, index: int) -> int:
    return sum(_verdict(case.results[index]) == "PASS" for case in run.record.finished.values())


def _kind(finding: Finding) -> str:
    return FindingKind.Name(finding.kind).removeprefix(_PREFIX_OF_KINDS)


def _shown(verdict: str, observation: Observation) -> str:
    crash = observation.crash
    match observation.WhichOneof("kind"):
        case "crash" if crash.signal:
            return f"CRASH signal {crash.signal}"
        case "crash":
            return f"CRASH status {crash.exit_status}"
        case "timeout":
            return f"TIMEOUT {observation.timeout.deadline_millis} ms"
        case "error":
            return describe(observation).partition(":")[0]
        case "protocol_error":
            return "PROTOCOL"
        case _:
            return verdict


def _differs(what: str, wanted: object, actual: object) -> Iterator[str]:
    if wanted != actual:
        yield f"{what}: expected {wanted!r}, got {shorten(repr(actual), _MAX_SHOWN)}"


def _lacks(what: str, wanted: str, actual: str) -> Iterator[str]:
    if wanted not in actual:
        yield f"{what}: expected {wanted!r} in it, got {shorten(repr(actual), _MAX_SHOWN)}"
