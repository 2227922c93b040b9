"""The request of a case on the terminal."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from rich.console import Console
from rich.text import Text

from testingkit.conformance import textproto
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.render_terminal.lines import INDENT
from testingkit.conformance.render_terminal.text import brief

_MAX_REQUEST = 400


def print_request(console: Console, method: str, request: bytes, schema: Schema) -> None:
    """Prints a request on one line; a long one is cut."""
    text = brief(_request_text(method, request, schema), _MAX_REQUEST)
    console.print(Text.assemble(INDENT, ("request ", "dim"), text), soft_wrap=True)


def _request_text(name: str, request: bytes, schema: Schema) -> str:
    method = schema.method(name)
    if method is None:
        return repr(request[:_MAX_REQUEST])
    message = schema.new(method.input_type)
    try:
        message.ParseFromString(request)
    except DecodeError:
        return repr(request[:_MAX_REQUEST])
    return textproto.print_line(message, schema.pool) or "{}"
