"""Formats requests and answers as text format, each on one line."""

from __future__ import annotations

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError

from testingkit.conformance.judging.answers import describe
from testingkit.conformance.protobuf import text_format
from testingkit.conformance.protobuf.encoding import Encoding, encoding_of
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.report.request_bytes import as_field, escaped
from testingkit.conformance.text.escape import brief
from testingkit.conformance.v1.observation_pb2 import Observation

_MAX_MESSAGE = 400
_MAX_BYTES = 100


def request_text(method: str, request: bytes, schema: Schema) -> str:
    """Returns a request on one line; a long one is cut. Unusual bytes are shown as well."""
    called = schema.method(method)
    descriptor = None if called is None else called.input_type
    encoding = encoding_of(descriptor, request)
    if encoding is Encoding.INVALID:
        return as_field(request, _MAX_BYTES)
    text = message_text(descriptor, request, schema)
    if encoding is Encoding.UNUSUAL:
        text = f"{text}, sent as {as_field(request, _MAX_BYTES)}"
    return text


def answer_text(method: str, observation: Observation, schema: Schema) -> str:
    """Returns the answer of a runner on one line; a long response is cut."""
    if not observation.HasField("response"):
        return brief(describe(observation, schema.pool), _MAX_MESSAGE)
    descriptor = schema.method(method)
    return message_text(
        None if descriptor is None else descriptor.output_type, observation.response, schema
    )


def message_text(descriptor: Descriptor | None, data: bytes, schema: Schema) -> str:
    """Returns a message on one line, or its bytes if it has no type or does not parse."""
    if descriptor is None:
        return f"bytes {escaped(data, _MAX_BYTES)}"
    message = schema.new(descriptor)
    try:
        message.ParseFromString(data)
    except DecodeError:
        return f"bytes {escaped(data, _MAX_BYTES)}"
    return brief(text_format.print_line(message, schema.pool) or "{}", _MAX_MESSAGE)
