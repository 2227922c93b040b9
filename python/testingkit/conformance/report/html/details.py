"""Returns the detail of a case: fields that differ, outcomes, request, history."""

from __future__ import annotations

import dataclasses
import itertools
import operator
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from testingkit.conformance.judging.answers import notes
from testingkit.conformance.judging.verdicts import observations_with_counts, result_observation
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.rows import Entry
from testingkit.conformance.report.field_table import Row, case_field_rows, runner_columns
from testingkit.conformance.report.html.history_sparkline import HistoryRow
from testingkit.conformance.report.reproduction import request_source
from testingkit.conformance.report.request_text import answer_text
from testingkit.conformance.results.answer_classes import (
    answer_sides,
    compares_classes,
    side_label,
)
from testingkit.conformance.results.finding_text import format_choices_note, format_method
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunnerResult

_MAX_REQUEST_BYTES = 1 << 16
_MAX_REQUEST = 20_000  # characters
_OPEN_LINES = 12  # Longer requests and outputs are folded.
_MAX_TEXT = 2000
_MAX_VALUE = 600
_MAX_FIELDS = 40
_MAX_COLUMNS = 20  # runners
_MAX_SIDES = 20
_MAX_NOTE = 8000
_MAX_NOTE_LINES = 60
_MAX_OUTCOMES = 20


class Value(NamedTuple):
    """A value in three parts: a begin and an end like the expected value, and the difference."""

    begin: str
    middle: str
    end: str
    is_right: bool | None  # None if nothing is expected


class FieldView(NamedTuple):
    """A differing field: the expected value, and that of each runner, if it has an answer."""

    path: str
    expected: str | None
    values: Sequence[Value | None]


class RunnerOutcome(NamedTuple):
    """The outcome of a runner that is not in the table of fields, such as a crash."""

    runner: str
    text: str
    notes: Sequence[str]

    @property
    def is_short(self) -> bool:
        """Whether its output is short enough to be unfolded."""
        return sum(note.count("\n") + 1 for note in self.notes) <= _OPEN_LINES


@dataclass(frozen=True, slots=True)
class Detail:
    """A case in full; very long texts are cut."""

    case_id: str
    place: str
    method: str
    description: str
    request: str
    is_request_open: bool
    names: Sequence[str]  # of the runners that are columns of the fields
    fields: Sequence[FieldView]
    more: Sequence[str]  # notes on fields and runners that are not shown
    sides: Sequence[tuple[str, str]]
    outcomes: Sequence[RunnerOutcome]
    choices: str
    origin: str
    history: Sequence[HistoryRow]


def detail_of(
    planned: PlannedCase,
    finished: FinishedCase,
    entries: Sequence[Entry],
    schema: Schema,
    history: Sequence[HistoryRow],
) -> Detail:
    """Returns the detail of a case; `entries` are those of the runners, without parity."""
    runners = [entry.runner for entry in entries]
    rows = case_field_rows(planned, finished, runners)
    total, names = runner_columns(rows, _MAX_COLUMNS)
    hidden = ((len(rows) - _MAX_FIELDS, "field"), (total - len(names), "runner"))
    request = _request(planned, schema)
    origin = format_provenance(planned.provenance) if planned.HasField("provenance") else ""
    return Detail(
        case_id=planned.case_id,
        place=f"{planned.path}:{planned.line}",
        method=format_method(planned),
        description=shorten(planned.description, _MAX_TEXT),
        request=request,
        is_request_open=request.count("\n") <= _OPEN_LINES,
        names=names,
        fields=[_field(row, names) for row in rows[:_MAX_FIELDS]],
        more=[f"… {count(number, f'more {noun}')}" for number, noun in hidden if number > 0],
        sides=[] if rows else list(_sides(planned, finished, runners, schema)),
        outcomes=list(_outcomes(finished, entries))[:_MAX_OUTCOMES],
        choices=format_choices_note(planned, finished) if rows else "",
        origin=shorten(origin, _MAX_TEXT),
        history=history,
    )


def only_output_of(detail: Detail, runners: Collection[str]) -> Detail:
    """Returns a detail that has only the output of some runners, without fields and answers."""
    outcomes = [
        outcome._replace(text="") for outcome in detail.outcomes if outcome.runner in runners
    ]
    return dataclasses.replace(detail, names=[], fields=[], more=[], sides=[], outcomes=outcomes)


def _request(planned: PlannedCase, schema: Schema) -> str:
    size = len(planned.request)
    if size > _MAX_REQUEST_BYTES:
        return f"# {size:,} bytes; testingkit repro writes them to a file"
    method = schema.method(planned.method)
    input_type = None if method is None else method.input_type
    text = request_source(input_type, planned.request, schema).rstrip("\n")
    return shorten(text, _MAX_REQUEST) or "# an empty message"


def _field(row: Row, names: Sequence[str]) -> FieldView:
    by_name = {name: (text, right) for name, text, right in row.answers}
    values = [_value(row.expected, *by_name[name]) if name in by_name else None for name in names]
    expected = None if row.expected is None else shorten(row.expected, _MAX_VALUE)
    return FieldView(shorten(row.path, _MAX_VALUE), expected, values)


def _value(expected: str | None, text: str, right: bool | None) -> Value:  # noqa: FBT001
    """Returns a value, split where it differs from the expected one."""
    shown = shorten(text, _MAX_VALUE)
    if right or expected is None:
        return Value(shown, "", "", right)
    wanted = shorten(expected, _MAX_VALUE)
    begin = _common(shown, wanted)
    left, other = shown[begin:], wanted[begin:]
    end = _common(left[::-1], other[::-1])
    cut = len(left) - end
    if not begin and not end:
        return Value(shown, "", "", right)  # The whole value would be marked.
    return Value(shown[:begin], left[:cut], left[cut:], right)


def _common(one: str, other: str) -> int:
    """Returns the length of the common beginning of two texts."""
    return sum(1 for _ in itertools.takewhile(bool, map(operator.eq, one, other)))


def _sides(
    planned: PlannedCase, finished: FinishedCase, runners: Sequence[str], schema: Schema
) -> Iterator[tuple[str, str]]:
    """Yields the runners and the answer of each side, if there are several sides."""
    sides = answer_sides(finished)
    if len(sides) < 2:
        return
    for side in sides[:_MAX_SIDES]:
        answer = answer_text(planned.method, result_observation(finished, side[0]), schema)
        yield side_label(side, runners), answer


def _outcomes(finished: FinishedCase, entries: Sequence[Entry]) -> Iterator[RunnerOutcome]:
    has_classes = compares_classes(finished)
    for entry, result in zip(entries, finished.results, strict=True):
        written = [_last(note) for note in _written(finished, result)]
        # Differences are in the table of fields, which has only answers if it has classes.
        in_table = result.differences and not (has_classes and not result.answer_class)
        if entry.message and (written or not in_table):
            text = "" if in_table else shorten(entry.message, _MAX_TEXT)
            yield RunnerOutcome(entry.runner, text, written)


def _written(finished: FinishedCase, result: RunnerResult) -> Iterator[str]:
    """Yields standard error and backtraces of a result, or of each of its outcomes."""
    for _, observation in observations_with_counts(finished, result):
        yield from notes(observation)


def _last(note: str) -> str:
    return "\n".join(note.rstrip()[-_MAX_NOTE:].split("\n")[-_MAX_NOTE_LINES:])
