"""``testingkit accept``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from testingkit.conformance.accept.proposals import Proposals, Standing
from testingkit.conformance.cli.options import config_option, open_project, refuse_in_ci
from testingkit.conformance.errors import UsageError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.text.numbers import count

_EXAMPLES = """\b
Examples:
  testingkit accept slug/long_title             shows the answer, and asks
  testingkit accept 'slug/*' --dry-run          shows only
  testingkit accept --missing --yes             every golden file that is not there yet
  testingkit accept slug/long_title --from go   what go answers, whoever else agrees
"""


@click.command("accept", epilog=_EXAMPLES)
@click.argument("cases", nargs=-1, metavar="[CASES]...")
@click.option("--missing", is_flag=True, help="Also every case whose golden file is missing.")
@click.option("--from", "source", default="", metavar="RUNNER", help="Take this runner's answers.")
@click.option("-y", "--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show, and write nothing.")
@config_option
def command(
    cases: tuple[str, ...],
    missing: bool,  # noqa: FBT001 - click passes options by name
    source: str,
    yes: bool,  # noqa: FBT001 - click passes options by name
    dry_run: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Writes golden files: what the runners answer becomes what is expected of them.

    CASES are ids, or patterns in which `*` stands for part of a name and `**` for any number of
    parts. Every case is called twice. Two runners at least must give the same answer, and none
    another, unless --from says whose answer it is. All of the files are written, or none.
    """
    refuse_in_ci("accept")
    if not cases and not missing:
        raise UsageError("accept: name cases or patterns of them, or say --missing")
    from testingkit.conformance.accept.golden_cases import GoldenSelection
    from testingkit.conformance.accept.propose import propose, write
    from testingkit.conformance.report.terminal.accept import print_proposals
    from testingkit.conformance.report.terminal.run import make_console

    project = open_project(config)
    proposals = propose(project, GoldenSelection(cases, missing), source)
    print_proposals(make_console(), proposals)
    if not _is_to_be_written(proposals):
        return ExitCode.NOT_CONFORMANT if proposals.of(Standing.REFUSED) else ExitCode.CONFORMANT
    files = count(len(proposals.texts), "golden file")
    if dry_run:
        click.echo(f"{files} to write; nothing is written")
        return ExitCode.CONFORMANT
    if not yes and not _agreed_to(files):
        click.echo("nothing is written", err=True)
        return ExitCode.NOT_CONFORMANT
    write(proposals)
    click.echo(f"{files} written")
    return ExitCode.CONFORMANT


def _is_to_be_written(proposals: Proposals) -> bool:
    """Tells whether there is something to write, and says so where there is not."""
    refused = proposals.of(Standing.REFUSED)
    if refused:
        text = f"{count(len(refused), 'case')} cannot be accepted: nothing is written"
        click.echo(f"testingkit: {text}", err=True)
    elif not proposals.texts:
        click.echo("no golden file to write")
    return not refused and bool(proposals.texts)


def _agreed_to(files: str) -> bool:
    """Asks the person at the terminal.

    Raises:
        UsageError: There is none.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            f"{files} to write, and nobody to ask: standard input is no terminal; "
            "--yes writes without asking"
        )
    return click.confirm(f"Write {files}?", default=False, err=True)
