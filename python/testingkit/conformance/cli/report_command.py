"""``testingkit report``."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from testingkit.conformance.cli.formats import FORMATS, writer_of
from testingkit.conformance.cli.options import config_option, state_of
from testingkit.conformance.cli.paths import STANDARD_OUTPUT, PathOf
from testingkit.conformance.cli.recorded import open_named_log
from testingkit.conformance.errors import UsageError
from testingkit.conformance.files import write_stream
from testingkit.conformance.record.run_folder import LATEST

_EXAMPLES = """\b
Examples:
  testingkit report --html report.html
  testingkit report --junit junit.xml
  testingkit report --ctrf ctrf.json --markdown summary.md
  testingkit report 20270131T120000Z-7f3a --jsonl -
"""


def _with_formats(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command an option for each format."""
    for name in reversed(list(FORMATS)):
        kind = PathOf(dir_okay=False, allow_dash=True)
        command = click.option(
            f"--{name}", type=kind, metavar="FILE", help=f"{FORMATS[name].description}."
        )(command)
    return command


@click.command("report", epilog=_EXAMPLES)
@click.argument("name", default=LATEST, metavar="[RUN]")
@_with_formats
@config_option
def command(name: str, config: Path | None, **files: Path | None) -> None:
    """Write a recorded run as HTML, JUnit, CTRF or other formats.

    RUN is the name of a run in `.testingkit/runs`, or the path of an event log or an HTML report.
    Default: latest, the last run of everything; last is the last run.

    FILE is a path, or - for standard output.
    """
    chosen = {form.replace("_", "-"): file for form, file in files.items() if file is not None}
    if not chosen:
        raise UsageError(
            f"no format given; use one or more of {', '.join(f'--{form} FILE' for form in FORMATS)}"
        )
    _check(chosen)
    state = state_of(config, name)
    log = open_named_log(state, name)
    for form, file in chosen.items():
        write = writer_of(form, state)
        if str(file) == STANDARD_OUTPUT:
            write(log, sys.stdout.buffer)
        else:
            write_stream(file, functools.partial(write, log))


def _check(files: Mapping[str, Path]) -> None:
    """Checks that every format has a file of its own.

    Raises:
        UsageError: Two formats have the same file.
    """
    forms: dict[Path, str] = {}
    for form, file in files.items():
        other = forms.setdefault(Path(os.path.realpath(file)), form)
        if other != form:
            raise UsageError(f"--{other} and --{form} have the same file {file}; give each its own")
