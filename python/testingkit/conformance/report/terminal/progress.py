"""Shows the progress of a run: painted on a terminal, otherwise as lines now and then."""

from __future__ import annotations

import os
import time
from typing import Protocol

from rich.console import Console
from rich.text import Text

from testingkit.conformance.engine.progress import Progress, RunnerProgress
from testingkit.conformance.report.terminal.lines import print_words
from testingkit.conformance.report.terminal.painter import Painter
from testingkit.conformance.report.terminal.progress_rows import (
    format_done,
    format_runner_problems,
    progress_lines,
)
from testingkit.conformance.text.escape import brief
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.text.numbers import count

_LIVE_SECONDS = 0.1
_PLAIN_SECONDS = 10.0
_INDENT = "  "


class ShowsProgress(Protocol):
    """Shows how far a run is."""

    def head(self, text: Text) -> None:
        """Shows the header of the run."""

    def reading(self, done: int, total: int) -> None:
        """Shows that so many case files have been read."""

    def progress(self, progress: Progress) -> None:
        """Shows how far the run is."""

    def end(self) -> None:
        """Erases temporary lines. May be called more than once."""


class NoProgress:
    """Shows only the header of the run."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def head(self, text: Text) -> None:
        """Prints the header of the run."""
        print_words(self._console, text, _INDENT)

    def reading(self, done: int, total: int) -> None:
        """Does nothing."""

    def progress(self, progress: Progress) -> None:
        """Does nothing."""

    def end(self) -> None:
        """Does nothing."""


class PlainProgress:
    """Prints a line when a runner is done, and one now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown_at = time.monotonic()
        self._printed: set[str] = set()  # names of runners whose last line is printed
        self._has_head = False

    def head(self, text: Text) -> None:
        """Prints the header of the run."""
        self._has_head = True
        print_words(self._console, text, _INDENT)

    def reading(self, done: int, total: int) -> None:
        """Prints now and then how many case files have been read."""
        if self._is_time():
            self._print(f"reading case files: {done:,} of {total:,}")

    def progress(self, progress: Progress) -> None:
        """Prints each runner that is done, and now and then how far the others are.

        Before the header, a runner that does not start may be the reason why the command ends;
        then its error message reports it, and a line here would repeat that.
        """
        for runner in progress.runners if self._has_head else ():
            if runner.is_done and runner.name not in self._printed:
                self._printed.add(runner.name)
                self._print(_format_finished(runner, progress))
        if self._is_time():
            self._print(_format_unfinished(progress))

    def end(self) -> None:
        """Does nothing."""

    def _is_time(self) -> bool:
        now = time.monotonic()
        is_time = now - self._shown_at >= _PLAIN_SECONDS
        if is_time:
            self._shown_at = now
        return is_time

    def _print(self, text: str) -> None:
        self._console.print(Text(_INDENT + text), soft_wrap=True)
        self._console.file.flush()  # Users watch the progress through a pipe.


class LiveProgress:
    """Paints lines at the bottom of a terminal, which the result replaces.

    The header is one of them until then: erasing on a terminal that got narrower may erase lines
    above them too.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._painter = Painter(console)
        self._read_at = time.monotonic()
        self._head: Text | None = None

    def head(self, text: Text) -> None:
        """Takes the header of the run, which is painted now and printed at the end."""
        self._head = text

    def reading(self, done: int, total: int) -> None:
        """Paints how many case files have been read, at most ten times a second."""
        now = time.monotonic()
        if now - self._read_at >= _LIVE_SECONDS:
            self._read_at = now
            self._painter.paint([Text(f"{_INDENT}reading case files: {done:,} of {total:,}")])

    def progress(self, progress: Progress) -> None:
        """Paints a row for each runner; the caller limits how often."""
        size = self._console.size
        head = [] if self._head is None else [self._head.copy(), Text("")]
        lines = progress_lines(progress, size.width, size.height - 1 - len(head))
        self._painter.paint([*head, *lines])

    def end(self) -> None:
        """Erases the lines and prints the header."""
        self._painter.erase()
        if self._head is not None:
            print_words(self._console, self._head, _INDENT)
            self._head = None


def make_progress(console: Console, *, wanted: bool) -> ShowsProgress:
    """Returns how progress is shown on a console."""
    if not wanted:
        return NoProgress(console)
    # FORCE_COLOR makes rich take a pipe for a terminal; a log of CI keeps every painted line.
    live = console.is_interactive and console.file.isatty() and not os.environ.get("CI")
    return LiveProgress(console) if live else PlainProgress(console)


def _format_finished(runner: RunnerProgress, progress: Progress) -> str:
    parts = [brief(runner.name), format_done(runner)]
    if problems := format_runner_problems(runner):
        parts.append(problems if progress.is_judged else f"{problems} so far")
    return "  ".join([*parts, f"{progress.seconds:.1f}s"])


def _format_unfinished(progress: Progress) -> str:
    """Returns how far the runners are that are not done."""
    left = [runner for runner in progress.runners if not runner.is_done]
    parts = [
        f"{progress.seconds:.0f}s",
        format_list([f"{brief(r.name)} {format_done(r)}" for r in left]),
    ]
    if progress.divergences:
        parts.append(f"{count(progress.divergences, 'divergence')} so far")
    return " · ".join(part for part in parts if part)
