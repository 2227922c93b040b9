"""Writes the log of a red run directly, without running broken runners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp

from benchmark.programs import THREE
from benchmark.work import METHOD, Work, medium, request, response, schema
from testingkit.conformance.record.event_log import EventLogWriter
from testingkit.conformance.results.gate import decide
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    RunnerResult,
)
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference

_SUITE_CASES = 250
_TYPE = "type.googleapis.com/acme.bench.v1.WorkResponse"


def write_red_run(path: Path, cases: int, diverging: int, findings: int) -> None:
    """Writes a log in which one of three runners diverges in some cases, grouped into findings."""
    names = [program.name for program in THREE]
    step = cases // diverging
    tally = Tally(len(names), cases)
    found: dict[int, list[PlannedCase]] = {number: [] for number in range(findings)}
    header = RunHeader(
        format_version=1,
        testingkit_version="0.1.0",
        started=Timestamp(seconds=1_800_000_000),
        seed="7f3a91",
        runners=names,
        cases=cases,
        suites=-(-cases // _SUITE_CASES),
        descriptors=schema().subject_files,
    )
    with EventLogWriter(path) as writer:
        writer.write(RunEvent(header=header))
        for ready in _ready(names):
            writer.write(RunEvent(runner_ready=ready))
        for work in medium(cases):
            number = work.number // step % findings if work.number % step == 0 else None
            planned = _planned(work)
            finished = _agreed(work) if number is None else _diverged(work, number)
            if number is not None:
                found[number].append(planned)
            tally.add(finished, planned.level)
            writer.write(RunEvent(planned_case=planned))
            writer.write(RunEvent(finished_case=finished))
        shown = list(_findings(found, names))
        for finding in shown:
            writer.write(RunEvent(finding=finding))
        writer.write(RunEvent(footer=_footer(tally, shown)))


def _ready(names: Sequence[str]) -> Iterator[RunnerReady]:
    for index, name in enumerate(names):
        description = DescribeResponse(name=f"bench-{name}", version="0.1.0", language=name)
        yield RunnerReady(runner=index, description=description, jobs=1)


def _planned(work: Work) -> PlannedCase:
    part = (work.number - 1) // _SUITE_CASES
    planned = PlannedCase(
        call_id=work.number,
        case_id=f"part_{part:04}/{work.name}",
        path=f"conformance_cases/part_{part:04}.textproto",
        line=5 * ((work.number - 1) % _SUITE_CASES) + 4,
        method=METHOD,
        request=request(work),
        level=case_pb2.LEVEL_REQUIRED,
    )
    planned.expect.response.type_url = _TYPE
    planned.expect.response.value = response(work)
    return planned


def _agreed(work: Work) -> FinishedCase:
    results = [_right(index, work) for index in range(len(THREE))]
    return FinishedCase(call_id=work.number, parity=parity_pb2.PARITY_AGREE, results=results)


def _right(index: int, work: Work) -> RunnerResult:
    observation = None if index else Observation(response=response(work))
    return RunnerResult(
        runner=index,
        verdict=verdict_pb2.VERDICT_PASS,
        answer_class=1,
        observation=observation,
        elapsed_nanos=1000 + work.number,
    )


def _diverged(work: Work, number: int) -> FinishedCase:
    """Returns a case in which the last runner, or the one before it, has another sum."""
    odd = 1 + number % 2
    results = [_right(index, work) for index in range(len(THREE))]
    wrong = Work(work.number, work.payload[: -1 - number])
    difference = Difference(
        field_path="sum",
        kind=DIFFERENCE_KIND_VALUE,
        expected=str(work.sum),
        actual=str(wrong.sum),
    )
    results[odd].MergeFrom(
        RunnerResult(
            verdict=verdict_pb2.VERDICT_MISMATCH,
            answer_class=2,
            observation=Observation(response=response(wrong)),
            differences=[difference],
        )
    )
    return FinishedCase(call_id=work.number, parity=parity_pb2.PARITY_DIVERGE, results=results)


def _findings(
    found: Mapping[int, Sequence[PlannedCase]], names: Sequence[str]
) -> Iterator[Finding]:
    for number, (example, *similar) in found.items():
        odd = 1 + number % 2
        yield Finding(
            id=f"D{number + 1}",
            kind=run_pb2.FINDING_KIND_DIVERGENCE,
            case_id=example.case_id,
            similar_case_ids=[case.case_id for case in similar],
            runners=[odd],
            path=example.path,
            line=example.line,
            text=f"odd one out: {names[odd]}",
            advice=f"testingkit run -k {example.case_id}",
            gated=True,
        )


def _footer(tally: Tally, findings: Sequence[Finding]) -> RunFooter:
    gate = decide(tally, findings, interrupted=False)
    return RunFooter(
        ledgers=tally.ledgers,
        parity=tally.parity,
        decision=gate.decision,
        exit_code=gate.exit_code,
        reasons=gate.reasons,
        wall_nanos=2_100_000_000,
    )
