"""The parser refuses text that hides a part of itself, and text that makes no valid message."""

from __future__ import annotations

import pytest

from testingkit.conformance.protobuf.text_format import TextError, parse
from tests.conformance.legacy import legacy, legacy_schema
from tests.conformance.support import new, schema

# Text of an `Everything` that gives a key of a map twice, and where the second entry begins.
TWICE = [
    ('counts { key: "a" value: 1 } counts { key: "a" value: 2 }', 30),
    ('counts { key: "a" value: 1 } counts { key: "a" value: 1 }', 30),
    ('counts { key: "a" value: 1 } counts { key: "\\x61" value: 2 }', 30),
    ('counts { key: "a" value: 1 } counts { key: "" "a" value: 2 }', 30),
    ('counts { key: "a" value: 1 } text: "x" counts < value: 2 key: \'a\' >', 40),
    ('counts: [{ key: "a" value: 1 }, { key: "b" }, { key: "a" value: 2 }]', 45),
    ('counts { value: 1 } counts { key: "" value: 2 }', 21),
    ("places { key: 1 value { x: 1 } } places { key: 0x1 value { x: 2 } }", 34),
    ("places { key: 0 value {} } places {}", 28),
    ("odds { key: true value: 1 } odds { key: t value: 2 }", 29),
    ('value { struct_value { fields { key: "a" } fields { key: "a" } } }', 44),
    ("any { [x.y/probe.v1.Everything] { odds { key: true } odds { key: true } } }", 54),
]


@pytest.mark.parametrize(("text", "column"), TWICE)
def test_key_that_a_map_has_already_is_refused(text: str, column: int) -> None:
    with pytest.raises(TextError, match="has this key already: a map has each key once") as caught:
        parse(text, new("Everything"), schema().pool)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_different_keys_and_equal_keys_of_different_maps_are_accepted() -> None:
    message = new("Everything")
    text = 'counts { key: "a" } counts { key: "A" } counts { key: "b" } places { key: 1 }'
    parse(f"{text} points {{}} points {{}}", message, schema().pool)
    assert (len(message.counts), len(message.places), len(message.points)) == (3, 1, 2)


def test_any_whose_content_lacks_a_required_field_is_refused() -> None:
    text = 'ratio: 1\npacked { [t.x/legacy.v1.Strict] { name: "a" } }'
    with pytest.raises(TextError, match=r"legacy\.v1\.Strict .*required fields: id") as caught:
        parse(text, legacy("Holder"), legacy_schema().pool)
    assert caught.value.line == 2
