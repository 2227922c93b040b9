"""Written bytes parse as protobuf; delimited streams are read."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.protobuf.delimited import DelimitedError, read_delimited
from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint, varint_tag
from testingkit.conformance.v1.observation_pb2 import Observation


@given(st.integers(0, 2**64 - 1), st.binary(max_size=70_000), st.integers(0, 2**64 - 1))
def test_written_fields_parse_as_protobuf(call_id: int, response: bytes, nanos: int) -> None:
    parts = [varint_tag(1), varint(call_id), delimited_tag(2), delimited(response)]
    data = b"".join([*parts, varint_tag(11), varint(nanos)])
    assert Observation.FromString(data) == Observation(
        call_id=call_id, response=response, elapsed_nanos=nanos
    )


@pytest.mark.parametrize("bits", range(64))
def test_varints_have_the_shortest_form(bits: int) -> None:
    for number in ((1 << bits) - 1, 1 << bits):
        assert len(varint(number)) == max(1, (number.bit_length() + 6) // 7)


@given(st.lists(st.binary(max_size=300)))
def test_stream_is_read_message_by_message(messages: list[bytes]) -> None:
    stream = io.BytesIO(b"".join(map(delimited, messages)))
    assert list(read_delimited(stream, 300)) == messages


@given(st.lists(st.binary(max_size=300), min_size=1), st.data())
def test_stream_that_ends_within_a_message_is_an_error(
    messages: list[bytes], data: st.DataObject
) -> None:
    whole = b"".join(map(delimited, messages))
    last = len(delimited(messages[-1]))
    cut = whole[: len(whole) - data.draw(st.integers(1, last))]
    read = read_delimited(io.BytesIO(cut), 300)
    if len(cut) == len(whole) - last:
        assert list(read) == messages[:-1]
    else:
        with pytest.raises(DelimitedError, match="was cut short"):
            list(read)


@pytest.mark.parametrize("data", [b"\x80" * 11, b"\xff\xff\xff\x7f" + bytes(300), b"\xad\x02"])
def test_oversized_length_is_an_error(data: bytes) -> None:
    with pytest.raises(DelimitedError, match="is damaged at byte"):
        list(read_delimited(io.BytesIO(data), 300))
