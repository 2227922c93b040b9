"""``testingkit run``."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import click

from testingkit.conformance.cli.options import (
    config_option,
    expression_option,
    make_selection,
    open_project,
    paths_argument,
    runner_option,
)
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.cli.results import result_options, show_result
from testingkit.conformance.config import MAX_JOBS
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import write_atomically
from testingkit.conformance.plan.calls import MAX_REPETITIONS, MAX_SHARDS, SEED, Order, Shard

_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_NO_ORDER = (
    "--shuffle random: every shard would have an order of its own; give all of them one seed, such "
    "as the number that the CI gives to its run"
)
_EXAMPLES = """\b
Examples:
  testingkit run
  testingkit run conformance_cases/checks -r rust,go
  testingkit run -k "slug/rejects_empty or unicode"
  testingkit run --json > result.json
  testingkit run -x                              stops at the first problem
  testingkit run --repeat 5 --shuffle random     looks for flaky answers
  testingkit run --shard 2/4                     a quarter: testingkit merge puts them together
"""


def _shard(_context: click.Context, option: click.Parameter, text: str | None) -> Shard | None:
    """Which part of the plan a text such as ``2/4`` names; none is all of it."""
    if text is None:
        return None
    found = _SHARD.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MAX_SHARDS:
        example = f"expected I/N such as 2/4, with 1 <= I <= N <= {MAX_SHARDS}"
        raise UsageError(f"{option.opts[0]} {text!r}: {example}")
    return Shard(int(found[1]), int(found[2]))


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
@click.option(
    "--shard",
    metavar="I/N",
    callback=_shard,
    help="Only part I of N of the cases, for testingkit merge to put together.",
)
@click.option("-x", "stops_early", is_flag=True, help="Stop at the first problem that counts.")
@click.option(
    "--name-to",
    type=PathOf(dir_okay=False),
    metavar="FILE",
    help="Write the name of the recorded run to a file; it is empty where none was recorded.",
)
@result_options
@config_option
def command(
    paths: tuple[Path, ...],
    runners: str,
    expression: str,
    seed: str,
    repeat: int,
    shuffle: str,
    jobs: int | None,
    shard: Shard | None,
    stops_early: bool,  # noqa: FBT001 - click passes options by name
    name_to: Path | None,
    config: Path | None,
    **shown: Any,
) -> int:
    """Runs the cases against the runners, judges the answers, and compares them.

    PATHS are case files or folders of them; without any, all of the project's cases are run.
    """
    from testingkit.conformance.engine.run import RunOptions, run

    if name_to is not None:
        write_atomically(name_to, "")  # A run that does not begin has no name.
    if shuffle == "random":
        if shard is not None:
            raise UsageError(_NO_ORDER)
        shuffle = secrets.token_hex(4)
    for name, text in (("--seed", seed), ("--shuffle", shuffle)):
        if text and not SEED.fullmatch(text):
            raise UsageError(f"{name} {text!r}: expected up to 16 digits of 0-9 and a-f")
    project = open_project(config)
    selection = make_selection(paths, runners, expression, config)
    order = Order(repeat, shuffle)
    options = RunOptions(selection, seed, order, jobs or 0, stops_early, name_to, shard)
    return show_result(lambda sink: run(project, options, [sink]).exit_code, **shown)
