"""Prints the request of a case."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.report.request_text import request_text
from testingkit.conformance.report.terminal.lines import INDENT


def print_request(console: Console, method: str, request: bytes, schema: Schema) -> None:
    """Prints a request on one line; a long one is cut."""
    text = request_text(method, request, schema)
    console.print(Text.assemble(INDENT, ("request ", "dim"), text), soft_wrap=True)
