"""``testingkit ci``."""

from __future__ import annotations

import functools
import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from testingkit.conformance.cli.formats import writer_of
from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import append, write_stream
from testingkit.conformance.record.run_folder import LATEST
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.text.escape import safe

_EXAMPLES = """\b
Examples:
  testingkit ci                         # the latest run, for the detected CI
  testingkit ci "$(cat run.txt)"        # the run of: run --name-to run.txt
  testingkit ci --as gitlab -o reports  # for GitLab, into the folder reports

\b
CI systems:
  github  HTML, JUnit and CTRF files; step summary; annotations
  gitlab  HTML, JUnit (with file names) and Markdown files
  plain   HTML, JUnit and Markdown files
"""
_MAX_SUMMARY = 1 << 20  # bytes of a step summary; GitHub drops a longer one


@dataclass(frozen=True, slots=True)
class System:
    """A CI system, and what is written for it."""

    title: str
    variable: str  # environment variable by which the system is detected
    files: Mapping[str, str] = field(default_factory=dict)  # formats by file name
    summary: str = ""  # environment variable with the path of the step summary
    has_annotations: bool = False


_SYSTEMS: Mapping[str, System] = {
    "github": System(
        "GitHub Actions",
        "GITHUB_ACTIONS",
        {"junit.xml": "junit", "ctrf.json": "ctrf", "report.html": "html"},
        summary="GITHUB_STEP_SUMMARY",
        has_annotations=True,
    ),
    "gitlab": System(
        "GitLab CI",
        "GITLAB_CI",
        {"junit.xml": "junit-extended", "summary.md": "markdown", "report.html": "html"},
    ),
    "plain": System(
        "a CI", "", {"junit.xml": "junit", "summary.md": "markdown", "report.html": "html"}
    ),
}


@click.command("ci", epilog=_EXAMPLES)
@click.argument("name", default=LATEST, metavar="[RUN]")
@click.option(
    "--as",
    "system",
    type=click.Choice(list(_SYSTEMS)),
    help="CI system. Default: detected from the environment, else plain.",
)
@click.option(
    "-o",
    "--output",
    type=PathOf(file_okay=False),
    help="Folder for the files. Default: .testingkit/ci.",
)
@config_option
def command(name: str, system: str | None, output: Path | None, config: Path | None) -> None:
    """Write reports, summary and annotations of a run for a CI system.

    RUN is the name of a run in `.testingkit/runs`, or the path of an event log or an HTML report.
    Default: latest, the last run of everything; last is the last run. In CI, pass the name
    that `testingkit run --name-to` wrote. An empty name means that no run was recorded: exit code
    2.

    Run this command after `testingkit run`, even if the run failed. It ends with exit code 0 for a
    failed run, too: `testingkit run` is what fails the job.
    """
    if not name.strip():
        raise UsageError("RUN is empty: no run was recorded, so there is nothing to report")
    project = open_project(config)
    state = project.config.state
    log = open_named_log(state, name)
    chosen = _SYSTEMS[system or _detect_system()]
    folder = output or state / "ci"
    for file, form in chosen.files.items():
        write_stream(folder / file, functools.partial(writer_of(form, state), log))
    if chosen.summary and (path := os.environ.get(chosen.summary)):
        _append_summary(log, Path(path), state)
    if chosen.has_annotations:
        _annotate(log, project.config.root)
    shown = safe(os.path.relpath(folder))
    click.echo(f"for {chosen.title}: {', '.join(chosen.files)} in {shown}", err=True)


def _detect_system() -> str:
    detected = (name for name, system in _SYSTEMS.items() if os.environ.get(system.variable))
    return next(detected, "plain")


def _annotate(log: RunLog, root: Path) -> None:
    """Prints annotations with paths from the folder of the repository, as GitHub needs them."""
    from testingkit.conformance.report.annotations import write

    workspace = os.environ.get("GITHUB_WORKSPACE") or root
    folder = os.path.relpath(root, workspace)
    inside = folder != "." and not folder.startswith("..")
    write(log, sys.stdout.buffer, folder if inside else "")
    sys.stdout.buffer.flush()


def _append_summary(log: RunLog, path: Path, state: Path) -> None:
    """Appends to the step summary, unless GitHub would then drop all of it as too long.

    Raises:
        OutputError: It cannot be written.
    """
    summary = io.BytesIO()
    writer_of("markdown", state)(log, summary)
    before = os.path.getsize(path) if os.path.isfile(path) else 0  # noqa: PTH113, PTH202 - any name
    if before + len(summary.getvalue()) > _MAX_SUMMARY:
        click.echo("the step summary has no space left for the summary of this run", err=True)
        return
    append(path, summary.getvalue())
