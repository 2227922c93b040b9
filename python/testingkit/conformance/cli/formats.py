"""The formats of other tools, and what writes each."""

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

    what: str
    writer: str  # module:function below `report`, imported when it is needed
    has_history: bool = False  # it takes the file of the history, which may not be there


FORMATS: Mapping[str, Format] = {
    "html": Format("One HTML page, with the event log in it", "html:write", has_history=True),
    "junit": Format("JUnit XML that fits the strict schema", "junit.document:write_strict"),
    "junit-extended": Format(
        "JUnit XML with files, lines and properties", "junit.document:write_extended"
    ),
    "ctrf": Format("CTRF, the common test report format", "ctrf:write"),
    "jsonl": Format("JSON lines, an object for each entry", "jsonl:write"),
    "markdown": Format("Markdown, as long as a step summary may be", "markdown.document:write"),
    "annotations": Format("GitHub annotations", "annotations:write"),
}


def writer_of(name: str, state: Path) -> Write:
    """Returns what writes a format; the folder is where TestingKit keeps what it knows."""
    form = FORMATS[name]
    module, _, function = form.writer.partition(":")
    write: Any = getattr(
        importlib.import_module(f"testingkit.conformance.report.{module}"), function
    )
    own: Write = functools.partial(write, history=state / FILE_NAME) if form.has_history else write
    return own
