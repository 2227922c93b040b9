"""``testingkit known``: adds and prunes known divergences."""

from __future__ import annotations

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
from testingkit.conformance.text.reasons import is_reason
from testingkit.conformance.v1.divergence_pb2 import DivergenceKind, KnownDivergence

if TYPE_CHECKING:
    from testingkit.conformance.triage.add import ProposedEntries
    from testingkit.conformance.triage.prune import Pruning

_KINDS = {
    "bug": DivergenceKind.DIVERGENCE_KIND_BUG,
    "by-design": DivergenceKind.DIVERGENCE_KIND_BY_DESIGN,
    "spec-ambiguous": DivergenceKind.DIVERGENCE_KIND_SPEC_AMBIGUOUS,
    "flaky": DivergenceKind.DIVERGENCE_KIND_FLAKY,
}
_EXAMPLES = """\b
Examples:
  testingkit known add              # propose entries for the latest run
  testingkit known add "slug/*" -r go --kind bug --reason "Issue 12." --write
  testingkit known prune --dry-run  # show stale entries
  testingkit known prune            # remove stale entries
"""
_ADD_EXAMPLES = """\b
Examples:
  testingkit known add
  testingkit known add --from 20270131T120000Z-5b1f
  testingkit known add -r go --kind by-design --reason "Keeps upper case."
  testingkit known add "slug/*" --kind bug --reason "Issue 12." --write
  testingkit known add --kind bug --reason "Issue 12." --expires 2027-06-30
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
    show_default=True,
    help="Recorded run: latest, last, a name in .testingkit/runs, or the path of an event log.",
)


@click.group("known", cls=SuggestingGroup, epilog=_EXAMPLES, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> int:
    """Add and remove known divergences, based on a recorded run."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
    return ExitCode.USAGE


@command.command("add", epilog=_ADD_EXAMPLES)
@click.argument("cases", nargs=-1, metavar="[CASES]...")
@_from_option
@runner_option
@click.option(
    "--kind", type=click.Choice(list(_KINDS)), help="Kind of divergence; --write needs it."
)
@click.option("--reason", default="", help="Why the divergence is accepted; --write needs it.")
@click.option("--issue", default="", help="Issue in which the divergence is tracked.")
@click.option("--owner", default="", help="Person or team that is responsible.")
@click.option(
    "--expires", default="", metavar="DATE", help="Last day on which the entries are valid."
)
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
    """Propose the fewest entries that cover the failures of a run.

    Failures and divergences that an entry covers already are left out. CASES are case ids or
    patterns: `*` matches within one part of an id, `**` any number of parts. Without CASES, all
    cases of the run are used.

    The entries are printed. With --write, which needs --kind and --reason, they are also added to
    the files of known divergences.
    """
    if write:
        refuse_in_ci("known add --write")
    texts = {"reason": reason, "issue": issue, "owner": owner, "expires": expires}
    template = _template(kind, texts)
    _check_template(template, write=write)
    from testingkit.conformance.cli.recorded import open_named_run
    from testingkit.conformance.engine.inspect import require_schema
    from testingkit.conformance.triage.add import EntryRequest, propose

    project = open_project(config)
    names = make_selection((), runners, "").runners
    project.runners(names)
    run = open_named_run(project, run_name)
    proposal = propose(project, require_schema(project), run, EntryRequest(cases, names, template))
    _print_proposal(proposal)
    if write:
        proposal.write()
    _print_add_summary(proposal, written=write, explained=bool(kind) and is_reason(reason))


def _template(kind: str | None, texts: Mapping[str, str]) -> KnownDivergence:
    """Returns the fields that all entries share: everything except case and outcome."""
    entry = KnownDivergence()
    if kind is not None:
        entry.kind = _KINDS[kind]
    for name, text in texts.items():
        try:
            setattr(entry, name, text)
        except ValueError as error:
            raise UsageError(f"--{name} {text!r} is not UTF-8 text") from error
    return entry


def _check_template(template: KnownDivergence, *, write: bool) -> None:
    if write and not (template.kind and is_reason(template.reason)):
        raise UsageError("--write needs --kind and --reason: an entry explains its divergence")
    if not template.expires:
        return
    last = parse_date(template.expires)
    if last is None:
        raise UsageError(f"--expires {template.expires!r}: expected a date such as 2027-01-31")
    if last < datetime.datetime.now(datetime.UTC).date():
        raise UsageError(f"--expires {template.expires}: that day has passed")


def _print_proposal(proposal: ProposedEntries) -> None:
    shown = [
        f"# {addition.file.shown}\n" + addition.text[len(addition.file.text) :].lstrip("\n")
        for addition in proposal.additions
    ]
    click.echo(_safe("\n".join(shown)), nl=False)
    for line in proposal.notes:
        click.echo(_safe(line), err=True)


def _print_add_summary(proposal: ProposedEntries, *, written: bool, explained: bool) -> None:
    entries = sum(len(addition.entries) for addition in proposal.additions)
    if not entries:
        _print_summary("no entry to add")
        return
    text = f"{count(entries, 'entry', 'entries')} for {count(proposal.results, 'result')}"
    if written:
        files = ", ".join(addition.file.shown for addition in proposal.additions)
        _print_summary(f"{text}, added to {files}")
    elif explained:
        _print_summary(f"{text}; use --write to add them")
    else:
        _print_summary(f"{text}; to be valid, they need --kind and --reason")


@command.command("prune", epilog=_PRUNE_EXAMPLES)
@_from_option
@click.option("--dry-run", is_flag=True, help="Print the entries, and remove nothing.")
@config_option
def prune(
    run_name: str,
    dry_run: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """Remove stale entries, and print them.

    An entry is removed if all its cases pass in the run, if it matches no case, or if it has
    expired. Entries that are stale for another reason are printed and kept. Entries for which the
    run lacks results are not judged, and kept.
    """
    if not dry_run:
        refuse_in_ci("known prune")
    from testingkit.conformance.cli.recorded import open_named_run
    from testingkit.conformance.engine.inspect import require_schema
    from testingkit.conformance.triage import prune

    project = open_project(config)
    run = open_named_run(project, run_name)
    pruning = prune.prune(project, require_schema(project), run)
    for removal in pruning.removals:
        place = f"{safe(removal.place.path)}:{removal.place.line}"
        click.echo(f"{place}: {_safe(removal.reason)}\n{_safe(removal.text)}\n")
    for remark in pruning.remarks:
        place = f"{safe(remark.place.path)}:{remark.place.line}"
        click.echo(f"{place}: {_safe(remark.text)}", err=True)
    if not dry_run:
        pruning.write()
    _print_prune_summary(pruning, dry_run=dry_run)


def _print_prune_summary(pruning: Pruning, *, dry_run: bool) -> None:
    removed = count(len(pruning.removals), "entry", "entries")
    parts = [f"{removed} {'to remove' if dry_run else 'removed'}"]
    remarked = len({remark.place for remark in pruning.remarks})
    if remarked:
        parts.append(f"{count(remarked, 'entry', 'entries')} to check by hand")
    if pruning.unjudged:
        unjudged = count(pruning.unjudged, "entry", "entries")
        parts.append(f"{unjudged} not judged: the run lacks results for them")
    _print_summary("; ".join(parts))


def _print_summary(text: str) -> None:
    click.echo(f"testingkit: {_safe(text)}", err=True)


def _safe(text: str) -> str:
    return "\n".join(safe_lines(text))
