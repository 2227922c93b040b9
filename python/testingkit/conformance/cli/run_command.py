"""``testingkit run``."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import click

from testingkit.conformance.cli.notes import note_other_files
from testingkit.conformance.cli.options import (
    config_option,
    expression_option,
    make_selection,
    open_project,
    paths_argument,
    runner_option,
)
from testingkit.conformance.cli.paths import STANDARD_OUTPUT, PathOf
from testingkit.conformance.cli.results import result_options, show_result
from testingkit.conformance.config import MAX_JOBS
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import write_atomically
from testingkit.conformance.plan.calls import MAX_REPETITIONS, MAX_SHARDS, SEED, Order, Shard

_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_RANDOM_SHARDS = (
    "--shuffle random: every shard would get another order; give all shards the same seed, such as "
    "the run number of the CI"
)
_NOT_A_FILE = (
    "--name-to -: standard output has the result of the run; name a file, or /dev/fd/N for a "
    "descriptor (./- is a file with the name -)"
)
_EXAMPLES = """\b
Examples:
  testingkit run
  testingkit run conformance_cases/assertions -r rust,go
  testingkit run -k "slug/rejects_empty or unicode"
  testingkit run --json > result.json
  testingkit run -x                           # stop at the first problem
  testingkit run --repeat 5 --shuffle random  # look for flaky answers
  testingkit run --shard 2/4                  # one of four parts, to merge
"""


def _shard(_context: click.Context, option: click.Parameter, text: str | None) -> Shard | None:
    """Returns the shard that a text such as ``2/4`` names; None without a text.

    Raises:
        UsageError: The text does not name a shard.
    """
    if text is None:
        return None
    match = _SHARD.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= int(match[2]) <= MAX_SHARDS:
        expected = f"expected I/N such as 2/4, with 1 <= I <= N <= {MAX_SHARDS}"
        raise UsageError(f"{option.opts[0]} {text!r}: {expected}")
    return Shard(int(match[1]), int(match[2]))


@click.command("run", epilog=_EXAMPLES)
@paths_argument
@runner_option
@expression_option
@click.option(
    "--seed",
    default="",
    metavar="HEX",
    help="Seed for the runners, up to 16 hex digits. Default: random.",
)
@click.option(
    "--repeat",
    type=click.IntRange(1, MAX_REPETITIONS),
    default=1,
    show_default=True,
    metavar="N",
    help="Call every case N times, to find flaky runners.",
)
@click.option(
    "--shuffle",
    default="",
    metavar="SEED",
    help='Shuffle the calls, by up to 16 hex digits or "random". Default: no shuffling.',
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, MAX_JOBS),
    default=None,
    metavar="N",
    help="Processes for each runner. Default: its jobs in testingkit.toml, else 1.",
)
@click.option(
    "--shard",
    metavar="I/N",
    callback=_shard,
    help="Run only part I of N of the cases; testingkit merge joins the parts.",
)
@click.option(
    "-x", "stops_early", is_flag=True, help="Stop at the first problem that fails the run."
)
@click.option(
    "--name-to",
    type=PathOf(dir_okay=False),
    metavar="FILE",
    help="Write the name of the recorded run to FILE; it stays empty if no run is recorded.",
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
    **display: Any,
) -> int:
    """Run the cases against the runners and judge the answers.

    Answers are compared with the expected ones, and between runners. The run is recorded in
    `.testingkit/runs`.

    PATHS are case files or folders. Without PATHS, all cases of the project are run.
    """
    from testingkit.conformance.engine.run import RunOptions, run

    if name_to is not None:
        if str(name_to) == STANDARD_OUTPUT:
            raise UsageError(_NOT_A_FILE)
        write_atomically(name_to, "")  # It stays empty if the run does not start.
    if shuffle == "random":
        if shard is not None:
            raise UsageError(_RANDOM_SHARDS)
        shuffle = secrets.token_hex(4)
    for name, text in (("--seed", seed), ("--shuffle", shuffle)):
        if text and not SEED.fullmatch(text):
            raise UsageError(f"{name} {text!r}: expected up to 16 digits of 0-9 and a-f")
    project = open_project(config)
    selection = make_selection(paths, runners, expression)
    order = Order(repeat, shuffle)
    options = RunOptions(selection, seed, order, jobs or 0, stops_early, name_to, shard)
    code = show_result(lambda sink: run(project, options, [sink]).exit_code, **display)
    note_other_files(project)
    return code
