"""The formats of reports, and the function that writes each."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from testingkit.conformance.record.history import FILE_NAME
from testingkit.conformance.record.run_log import RunLog

Write = Callable[[RunLog, BinaryIO], None]


class Format(NamedTuple):
    """A format in which a recorded run can be written."""

    description: str
    writer: str  # module:function below `report`, imported when it is used
    has_history: bool = False  # whether the writer takes the history file, which may not exist


FORMATS: Mapping[str, Format] = {
    "html": Format("HTML page; it includes the event log", "html:write", has_history=True),
    "junit": Format("JUnit XML, valid under the strict schema", "junit.document:write_strict"),
    "junit-extended": Format(
        "JUnit XML with file names, lines and properties", "junit.document:write_extended"
    ),
    "ctrf": Format("CTRF (Common Test Report Format)", "ctrf:write"),
    "jsonl": Format("JSON lines: one object for each result and finding", "jsonl:write"),
    "markdown": Format("Markdown, short enough for a step summary", "markdown.document:write"),
    "annotations": Format("Annotations for GitHub Actions", "annotations:write"),
}


def writer_of(name: str, state: Path) -> Write:
    """Returns the function that writes a format.

    Args:
        name: A key of `FORMATS`.
        state: The project's folder `.testingkit`, which may have a history.
    """
    form = FORMATS[name]
    module, _, function = form.writer.partition(":")
    write: Any = getattr(
        importlib.import_module(f"testingkit.conformance.report.{module}"), function
    )
    if form.has_history:
        write = functools.partial(write, history=state / FILE_NAME)
    writer: Write = write
    return writer
