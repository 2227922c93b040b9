"""Recorded runs for the tests of reports; their totals are counted as in a run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.results.gate import decide
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1 import case_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Crash, Observation, Panic
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    LeftOut,
    PlannedCase,
    RunFooter,
    RunHeader,
    RunnerReady,
)
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.finished_cases import Result, finish
from tests.conformance.logs import Done, write_log

NAMES = ["go", "rust", "parity"]  # a runner may be called as the entries of parity are
REQUIRED, RECOMMENDED = case_pb2.LEVEL_REQUIRED, case_pb2.LEVEL_RECOMMENDED
# It moves the cursor, paints, ends lines, turns the direction, and would end a text of JSON or XML.
HOSTILE = 'x\x1b[2J\x00\x7f\r\n"]}\\ \u202e\u2028\ufeff\U000e0041 </script> ]]> & é 😀'
_PASS, _MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
_RESULTS: Sequence[Sequence[Result]] = (
    [(_PASS, 1, False)] * 3,
    [(_PASS, 1, False), (_MISMATCH, 2, False), (verdict_pb2.VERDICT_CRASH, 0, False)],
    [(_PASS, 1, False), (_MISMATCH, 2, True), (verdict_pb2.VERDICT_UNSUPPORTED, 0, False)],
    [(verdict_pb2.VERDICT_PANIC, 4, False)] * 3,
    [(verdict_pb2.VERDICT_NOT_RUN, 0, False)] * 3,
)


def case(call_id: int, results: Sequence[Result], **values: Any) -> Done:
    """Returns a case and its results, with hostile texts in the observations."""
    known = {"case_id": f"a/b/{call_id}", "path": "a.textproto", "line": 7, "level": REQUIRED}
    finished = finish(results)
    finished.call_id = call_id
    for result in finished.results:
        result.elapsed_nanos = 1_700_000
        result.observation.CopyFrom(_observation(result.verdict))
        if result.verdict == _MISMATCH:
            kind = DIFFERENCE_KIND_VALUE
            result.differences.append(Difference(kind=kind, expected=HOSTILE, actual=HOSTILE))
    return PlannedCase(**{**known, **values}, call_id=call_id), finished


def _observation(verdict: verdict_pb2.Verdict.ValueType) -> Observation:
    if verdict == verdict_pb2.VERDICT_CRASH:
        return Observation(crash=Crash(text=HOSTILE, stderr=HOSTILE))
    if verdict == verdict_pb2.VERDICT_PANIC:
        return Observation(panic=Panic(text=HOSTILE, backtrace=HOSTILE))
    return Observation(response=b"x")


def every_kind(**values: Any) -> Sequence[Done]:
    """Returns cases of every status, required and recommended."""
    pairs = [(results, level) for results in _RESULTS for level in (REQUIRED, RECOMMENDED)]
    return [
        case(number, results, level=level, **values)
        for number, (results, level) in enumerate(pairs, start=1)
    ]


def record(
    folder: Path,
    cases: Sequence[Done],
    findings: Sequence[Finding] = (),
    left_out: int = 0,
    text: str = "",
) -> RunLog:
    """Writes the log of a run, interrupted if cases are left out, and opens it."""

    def end(tally: Tally) -> RunFooter:
        gate = decide(tally, findings, interrupted=left_out > 0)
        return RunFooter(
            decision=gate.decision,
            exit_code=gate.exit_code,
            reasons=gate.reasons,
            finished=Timestamp(seconds=1_800_000_002),
            wall_nanos=2_000_000_001,
        )

    started = Timestamp(seconds=1_800_000_000, nanos=5_000_000)
    header = RunHeader(testingkit_version=f"0.1.0{text}", started=started)
    header.MergeFrom(RunHeader(seed="7f", runners=NAMES, suites=1))
    description = DescribeResponse(name=text, version=text, language=text, runtime=text)
    ready = [RunnerReady(runner=at, description=description, jobs=1) for at in range(len(NAMES))]
    path = folder / "events.binpb"
    left = LeftOut(cases=left_out, text=text)
    return write_log(path, header, cases, end, ready=ready, findings=findings, left_out=left)


def finding(**values: Any) -> Finding:
    """Returns a finding, by default gated and without a case."""
    known = {"id": "S1", "kind": run_pb2.FINDING_KIND_STALE, "text": "stale", "gated": True}
    return Finding(**{**known, **values})


def written(write: Callable[[RunLog, BinaryIO], None], log: RunLog) -> str:
    """Returns the report that a function writes of a log."""
    out = BytesIO()
    write(log, out)
    return out.getvalue().decode()


def schema(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
