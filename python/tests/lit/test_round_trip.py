"""`lit` reads the output of an independent renderer, and refuses other texts with `ValueError`."""

import math

from hypothesis import given
from hypothesis import strategies as st

from testingkit.kit_proto.v1.value_pb2 import Value
from testingkit.lit import expand
from tests.lit.render_value import render
from tests.lit.values import VALUES

_TOKENS = ["[", "]", "{", "}", "(", ")", ",", ":", '"', "\\", "set", "record", "a.B", "b", "x"]
_TOKENS += ["null", "inf", "-", "0", "1", ".5", "e9", "error(", "time(", "cause:", " "]


@given(VALUES)
def test_a_rendered_value_parses_to_the_same_value(value: Value) -> None:
    read = Value(lit=render(value))
    expand(read)
    assert read.SerializeToString(deterministic=True) == value.SerializeToString(deterministic=True)


@given(st.text() | st.lists(st.sampled_from(_TOKENS)).map("".join))
def test_every_text_is_a_value_or_raises_value_error(text: str) -> None:
    value = Value(lit=text)
    message = ""
    try:
        expand(value)
    except ValueError as error:
        message = str(error)
    refused = message.startswith("lit: offset ")
    assert refused == (value.WhichOneof("kind") == "lit")
    assert refused == (value == Value(lit=text))


@given(st.floats(allow_nan=False))
def test_floats_keep_every_bit(number: float) -> None:
    value = Value(lit=repr(number).replace("e+", "e"))
    expand(value)
    assert (value.float, math.copysign(1, value.float)) == (number, math.copysign(1, number))
