"""The assertions of measurements (docs/kit/assertions.md, measurements)."""

from __future__ import annotations

from testingkit.assertions.entry import EvaluationError, Finding, Rule
from testingkit.value import ErrorCode, Int, List

_MAX_PERMILLE = 1_000_000


def _sorted_numbers(measurements: List) -> list[int]:
    """Returns the measurements in order; raises `EvaluationError` if they are not integers."""
    numbers = [item.value for item in measurements.items if isinstance(item, Int)]
    if len(numbers) < len(measurements.items):
        raise EvaluationError(ErrorCode.WRONG_KIND)
    if not numbers:
        raise EvaluationError(ErrorCode.NOT_COMPARABLE)
    return sorted(numbers)


def _median(measurements: List) -> int:
    numbers = _sorted_numbers(measurements)
    return numbers[(len(numbers) - 1) // 2]


def _has_median_at_most(actual: List, limit: Int) -> Finding:
    median = _median(actual)
    return Finding(median <= limit.value, (("median", Int(median)),))


def _check_percent(percent: Int, _limit: Int) -> None:
    if not 1 <= percent.value <= 100:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _has_percentile_at_most(actual: List, percent: Int, limit: Int) -> Finding:
    numbers = _sorted_numbers(actual)
    rank = (percent.value * len(numbers) + 99) // 100
    percentile = numbers[rank - 1]
    return Finding(percentile <= limit.value, (("percentile", Int(percentile)),))


def _check_baseline(baseline: List, allowed_permille: Int) -> None:
    try:
        median = _median(baseline)
    except EvaluationError as error:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT) from error
    if median < 0 or not 0 <= allowed_permille.value <= _MAX_PERMILLE:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _has_no_regression(actual: List, baseline: List, allowed_permille: Int) -> Finding:
    median, before = _median(actual), _median(baseline)
    passed = median * 1000 <= before * (1000 + allowed_permille.value)
    return Finding(passed, (("median", Int(median)), ("baseline", Int(before))))


RULES = {
    "has_median_at_most": Rule(_has_median_at_most),
    "has_percentile_at_most": Rule(_has_percentile_at_most, _check_percent),
    "has_no_regression": Rule(_has_no_regression, _check_baseline),
}
