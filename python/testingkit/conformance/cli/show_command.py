"""``testingkit show``."""

from __future__ import annotations

from pathlib import Path

import click

from testingkit.conformance.cli.options import config_option, json_option, state_of
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.run_folder import LATEST
from testingkit.conformance.record.run_log import RunLog, replay
from testingkit.conformance.report.json_run import JsonRun
from testingkit.conformance.report.terminal.case import print_case
from testingkit.conformance.report.terminal.run import TerminalRun, make_console
from testingkit.conformance.text.suggestions import did_you_mean

_EXAMPLES = """\b
Examples:
  testingkit show                               # the latest run
  testingkit show 20270131T120000Z-7f3a         # a run in .testingkit/runs
  testingkit show --case slug/words_are_joined  # one case of the latest run
"""


@click.command("show", epilog=_EXAMPLES)
@click.argument("name", default=LATEST, metavar="[RUN]")
@click.option("--case", "case_id", metavar="ID", help="Show one case, with every answer in full.")
@json_option
@config_option
def command(
    name: str,
    case_id: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """Show a recorded run, or one case of it.

    RUN is the name of a run in `.testingkit/runs`, or the path of an event log or an HTML report.
    Default: latest, the last run of everything; last is the last run. No runner is started.
    """
    if case_id is not None and as_json:
        raise UsageError("--case and --json cannot be combined; use one of them")
    log = open_named_log(state_of(config, name), name)
    if case_id is not None:
        _show_case(log, case_id)
    elif as_json:
        document = JsonRun()
        replay(log, document)
        click.echo(document.text())
    else:
        replay(log, TerminalRun(make_console(), progress=False))


def _show_case(log: RunLog, case_id: str) -> None:
    names = []
    for planned, finished in log.cases():
        if planned.case_id == case_id:
            schema = Schema(log.header.descriptors.file)
            print_case(make_console(), planned, finished, log.header, schema)
            return
        names.append(planned.case_id)
    raise UsageError(f"the run has no case {case_id!r}{did_you_mean(case_id, names)}")
