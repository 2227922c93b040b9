"""Messages whose bytes their fields do not show are found."""

from __future__ import annotations

import pytest

from testingkit.conformance.protobuf.encoding import Encoding, encoding_of
from tests.conformance.support import method, new


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", Encoding.USUAL),
        (new("Ask", text="a").SerializeToString(), Encoding.USUAL),
        (b"\x0a\x01a\x0a\x01b", Encoding.UNUSUAL),
        (b"\x0a\x00", Encoding.UNUSUAL),
        (b"\x0a\x81\x80\x00x", Encoding.UNUSUAL),
        (b"\xf8\x07\x01\x0a\x01x", Encoding.UNUSUAL),
        (b"\x0a\x01a\xf8\x07\x01", Encoding.UNUSUAL),  # no text shows unknown fields
        (b"\x0a\x05x", Encoding.INVALID),
        (b"\xff", Encoding.INVALID),
        (new("Ask", text="a" * 100_000).SerializeToString(), Encoding.USUAL),
    ],
)
def test_encoding_of_a_message(data: bytes, encoding: Encoding) -> None:
    assert encoding_of(method("Say").request, data) is encoding


def test_bytes_without_a_type_are_not_shown_as_fields() -> None:
    assert encoding_of(None, b"") is Encoding.INVALID
