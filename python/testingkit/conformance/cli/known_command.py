"""``testingkit known``: adds and prunes known divergences."""

from __future__ import annotations

import asyncio
import datetime
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from testingkit.conformance.cli.groups import SuggestingGroup
from testingkit.conformance.cli.options import (
    Decorator,
    config_option,
    make_selection,
    open_project,
    refuse_in_ci,
    runner_option,
)
from testingkit.conformance.errors import UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.known.flaws import parse_date
from testingkit.conformance.text.escape import safe, safe_lines
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.divergence_pb2 import DivergenceKind, KnownDivergence

if TYPE_CHECKING:
    from testingkit.conformance.triage.add import Proposal
    from testingkit.conformance.triage.prune import Pruning

_KINDS = {
    "bug": DivergenceKind.DIVERGENCE_KIND_BUG,
    "by-design": DivergenceKind.DIVERGENCE_KIND_BY_DESIGN,
    "spec-ambiguous": DivergenceKind.DIVERGENCE_KIND_SPEC_AMBIGUOUS,
    "flaky": DivergenceKind.DIVERGENCE_KIND_FLAKY,
}
_EXAMPLES = """\b
Examples:
  testingkit known add                                shows what could be added
  testingkit known add "slug/*" -r go --kind bug --reason "Issue 12." --write
  testingkit known prune --dry-run                    shows what is no longer true
  testingkit known prune                              removes it
"""
_ADD_EXAMPLES = """\b
Examples:
  testingkit known add
  testingkit known add -r go --kind by-design --reason "Letters keep their case."
  testingkit known add "slug/*" --kind bug --reason "Issue 12." --expires 2027-06-30 --write
  testingkit known add --from 20270131T120000Z-5b1f
"""
_PRUNE_EXAMPLES = """\b
Examples:
  testingkit known prune --dry-run
  testingkit known prune
"""
_from_option: Decorator = click.option(
    "--from",
    "run_name",
    metavar="RUN",
    default="latest",
    help="A recorded run: its name in .testingkit/runs, or its log. Default: latest.",
)


