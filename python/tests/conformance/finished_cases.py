"""Finished cases for the tests of totals, gate and findings."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from testingkit.conformance.judging.parity import parity_of
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Verdict

# The result of a runner: its verdict, its answer class, whether it is a known divergence.
Result = tuple[Verdict.ValueType, int, bool]

# Verdicts of answers, with possible answer classes: right and wrong answers are never equal.
_ANSWERS: Sequence[tuple[Verdict.ValueType, Sequence[int]]] = (
    (verdict_pb2.VERDICT_PASS, (1,)),
    (verdict_pb2.VERDICT_MISMATCH, (2, 3)),
    (verdict_pb2.VERDICT_PANIC, (4,)),
)
_SILENT = (
    verdict_pb2.VERDICT_CRASH,
    verdict_pb2.VERDICT_TIMEOUT,
    verdict_pb2.VERDICT_PROTOCOL_ERROR,
    verdict_pb2.VERDICT_UNSUPPORTED,
    verdict_pb2.VERDICT_NO_RESULT,
    verdict_pb2.VERDICT_NOT_RUN,
)


def finish(results: Sequence[Result]) -> FinishedCase:
    return FinishedCase(
        call_id=1,
        parity=parity_of([answer_class for _, answer_class, _ in results]),
        results=[
            RunnerResult(runner=index, verdict=verdict, answer_class=answer_class, known=known)
            for index, (verdict, answer_class, known) in enumerate(results)
        ],
    )


def flaky_result(
    verdict: Verdict.ValueType,
    *others: Verdict.ValueType,
    answer_class: int = 0,
    known: bool = False,
) -> RunnerResult:
    """Returns a result with outcomes of other verdicts, besides an unanswered verdict."""
    outcomes = [Outcome(times=1, verdict=other) for other in others]
    if verdict != verdict_pb2.VERDICT_FLAKY:
        outcomes.insert(0, Outcome(times=1, verdict=verdict))
    return RunnerResult(verdict=verdict, answer_class=answer_class, known=known, outcomes=outcomes)


def every_result() -> Iterator[Result]:
    for verdict, classes in _ANSWERS:
        yield from ((verdict, number, False) for number in classes)
    yield from ((verdict, 0, False) for verdict in _SILENT)
    yield (verdict_pb2.VERDICT_MISMATCH, 2, True)
    yield (verdict_pb2.VERDICT_PANIC, 4, True)
    yield (verdict_pb2.VERDICT_CRASH, 0, True)


def agreeing_result() -> Iterator[Result]:
    """Yields results of a case that only expects agreement, so that every answer passes."""
    yield from ((verdict_pb2.VERDICT_PASS, number, False) for number in (1, 2, 3))
    yield (verdict_pb2.VERDICT_PASS, 2, True)
    yield (verdict_pb2.VERDICT_PANIC, 4, False)
    yield (verdict_pb2.VERDICT_NOT_RUN, 0, False)


def every_case(runners: int) -> Iterator[tuple[Result, ...]]:
    yield from itertools.product(every_result(), repeat=runners)
    yield from itertools.product(agreeing_result(), repeat=runners)
