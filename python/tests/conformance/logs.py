"""Event logs of invented runs, for the tests of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from testingkit.conformance.record.event_log import EventLogWriter
from testingkit.conformance.record.run_log import RunLog, open_log
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Crash, Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    RunnerResult,
)
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.support import new, says, schema

Done = tuple[PlannedCase, FinishedCase]  # a case and its results
Cases = Iterable[Done]


def planned(number: int, case_id: str, **values: object) -> PlannedCase:
    """Returns a case with the request ``why`` that expects ``30s``."""
    case = PlannedCase(
        call_id=number,
        case_id=case_id,
        path="cases/a.textproto",
        line=number,
        method="probe.v1.ProbeService/Say",
        request=new("Ask", text="why").SerializeToString(),
        expect=says("30s"),
        level=case_pb2.LEVEL_REQUIRED,
    )
    case.MergeFrom(PlannedCase(**values))  # type: ignore[arg-type]
    return case


def agreed(number: int, runners: int = 2) -> FinishedCase:
    """Returns a case that all runners pass."""
    right = [_right(index) for index in range(runners)]
    return FinishedCase(call_id=number, parity=parity_pb2.PARITY_AGREE, results=right)


def diverged(number: int, actual: str = '"0s"', path: str = "text") -> FinishedCase:
    """Returns a case in which the second of two runners gives a wrong answer."""
    difference = Difference(
        field_path=path, kind=DIFFERENCE_KIND_VALUE, expected='"30s"', actual=actual
    )
    wrong = RunnerResult(
        runner=1,
        verdict=verdict_pb2.VERDICT_MISMATCH,
        answer_class=2,
        observation=Observation(response=b""),
        differences=[difference],
    )
    results = [_right(0), wrong]
    return FinishedCase(call_id=number, parity=parity_pb2.PARITY_DIVERGE, results=results)


def crashed(number: int, stderr: str = "") -> FinishedCase:
    """Returns a case in which the second of two runners crashes."""
    end = Observation(crash=Crash(text="killed by signal 6 (SIGABRT)", stderr=stderr, alone=True))
    gone = RunnerResult(runner=1, verdict=verdict_pb2.VERDICT_CRASH, observation=end)
    results = [_right(0), gone]
    return FinishedCase(call_id=number, parity=parity_pb2.PARITY_SINGLE, results=results)


def _right(runner: int) -> RunnerResult:
    answer = None if runner else Observation(response=b"")
    return RunnerResult(
        runner=runner, verdict=verdict_pb2.VERDICT_PASS, answer_class=1, observation=answer
    )


def finding(case: PlannedCase, **values: object) -> Finding:
    """Returns a finding: a divergence of the second runner."""
    found = Finding(
        id="D1",
        kind=run_pb2.FINDING_KIND_DIVERGENCE,
        case_id=case.case_id,
        path=case.path,
        line=case.line,
        text="odd one out: rust",
        advice=f"testingkit run -k {case.case_id}",
        gated=True,
    )
    runners = values.pop("runners", [1])
    for name, value in values.items():
        setattr(found, name, value)
    found.runners.extend(runners)  # type: ignore[arg-type]
    return found


def record(
    path: Path,
    cases: Cases,
    findings: Sequence[Finding] = (),
    *,
    runners: Sequence[str] = ("go", "rust"),
    left_out: LeftOut | None = None,
    reasons: Sequence[str] = (),
) -> RunLog:
    """Writes the log of a run with these cases and their totals, and opens it."""
    header = RunHeader(testingkit_version="0.1.0", seed="7f", runners=runners, suites=1)
    header.descriptors.CopyFrom(schema().subject_files)
    footer = RunFooter(
        decision=run_pb2.DECISION_NOT_CONFORMANT if findings else run_pb2.DECISION_CONFORMANT,
        exit_code=1 if findings else 0,
        wall_nanos=1_700_000_000,
        reasons=reasons,
    )
    return write_log(
        path, header, list(cases), lambda _: footer, findings=findings, left_out=left_out
    )


def write_log(
    path: Path,
    header: RunHeader,
    cases: Sequence[Done],
    end: Callable[[Tally], RunFooter],
    *,
    ready: Iterable[RunnerReady] = (),
    findings: Sequence[Finding] = (),
    left_out: LeftOut | None = None,
) -> RunLog:
    """Writes a log as a run does, with the totals of its cases in the footer, and opens it.

    The number of cases in ``header`` is filled in. Without ``ready`` all runners are ready; ``end``
    returns the rest of the footer.
    """
    left = LeftOut() if left_out is None else left_out
    start = RunHeader(format_version=1, cases=len(cases) + left.cases)
    start.MergeFrom(header)
    tally = Tally(len(start.runners), start.cases)
    events = [RunEvent(header=start)]
    all_ready = list(ready) or [RunnerReady(runner=at) for at in range(len(start.runners))]
    events += [RunEvent(runner_ready=one) for one in all_ready]
    for planned_case, finished in cases:
        tally.add(finished, planned_case.level)
        events += [RunEvent(planned_case=planned_case), RunEvent(finished_case=finished)]
    if left.cases:
        tally.add_left_out(left.cases)
        events.append(RunEvent(left_out=left))
    events += [RunEvent(finding=found) for found in findings]
    footer = RunFooter(ledgers=tally.ledgers, parity=tally.parity)
    footer.MergeFrom(end(tally))
    with EventLogWriter(path) as writer:
        for event in (*events, RunEvent(footer=footer)):
            writer.write(event)
    return open_log(path)
