"""``testingkit repro``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.config import FILE_NAME
from testingkit.conformance.errors import OutputError, UsageError
from testingkit.conformance.files import write_all
from testingkit.conformance.record.recorded_run import LATEST, open_run_log
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.reproduction import SCRIPT, Reproduction, may_write_over
from testingkit.conformance.text.escape import safe
from testingkit.conformance.text.suggestions import did_you_mean

_EXAMPLES = """\b
Examples:
  testingkit repro D1                         a finding of the last run
  testingkit repro slug/words_are_joined      a case of it
  testingkit repro D1 --run 20270131T120000Z-7f3a -o /tmp/d1
"""


@click.command("repro", epilog=_EXAMPLES)
@click.argument("name", metavar="ID")
@click.option("--run", "run_name", default=LATEST, metavar="RUN", help="Default: the last run.")
@click.option(
    "-o",
    "--output",
    type=PathOf(file_okay=False),
    help="Folder to write. Default: .testingkit/repro/ID.",
)
@config_option
def command(name: str, run_name: str, output: Path | None, config: Path | None) -> None:
    """Writes what it takes to see one problem again, as files.

    ID is a finding such as D1, or a case. The folder has the request, what was expected, what each
    runner answered, and a script that exits with 1 as long as the problem is there. It has to be
    new, empty, or one that this command wrote.
    """
    project = open_project(config)
    log = open_run_log(project.config.state, run_name)
    case_id = _case_id(log, name)
    found = next(((p, f) for p, f in log.cases() if p.case_id == case_id), None)
    if found is None:
        raise UsageError(f"the run has no case {case_id!r}")
    root, state = project.config.root, project.config.state
    folder = (output or state / "repro" / name.replace("/", ".")).absolute()
    _check(folder)
    own = os.path.relpath(config, root) if config else FILE_NAME
    reproduction = Reproduction(log.header, *found, Path(os.path.relpath(root, folder)), own)
    write_all({folder / path: text for path, text in reproduction.files().items()})
    (folder / SCRIPT).chmod(0o755)
    shown = os.path.relpath(folder)
    click.echo(f"{safe(case_id)} is in {safe(shown)}; run it: {safe(shown)}/{SCRIPT}")


def _check(folder: Path) -> None:
    """Refuses to write over what somebody keeps.

    Raises:
        OutputError: The folder cannot be read.
        UsageError: The folder has something else in it than a reproduction.
    """
    try:
        if may_write_over(folder):
            return
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror}") from error
    raise UsageError(f"{folder} has other files than those of a reproduction: name another with -o")


def _case_id(log: RunLog, name: str) -> str:
    """Returns the case that a finding shows, or the name itself where it is that of a case."""
    if "/" in name:
        return name
    ids = {finding.id: finding.case_id for finding in log.findings}
    if name not in ids:
        hint = did_you_mean(name, ids) or f"; there are: {', '.join(ids) or 'none'}"
        raise UsageError(f"the run has no finding {name!r}{hint}")
    if not ids[name]:
        raise UsageError(f"{name} is about no case: testingkit show tells what it is about")
    return ids[name]
