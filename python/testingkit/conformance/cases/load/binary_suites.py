"""Reads case files in binary form: a `Suite` without its cases, then each `Case`, delimited.

Every message comes after its length as a varint, as ``writeDelimitedTo`` of Java, `protodelim`
of Go and ``serialize_length_prefixed`` of Python write. It is the form for generated cases: it is
read as a stream of any size, and any language can write it.

The line of a place in such a file is the number of the message: the suite is 1, the first case 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from google.protobuf.any_pb2 import Any
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.cases.load.context import LoadContext
from testingkit.conformance.cases.load.defaults import Defaults
from testingkit.conformance.cases.load.methods import MethodError
from testingkit.conformance.cases.load.reading import (
    MAX_PROBLEMS,
    NO_CASE,
    TOO_MANY_PROBLEMS,
    digest_of_stream,
)
from testingkit.conformance.cases.model import Case, Method
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.protobuf.delimited import DelimitedError, read_delimited
from testingkit.conformance.protobuf.exactness import unknown_fields
from testingkit.conformance.protobuf.serialized import NotAMessageError, parse_serialized
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation

MAX_MESSAGE_BYTES = 64 << 20
_OTHER_VERSION = "it is written for another version of TestingKit"


class _InvalidCaseError(Exception):
    """A case does not load; the message says why."""


class BinarySuite:
    """One case file in binary form while it is being read."""

    def __init__(self, stream: BinaryIO, path: str, context: LoadContext) -> None:
        """``path`` is the path of the file in messages."""
        self._stream = stream
        self._messages = read_delimited(stream, MAX_MESSAGE_BYTES)
        self._path = path
        self._context = context
        self.place = Place(path)
        self.problems: list[Problem] = []
        self.header = self._header()
        self._defaults = Defaults(self.header)

    def cases(self) -> Iterator[Case]:
        """Yields the cases that load; the others are in ``problems``."""
        number = 1
        for number, data in self._numbered():
            if len(self.problems) == MAX_PROBLEMS:
                self._add(number, TOO_MANY_PROBLEMS)
                return
            try:
                yield self._case(data, Place(self._path, number))
            except (_InvalidCaseError, MethodError) as error:
                self._add(number, str(error))
        if number == 1 and not self.problems:
            self._add(1, NO_CASE)

    def digest(self) -> bytes:
        """Returns the digest of the file as it is now, to see whether it has changed."""
        self._stream.seek(0)
        return digest_of_stream(self._stream)

    def _header(self) -> case_pb2.Suite:
        header = case_pb2.Suite()
        try:
            header.ParseFromString(next(self._messages, b""))
        except DecodeError as error:
            self._add(1, f"not a delimited testingkit.conformance.v1.Suite: {error}")
        except DelimitedError as error:
            self._add(1, f"not a delimited testingkit.conformance.v1.Suite, or the file {error}")
        else:
            unknown = unknown_fields(header)
            if unknown:
                self._add(1, f"{unknown}; {_OTHER_VERSION}")
        if header.cases:
            self._add(1, "the suite contains cases: write each as its own message")
            header.ClearField("cases")
        return header

    def _numbered(self) -> Iterator[tuple[int, bytes]]:
        """Yields the messages after the suite with their numbers; none if it has problems."""
        if self.problems:
            return
        number = 1
        try:
            for number, data in enumerate(self._messages, start=2):
                yield number, data
        except DelimitedError as error:
            self._add(number + 1, f"the file {error}")

    def _case(self, data: bytes, place: Place) -> Case:
        message = case_pb2.Case()
        try:
            message.ParseFromString(data)
        except DecodeError as error:
            raise _InvalidCaseError(f"not a testingkit.conformance.v1.Case: {error}") from error
        unknown = unknown_fields(message)
        if unknown:
            raise _InvalidCaseError(f"{unknown}; {_OTHER_VERSION}")
        method = self._context.methods.of_case(message.method, self.header)
        if message.HasField("request"):
            self._parse(message.request, method.request, "request")
        self._check_expected(message.expect, method, "expect")
        return self._defaults.complete(message, (message.expect, None), method, place)

    def _check_expected(self, expect: Expectation, method: Method, path: str) -> None:
        match expect.WhichOneof("kind"):
            case "response":
                response = self._parse(expect.response, method.response, f"{path}.response")
                expect.response.value = response.SerializeToString(deterministic=True)
            case "any_of":
                for index, choice in enumerate(expect.any_of.choices):
                    self._check_expected(choice, method, f"{path}.any_of.choices[{index}]")
            case "golden":
                raise _InvalidCaseError(
                    "expects a golden file, which only a case in text format can do"
                )
            case _:
                pass

    def _parse(self, packed: Any, expected: Descriptor, path: str) -> Message:
        """Returns a packed message, which is of the expected type. A request is sent as it is."""
        name = packed.type_url.rpartition("/")[2]
        if name != expected.full_name:
            raise _InvalidCaseError(
                f"{path} is of type {name or '(none)'}, not {expected.full_name}"
            )
        try:
            return parse_serialized(packed.value, expected)
        except NotAMessageError as error:
            text = f"{path}: {error}"
            if path == "request":
                text += "; to send it nevertheless, write it as request_bytes"
            raise _InvalidCaseError(text) from error

    def _add(self, number: int, message: str) -> None:
        self.problems.append(Problem(Place(self._path, number), message))
