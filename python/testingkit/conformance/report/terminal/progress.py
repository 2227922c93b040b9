"""Progress of a run while it goes on: painted on a terminal, and else in lines now and then."""

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
    """Somebody who shows how far a run is."""

    def head(self, text: Text) -> None:
        """Takes what was run."""

    def reading(self, done: int, total: int) -> None:
        """Takes that so many case files are read."""

    def progress(self, progress: Progress) -> None:
        """Takes how far the run is."""

    def end(self) -> None:
        """Leaves nothing on the screen that is not to stay. May be asked more than once."""


class NoProgress:
    """Shows nothing but what was run."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def head(self, text: Text) -> None:
        """Prints what was run."""
        print_words(self._console, text, _INDENT)

    def reading(self, done: int, total: int) -> None:
        """Shows nothing of it."""

    def progress(self, progress: Progress) -> None:
        """Shows nothing of it."""

    def end(self) -> None:
        """Has nothing to take away."""


class PlainProgress:
    """A line when a runner is done, and one now and then; what is printed stays."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown_at = time.monotonic()
        self._told: set[str] = set()  # runners of which there is no more to say
        self._has_head = False

    def head(self, text: Text) -> None:
        """Prints what was run."""
        self._has_head = True
        print_words(self._console, text, _INDENT)

    def reading(self, done: int, total: int) -> None:
        """Prints it now and then."""
        if self._is_time():
            self._print(f"reading case files: {done:,} of {total:,}")

    def progress(self, progress: Progress) -> None:
        """Prints who is done, and now and then how far the others are.

        Before it is clear what was run, a runner that does not start may be all that is to be told,
        and that is told as what the command ended with.
        """
        for runner in progress.runners if self._has_head else ():
            if runner.is_done and runner.name not in self._told:
                self._told.add(runner.name)
                self._print(_say_over(runner, progress))
        if self._is_time():
            self._print(_say_others(progress))

    def end(self) -> None:
        """Has nothing to take away."""

    def _is_time(self) -> bool:
        now = time.monotonic()
        is_time = now - self._shown_at >= _PLAIN_SECONDS
        if is_time:
            self._shown_at = now
        return is_time

    def _print(self, text: str) -> None:
        self._console.print(Text(_INDENT + text), soft_wrap=True)
        self._console.file.flush()  # Somebody may be looking on.


class LiveProgress:
    """Lines at the bottom of a terminal, which the result replaces.

    What was run is one of them until then: a terminal that gets narrower may lose the upper ones.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._painter = Painter(console)
        self._read_at = time.monotonic()
        self._head: Text | None = None

    def head(self, text: Text) -> None:
        """Takes what was run, which is printed when nothing is painted any more."""
        self._head = text

    def reading(self, done: int, total: int) -> None:
        """Paints it, but not as often as there are files."""
        now = time.monotonic()
        if now - self._read_at >= _LIVE_SECONDS:
            self._read_at = now
            self._painter.paint([Text(f"{_INDENT}reading case files: {done:,} of {total:,}")])

    def progress(self, progress: Progress) -> None:
        """Paints a row a runner. Whoever samples it does so as often as is good to look at."""
        size = self._console.size
        head = [] if self._head is None else [self._head.copy(), Text("")]
        lines = progress_lines(progress, size.width, size.height - 1 - len(head))
        self._painter.paint([*head, *lines])

    def end(self) -> None:
        """Takes the lines away; what was run stays."""
        self._painter.erase()
        if self._head is not None:
            print_words(self._console, self._head, _INDENT)
            self._head = None


def make_progress(console: Console, *, wanted: bool) -> ShowsProgress:
    """Chooses how progress is shown on a console."""
    if not wanted:
        return NoProgress(console)
    # FORCE_COLOR makes a terminal of a pipe, but for colours alone; logs of a CI keep every line.
    live = console.is_interactive and console.file.isatty() and not os.environ.get("CI")
    return LiveProgress(console) if live else PlainProgress(console)


def _say_over(runner: RunnerProgress, progress: Progress) -> str:
    parts = [brief(runner.name), format_done(runner)]
    if problems := format_runner_problems(runner):
        parts.append(problems if progress.is_judged else f"{problems} so far")
    return "  ".join([*parts, f"{progress.seconds:.1f}s"])


def _say_others(progress: Progress) -> str:
    """How far those are that are not done."""
    left = [runner for runner in progress.runners if not runner.is_done]
    parts = [
        f"{progress.seconds:.0f}s",
        format_list([f"{brief(r.name)} {format_done(r)}" for r in left]),
    ]
    if progress.divergences:
        parts.append(f"{count(progress.divergences, 'divergence')} so far")
    return " · ".join(part for part in parts if part)
