"""Bytes that do not parse: nested too deeply, or malformed."""

from __future__ import annotations

import pytest
from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor_pool import Default, DescriptorPool
from google.protobuf.message import DecodeError

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.protobuf.nesting import MAX_NESTING, nesting, why_unparsable
from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint

_FILE = descriptor_pb2.FileDescriptorProto()
Parser(
    """
    name: "n.proto" package: "n" syntax: "proto2"
    message_type {
      name: "Node" extension_range { start: 100 end: 200 }
      field { name: "child" number: 1 type: TYPE_MESSAGE label: LABEL_OPTIONAL
              type_name: ".n.Node" }
      field { name: "text" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL }
      field { name: "group" number: 3 type: TYPE_GROUP label: LABEL_OPTIONAL type_name: ".n.Node" }
    }
    extension {
      name: "more" number: 100 type: TYPE_MESSAGE label: LABEL_OPTIONAL
      type_name: ".n.Node" extendee: ".n.Node"
    }
    """,
    _FILE,
    Rules(Default()),
).parse()
_POOL = DescriptorPool()
_POOL.Add(_FILE)
_NODE = _POOL.FindMessageTypeByName("n.Node")


def _nested(depth: int, field: int = 1, inside: bytes = b"") -> bytes:
    for _ in range(depth):
        inside = delimited_tag(field) + delimited(inside)
    return inside


def _in_groups(depth: int, field: int) -> bytes:
    return varint(field << 3 | 3) * depth + varint(field << 3 | 4) * depth


@pytest.mark.parametrize("depth", [0, 1, MAX_NESTING, MAX_NESTING + 1, 5000])
@pytest.mark.parametrize("field", [1, 100])
def test_depth_of_messages_and_extensions_is_counted(depth: int, field: int) -> None:
    assert nesting(_nested(depth, field), _NODE) == depth


@pytest.mark.parametrize("field", [3, 99])
def test_depth_of_groups_is_counted_known_or_not(field: int) -> None:
    assert nesting(_in_groups(137, field), _NODE) == 137


@pytest.mark.parametrize("depth", [MAX_NESTING, MAX_NESTING + 1])
@pytest.mark.parametrize("field", [1, 100])
def test_limit_is_that_of_protobuf(depth: int, field: int) -> None:
    data = _nested(depth, field)
    message = message_factory.GetMessageClass(_NODE)
    if depth > MAX_NESTING:
        with pytest.raises(DecodeError):
            message.FromString(data)
    else:
        message.FromString(data)


def test_other_fields_are_skipped() -> None:
    inside = b"\x12\x02\xff\xff" + b"\x20\x05" + b"\x29" + b"8" * 8 + b"\x35" + b"4" * 4
    assert nesting(_nested(7, inside=inside) + inside, _NODE) == 7


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\x0a\x05",
        b"\x0a\x02\x0a\x05",
        b"\x00",
        b"\x0f",
        b"\x1b",
        b"\x1b\x24",
        b"\x1c",
        b"\x29\x01",
        b"\x08" + b"\xff" * 11,
        b"\x0a\x02\x08\x80\x01",
        _nested(200)[:-1],
    ],
)
def test_malformed_bytes_have_no_depth(data: bytes) -> None:
    assert nesting(data, _NODE) is None
    assert why_unparsable(data, _NODE) == "bytes that are not a n.Node"


def test_reason_names_the_depth_and_the_limit() -> None:
    reason = "a n.Node nested 137 messages deep; the coordinator reads 100"
    assert why_unparsable(_nested(137), _NODE) == reason
