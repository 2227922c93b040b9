"""Answers field by field: what differs, beside each other or below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from testingkit.conformance.render_terminal.lines import INDENT, fits, print_line, print_words
from testingkit.conformance.render_terminal.text import brief
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunnerResult
from testingkit.conformance.verdicts import deed_of

_MAX_VALUE = 600
_MAX_FIELDS = 12
_MAX_CELL = 20  # wider values are listed below each other instead


@dataclass(frozen=True, slots=True)
class Row:
    """One differing field: the expected text, and every runner's with whether it is right."""

    path: str
    expected: str | None
    answers: Sequence[tuple[str, str, bool]]  # runner, text, right


def rows_of(
    results: Sequence[RunnerResult], runners: Sequence[str], *, has_golden: bool
) -> Sequence[Row]:
    """Every field in which some answer differs, in the order in which it first appears."""
    expected: dict[str, str] = {}
    for result in results:
        for difference in result.differences:
            expected.setdefault(difference.field_path, difference.expected)
    found = [{d.field_path: d for d in reversed(result.differences)} for result in results]
    rows = []
    for path, golden in expected.items():
        answers = []
        for result, differences in zip(results, found, strict=True):
            name = brief(runners[result.runner])
            own = differences.get(path)
            if own is not None:
                answers.append((name, own.actual or "(not there)", False))
            elif result.answer_class and not result.differences:
                right = result.verdict == verdict_pb2.VERDICT_PASS
                answers.append((name, golden or "(not there)", right))
        shown = (golden or "(not there)") if has_golden else None
        rows.append(Row(path or "answer", shown, answers))
    return rows


def rows_of_case(
    planned: PlannedCase, finished: FinishedCase, runners: Sequence[str]
) -> Sequence[Row]:
    """The differing fields of what the runners did with a case."""
    has_golden = planned.expect.WhichOneof("kind") != "agree"
    deeds = [deed_of(result) or result for result in finished.results]
    return rows_of(deeds, runners, has_golden=has_golden)


def columns_of(rows: Sequence[Row], most: int) -> tuple[int, Sequence[str]]:
    """How many runners have an answer, and the first; of many those that are not right."""
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    if len(names) > most:
        wrong = {name for row in rows for name, _, right in row.answers if not right}
        names.sort(key=lambda name: name not in wrong)
    return len(names), names[:most]


def print_rows(console: Console, rows: Sequence[Row]) -> None:
    """Prints the rows, and of more than a screen takes how many there are."""
    _print_some(console, rows[:_MAX_FIELDS])
    if len(rows) > _MAX_FIELDS:
        print_line(console, f"… {len(rows) - _MAX_FIELDS} more fields")


def _print_some(console: Console, rows: Sequence[Row]) -> None:
    texts = [text for row in rows for _, text, _ in row.answers]
    texts += [row.expected or "" for row in rows]
    if max(map(cell_len, texts)) <= _MAX_CELL:
        table = _table(rows)
        if fits(console, table):
            console.print(table)
            return
    for row in rows:
        _print_grouped(console, row)


def _table(rows: Sequence[Row]) -> Table:
    """Values beside each other: a row a field, a column a runner."""
    names = list(dict.fromkeys(name for row in rows for name, _, _ in row.answers))
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    has_golden = any(row.expected is not None for row in rows)
    for name in [INDENT, *(["expected"] if has_golden else []), *names]:
        table.add_column(Text(name), no_wrap=True)
    for row in rows:
        cells = [Text(INDENT + brief(row.path))]
        if has_golden:
            cells.append(Text(brief(row.expected or "")))
        by_name = {name: (text, right) for name, text, right in row.answers}
        for name in names:
            text, right = by_name.get(name, ("", True))
            mark = (" ✓", "green") if right else (" ✗", "red")
            cells.append(Text.assemble(brief(text), mark) if text else Text(""))
        table.add_row(*cells)
    return table


def _print_grouped(console: Console, row: Row) -> None:
    """Values below each other, each with who gave it: for long ones and narrow screens."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for name, text, right in row.answers:
        groups.setdefault((text, right), []).append(name)
    lines = [] if row.expected is None else [("expected", row.expected, "")]
    for (text, right), names in groups.items():
        mark, style = ("✓", "green") if right else ("✗", "red")
        as_expected = right and row.expected is not None
        lines.append((f"{', '.join(names)} {mark}", "" if as_expected else text, style))
    print_line(console, row.path, "bold")
    _print_labelled(console, [(Text(label, style), text) for label, text, style in lines])


def _print_labelled(console: Console, lines: Sequence[tuple[Text, str]]) -> None:
    """Values behind their labels; below them, where labels leave a narrow screen no room."""
    shown = [brief(text, _MAX_VALUE) for _, text in lines]
    width = max(label.cell_len for label, _ in lines)
    longest = len(INDENT * 2) + width + 2 + max(map(cell_len, shown))
    is_beside = longest <= console.width or width <= console.width // 3 or not console.is_terminal
    for (label, _), text in zip(lines, shown, strict=True):
        if is_beside:
            label.pad_right(width - label.cell_len)
            line = Text.assemble(INDENT * 2, label, "  ", text)
            line.rstrip()
            console.print(line, soft_wrap=True)
        else:
            print_words(console, Text(INDENT * 2) + label, INDENT * 2)
            if text:
                console.print(Text(INDENT * 3 + text), soft_wrap=True)
