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
from testingkit.conformance.entries import NOT_RUN
from testingkit.conformance.errors import UsageError
from testingkit.conformance.history import FILE_NAME, History, Share, Story
from testingkit.conformance.pipeline.project import Project
from testingkit.conformance.pipeline.recorded import LATEST, open_run_log
from testingkit.conformance.render_terminal.lines import print_words
from testingkit.conformance.render_terminal.run import make_console
from testingkit.conformance.render_terminal.text import brief, count
from testingkit.conformance.safe_text import safe_json

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
_INDENT = "    "


@click.group("history", cls=SuggestingGroup, epilog=_EXAMPLES)
def command() -> None:
    """Keeps what became of every case, and says how often it passes and wavers."""


@command.command("add")
@click.argument("name", default=LATEST, metavar="[RUN]")
@config_option
def add(name: str, config: Path | None) -> None:
    """Adds a recorded run: the last one, unless another is named."""
    project = open_project(config)
    log = open_run_log(project, name)
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
    with _history_of(open_project(config)) as history:
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
    with _history_of(open_project(config)) as history:
        stories = list(_chosen(history.stories(last, case_id), min_runs, only_bad=not case_id))
        runs = min(last, history.runs())
    if case_id and not stories:
        raise UsageError(f"the history has no {min_runs} runs of a case {case_id!r}")
    if as_json:
        click.echo(safe_json([_as_dict(story) for story in stories]))
        return
    console = make_console()
    for story in stories:
        print_words(console, Text(_line(story)), _INDENT)
    click.echo(f"{count(runs, 'run')}, {count(len(stories), 'entry', 'entries')}")


def _history_of(project: Project) -> History:
    return History(project.config.state / FILE_NAME)


def _chosen(stories: Iterable[Story], min_runs: int, *, only_bad: bool) -> Sequence[Story]:
    found = [
        story
        for story in stories
        if story.passed.whole >= min_runs
        and (not only_bad or story.flaky.part or story.passed.part < story.passed.whole)
    ]
    return sorted(found, key=lambda s: (s.passed.value, -s.flaky.value, s.case_id, s.runner))


def _line(story: Story) -> str:
    marks = "".join(_MARKS.get(status, "✗") for status in story.statuses[-_MAX_MARKS:])
    took = f"  {story.seconds * 1000:.3f} ms" if story.seconds else ""
    return (
        f"{brief(story.case_id)}  {brief(story.runner)}  {marks}  "
        f"passes {_share(story.passed)}  wavers {_share(story.flaky)}{took}"
    )


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.0%} of {share.whole} ({low:.0%} to {high:.0%})"


def _as_dict(story: Story) -> dict[str, Any]:
    shares = {
        name: {"part": share.part, "whole": share.whole, "interval": list(share.interval)}
        for name, share in (("passed", story.passed), ("flaky", story.flaky))
    }
    return {**dataclasses.asdict(story), **shares}
