"""Bytes that lack a required field of proto2 are not a message, wherever the field is."""

from __future__ import annotations

import pytest

from testingkit.conformance.protobuf.any_parts import unpack_any
from testingkit.conformance.protobuf.serialized import (
    NotAMessageError,
    lacking,
    parse_serialized,
)
from testingkit.conformance.protobuf.text_format import print_line, print_source
from tests.conformance.legacy import legacy, legacy_schema
from tests.conformance.support import new

# The text of a message, and the required field that it lacks.
LACKING = [
    ("Strict", "", "id"),
    ("Strict", 'name: "a"', "id"),
    ("Holder", "one {}", "one.id"),
    ("Holder", "many { id: 1 } many {}", "many[1].id"),
    ("Holder", 'by_name { key: "a" value {} }', 'by_name["a"].id'),
    ("Holder", "chosen {}", "chosen.id"),
    ("Holder", "Part {} Part { strict {} }", "part[1].strict.id"),
    ("Holder", "[legacy.v1.extra] {}", "extra.id"),
    ("Holder", "[legacy.v1.deeper] { one {} }", "deeper.one.id"),
]


@pytest.mark.parametrize(("name", "text", "path"), LACKING)
def test_missing_required_field_is_named(name: str, text: str, path: str) -> None:
    message = legacy(name, text)
    with pytest.raises(NotAMessageError) as caught:
        parse_serialized(message.SerializePartialToString(), message.DESCRIPTOR)
    lacks = f"legacy.v1.{name} lacks the required field {path}"
    assert str(caught.value) == f"bytes that are not a legacy.v1.{name}: {lacks}"


def test_missing_required_fields_are_counted_beyond_five() -> None:
    text = lacking(legacy("Holder", "many {} " * 7))
    assert text == (
        "legacy.v1.Holder lacks the required fields "
        "many[0].id, many[1].id, many[2].id, many[3].id, many[4].id and 2 more"
    )


@pytest.mark.parametrize(("name", "text", "path"), LACKING)
def test_message_without_a_required_field_can_be_shown(name: str, text: str, path: str) -> None:
    message = legacy(name, text)
    lines = print_source(message, legacy_schema().pool, as_one_line=False)
    assert print_line(message) == " ".join(lines.split())


def test_complete_messages_parse() -> None:
    for message in (legacy("Strict", "id: 1"), legacy("Holder", "one { id: 1 }"), new("Answer")):
        data = message.SerializeToString()
        assert parse_serialized(data, message.DESCRIPTOR) == message


def test_any_whose_content_lacks_a_required_field_is_a_message_that_is_not_unpacked() -> None:
    holder = legacy("Holder")
    holder.packed.type_url = "type.googleapis.com/legacy.v1.Strict"
    parsed = parse_serialized(holder.SerializeToString(), holder.DESCRIPTOR)
    assert unpack_any(getattr(parsed, "packed")) is None  # noqa: B009 - a dynamic class
    holder.packed.value = legacy("Strict", "id: 1").SerializeToString()
    assert unpack_any(holder.packed) == legacy("Strict", "id: 1")
