"""The assertions of times (docs/kit/assertions.md, times)."""

from __future__ import annotations

import re
from collections.abc import Callable

from testingkit.assertions.entry import Body, EvaluationError, Finding, Rule
from testingkit.assertions.model import Named
from testingkit.assertions.text_formats import is_date, is_rfc3339
from testingkit.render import canonical
from testingkit.value import Duration, ErrorCode, Int, Text, Time
from testingkit.value.kinds import MAX_DURATION_NANOS, MAX_OFFSET_SECONDS, NANOS_PER_SECOND

_SECONDS_PER_DAY = 86_400
_MAX_YEAR = 10_000
_UNITS = {
    "microsecond": 1_000,
    "millisecond": 1_000_000,
    "second": NANOS_PER_SECOND,
    "minute": 60 * NANOS_PER_SECOND,
    "hour": 3600 * NANOS_PER_SECOND,
    "day": _SECONDS_PER_DAY * NANOS_PER_SECOND,
}
_BEHIND_THE_TIME_OF_DAY = re.compile(r"[Z+-]")


def _require(condition: bool) -> None:  # noqa: FBT001  # the condition is all it takes
    if not condition:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _nanos_between(actual: Time, other: Time) -> int:
    return (actual.seconds - other.seconds) * NANOS_PER_SECOND + actual.nanos - other.nanos


def _delta_detail(nanos: int) -> Named:
    """Returns the detail `delta`. It applies if it is within the limits of a duration."""
    return (("delta", Duration(nanos)),) if abs(nanos) <= MAX_DURATION_NANOS else ()


def _compared(holds: Callable[[int], bool]) -> Body:
    """Returns the body that requires this of the nanoseconds from the argument to `actual`."""

    def body(actual: Time, other: Time) -> Finding:
        nanos = _nanos_between(actual, other)
        return Finding(holds(nanos), _delta_detail(nanos))

    return body


def _check_tolerance(_expected: Time, tolerance: Duration) -> None:
    _require(tolerance.nanos >= 0)


def _is_close_to_time(actual: Time, expected: Time, tolerance: Duration) -> Finding:
    nanos = _nanos_between(actual, expected)
    return Finding(abs(nanos) <= tolerance.nanos, _delta_detail(nanos))


def _check_offset(seconds: Int) -> None:
    _require(abs(seconds.value) <= MAX_OFFSET_SECONDS)


def _has_utc_offset(actual: Time, seconds: Int) -> Finding:
    offset = Int(actual.utc_offset_seconds)
    return Finding(offset == seconds, (("offset", offset),))


def _is_utc(actual: Time) -> Finding:
    return _has_utc_offset(actual, Int(0))


def _text_of(time: Time) -> str:
    """Returns the date and time at the offset, and the offset."""
    return canonical(time).removeprefix("time(").removesuffix(")")


def _date_of(time: Time) -> str:
    date, _, _ = _text_of(time).partition("T")
    return date


def _time_of_day(time: Time) -> str:
    _, _, rest = _text_of(time).partition("T")
    return _BEHIND_THE_TIME_OF_DAY.split(rest, maxsplit=1)[0]


def _check_date(year: Int, month: Int, day: Int) -> None:
    _require(0 <= year.value <= _MAX_YEAR and is_date(year.value, month.value, day.value))


def _has_date(actual: Time, year: Int, month: Int, day: Int) -> Finding:
    date = _date_of(actual)
    expected = f"{year.value:04d}-{month.value:02d}-{day.value:02d}"
    return Finding(date == expected, (("date", Text(date)),))


def _check_time_of_day(hour: Int, minute: Int, second: Int) -> None:
    _require(hour.value in range(24) and minute.value in range(60) and second.value in range(60))


def _has_time_of_day(actual: Time, hour: Int, minute: Int, second: Int) -> Finding:
    time = _time_of_day(actual)
    expected = f"{hour.value:02d}:{minute.value:02d}:{second.value:02d}"
    whole, _, _ = time.partition(".")
    return Finding(whole == expected, (("time", Text(time)),))


def _is_same_day_as(actual: Time, other: Time) -> Finding:
    passed = actual.seconds // _SECONDS_PER_DAY == other.seconds // _SECONDS_PER_DAY
    date = _date_of(Time(actual.seconds, actual.nanos))
    return Finding(passed, (("date", Text(date)),))


def _check_unit(unit: Text) -> None:
    _require(unit.value in _UNITS)


def _is_truncated_to(actual: Time, unit: Text) -> Finding:
    second = (actual.seconds + actual.utc_offset_seconds) % _SECONDS_PER_DAY
    nanos = second * NANOS_PER_SECOND + actual.nanos
    return Finding(nanos % _UNITS[unit.value] == 0, (("time", Text(_time_of_day(actual))),))


def _check_weekday(iso_day: Int) -> None:
    _require(1 <= iso_day.value <= 7)


def _has_weekday(actual: Time, iso_day: Int) -> Finding:
    days = (actual.seconds + actual.utc_offset_seconds) // _SECONDS_PER_DAY
    weekday = Int((days + 3) % 7 + 1)  # 1970-01-01 was a Thursday.
    return Finding(weekday == iso_day, (("weekday", weekday),))


def _check_rfc3339(text: Text) -> None:
    _require(is_rfc3339(text.value))


def _formats_as_rfc3339(actual: Time, text: Text) -> Finding:
    shown = Text(_text_of(actual))
    return Finding(shown == text, (("text", shown),))


_is_earlier = _compared(lambda nanos: nanos < 0)
_is_later = _compared(lambda nanos: nanos > 0)

RULES = {
    "is_before": Rule(_is_earlier),
    "is_after": Rule(_is_later),
    "is_at_or_before": Rule(_compared(lambda nanos: nanos <= 0)),
    "is_at_or_after": Rule(_compared(lambda nanos: nanos >= 0)),
    "is_same_instant": Rule(_compared(lambda nanos: nanos == 0)),
    "is_close_to_time": Rule(_is_close_to_time, _check_tolerance),
    "is_in_past": Rule(_is_earlier),
    "is_in_future": Rule(_is_later),
    "has_utc_offset": Rule(_has_utc_offset, _check_offset),
    "is_utc": Rule(_is_utc),
    "has_date": Rule(_has_date, _check_date),
    "has_time_of_day": Rule(_has_time_of_day, _check_time_of_day),
    "is_same_day_as": Rule(_is_same_day_as),
    "is_truncated_to": Rule(_is_truncated_to, _check_unit),
    "has_weekday": Rule(_has_weekday, _check_weekday),
    "formats_as_rfc3339": Rule(_formats_as_rfc3339, _check_rfc3339),
}
