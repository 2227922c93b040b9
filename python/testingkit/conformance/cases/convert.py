"""Converts loaded suites into the canonical forms of a case file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from google.protobuf import json_format, message_factory
from google.protobuf.any_pb2 import Any
from google.protobuf.message import DecodeError, EncodeError, Message

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.any_parts import serialize_in_order
from testingkit.conformance.protobuf.exactness import is_exact, losses
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.protobuf.text_format import print_exact
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation

_HEADER = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite
"""
_MAX_REASONS = 20
# What the JSON format of the runtime raises for a message that it cannot print or read.
_JSON_ERRORS = (
    json_format.Error,
    AttributeError,
    DecodeError,
    EncodeError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)


def canonical_suite(suite: Suite, schema: Schema, form: str) -> bytes:
    """Returns a case file as canonical ``text``, ``binary``, ``json`` or ``delimited``.

    Every form gives the same cases again, with the same bytes.

    Raises:
        UsageError: The form cannot hold all of the cases.
    """
    reasons = list(_reasons(suite, schema, form))
    if reasons:
        more = len(reasons) - _MAX_REASONS
        shown = [*reasons[:_MAX_REASONS], *([f"{more} more of this file"] if more > 0 else ())]
        raise UsageError("\n".join(shown))
    if form == "delimited":
        messages = [suite.message, *(case.message for case in suite.cases)]
        return b"".join(delimited(m.SerializeToString(deterministic=True)) for m in messages)
    message = case_pb2.Suite()
    message.CopyFrom(suite.message)
    message.cases.extend(case.message for case in suite.cases)
    if form == "binary":
        return message.SerializeToString(deterministic=True)
    printable = _printable(message, schema)
    if form == "json":
        return f"{_to_json(printable, schema)}\n".encode()
    return (_HEADER + print_exact(printable, schema.pool)).encode()


def _printable(message: Message, schema: Schema) -> Message:
    """Returns a message of the contract in the schema's own class.

    Only that class can print an ``Any`` of the project's types as JSON.
    """
    descriptor = schema.pool.FindMessageTypeByName(message.DESCRIPTOR.full_name)
    return message_factory.GetMessageClass(descriptor).FromString(message.SerializeToString())


def _to_json(message: Message, schema: Schema) -> str:
    text: str = json_format.MessageToJson(
        message, preserving_proto_field_name=True, descriptor_pool=schema.pool
    )
    return text


# Why a form cannot hold a case.


def _reasons(suite: Suite, schema: Schema, form: str) -> Iterator[str]:
    """Yields why a form cannot hold a suite: one reason for each case, with its place."""
    if form in {"text", "json"}:
        for loss in losses(suite.message):
            yield f"{suite.place}: {suite.name} cannot be converted to {form}: {loss}"
    find = _FINDERS[form]
    for case in suite.cases:
        reason = next(find(case, schema), None)
        if reason is not None:
            yield f"{case.place}: {case.id} cannot be converted to {form}: {reason}"


def _none(_case: Case, _schema: Schema) -> Iterator[str]:
    return iter(())


def _golden(case: Case, _schema: Schema) -> Iterator[str]:
    if case.golden is not None:
        yield "it expects a golden file, which only a case in text format can do"


def _not_text(case: Case, _schema: Schema) -> Iterator[str]:
    yield from losses(case.message)
    if case.message.HasField("request"):
        yield from _not_as_text(case.message.request, case.method.new_request(), "request")
    for path, packed in _responses(case.message.expect, "expect"):
        yield from _not_as_text(packed, case.method.new_response(), path)


def _not_as_text(packed: Any, message: Message, path: str) -> Iterator[str]:
    try:
        message.ParseFromString(packed.value)
    except DecodeError:
        yield f"{path} is not a valid {message.DESCRIPTOR.full_name}"
    else:
        yield from losses(message, path)
        if not is_exact(message, packed.value):
            yield f"{path} has other bytes than its text gives: it is encoded in another way"


def _responses(expect: Expectation, path: str) -> Iterator[tuple[str, Any]]:
    """Yields the responses in an expectation, each with its path."""
    if expect.HasField("response"):
        yield f"{path}.response", expect.response
    for index, choice in enumerate(expect.any_of.choices):
        yield from _responses(choice, f"{path}.any_of.choices[{index}]")


def _not_json(case: Case, schema: Schema) -> Iterator[str]:
    yield from _not_text(case, schema)
    printable = _printable(case.message, schema)
    again = type(printable)()
    try:
        json_format.Parse(_to_json(printable, schema), again, descriptor_pool=schema.pool)
    except _JSON_ERRORS as error:
        yield str(error).rstrip(".")
    serialize_in_order(again, schema.pool)
    if not _are_same(printable, again):
        yield "it has a value that JSON cannot hold, and is read as another"


def _are_same(one: Message, other: Message) -> bool:
    first, second = (message.SerializeToString(deterministic=True) for message in (one, other))
    return first == second


_FINDERS: Mapping[str, Callable[[Case, Schema], Iterator[str]]] = {
    "text": _not_text,
    "json": _not_json,
    "binary": _none,
    "delimited": _golden,
}
