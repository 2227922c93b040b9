"""``testingkit repro``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.errors import OutputError, UsageError
from testingkit.conformance.files import write_all
from testingkit.conformance.record.run_folder import LATEST
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.reproduction import SCRIPT, Reproduction, can_overwrite
from testingkit.conformance.text.escape import safe
from testingkit.conformance.text.suggestions import did_you_mean

_EXAMPLES = """\b
Examples:
  testingkit repro D1                     # a finding of the latest run
  testingkit repro slug/words_are_joined  # a case of the latest run
  testingkit repro D1 --run 20270131T120000Z-7f3a -o /tmp/d1
"""


@click.command("repro", epilog=_EXAMPLES)
@click.argument("name", metavar="ID")
@click.option(
    "--run",
    "run_name",
    default=LATEST,
    show_default=True,
    metavar="RUN",
    help="Recorded run: latest, last, a name in .testingkit/runs, or the path of an event log.",
)
@click.option(
    "-o",
    "--output",
    type=PathOf(file_okay=False),
    help="Folder to write. Default: .testingkit/repro/ID.",
)
@config_option
def command(name: str, run_name: str, output: Path | None, config: Path | None) -> None:
    """Write files that reproduce one finding or case.

    ID is a finding such as D1, or a case id. The files are the request, the expected answer, the
    observation of each runner, their differences, and a script that exits with 1 as long as the
    problem exists. The folder must be new, empty, or written by this command.
    """
    project = open_project(config)
    log = open_named_log(project.config.state, run_name)
    case_id = _case_id(log, name)
    recorded = next(((p, f) for p, f in log.cases() if p.case_id == case_id), None)
    if recorded is None:
        raise UsageError(f"the run has no case {case_id!r}")
    root, state = project.config.root, project.config.state
    # No name has two dots in a row, so every case has a folder of its own.
    own_folder = name.replace(".", "..").replace("/", ".")
    folder = (output or state / "repro" / own_folder).absolute()
    _check(folder)
    from_there = Path(os.path.relpath(root, Path(os.path.realpath(folder))))
    reproduction = Reproduction(log.header, *recorded, from_there, project.config.file.name)
    write_all({folder / path: text for path, text in reproduction.files().items()})
    (folder / SCRIPT).chmod(0o755)
    shown = os.path.relpath(folder)
    script = safe(shlex.quote(os.path.join(shown, SCRIPT)))  # noqa: PTH118 - "./" stays
    click.echo(f"{safe(case_id)} is in {safe(shown)}; run it: {script}")


def _check(folder: Path) -> None:
    """Checks that no files of the user would be overwritten.

    Raises:
        OutputError: The folder cannot be read.
        UsageError: The folder has files that are not part of a reproduction.
    """
    try:
        if can_overwrite(folder):
            return
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror}") from error
    raise UsageError(
        f"{folder} has files that are not part of a reproduction; name another folder with -o"
    )


def _case_id(log: RunLog, name: str) -> str:
    """Returns the case that a finding shows, or the name itself if it is a case id.

    Raises:
        UsageError: There is no such finding, or it does not show a case.
    """
    if "/" in name:
        return name
    ids = {finding.id: finding.case_id for finding in log.findings}
    if name not in ids:
        hint = did_you_mean(name, ids) or f"; its findings are: {', '.join(ids) or 'none'}"
        raise UsageError(f"the run has no finding {name!r}{hint}")
    if not ids[name]:
        raise UsageError(f"finding {name} has no case to reproduce; see it with testingkit show")
    return ids[name]
