"""``testingkit history``: what became of cases in run after run."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from testingkit.conformance.cli.groups import SuggestingGroup
from testingkit.conformance.cli.options import config_option, json_option, open_project
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.errors import UsageError
from testingkit.conformance.project import Project
from testingkit.conformance.record.history import FILE_NAME, History, Story
from testingkit.conformance.record.history_text import say_rates
from testingkit.conformance.record.recorded_run import LATEST, open_run_log
from testingkit.conformance.record.rows import NOT_RUN
from testingkit.conformance.report.terminal.lines import HANGING, print_words
from testingkit.conformance.report.terminal.run import make_console
from testingkit.conformance.text.escape import brief, safe_json
from testingkit.conformance.text.numbers import count
from testingkit.conformance.text.suggestions import did_you_mean

_EXAMPLES = """\b
Examples:
  testingkit history add                     the last run becomes a part of the history
  testingkit history show                    the cases that fail or waver, the worst first
  testingkit history show --case slug/empty  one case
  testingkit history export history.db       all of it as one file, for CI to carry
  testingkit history import history.db       what another machine has seen
"""
_MARKS = {"passed": "✓", "skipped": "·", NOT_RUN: "·", "flaky": "~"}
_MAX_MARKS = 30


@click.group("history", cls=SuggestingGroup, epilog=_EXAMPLES)
def command() -> None:
    """Keeps what became of every case, and says how often it passes and wavers."""


@command.command("add")
@click.argument("name", default=LATEST, metavar="[RUN]")
@config_option
def add(name: str, config: Path | None) -> None:
    """Adds a recorded run: the last one, unless another is named."""
    project = open_project(config)
    log = open_run_log(project.config.state, name)
    with _history_of(project) as history:
        try:
            is_new = history.add(log)
        except ValueError as error:
            raise UsageError(f"{error}: it says nothing of its cases") from error
        text = "added" if is_new else "it was there already"
        click.echo(f"{text}: the history has {count(history.runs(), 'run')}")


@command.command("import")
@click.argument("file", type=PathOf(dir_okay=False, exists=True))
@config_option
def import_(file: Path, config: Path | None) -> None:
    """Adds the runs of another history that this one does not have."""
    with _history_of(open_project(config)) as history:
        added = history.merge(file)
        click.echo(f"{count(added, 'run')} added: the history has {history.runs():,}")


@command.command("export")
@click.argument("file", type=PathOf(dir_okay=False))
@config_option
def export(file: Path, config: Path | None) -> None:
    """Writes the whole history as one file."""
    with _old_history_of(open_project(config)) as history:
        history.copy(file)


@command.command("show")
@click.option("--case", "case_id", default="", metavar="ID", help="One case, however it does.")
@click.option(
    "--last",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="N",
    help="Runs to look at, the newest.",
)
@click.option(
    "--min-runs",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    metavar="N",
    help="Runs that a case was asked in at least: fewer say little.",
)
@json_option
@config_option
def show(
    case_id: str,
    last: int,
    min_runs: int,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """Shows how often cases pass and waver, each with the interval in which the true rate lies.

    Without --case only those that do not always pass are shown, the worst first.
    """
    with _old_history_of(open_project(config)) as history:
        known = () if not case_id else history.case_ids()
        found = [s for s in history.stories(last, case_id) if case_id or not _is_good(s)]
        runs = min(last, history.runs())
    if case_id and case_id not in known:
        raise UsageError(f"the history has no case {case_id!r}{did_you_mean(case_id, known)}")
    stories = _worst_first(story for story in found if story.passed.whole >= min_runs)
    if as_json:
        click.echo(safe_json([_as_dict(story) for story in stories]))
        return
    console = make_console()
    for story in stories:
        print_words(console, Text(_line(story)), HANGING)
    hidden = len(found) - len(stories)
    more = f"; {hidden:,} more with fewer than {count(min_runs, 'run')}" if hidden else ""
    click.echo(f"{count(runs, 'run')}, {count(len(stories), 'entry', 'entries')}{more}")


def _history_of(project: Project) -> History:
    return History(project.config.state / FILE_NAME)


def _old_history_of(project: Project) -> History:
    """The history that there is: to read it begins none.

    Raises:
        UsageError: There is none.
    """
    path = project.config.state / FILE_NAME
    if not path.exists():
        raise UsageError(f"there is no history {path} yet: testingkit history add begins it")
    return History(path, begins=False)


def _is_good(story: Story) -> bool:
    return not story.flaky.part and story.passed.part == story.passed.whole


def _worst_first(stories: Iterable[Story]) -> Sequence[Story]:
    return sorted(stories, key=lambda s: (s.passed.value, -s.flaky.value, s.case_id, s.runner))


def _line(story: Story) -> str:
    marks = "".join(_MARKS.get(status, "✗") for status in story.statuses[-_MAX_MARKS:])
    took = f"  {story.seconds * 1000:.3f} ms" if story.seconds else ""
    return f"{brief(story.case_id)}  {brief(story.runner)}  {marks}  {say_rates(story)}{took}"


def _as_dict(story: Story) -> dict[str, Any]:
    shares = {
        name: {"part": share.part, "whole": share.whole, "interval": list(share.interval)}
        for name, share in (("passed", story.passed), ("flaky", story.flaky))
    }
    return {**dataclasses.asdict(story), **shares}
