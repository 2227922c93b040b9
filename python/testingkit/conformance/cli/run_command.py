"""``testingkit run``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from testingkit.conformance.cli.options import (
    config_option,
    expression_option,
    json_option,
    make_selection,
    open_project,
    paths_argument,
    runner_option,
)
from testingkit.conformance.errors import UsageError

_SEED = re.compile(r"[0-9a-f]{1,16}")
_EXAMPLES = """\b
Examples:
  testingkit run
  testingkit run conformance_cases/checks -r rust,go
  testingkit run -k "slug/rejects_empty or unicode"
  testingkit run --json > result.json
"""


@click.command("run", epilog=_EXAMPLES)
@paths_argument
@runner_option
@expression_option
@click.option("--seed", default="", metavar="HEX", help="Seed for the runners. Default: random.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
@json_option
@config_option
def command(
    paths: tuple[Path, ...],
    runners: str,
    expression: str,
    seed: str,
    quiet: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Runs the cases against the runners, judges the answers, and compares them.

    PATHS are case files or folders of them; without any, all of the project's cases are run.
    """
    from testingkit.conformance.pipeline.run import RunOptions, run

    if seed and not _SEED.fullmatch(seed):
        raise UsageError(f"--seed {seed!r}: expected up to 16 digits of 0-9 and a-f")
    project = open_project(config)
    options = RunOptions(make_selection(paths, runners, expression), seed)
    if as_json:
        from testingkit.conformance.render_json import JsonRun

        renderer = JsonRun()
        code = run(project, options, [renderer])
        click.echo(renderer.text())
        return code
    from testingkit.conformance.render_terminal.run import TerminalRun, make_console

    return run(project, options, [TerminalRun(make_console(), progress=not quiet)])
