"""What the history says of a case: a sparkline of its last runs, and its rates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.history import History, Story
from testingkit.conformance.record.history_text import format_rates
from testingkit.conformance.text.numbers import count

_LAST = 100  # runs that rates are made of
_SHOWN = 40  # runs of a sparkline
_MAX_CASES = 1500  # that are looked for
_MAX_RUNNERS = 20
_WORDS = {"passed": "passed", "flaky": "wavered", "skipped": "was not asked or did not count"}


class Tick(NamedTuple):
    """A run in a sparkline."""

    status: str
    place: int


class StoryView(NamedTuple):
    """What became of a case with one runner, or of its parity, in the last runs."""

    runner: str
    ticks: Sequence[Tick]
    width: int
    said: str
    rates: str


class Stories:
    """Reads a history, where there is one. Use as a context."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._history: History | None = None
        self._asked = 0
        self.problem = ""  # why the history is not shown

    def __enter__(self) -> Stories:
        try:
            if self._path is not None and self._path.exists():
                self._history = History(self._path, begins=False).__enter__()
        except OutputError as error:
            self.problem = str(error)
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def of_case(self, case_id: str) -> Sequence[StoryView]:
        """Returns the stories of a case; none where nothing is known."""
        self._asked += 1
        if self._history is None or self._asked > _MAX_CASES:
            return []
        try:
            stories = list(self._history.stories(_LAST, case_id))
        except OutputError as error:
            # A history that breaks is no reason to have no report.
            self.problem = str(error)
            self._end()
            return []
        told = [story for story in stories if story.passed.whole > 1]
        return [_view(story) for story in told[:_MAX_RUNNERS]]

    def _end(self) -> None:
        history, self._history = self._history, None
        if history is not None:
            history.__exit__()


def _view(story: Story) -> StoryView:
    shown = story.statuses[-_SHOWN:]
    ticks = [Tick(status, number) for number, status in enumerate(shown)]
    groups = ((word, sum(status == key for status in shown)) for key, word in _WORDS.items())
    failed = sum(status not in _WORDS for status in shown)
    said = [f"{word} {number:,}" for word, number in groups if number]
    said += [f"failed {failed:,}"] if failed else []
    text = f"the last {count(len(shown), 'run')}: {', '.join(said)}"
    return StoryView(story.runner, ticks, len(shown), text, format_rates(story))
