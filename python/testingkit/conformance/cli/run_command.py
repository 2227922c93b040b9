"""``testingkit run``."""

from __future__ import annotations

import contextlib
import re
import secrets
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
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.config import MAX_JOBS
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import write_atomically
from testingkit.conformance.model import MAX_FINDINGS, MAX_REPETITIONS, Order

_SEED = re.compile(r"[0-9a-f]{1,16}")
_EXAMPLES = """\b
Examples:
  testingkit run
  testingkit run conformance_cases/checks -r rust,go
  testingkit run -k "slug/rejects_empty or unicode"
  testingkit run --json > result.json
  testingkit run -x                              stops at the first problem
  testingkit run --repeat 5 --shuffle random     looks for flaky answers
"""


@click.command("run", epilog=_EXAMPLES)
@paths_argument
@runner_option
@expression_option
@click.option("--seed", default="", metavar="HEX", help="Seed for the runners. Default: random.")
@click.option(
    "--repeat",
    type=click.IntRange(1, MAX_REPETITIONS),
    default=1,
    metavar="N",
    help="Call every case N times; a runner that does not do the same every time is flaky.",
)
@click.option(
    "--shuffle", default="", metavar="SEED", help="Order of the calls: a seed of hex, or random."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, MAX_JOBS),
    default=None,
    metavar="N",
    help="Processes of every runner. Default: jobs of the configuration, or 1.",
)
@click.option("-x", "stops_early", is_flag=True, help="Stop at the first problem that counts.")
@click.option(
    "--max-findings",
    type=click.IntRange(0),
    default=MAX_FINDINGS,
    show_default=True,
    metavar="N",
    help="Findings to show in full.",
)
@click.option(
    "--name-to",
    type=PathOf(dir_okay=False),
    metavar="FILE",
    help="Write the name of the recorded run to a file; it is empty where none was recorded.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
@json_option
@config_option
def command(
    paths: tuple[Path, ...],
    runners: str,
    expression: str,
    seed: str,
    repeat: int,
    shuffle: str,
    jobs: int | None,
    stops_early: bool,  # noqa: FBT001 - the same
    max_findings: int,
    name_to: Path | None,
    quiet: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Runs the cases against the runners, judges the answers, and compares them.

    PATHS are case files or folders of them; without any, all of the project's cases are run.
    """
    from testingkit.conformance.pipeline.run import RunOptions, run

    if name_to is not None:
        write_atomically(name_to, "")  # A run that does not begin has no name.
    if shuffle == "random":
        shuffle = secrets.token_hex(4)
    for name, text in (("--seed", seed), ("--shuffle", shuffle)):
        if text and not _SEED.fullmatch(text):
            raise UsageError(f"{name} {text!r}: expected up to 16 digits of 0-9 and a-f")
    project = open_project(config)
    selection = make_selection(paths, runners, expression, config)
    options = RunOptions(selection, seed, Order(repeat, shuffle), jobs or 0, stops_early, name_to)
    if as_json:
        from testingkit.conformance.render_json import JsonRun

        renderer = JsonRun()
        code = run(project, options, [renderer])
        click.echo(renderer.text())
        return code
    from testingkit.conformance.render_terminal.run import TerminalRun, make_console

    terminal = TerminalRun(make_console(), progress=not quiet, max_findings=max_findings)
    with contextlib.closing(terminal):
        return run(project, options, [terminal])
