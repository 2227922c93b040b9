"""Returns how the status of a case is shown: a sign, a label, and whether it is good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from testingkit.conformance.record.rows import Entry, Status
from testingkit.conformance.results.run_text import COLUMN_LABELS

_WIDTH = 100.0  # of a bar
_MIN_WIDTH = 3.0  # of a segment, before they are scaled


class Mark(NamedTuple):
    """The sign and the label of a column of a ledger or of parity."""

    sign: str
    label: str


def _mark(column: str, sign: str) -> Mark:
    return Mark(sign, COLUMN_LABELS[column])


# In the order of a bar, from the left.
MARKS: Mapping[str, Mark] = {
    "passed": _mark("passed", "✓"),
    "agree": Mark("=", "agree"),
    "partial": Mark("=", "partial"),
    "single": Mark("·", "single"),
    "known": _mark("known", "≈"),
    "unsupported": _mark("unsupported", "·"),
    "none": Mark("·", "none"),
    "failed": _mark("failed", "✗"),
    "diverge": Mark("≠", "diverge"),
    "flaky": _mark("flaky", "~"),
    "panicked": _mark("panicked", "✗"),
    "crashed": _mark("crashed", "✗"),
    "timed_out": _mark("timed_out", "✗"),
    "protocol_errors": _mark("protocol_errors", "✗"),
    "missing": _mark("missing", "?"),
}
_GOOD = frozenset({"passed", "agree"})
# Neither good nor a failure of a runner.
_QUIET = frozenset({"partial", "single", "unsupported", "none"})
_FINE = _GOOD | _QUIET | {"known"}


def has_detail(entry: Entry) -> bool:
    """Returns whether the case of an entry is shown in detail."""
    return entry.column not in _GOOD and entry.column not in _QUIET


class Cell(NamedTuple):
    """The status of a case with one runner, or of its parity."""

    column: str
    mark: Mark
    is_lax: bool  # a failure that is not binding


class Segment(NamedTuple):
    """A part of a bar."""

    column: str
    start: str
    width: str


class Bar(NamedTuple):
    """How many cases of a suite have each status, as a bar and as text."""

    runner: str
    segments: Sequence[Segment]
    text: str
    is_bad: bool


def cell_of(entry: Entry) -> Cell:
    """Returns the cell of an entry."""
    is_lax = entry.status is Status.SKIPPED and entry.message.startswith("not binding:")
    return Cell(entry.column, MARKS[entry.column], is_lax)


def bar_of(runner: str, counts: Counter[str]) -> Bar:
    """Returns the bar of counted columns; the segment of a small count is still visible."""
    present = [column for column in MARKS if counts[column]]
    total = sum(counts[column] for column in present)
    raw = {column: max(_MIN_WIDTH, _WIDTH * counts[column] / total) for column in present}
    scale = _WIDTH / (sum(raw.values()) or 1)
    segments, start = [], 0.0
    for column in present:
        width = raw[column] * scale
        segments.append(Segment(column, f"{start:.4g}", f"{width:.4g}"))
        start += width
    not_good = [column for column in present if column not in _GOOD]
    shown = sorted(not_good, key=_FINE.__contains__) or present
    text = ", ".join(f"{counts[column]:,} {MARKS[column].label}" for column in shown)
    return Bar(runner, segments, text, is_bad=not _FINE.issuperset(present))
