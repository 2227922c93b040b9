import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.jsontext import JsonError, Reason, read_json
from testingkit.value import Float, equal, to_value

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_DOCUMENTS = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
    )
    | _TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner),
)


@given(_DOCUMENTS, st.booleans(), st.sampled_from([None, 2]))
def test_texts_of_another_writer_are_read(document: Any, escaped: bool, indent: int | None) -> None:
    text = json.dumps(document, ensure_ascii=escaped, indent=indent)
    assert read_json(text.encode()) == to_value(document)


@given(st.text('[]{}:,"\\u0129e.-+tfn dD8c'))
def test_the_strict_reader_accepts_no_more_than_the_standard_library(text: str) -> None:
    with contextlib.suppress(JsonError):
        value = read_json(text)
        assert equal(value, to_value(json.loads(text)))


@given(_DOCUMENTS)
def test_start_of_a_text_ends_unexpectedly(document: Any) -> None:
    text = json.dumps([document], ensure_ascii=False)[:-1]
    with pytest.raises(JsonError) as caught:
        read_json(text)
    assert caught.value.offset == len(text.encode())
    assert caught.value.reason is Reason.UNEXPECTED_END


def test_lone_surrogate_of_python_is_not_utf8() -> None:
    with pytest.raises(JsonError, match="not_utf8 at offset 1"):
        read_json('"\ud800"')


def test_nesting_over_the_limit_does_not_exhaust_the_stack() -> None:
    with pytest.raises(JsonError, match="too_deep at offset 128"):
        read_json("[" * 1_000_000)


def test_float_near_the_edges() -> None:
    assert read_json("1.7976931348623158e308") == Float(1.7976931348623157e308)
    assert read_json("4.9e-324") == Float(math.ulp(0.0))
    with pytest.raises(JsonError, match="number_out_of_range at offset 1"):
        read_json("[1.7976931348623159e308]")
