"""``testingkit merge``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from testingkit.conformance.cli.options import config_option, json_option, open_project
from testingkit.conformance.model import MAX_FINDINGS

_EXAMPLES = """\b
Examples:
  testingkit merge shards/*/events.binpb
  testingkit merge shard-1 shard-2 --json > result.json
"""


@click.command("merge", epilog=_EXAMPLES)
@click.argument("logs", nargs=-1, required=True, metavar="LOG...")
@click.option(
    "--max-findings",
    type=click.IntRange(0),
    default=MAX_FINDINGS,
    show_default=True,
    metavar="N",
    help="Findings to show in full.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
@json_option
@config_option
def command(
    logs: tuple[str, ...],
    max_findings: int,
    quiet: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Merges the logs of all shards of a run into the run that they are.

    LOG is the event log of a shard by its path, its folder, or a run of `.testingkit/runs` by its
    name. What is written and decided is what `testingkit run` without --shard would have come to.
    No runner is started. The exit code is that of the whole run.
    """
    from testingkit.conformance.pipeline.merge import merge

    project, given = open_project(config), "" if config is None else str(config)
    if as_json:
        from testingkit.conformance.render_json import JsonRun

        renderer = JsonRun()
        code = merge(project, logs, given, [renderer])
        click.echo(renderer.text())
        return code
    from testingkit.conformance.render_terminal.run import TerminalRun, make_console

    terminal = TerminalRun(make_console(), progress=not quiet, max_findings=max_findings)
    with contextlib.closing(terminal):
        return merge(project, logs, given, [terminal])
