"""The formats of other tools, and what writes each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, NamedTuple

from testingkit.conformance.report import RunLog

Write = Callable[[RunLog, BinaryIO], None]


class Format(NamedTuple):
    """A format in which a recorded run can be written."""

    what: str
    writer: str  # module:function, imported when it is needed


FORMATS: Mapping[str, Format] = {
    "junit": Format("JUnit XML that fits the strict schema", "render_junit:write_strict"),
    "junit-extended": Format(
        "JUnit XML with files, lines and properties", "render_junit:write_extended"
    ),
    "ctrf": Format("CTRF, the common test report format", "render_ctrf:write"),
    "jsonl": Format("JSON lines, an object for each entry", "render_jsonl:write"),
    "markdown": Format("Markdown, as long as a step summary may be", "render_markdown:write"),
    "annotations": Format("GitHub annotations", "render_annotations:write"),
}


def writer_of(name: str) -> Write:
    """Returns what writes a format."""
    module, _, function = FORMATS[name].writer.partition(":")
    write: Write = getattr(importlib.import_module(f"testingkit.conformance.{module}"), function)
    return write
