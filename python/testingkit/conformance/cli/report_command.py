"""``testingkit report``."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import click

from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import write_stream
from testingkit.conformance.pipeline.recorded import LATEST, find_log
from testingkit.conformance.report import RunLog, open_log

_EXAMPLES = """\b
Examples:
  testingkit report --junit junit.xml
  testingkit report --ctrf ctrf.json --markdown summary.md
  testingkit report 20270131T120000Z-7f3a --jsonl -
"""
# What is written, and the function that writes it.
_FORMATS: Mapping[str, tuple[str, str]] = {
    "junit": ("JUnit XML that fits the strict schema", "render_junit:write_strict"),
    "junit-extended": ("JUnit XML with files, lines and properties", "render_junit:write_extended"),
    "ctrf": ("CTRF, the common test report format", "render_ctrf:write"),
    "jsonl": ("JSON lines, an object for each entry", "render_jsonl:write"),
    "markdown": ("Markdown, as long as a step summary may be", "render_markdown:write"),
    "annotations": ("GitHub annotations", "render_annotations:write"),
}


def _with_formats(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command an option for each format."""
    for name in reversed(list(_FORMATS)):
        kind = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
        command = click.option(
            f"--{name}", type=kind, metavar="FILE", help=f"{_FORMATS[name][0]}."
        )(command)
    return command


@click.command("report", epilog=_EXAMPLES)
@click.argument("name", default=LATEST, metavar="[RUN]")
@_with_formats
@config_option
def command(name: str, config: Path | None, **files: Path | None) -> None:
    """Writes a recorded run in the formats of other tools.

    RUN is a run of `.testingkit/runs` by its name, an event log by its path, or the last run. FILE
    may be - for standard output.
    """
    chosen = {form.replace("_", "-"): file for form, file in files.items() if file is not None}
    if not chosen:
        raise UsageError(f"choose a format: {', '.join(f'--{form} FILE' for form in _FORMATS)}")
    log = open_log(find_log(open_project(config).config.state / "runs", name))
    for form, file in chosen.items():
        _write(log, _FORMATS[form][1], file)


def _write(log: RunLog, writer: str, file: Path) -> None:
    module, _, function = writer.partition(":")
    imported = importlib.import_module(f"testingkit.conformance.{module}")
    write: Callable[[RunLog, BinaryIO], None] = getattr(imported, function)
    if str(file) == "-":
        write(log, sys.stdout.buffer)
    else:
        write_stream(file, lambda out: write(log, out))
