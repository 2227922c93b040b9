"""Parses the times and durations of a `lit`."""

import datetime
import re

from google.protobuf.message import Message

from testingkit.lit.scalars import set_field
from testingkit.lit.scanner import Scanner

_TIME = re.compile(
    r"(?P<year>\d{4,5})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?"
    r"(?:Z|(?P<sign>[+-])(?P<offset_hours>\d\d):(?P<offset_minutes>\d\d)(?::(?P<offset_seconds>\d\d))?)",
    re.ASCII,
)
_DURATION = re.compile(r"(?P<sign>-?)(?P<seconds>0|[1-9][0-9]*)(?:\.(?P<fraction>[0-9]{1,9}))?s")
_EPOCH_DAY = datetime.date(1970, 1, 1).toordinal()
_DAYS_IN_400_YEARS = 146097
_FIRST_SECOND, _LAST_SECOND = -62135596800, 253402300799  # the years 1 to 9999
_LONGEST_NANOS = 2**63 - 1


def parse_time(scanner: Scanner, value: Message) -> None:
    """Parses the instant between the parentheses of `time(...)`.

    `Z` leaves the offset unset; `+00:00` sets it to zero.
    """
    scanner.skip_space()
    start = scanner.offset
    match = _TIME.match(scanner.text, start)
    if match is None:
        scanner.fail("a time such as 2026-01-02T03:04:05.123Z or ...+01:00", start)
    scanner.offset = match.end()
    local = _local_seconds(scanner, match, start)
    set_field(value, "seconds", local)
    set_field(value, "nanos", _nanos(match["fraction"]))
    if match["sign"]:
        offset = _offset_seconds(scanner, match, start)
        set_field(value, "seconds", local - offset)
        set_field(value, "utc_offset_seconds", offset)
    if not _FIRST_SECOND <= value.seconds <= _LAST_SECOND:  # type: ignore[attr-defined]
        scanner.refuse("not within the years 0001 to 9999 in UTC", start)


def _local_seconds(scanner: Scanner, match: re.Match[str], start: int) -> int:
    """Returns the seconds from the epoch to a local date and time."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    if hour > 23 or minute > 59 or second > 59:
        scanner.refuse("not a valid time of day", start)
    # An offset can lead to the years 0 and 10000, which `date` does not have. The calendar repeats
    # after 400 years.
    year = int(match["year"])
    try:
        day = datetime.date(year % 400 + 400, int(match["month"]), int(match["day"]))
    except ValueError:
        scanner.refuse("not a valid date", start)
    days = day.toordinal() - _EPOCH_DAY + (year // 400 - 1) * _DAYS_IN_400_YEARS
    return days * 86400 + hour * 3600 + minute * 60 + second


def _offset_seconds(scanner: Scanner, match: re.Match[str], start: int) -> int:
    """Returns the offset from UTC in seconds."""
    hours, minutes = int(match["offset_hours"]), int(match["offset_minutes"])
    seconds = int(match["offset_seconds"] or 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        scanner.refuse("not a valid offset from UTC", start)
    total = hours * 3600 + minutes * 60 + seconds
    return -total if match["sign"] == "-" else total


def parse_duration(scanner: Scanner, value: Message) -> None:
    """Parses the span between the parentheses of `duration(...)`."""
    scanner.skip_space()
    start = scanner.offset
    match = _DURATION.match(scanner.text, start)
    if match is None:
        scanner.fail("a duration such as 1.5s or -2s", start)
    scanner.offset = match.end()
    # More than eleven digits are always out of range, and Python limits the digits for int().
    seconds, nanos = int(match["seconds"][:12]), _nanos(match["fraction"])
    if seconds * 10**9 + nanos > _LONGEST_NANOS:
        scanner.refuse("longer than 2^63-1 nanoseconds", start)
    sign = -1 if match["sign"] else 1
    set_field(value, "seconds", sign * seconds)
    set_field(value, "nanos", sign * nanos)


def _nanos(fraction: str | None) -> int:
    """Returns the nanoseconds for the digits after the point."""
    return int((fraction or "").ljust(9, "0"))
