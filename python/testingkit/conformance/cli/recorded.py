"""Opens recorded runs for commands, and prints on standard error which run each command reads."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from testingkit.conformance.project import Project
from testingkit.conformance.record.recorded_run import RecordedRun, open_run, open_run_log
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.results.run_text import DECISIONS, format_selection, format_shard
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1.run_pb2 import RunFooter, RunHeader

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))  # seconds, longest first
_MAX_SELECTION = 300  # characters


def open_named_log(state: Path, name: str) -> RunLog:
    """Opens the log of a run as `open_run_log` does, and prints which run it is."""
    log = open_run_log(state, name)
    _print_run(log.path, log.header, log.footer)
    return log


def open_named_run(project: Project, name: str) -> RecordedRun:
    """Opens a run as `open_run` does, and prints which run it is."""
    run = open_run(project, name)
    _print_run(run.log, run.record.header, run.record.footer or RunFooter())
    return run


def _print_run(path: Path, header: RunHeader, footer: RunFooter) -> None:
    """Prints name, age and decision of a run, and what it was limited to."""
    age = max(1, (time.time_ns() - footer.finished.ToNanoseconds()) // 10**9)
    size, unit = next((size, unit) for size, unit in _UNITS if age >= size)
    name = brief(header.name or Path(os.path.realpath(path)).parent.name)
    parts = [DECISIONS[footer.decision], format_selection(header), format_shard(header)]
    what = "; ".join(brief(part, _MAX_SELECTION) for part in parts if part)
    click.echo(f"run {name}, {age // size} {unit} ago: {what}", err=True)
