"""The result of a run, read from its event log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.api.types import (
    CaseResult,
    Decision,
    Difference,
    Finding,
    FindingKind,
    Level,
    Parity,
    Runner,
    RunnerResult,
    Verdict,
)
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.record.run_log import RunLog, open_log
from testingkit.conformance.results.result_text import describe_result, right_text
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, Ledger, ParityTotals, PlannedCase


@dataclass(frozen=True, slots=True)
class RunResult:
    """The result of a run, read from its event log.

    Attributes:
        decision: The decision.
        exit_code: The exit code that ``testingkit run`` has for it.
        reasons: Why the run is not conformant; empty if it is.
        seed: The seed of the run.
        runners: The runners, in the order of the run.
        findings: What to look at, the most urgent kind first.
        parity: Number of cases by how their answers compare, such as ``{"agree": 5}``.
        log: The event log.
    """

    decision: Decision
    exit_code: ExitCode
    reasons: tuple[str, ...]
    seed: str
    runners: tuple[Runner, ...]
    findings: tuple[Finding, ...]
    parity: Mapping[str, int]
    log: Path
    _log: RunLog

    def cases(self) -> Iterator[CaseResult]:
        """Yields the result of every case that was run, in the order in which they finished.

        Raises:
            OutputError: The event log cannot be read any more.
        """
        for planned, finished in self._log.cases():
            yield _case_result(planned, finished, self._log.header.runners)

    def case(self, case_id: str) -> CaseResult | None:
        """Returns the result of a case by its id; None if it was not run.

        Raises:
            OutputError: The event log cannot be read any more.
        """
        for planned, finished in self._log.cases():
            if planned.case_id == case_id:
                return _case_result(planned, finished, self._log.header.runners)
        return None


def read_result(path: Path) -> RunResult:
    """Returns the result in an event log.

    Raises:
        OutputError: The log cannot be read.
    """
    log = open_log(path)
    return RunResult(
        decision=decision_of(log.footer.decision),
        exit_code=ExitCode(log.footer.exit_code),
        reasons=tuple(log.footer.reasons),
        seed=log.header.seed,
        runners=_runners(log),
        findings=tuple(_finding(finding, log.header.runners) for finding in log.findings),
        parity=_counts(log.footer.parity),
        log=path,
        _log=log,
    )


def decision_of(decision: run_pb2.Decision.ValueType) -> Decision:
    """Returns a decision of the event log."""
    return Decision(_word(run_pb2.Decision.Name(decision), "DECISION_"))


def verdict_of(verdict: verdict_pb2.Verdict.ValueType) -> Verdict:
    """Returns a verdict of the event log."""
    return Verdict(_word(verdict_pb2.Verdict.Name(verdict), "VERDICT_"))


def parity_of(parity: parity_pb2.Parity.ValueType) -> Parity:
    """Returns a parity of the event log."""
    return Parity(_word(parity_pb2.Parity.Name(parity), "PARITY_"))


def level_of(level: case_pb2.Level.ValueType) -> Level:
    """Returns the level of a case."""
    return Level(_word(case_pb2.Level.Name(level), "LEVEL_"))


def kind_of(kind: run_pb2.FindingKind.ValueType) -> FindingKind:
    """Returns the kind of a finding of the event log."""
    return FindingKind(_word(run_pb2.FindingKind.Name(kind), "FINDING_KIND_"))


def _word(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).lower()


def _runners(log: RunLog) -> tuple[Runner, ...]:
    ledgers = {ledger.runner: ledger for ledger in log.footer.ledgers}
    return tuple(
        Runner(
            name=log.header.runners[ready.runner],
            version=ready.description.version,
            language=ready.description.language,
            problem=ready.problem,
            totals=_counts(ledgers[ready.runner]),
        )
        for ready in log.runners
    )


def _counts(totals: Ledger | ParityTotals) -> Mapping[str, int]:
    names = (field.name for field in totals.DESCRIPTOR.fields if field.name != "runner")
    return {name: getattr(totals, name) for name in names}


def _finding(finding: run_pb2.Finding, runners: Sequence[str]) -> Finding:
    return Finding(
        id=finding.id,
        kind=kind_of(finding.kind),
        text=finding.text,
        advice=finding.advice,
        is_gated=finding.gated,
        case_id=finding.case_id,
        similar_case_ids=tuple(finding.similar_case_ids),
        runners=tuple(runners[index] for index in finding.runners),
        path=finding.path,
        line=finding.line,
    )


def _case_result(
    planned: PlannedCase, finished: FinishedCase, runners: Sequence[str]
) -> CaseResult:
    right = right_text(planned.expect)
    results = (_runner_result(finished, result, runners, right) for result in finished.results)
    return CaseResult(
        id=planned.case_id,
        path=planned.path,
        line=planned.line,
        method=planned.method,
        level=level_of(planned.level),
        parity=parity_of(finished.parity),
        results={result.runner: result for result in results},
    )


def _runner_result(
    finished: FinishedCase, result: run_pb2.RunnerResult, runners: Sequence[str], right: str
) -> RunnerResult:
    whole = run_pb2.RunnerResult()
    whole.CopyFrom(result)
    # Equal answers are in the log once; the text needs this runner's own.
    whole.observation.CopyFrom(result_observation(finished, result))
    return RunnerResult(
        runner=runners[result.runner],
        verdict=verdict_of(result.verdict),
        is_known=result.known,
        differences=tuple(
            Difference(d.field_path, d.expected, d.actual) for d in result.differences
        ),
        answer_class=result.answer_class,
        text=describe_result(whole, right),
        nanos=result.elapsed_nanos,
    )
