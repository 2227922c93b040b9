"""``testingkit history``: results of cases over time."""

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
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.errors import UsageError
from testingkit.conformance.project import Project
from testingkit.conformance.record.history import FILE_NAME, CaseHistory, History
from testingkit.conformance.record.history_text import format_rates
from testingkit.conformance.record.rows import NOT_RUN
from testingkit.conformance.record.run_folder import LATEST
from testingkit.conformance.report.terminal.lines import HANGING, print_words
from testingkit.conformance.report.terminal.run import make_console
from testingkit.conformance.text.escape import brief, safe_json
from testingkit.conformance.text.numbers import count
from testingkit.conformance.text.suggestions import did_you_mean

_EXAMPLES = """\b
Examples:
  testingkit history add                     # add the latest run
  testingkit history show                    # failing and flaky cases
  testingkit history show --case slug/empty  # one case
  testingkit history export history.db       # for the cache of a CI
  testingkit history import history.db       # add runs of another machine
"""
_ADD_EXAMPLES = """\b
Examples:
  testingkit history add
  testingkit history add 20270131T120000Z-7f3a
"""
_IMPORT_EXAMPLES = """\b
Examples:
  testingkit history import history.db
"""
_EXPORT_EXAMPLES = """\b
Examples:
  testingkit history export history.db
"""
_SHOW_EXAMPLES = """\b
Examples:
  testingkit history show
  testingkit history show --last 20 --min-runs 1
  testingkit history show --case slug/empty
  testingkit history show --json > history.json
"""
_MARKS = {"passed": "✓", "skipped": "·", NOT_RUN: "·", "flaky": "~"}
_MAX_MARKS = 30
_MAX_RUNS = 1_000_000


@click.group("history", cls=SuggestingGroup, epilog=_EXAMPLES)
def command() -> None:
    """Track results over time; show pass and flake rates.

    The history is the file `.testingkit/history.db`: one result for each case, runner and run.
    """


@command.command("add", epilog=_ADD_EXAMPLES)
@click.argument("name", default=LATEST, metavar="[RUN]")
@config_option
def add(name: str, config: Path | None) -> None:
    """Add a recorded run to the history.

    RUN is the name of a run in `.testingkit/runs`, or the path of an event log or an HTML report.
    Default: latest, the last run of everything; last is the last run.

    The history file is created if it does not exist. A run that the history already has is not
    added again.
    """
    project = open_project(config)
    log = open_named_log(project.config.state, name)
    with _history(project) as history:
        try:
            is_new = history.add(log)
        except ValueError as error:
            raise UsageError(f"{error}, so it cannot be added to the history") from error
        text = "added" if is_new else "already in the history"
        click.echo(f"{text}: the history has {count(history.runs(), 'run')}")


@command.command("import", epilog=_IMPORT_EXAMPLES)
@click.argument("file", type=PathOf(dir_okay=False, exists=True))
@config_option
def import_(file: Path, config: Path | None) -> None:
    """Add the runs of another history to this one.

    FILE is a history that `testingkit history export` wrote. Runs that this history already has
    are not added again.
    """
    with _history(open_project(config)) as history:
        added = history.merge(file)
        click.echo(f"{count(added, 'run')} added: the history has {history.runs():,}")


@command.command("export", epilog=_EXPORT_EXAMPLES)
@click.argument("file", type=PathOf(dir_okay=False))
@config_option
def export(file: Path, config: Path | None) -> None:
    """Write the whole history to one file.

    FILE is a new file or another history, which is replaced.
    """
    with _existing_history(open_project(config)) as history:
        history.copy(file)


@command.command("show", epilog=_SHOW_EXAMPLES)
@click.option(
    "--case", "case_id", default="", metavar="ID", help="Show one case, even if it always passes."
)
@click.option(
    "--last",
    type=click.IntRange(1, _MAX_RUNS),
    default=100,
    show_default=True,
    metavar="N",
    help="Use the N newest runs.",
)
@click.option(
    "--min-runs",
    type=click.IntRange(1, _MAX_RUNS),
    default=5,
    show_default=True,
    metavar="N",
    help="Leave out cases with fewer runs.",
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
    """Show the pass and flake rates of cases.

    Each rate is printed with its 95 % confidence interval. Without --case, only cases that do not
    always pass are shown, the worst first.
    """
    with _existing_history(open_project(config)) as history:
        if case_id and case_id not in (known := history.case_ids()):
            raise UsageError(f"the history has no case {case_id!r}{did_you_mean(case_id, known)}")
        selected = [
            s for s in history.case_histories(last, case_id) if case_id or not _always_passes(s)
        ]
        runs = min(last, history.runs())
    entries = _worst_first(entry for entry in selected if entry.passed.whole >= min_runs)
    if as_json:
        click.echo(safe_json([_as_dict(entry) for entry in entries]))
        return
    console = make_console()
    for entry in entries:
        print_words(console, Text(_line(entry)), HANGING)
    hidden = len(selected) - len(entries)
    more = f"; {hidden:,} more with fewer than {count(min_runs, 'run')}" if hidden else ""
    click.echo(f"{count(runs, 'run')}, {count(len(entries), 'entry', 'entries')}{more}")


def _history(project: Project) -> History:
    return History(project.config.state / FILE_NAME)


def _existing_history(project: Project) -> History:
    """Returns the existing history, and creates none.

    Raises:
        UsageError: The history does not exist.
    """
    path = project.config.state / FILE_NAME
    if not path.exists():
        raise UsageError(f"{path} does not exist; create it with testingkit history add")
    return History(path, create=False)


def _always_passes(entry: CaseHistory) -> bool:
    return not entry.flaky.part and entry.passed.part == entry.passed.whole


def _worst_first(entries: Iterable[CaseHistory]) -> Sequence[CaseHistory]:
    return sorted(entries, key=lambda s: (s.passed.value, -s.flaky.value, s.case_id, s.runner))


def _line(entry: CaseHistory) -> str:
    marks = "".join(_MARKS.get(status, "✗") for status in entry.statuses[-_MAX_MARKS:])
    took = f"  {entry.seconds * 1000:.3f} ms" if entry.seconds else ""
    return f"{brief(entry.case_id)}  {brief(entry.runner)}  {marks}  {format_rates(entry)}{took}"


def _as_dict(entry: CaseHistory) -> dict[str, Any]:
    shares = {
        name: {"part": share.part, "whole": share.whole, "interval": list(share.interval)}
        for name, share in (("passed", entry.passed), ("flaky", entry.flaky))
    }
    return {**dataclasses.asdict(entry), **shares}
