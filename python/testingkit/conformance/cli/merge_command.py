"""``testingkit merge``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.results import result_options, show_result

_EXAMPLES = """\b
Examples:
  testingkit merge shards/*/events.binpb
  testingkit merge shard-1 shard-2 --json > result.json
"""


@click.command("merge", epilog=_EXAMPLES)
@click.argument("logs", nargs=-1, required=True, metavar="LOG...")
@result_options
@config_option
def command(
    logs: tuple[str, ...],
    config: Path | None,
    **display: Any,
) -> int:
    """Merge the shards of a run into one run.

    LOG is the path of the event log of a shard, the folder of one, or the name of a run in
    `.testingkit/runs`. All shards of the run are needed. The log, the decision and the exit code
    are those of `testingkit run` without --shard. No runner is started.
    """
    from testingkit.conformance.shards.merge import merge

    project = open_project(config)
    return show_result(lambda sink: merge(project, logs, [sink]), **display)
