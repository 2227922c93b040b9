"""The parser refuses text that hides a part of itself, and text that makes no valid message."""

from __future__ import annotations

import pytest

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.tokenizer import TextError
from tests.conformance.legacy import legacy, legacy_schema
from tests.conformance.support import new, schema

# Text of an `Everything` that gives a key of a map twice, and where the second entry begins.
TWICE = [
    ('counts { key: "a" value: 1 } counts { key: "a" value: 2 }', 36),
    ('counts { key: "a" value: 1 } counts { key: "a" value: 1 }', 36),
    ('counts { key: "a" value: 1 } counts { key: "\\x61" value: 2 }', 36),
    ('counts { key: "a" value: 1 } counts { key: "" "a" value: 2 }', 36),
    ('counts { key: "a" value: 1 } text: "x" counts < value: 2 key: \'a\' >', 46),
    ('counts: [{ key: "a" value: 1 }, { key: "b" }, { key: "a" value: 2 }]', 46),
    ('counts { value: 1 } counts { key: "" value: 2 }', 27),
    ("places { key: 1 value { x: 1 } } places { key: 0x1 value { x: 2 } }", 40),
    ("places { key: 0 value {} } places {}", 34),
    ("odds { key: true value: 1 } odds { key: t value: 2 }", 33),
    ('value { struct_value { fields { key: "a" } fields { key: "a" } } }', 50),
    ("any { [x.y/probe.v1.Everything] { odds { key: true } odds { key: true } } }", 58),
]


@pytest.mark.parametrize(("text", "offset"), TWICE)
def test_key_that_a_map_has_already_is_refused(text: str, offset: int) -> None:
    with pytest.raises(TextError, match="has this key already: a map has each key once") as caught:
        Parser(text, new("Everything"), Rules(schema().pool)).parse()
    assert caught.value.offset == offset


def test_different_keys_and_equal_keys_of_different_maps_are_accepted() -> None:
    message = new("Everything")
    text = 'counts { key: "a" } counts { key: "A" } counts { key: "b" } places { key: 1 }'
    Parser(f"{text} points {{}} points {{}}", message, Rules(schema().pool)).parse()
    assert (len(message.counts), len(message.places), len(message.points)) == (3, 1, 2)


def test_any_whose_content_lacks_a_required_field_is_refused() -> None:
    text = 'ratio: 1\npacked { [t.x/legacy.v1.Strict] { name: "a" } }'
    with pytest.raises(
        TextError, match=r"legacy\.v1\.Strict lacks the required field id"
    ) as caught:
        Parser(text, legacy("Holder"), Rules(legacy_schema().pool)).parse()
    assert caught.value.offset == text.index("[t.x")
