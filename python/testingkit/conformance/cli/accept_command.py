"""``testingkit accept``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from testingkit.conformance.accept.proposals import GoldenProposals, GoldenStatus
from testingkit.conformance.cli.options import config_option, open_project, refuse_in_ci
from testingkit.conformance.errors import UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.text.numbers import count

_EXAMPLES = """\b
Examples:
  testingkit accept slug/long_title            # show the answer, then ask
  testingkit accept 'slug/*' --dry-run         # show the answers only
  testingkit accept --missing --yes            # all missing golden files
  testingkit accept slug/long_title --from go  # take the answer of go
"""


@click.command("accept", epilog=_EXAMPLES)
@click.argument("cases", nargs=-1, metavar="[CASES]...")
@click.option(
    "--missing", is_flag=True, help="Also accept every case whose golden file is missing."
)
@click.option(
    "--from", "source", default="", metavar="RUNNER", help="Take the answers of this runner."
)
@click.option("-y", "--yes", is_flag=True, help="Write without asking for confirmation.")
@click.option("--dry-run", is_flag=True, help="Show the answers, and write nothing.")
@config_option
def command(
    cases: tuple[str, ...],
    missing: bool,  # noqa: FBT001 - click passes options by name
    source: str,
    yes: bool,  # noqa: FBT001 - click passes options by name
    dry_run: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Write golden files from the answers of the runners.

    CASES are case ids or patterns: `*` matches within one part of an id, `**` any number of parts.

    Every case is called twice. An answer is accepted if no runner gives another, at least two give
    it, and more than half of those that serve the method. Runners of one family count once. With
    --from, the answer of that runner is accepted. All files are written, or none.

    Exit code 1 if an answer cannot be accepted or you decline.
    """
    refuse_in_ci("accept")
    if not cases and not missing:
        raise UsageError("no cases given; name case ids or patterns, or use --missing")
    from testingkit.conformance.accept.golden_cases import GoldenSelection
    from testingkit.conformance.accept.propose import propose, write
    from testingkit.conformance.report.terminal.accept import print_proposals
    from testingkit.conformance.report.terminal.run import make_console

    project = open_project(config)
    proposals = propose(project, GoldenSelection(cases, missing), source)
    print_proposals(make_console(), proposals)
    if not _can_write(proposals):
        return (
            ExitCode.NOT_CONFORMANT
            if proposals.with_status(GoldenStatus.REFUSED)
            else ExitCode.CONFORMANT
        )
    files = count(len(proposals.texts), "golden file")
    if dry_run:
        click.echo(f"{files} to write; nothing is written")
        return ExitCode.CONFORMANT
    if not yes and not _confirm(files):
        click.echo("nothing is written", err=True)
        return ExitCode.NOT_CONFORMANT
    write(proposals)
    click.echo(f"{files} written")
    return ExitCode.CONFORMANT


def _can_write(proposals: GoldenProposals) -> bool:
    """Returns whether there are files to write, and prints why not."""
    refused = proposals.with_status(GoldenStatus.REFUSED)
    if refused:
        text = f"{count(len(refused), 'case')} cannot be accepted; nothing is written"
        click.echo(f"testingkit: {text}", err=True)
    elif not proposals.texts:
        click.echo("no golden file to write")
    return not refused and bool(proposals.texts)


def _confirm(files: str) -> bool:
    """Returns whether the person at the terminal agrees.

    Raises:
        UsageError: Standard input is not a terminal.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            f"{files} to write, but standard input is not a terminal to ask for confirmation; "
            "use --yes to write without asking"
        )
    return click.confirm(f"Write {files}?", default=False, err=True)
