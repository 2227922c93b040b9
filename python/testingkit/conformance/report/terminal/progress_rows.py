"""Formats the progress of a run for a screen of a given size: a row for each runner, a total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.text import Text

from testingkit.conformance.engine.progress import Progress, RunnerProgress
from testingkit.conformance.text.escape import brief
from testingkit.conformance.text.numbers import count

_INDENT = "  "
_GAP = "  "
_WIDE = 100  # cells; on a screen of this width the current case is in the row of its runner
_CASE = 26  # cells that are reserved for it
_LONGEST_BAR, _SHORTEST_BAR = 20, 6  # cells
_FULL, _EMPTY = "█", "░"


def progress_lines(progress: Progress, width: int, height: int) -> Sequence[Text]:
    """Returns the lines; if not all runners fit, those that still run come first."""
    layout = _Layout(progress.runners, width)
    rows = [layout.rows(runner) for runner in progress.runners]
    room = max(1, height - 1)
    shown: Sequence[int] = range(len(rows))
    if sum(map(len, rows)) > room:
        shown = _as_many_as_fit(progress.runners, [len(row) for row in rows], room - 1)
    lines = [line for index in shown for line in rows[index]]
    left_out = len(rows) - len(shown)
    if left_out:
        lines.append(Text(f"{_INDENT}… and {left_out:,} more", "dim"))
    return [*lines, _totals(progress, width)]


def _as_many_as_fit(
    runners: Sequence[RunnerProgress], heights: Sequence[int], room: int
) -> Sequence[int]:
    """Returns the indices of the runners that fit, in the order of the run."""
    chosen: list[int] = []
    for index in sorted(range(len(runners)), key=lambda index: runners[index].is_done):
        room -= heights[index]
        if room < 0:
            break
        chosen.append(index)
    return sorted(chosen)


def _totals(progress: Progress, width: int) -> Text:
    so_far = f"{count(progress.divergences, 'divergence')} so far · "
    text = f"{so_far if progress.divergences else ''}{progress.seconds:.1f} s"
    return Text(text.rjust(min(width - 1, _WIDE)), "dim")


class _Column(NamedTuple):
    format: Callable[[RunnerProgress], str]
    max_width: int  # cells
    style: str = ""


def _version(runner: RunnerProgress) -> str:
    return "" if runner.ready is None else runner.ready.description.version


def _runtime(runner: RunnerProgress) -> str:
    return "" if runner.ready is None else runner.ready.description.runtime


def _ready(runner: RunnerProgress) -> str:
    if runner.ready is None or runner.ready.problem:
        return ""
    return f"ready {runner.ready.start_nanos / 1e9:.2f}s"


def format_done(runner: RunnerProgress) -> str:
    """Returns how many of its calls a runner is done with, or the state of its start."""
    if runner.ready is None:
        return "starting"
    if runner.ready.problem:
        return "did not start"
    return f"{runner.done:,}/{runner.planned:,}" if runner.planned else "started"


def format_runner_problems(runner: RunnerProgress) -> str:
    """Returns how many problems a runner has so far; empty if none, or if it takes no part."""
    return f"{runner.problems:,} ✗" if runner.takes_part and runner.problems else ""


_NAME = _Column(lambda runner: runner.name, 24, "bold")
_DONE = _Column(format_done, 24)
_PROBLEMS = _Column(format_runner_problems, 12, "red")
_ALWAYS = (_NAME, _DONE, _PROBLEMS)
_VERSION = _Column(_version, 12, "dim")
_RUNTIME = _Column(_runtime, 16, "dim")
_READY = _Column(_ready, 16, "dim")
_OPTIONAL = (_READY, _VERSION, _RUNTIME)  # if there is room; the first are the most useful


class _Layout:
    """The columns that fit a screen, and their widths."""

    def __init__(self, runners: Iterable[RunnerProgress], width: int) -> None:
        columns = (*_ALWAYS, *_OPTIONAL)
        self._widths = {
            column: max(min(_cell(column, runner).cell_len, column.max_width) for runner in runners)
            for column in columns
        }
        # A long name is cut, so that no number is.
        self._widths[_NAME] = min(self._widths[_NAME], max(4, width // 3))
        self._is_wide = width >= _WIDE
        left = width - 1 - len(_INDENT) - sum(map(self._space, _ALWAYS))
        left -= _SHORTEST_BAR + (_CASE if self._is_wide else 0)
        optional = []
        for column in _OPTIONAL:
            if self._widths[column] and self._space(column) <= left:
                optional.append(column)
                left -= self._space(column)
        order = (_NAME, _VERSION, _RUNTIME, _READY)
        self._before_bar = [c for c in order if c in optional or c is _NAME]
        self._bar = max(0, min(_LONGEST_BAR, _SHORTEST_BAR + left))

    def _space(self, column: _Column) -> int:
        return self._widths[column] + len(_GAP)

    def rows(self, runner: RunnerProgress) -> Sequence[Text]:
        """Returns the row of a runner; on a narrow screen its current case is in a second one."""
        parts = [self._fitted(column, runner) for column in self._before_bar]
        parts.append(self._bar_of(runner))
        done = self._fitted(_DONE, runner)
        done.align("right" if runner.takes_part else "left", self._widths[_DONE])
        parts += [done, self._fitted(_PROBLEMS, runner)]
        case = Text(f"{_in_a_cell(runner.case_id)} {runner.case_seconds:.1f}s…", "yellow")
        if runner.case_id and self._is_wide:
            parts.append(case)
        row = Text(_INDENT) + Text(_GAP).join(part for part in parts if part.cell_len)
        row.rstrip()
        if runner.case_id and not self._is_wide:
            return [row, Text(_INDENT * 2) + case]
        return [row]

    def _fitted(self, column: _Column, runner: RunnerProgress) -> Text:
        cell, width = _cell(column, runner), self._widths[column]
        cell.truncate(width, overflow="ellipsis")
        cell.pad_right(width - cell.cell_len)
        return cell

    def _bar_of(self, runner: RunnerProgress) -> Text:
        if not runner.takes_part:
            return Text(" " * self._bar)
        full = self._bar * runner.done // max(1, runner.planned)
        style = "red" if runner.problems else "green"
        return Text.assemble((_FULL * full, style), (_EMPTY * (self._bar - full), "dim"))


def _cell(column: _Column, runner: RunnerProgress) -> Text:
    return Text(_in_a_cell(column.format(runner)), column.style)


def _in_a_cell(text: str) -> str:
    """Returns a text without tabs, whose width depends on the terminal."""
    return brief(text).replace("\t", " ")
