"""The assertions of timed outcomes (docs/kit/assertions.md, timed outcomes)."""

from __future__ import annotations

from collections.abc import Callable

from testingkit.assertions.entry import Body, EvaluationError, Finding, Rule
from testingkit.value import Duration, Ending, ErrorCode, Outcome, Record, Text

_Holds = Callable[[Ending, int, int], bool]
"""Gets how the call ended, the nanoseconds that elapsed, and those of the argument."""


def _check_duration(duration: Duration) -> None:
    if duration.nanos < 0:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _parts(timed: Record) -> tuple[Outcome, Duration]:
    """Returns the outcome and the elapsed time of a timed outcome."""
    fields = dict(timed.fields)
    outcome, elapsed = fields.get("outcome"), fields.get("elapsed")
    if (
        timed.name == "Timed"
        and len(fields) == 2
        and isinstance(outcome, Outcome)
        and isinstance(elapsed, Duration)
    ):
        return outcome, elapsed
    raise EvaluationError(ErrorCode.WRONG_KIND)


def _of_timed(holds: _Holds) -> Body:
    """Returns the body of an assertion on a timed outcome."""

    def body(actual: Record, duration: Duration) -> Finding:
        outcome, elapsed = _parts(actual)
        passed = holds(outcome.ending, elapsed.nanos, duration.nanos)
        details = (("elapsed", elapsed), ("outcome", Text(outcome.ending.value)))
        return Finding(passed, details)

    return body


def _is_complete(ending: Ending, elapsed: int, limit: int) -> bool:
    return ending is not Ending.PENDING and elapsed <= limit


def _is_timed_out(ending: Ending, elapsed: int, limit: int) -> bool:
    return ending is Ending.PENDING and elapsed >= limit


RULES = {
    "completes_within": Rule(_of_timed(_is_complete), _check_duration),
    "times_out_after": Rule(_of_timed(_is_timed_out), _check_duration),
}
