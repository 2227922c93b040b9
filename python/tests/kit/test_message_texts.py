"""Messages and texts in the text format (docs/kit/assertions.md, messages as texts)."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from testingkit import value as kit
from testingkit.assertions import Assertion, Status, Verdict, evaluate
from testingkit.value.kinds import MAX_DEPTH

_NODE = kit.MessageType(
    "Node",
    (
        kit.MessageField("id", default=kit.Int(0)),
        kit.MessageField("next", explicit=True),
        kit.MessageField("ids", default=kit.List()),
    ),
)


def _matches(actual: kit.Value, text: str) -> Verdict:
    return evaluate(Assertion.of("proto_matches_text", text=kit.Text(text)), actual)


def _chain(levels: int) -> kit.Message:
    message = kit.message_of(_NODE, {})
    for _ in range(levels - 1):
        message = kit.message_of(_NODE, {"next": message})
    return message


def _text(levels: int, innermost: str = "") -> str:
    return "next {" * (levels - 1) + innermost + "}" * (levels - 1)


def test_the_deepest_message_matches_its_text() -> None:
    assert _matches(_chain(MAX_DEPTH), _text(MAX_DEPTH)).status is Status.PASS


@pytest.mark.parametrize("innermost", ["id: 1", "next {}", "ids: 1"])
def test_a_text_of_a_message_that_is_too_deep_is_too_large(innermost: str) -> None:
    verdict = _matches(_chain(MAX_DEPTH), _text(MAX_DEPTH, innermost))
    assert verdict.code is kit.ErrorCode.TOO_LARGE


def test_a_default_on_the_level_over_the_limit_is_unset() -> None:
    assert _matches(_chain(MAX_DEPTH), _text(MAX_DEPTH, "id: 0")).status is Status.PASS


def test_an_empty_list_that_is_set_shows_no_kind() -> None:
    actual = kit.Message(_NODE, (("ids", kit.List()),))
    verdict = _matches(actual, "ids: 'a'")
    assert verdict.status is Status.FAIL
    assert dict(verdict.details) == {"path": kit.Text("$.ids"), "left": kit.List()}


def test_floats_of_lists_and_maps_have_32_bits_if_the_type_declares_it() -> None:
    message = _floats()
    message.items.append(0.1)
    message.by_id[1] = 0.1
    message.wide.append(0.1)
    value = kit.to_value(message)
    assert isinstance(value, kit.Message)
    assert [field.single for field in value.type.fields] == [True, True, False]
    text = "items: 0.1 by_id { key: 1 value: 0.1 } wide: 0.1"
    assert _matches(value, text).status is Status.PASS


def _floats() -> Any:
    """Returns a message with floats of 32 bits in a list and a map, and of 64 bits in a list."""
    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="floats.proto", package="t", syntax="proto3")
    message = file.message_type.add(name="Floats")
    entry = message.nested_type.add(name="ByIdEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=kinds.TYPE_INT32, label=kinds.LABEL_OPTIONAL)
    entry.field.add(name="value", number=2, type=kinds.TYPE_FLOAT, label=kinds.LABEL_OPTIONAL)
    repeated = kinds.LABEL_REPEATED
    message.field.add(name="items", number=1, type=kinds.TYPE_FLOAT, label=repeated)
    message.field.add(
        name="by_id",
        number=2,
        type=kinds.TYPE_MESSAGE,
        type_name=".t.Floats.ByIdEntry",
        label=repeated,
    )
    message.field.add(name="wide", number=3, type=kinds.TYPE_DOUBLE, label=repeated)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("t.Floats"))()
