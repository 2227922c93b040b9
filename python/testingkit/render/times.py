"""Times and durations as text (docs/kit/render.md, times)."""

from __future__ import annotations

from testingkit.value import Duration, Time
from testingkit.value.kinds import NANOS_PER_SECOND

_SECONDS_PER_DAY = 86_400
_DAYS_PER_ERA = 146_097
_DAYS_TO_EPOCH = 719_468


def time_text(time: Time) -> str:
    """Returns the local date and time at the offset, with its fraction and the offset."""
    days, second = divmod(time.seconds + time.utc_offset_seconds, _SECONDS_PER_DAY)
    year, month, day = _civil(days)
    clock = _clock(second)
    return (
        f"{year:04d}-{month:02d}-{day:02d}T{clock}{_fraction(time.nanos)}"
        f"{_offset(time.utc_offset_seconds)}"
    )


def duration_text(duration: Duration) -> str:
    """Returns the seconds with as many decimals as necessary."""
    seconds, nanos = divmod(abs(duration.nanos), NANOS_PER_SECOND)
    sign = "-" if duration.nanos < 0 else ""
    fraction = f".{nanos:09d}".rstrip("0") if nanos else ""
    return f"{sign}{seconds}{fraction}s"


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def _fraction(nanos: int) -> str:
    """Returns the fraction in as few groups of three digits as possible."""
    if nanos == 0:
        return ""
    groups = f"{nanos:09d}"
    while groups.endswith("000"):
        groups = groups[:-3]
    return f".{groups}"


def _offset(offset: int) -> str:
    if offset == 0:
        return "Z"
    clock = _clock(abs(offset)).removesuffix(":00") if offset % 60 == 0 else _clock(abs(offset))
    return f"{'-' if offset < 0 else '+'}{clock}"


def _civil(days: int) -> tuple[int, int, int]:
    """Returns the year, month and day for a number of days since 1970-01-01.

    An offset can lead out of the years 1 to 9999, which are the limits of `datetime`. The years
    here begin in March, so that the leap day is the last day of a year. An era is 400 years.
    """
    era, day_of_era = divmod(days + _DAYS_TO_EPOCH, _DAYS_PER_ERA)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = era * 400 + year_of_era + (1 if month <= 2 else 0)
    return year, month, day
