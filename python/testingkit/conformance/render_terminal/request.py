"""Requests and answers as text format on the terminal, each on one line."""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError
from rich.console import Console
from rich.text import Text

from testingkit.conformance import textproto
from testingkit.conformance.answers import describe
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.render_terminal.lines import INDENT
from testingkit.conformance.render_terminal.text import brief
from testingkit.conformance.v1.observation_pb2 import Observation

_MAX_MESSAGE = 400


def print_request(console: Console, method: str, request: bytes, schema: Schema) -> None:
    """Prints a request on one line; a long one is cut."""
    text = request_text(method, request, schema)
    console.print(Text.assemble(INDENT, ("request ", "dim"), text), soft_wrap=True)


def request_text(method: str, request: bytes, schema: Schema) -> str:
    """Returns a request on one line; a long one is cut."""
    found = schema.method(method)
    return message_text(None if found is None else found.input_type, request, schema)


def answer_text(method: str, observation: Observation, schema: Schema) -> str:
    """Returns what a runner answered, on one line; a long response is cut."""
    if not observation.HasField("response"):
        return brief(describe(observation), _MAX_MESSAGE)
    found = schema.method(method)
    return message_text(None if found is None else found.output_type, observation.response, schema)


def message_text(descriptor: Descriptor | None, data: bytes, schema: Schema) -> str:
    """Returns a message on one line, and of one that has no type or does not parse its bytes."""
    if descriptor is None:
        return repr(data[:_MAX_MESSAGE])
    message = schema.new(descriptor)
    try:
        message.ParseFromString(data)
    except DecodeError:
        return repr(data[:_MAX_MESSAGE])
    return brief(textproto.print_line(message, schema.pool) or "{}", _MAX_MESSAGE)