@click.group("known", cls=SuggestingGroup, epilog=_EXAMPLES, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> int:
    """Adds and prunes known divergences, by what a recorded run found."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
    return ExitCode.USAGE


@command.command("add", epilog=_ADD_EXAMPLES, short_help="Propose entries, or write them.")
@click.argument("cases", nargs=-1, metavar="[CASES]...")
@_from_option
@runner_option
@click.option("--kind", type=click.Choice(list(_KINDS)), help="Why the runner differs, as a class.")
@click.option("--reason", default="", help="Why this is accepted.")
@click.option("--issue", default="", help="Where it is tracked.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--expires", default="", metavar="DATE", help="Last day on which it holds.")
@click.option("--write", is_flag=True, help="Add the entries to the files.")
@config_option
def add(
    cases: tuple[str, ...],
    run_name: str,
    runners: str,
    kind: str | None,
    reason: str,
    issue: str,
    owner: str,
    expires: str,
    write: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """Proposes the fewest entries that account for what a run found and no entry accounts for.

    CASES are ids of cases or patterns of them; without any, all of the run's cases. The entries are
    printed, and with --write, which needs --kind and --reason, added to the files.
    """
    if write:
        refuse_in_ci("known add --write")
    words = {"reason": reason, "issue": issue, "owner": owner, "expires": expires}
    template = _template(kind, words)
    _check_words(template, write=write)
    from testingkit.conformance.engine.inspect import schema_for
    from testingkit.conformance.record.recorded_run import open_run
    from testingkit.conformance.triage.add import Wish, propose

    project = open_project(config)
    names = make_selection((), runners, "").runners
    project.runners(names)
    run = open_run(project, run_name)
    proposal = propose(project, asyncio.run(schema_for(project)), run, Wish(cases, names, template))
    _print_proposal(proposal)
    if write:
        proposal.write()
    _conclude_add(proposal, written=write, worded=bool(kind and reason.strip()))


def _template(kind: str | None, words: Mapping[str, str]) -> KnownDivergence:
    """Returns what every entry says beside its case and its outcome."""
    entry = KnownDivergence()
    if kind is not None:
        entry.kind = _KINDS[kind]
    for name, text in words.items():
        try:
            setattr(entry, name, text)
        except ValueError as error:
            raise UsageError(f"--{name} {text!r} is not UTF-8 text") from error
    return entry


def _check_words(words: KnownDivergence, *, write: bool) -> None:
    if write and not (words.kind and words.reason.strip()):
        raise UsageError("--write needs --kind and --reason: what nobody can explain is not known")
    if not words.expires:
        return
    last = parse_date(words.expires)
    if last is None:
        raise UsageError(f"--expires {words.expires!r}: expected a date such as 2027-01-31")
    if last < datetime.datetime.now(datetime.UTC).date():
        raise UsageError(f"--expires {words.expires}: that day has passed")


def _print_proposal(proposal: Proposal) -> None:
    shown = [
        f"# {addition.file.shown}\n" + addition.text[len(addition.file.text) :].lstrip("\n")
        for addition in proposal.additions
    ]
    click.echo(_safe("\n".join(shown)), nl=False)
    for line in proposal.notes:
        click.echo(_safe(line), err=True)


def _conclude_add(proposal: Proposal, *, written: bool, worded: bool) -> None:
    entries = sum(len(addition.entries) for addition in proposal.additions)
    if not entries:
        _say("no entry to add")
        return
    text = f"{count(entries, 'entry', 'entries')} for {count(proposal.results, 'result')}"
    if written:
        files = ", ".join(addition.file.shown for addition in proposal.additions)
        _say(f"{text}, added to {files}")
    elif worded:
        _say(f"{text}; --write adds what is shown")
    else:
        _say(f"{text}; without --kind and --reason none of them is valid yet")


@command.command(
    "prune", epilog=_PRUNE_EXAMPLES, short_help="Remove entries that are no longer true."
)
@_from_option
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@config_option
def prune(
    run_name: str,
    dry_run: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """Removes the entries that a run shows to be no longer true, and prints them.

    Those are entries of which every case passes, entries that match no case, and expired ones.
    What is untrue in another way is told, and stays. What the run did not run is not judged.
    """
    if not dry_run:
        refuse_in_ci("known prune")
    from testingkit.conformance.engine.inspect import schema_for
    from testingkit.conformance.record.recorded_run import open_run
    from testingkit.conformance.triage import prune

    project = open_project(config)
    run = open_run(project, run_name)
    pruning = prune.prune(project, asyncio.run(schema_for(project)), run)
    for removal in pruning.removals:
        place = f"{safe(removal.place.path)}:{removal.place.line}"
        click.echo(f"{place}: {_safe(removal.why)}\n{_safe(removal.text)}\n")
    for remark in pruning.remarks:
        place = f"{safe(remark.place.path)}:{remark.place.line}"
        click.echo(f"{place}: {_safe(remark.text)}", err=True)
    if not dry_run:
        pruning.write()
    _conclude_prune(pruning, dry_run=dry_run)


def _conclude_prune(pruning: Pruning, *, dry_run: bool) -> None:
    removed = count(len(pruning.removals), "entry", "entries")
    parts = [f"{removed} {'to remove' if dry_run else 'removed'}"]
    remarked = len({remark.place for remark in pruning.remarks})
    if remarked:
        parts.append(f"{count(remarked, 'entry', 'entries')} for a person to look at")
    if pruning.unjudged:
        parts.append(
            f"{count(pruning.unjudged, 'entry', 'entries')} of which the run says too little"
        )
    _say("; ".join(parts))


def _say(text: str) -> None:
    click.echo(f"testingkit: {_safe(text)}", err=True)


def _safe(text: str) -> str:
    return "\n".join(safe_lines(text))
