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
    **shown: Any,
) -> int:
    """Merges the logs of all shards of a run into the run that they are.

    LOG is the event log of a shard by its path, its folder, or a run of `.testingkit/runs` by its
    name. What is written and decided is what `testingkit run` without --shard would have come to.
    No runner is started. The exit code is that of the whole run.
    """
    from testingkit.conformance.shards.merge import merge

    project, given = open_project(config), "" if config is None else str(config)
    return show_result(lambda sink: merge(project, logs, given, [sink]), **shown)
