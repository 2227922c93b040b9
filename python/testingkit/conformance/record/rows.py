"""A recorded run as entries with a status and a text, for the formats of other tools.

Every case has an entry for each runner, and one for its *parity*: whether the runners agree. So the
entries of a runner add up to its ledger, and those of parity to the totals of parity.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testingkit.conformance.config import PARITY
from testingkit.conformance.judging.answers import describe, notes
from testingkit.conformance.judging.verdicts import (
    COLUMNS,
    WRONG,
    crashed_or_timed_out,
    is_unanswered,
    outcome_of,
    result_observation,
)
from testingkit.conformance.results.answer_classes import (
    NOT_THERE,
    answer_sides,
    class_lines,
    compares_classes,
)
from testingkit.conformance.results.odd_ones import describe_odd_ones, unexplained_answers
from testingkit.conformance.results.result_text import describe_result, right_text
from testingkit.conformance.results.tally import PARITY_COLUMNS, known_divergence
from testingkit.conformance.v1 import case_pb2, parity_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Difference, Verdict

DIVERGENCE = "divergence"  # the type of an entry of parity
NOT_RUN = "not_run"  # the type of an entry whose call was not made


class Status(enum.Enum):
    """The statuses that formats of other tools have."""

    PASSED = "passed"
    FAILED = "failed"  # a wrong answer, or answers that differ
    ERROR = "error"  # no valid answer
    SKIPPED = "skipped"  # unsupported, not binding, or a known divergence


_STATUSES = {
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "flaky": Status.FAILED,
    "panicked": Status.ERROR,
    "crashed": Status.ERROR,
    "timed_out": Status.ERROR,
    "protocol_errors": Status.ERROR,
    "missing": Status.ERROR,
    "unsupported": Status.SKIPPED,
    "known": Status.SKIPPED,
    "agree": Status.PASSED,
    "partial": Status.PASSED,
    "single": Status.PASSED,
    "diverge": Status.FAILED,
    "none": Status.SKIPPED,
}
_PARITY_TEXTS = {
    "none": "no runner answered",
    "partial": "a runner is missing, and the others agree",
    "single": "one answer only",
    "known": "a known divergence",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """The result of one case with one runner, or its parity.

    Attributes:
        case: The case.
        runner: The name of the runner, or `PARITY`.
        column: The column of the ledger, or of the totals of parity, that counts it.
        status: The status for other tools.
        type: The verdict in lower case; for parity ``divergence`` or the column.
        message: The result in one line; empty if it passed.
        detail: The differences and the output of the process, in lines.
        nanos: The time that the handler took; 0 if it was not measured.
    """

    case: PlannedCase
    runner: str
    column: str
    status: Status
    type: str
    message: str = ""
    detail: str = ""
    nanos: int = 0


def entries_of(
    case: PlannedCase,
    finished: FinishedCase,
    runners: Sequence[str],
    families: Sequence[str] = (),
) -> Iterator[Entry]:
    """Yields the entries of one case: one for every runner, in order, and last that of parity."""
    for result in finished.results:
        yield _of_runner(case, finished, result, runners)
    yield _of_parity(case, finished, runners, families)


def _of_runner(
    case: PlannedCase, finished: FinishedCase, result: RunnerResult, runners: Sequence[str]
) -> Entry:
    known = result.known and not is_unanswered(result)
    column = "known" if known else COLUMNS[result.verdict]
    status = _STATUSES[column]
    kind = Verdict.Name(result.verdict).removeprefix("VERDICT_").lower()
    message = "" if status is Status.PASSED else _message(case, finished, result)
    if known:
        message = f"known divergence: {message}"
    elif status in {Status.FAILED, Status.ERROR} and not _is_binding(case, result):
        status, message = Status.SKIPPED, f"not binding: {message}"
    return Entry(
        case,
        runners[result.runner],
        column,
        status,
        kind,
        message,
        "" if status is Status.PASSED else _detail(finished, result),
        result.elapsed_nanos,
    )


def _is_binding(case: PlannedCase, result: RunnerResult) -> bool:
    """Returns whether the result of a runner counts for the gate."""
    deed = outcome_of(result)
    if is_unanswered(result) or case.level != case_pb2.LEVEL_RECOMMENDED:
        return True
    return deed is not None and COLUMNS[deed.verdict] in WRONG and crashed_or_timed_out(deed)


def _message(case: PlannedCase, finished: FinishedCase, result: RunnerResult) -> str:
    if result.outcomes:
        return describe_result(result, right_text(case.expect))
    if result.differences:
        return _difference(result.differences[0], other=_other(finished, result))
    return describe(result_observation(finished, result)).partition("\n")[0]


def _detail(finished: FinishedCase, result: RunnerResult) -> str:
    observation = result_observation(finished, result)
    other = _other(finished, result)
    lines = [_difference(difference, other=other) for difference in result.differences]
    return "\n".join([*lines, *notes(observation)])


def _other(finished: FinishedCase, result: RunnerResult) -> str:
    """Returns how to call what an answer differs from: nothing is expected of mere agreement."""
    return "another has" if compares_classes(finished) and result.answer_class else "expected"


def _difference(difference: Difference, *, other: str) -> str:
    place = difference.field_path or "answer"
    actual, expected = (side or NOT_THERE for side in (difference.actual, difference.expected))
    return f"{place}: {other} {expected}, got {actual}"


def _of_parity(
    case: PlannedCase, finished: FinishedCase, runners: Sequence[str], families: Sequence[str]
) -> Entry:
    diverges = finished.parity == parity_pb2.PARITY_DIVERGE
    known = diverges and known_divergence(finished)
    column = "known" if known else PARITY_COLUMNS[finished.parity]
    status, message = _STATUSES[column], _PARITY_TEXTS.get(column, "")
    if diverges and not known:
        message = _sides(finished, runners, families)
        if case.level != case_pb2.LEVEL_REQUIRED:
            status, message = Status.SKIPPED, f"not binding: {message}"
    kind = DIVERGENCE if diverges else column
    detail = "\n".join(class_lines(finished, runners)) if compares_classes(finished) else ""
    return Entry(case, PARITY, column, status, kind, message, detail)


def _sides(finished: FinishedCase, runners: Sequence[str], families: Sequence[str]) -> str:
    """Returns which runners gave which answer, and the odd one out."""
    answered = unexplained_answers(d for r in finished.results if (d := outcome_of(r)) is not None)
    if answered and compares_classes(finished):
        return describe_odd_ones(answered, runners, families)
    sides = ((runners[result.runner] for result in side) for side in answer_sides(finished))
    text = " against ".join(", ".join(names) for names in sides)
    odd = describe_odd_ones(answered, runners, families) if answered else ""
    return f"{text}; {odd}" if odd else text
