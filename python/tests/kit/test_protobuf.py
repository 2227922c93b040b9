"""Messages as values (docs/kit/value.md, messages)."""

from __future__ import annotations

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import ListValue, Struct

from testingkit import value as kit
from testingkit.assertions import Assertion, Status, evaluate
from testingkit.kit_proto.v1.sample_messages_pb2 import OtherSample, Sample
from testingkit.render import canonical

SAMPLE = "testingkit.kit.v1.Sample"


def test_a_message_in_a_native_container_converts() -> None:
    value = kit.to_value({"orders": [Sample(int32_field=1)]})
    assert canonical(value) == f'{{"orders": [message {SAMPLE}{{int32_field: 1}}]}}'


def test_a_message_that_is_a_python_sequence_or_mapping_converts_as_a_message() -> None:
    assert kit.to_value(ListValue()).kind is kit.Kind.MESSAGE
    assert kit.to_value(Struct()).kind is kit.Kind.MESSAGE


def test_a_repeated_field_converts_as_a_list() -> None:
    message = Sample(children=[Sample()], counts={"b": 2, "a": 1})
    assert canonical(kit.to_value(message.children)) == f"[message {SAMPLE}{{}}]"
    assert canonical(kit.to_value(message.counts)) == '{"a": 1, "b": 2}'


def test_an_object_with_a_descriptor_of_another_kind_is_refused() -> None:
    class Driver:
        DESCRIPTOR = "a driver"

    with pytest.raises(kit.ConversionError):
        kit.to_value(Driver())


def test_the_type_has_every_field_by_number() -> None:
    value = kit.to_value(OtherSample(int32_field=1))
    assert isinstance(value, kit.Message)
    assert value.type == kit.MessageType(
        "testingkit.kit.v1.OtherSample", (kit.MessageField("int32_field", False, kit.Int(0)),)
    )


def test_a_value_of_a_field_that_the_type_lacks_is_refused() -> None:
    with pytest.raises(kit.ConversionError) as raised:
        kit.message_of(kit.MessageType("A"), {"id": kit.Int(1)})
    assert raised.value.code is kit.ErrorCode.BAD_ARGUMENT


def test_a_message_that_is_nested_too_deep_is_refused_with_its_path() -> None:
    message = innermost = Sample()
    for _ in range(128):
        innermost = innermost.child
        innermost.SetInParent()
    with pytest.raises(kit.ConversionError) as raised:
        kit.to_value(message)
    assert str(raised.value) == "too_large at $" + ".child" * 128


def test_messages_are_asserted_on_natively() -> None:
    verdict = evaluate(
        Assertion("proto_field_equals", (("path", kit.Text("seconds")), ("value", kit.Int(7)))),
        kit.to_value(Duration(seconds=7)),
    )
    assert verdict.status is Status.PASS
