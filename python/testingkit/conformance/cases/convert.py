"""Converts loaded suites into the canonical forms of a case file."""

from __future__ import annotations

from google.protobuf import json_format, message_factory

from testingkit.conformance.cases.model import Suite
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.protobuf.text_format import print_message
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1 import case_pb2

_HEADER = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite
"""


def canonical_suite(suite: Suite, schema: Schema, form: str) -> bytes:
    """Returns a case file as canonical ``text``, ``binary``, ``json`` or ``delimited``.

    Raises:
        UsageError: The suite has goldens, which a delimited file cannot have.
    """
    if form == "delimited":
        return _delimited(suite)
    message = case_pb2.Suite()
    message.CopyFrom(suite.message)
    message.cases.extend(case.message for case in suite.cases)
    if form == "binary":
        return message.SerializeToString(deterministic=True)
    # Only the schema's own class of Suite can print an Any of the project's types.
    descriptor = schema.pool.FindMessageTypeByName(message.DESCRIPTOR.full_name)
    printable = message_factory.GetMessageClass(descriptor).FromString(message.SerializeToString())
    if form == "json":
        text = json_format.MessageToJson(
            printable, preserving_proto_field_name=True, descriptor_pool=schema.pool
        )
        return f"{text}\n".encode()
    return (_HEADER + print_message(printable, schema.pool)).encode()


def _delimited(suite: Suite) -> bytes:
    for case in suite.cases:
        if case.golden is not None:
            text = "expects a golden file, which only cases in text format have"
            raise UsageError(f"{case.place}: {case.id} {text}")
    messages = [suite.message, *(case.message for case in suite.cases)]
    return b"".join(delimited(m.SerializeToString(deterministic=True)) for m in messages)
