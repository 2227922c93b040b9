"""Which bytes are a gRPC answer, and which are a breach."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from testingkit.conformance.runners.transport.grpc_reply import (
    MAX_BODY_BYTES,
    BreachError,
    read_reply,
)
from testingkit.conformance.runners.transport.http2 import Fields, Reply
from testingkit.conformance.v1.observation_pb2 import Error

_HEADERS: Fields = [(b":status", b"200"), (b"content-type", b"application/grpc")]
_OK: Fields = [(b"grpc-status", b"0")]


def reply(body: bytes = b"", trailers: Fields | None = _OK, headers: Fields = _HEADERS) -> Reply:
    return Reply(MAX_BODY_BYTES, headers, bytearray(body), trailers)


def framed(message: bytes, flag: int = 0) -> bytes:
    return bytes([flag]) + len(message).to_bytes(4, "big") + message


def refused(*fields: tuple[bytes, bytes], code: bytes = b"3") -> Fields:
    return [(b"grpc-status", code), *fields]


@pytest.mark.parametrize("message", [b"", b"abc"])
@pytest.mark.parametrize("kind", [b"", b"+proto", b";charset=utf-8", b"+proto ; x"])
def test_one_message_with_status_ok_is_the_response(message: bytes, kind: bytes) -> None:
    headers = [_HEADERS[0], (b"content-type", b"application/grpc" + kind)]
    assert read_reply(reply(framed(message), headers=headers)) == message


@pytest.mark.parametrize(("name", "pack"), [(b"gzip", gzip.compress), (b"deflate", zlib.compress)])
def test_packed_message_is_unpacked(name: bytes, pack: Any) -> None:
    headers = [*_HEADERS, (b"grpc-encoding", name)]
    assert read_reply(reply(framed(pack(b"abc" * 99), 1), headers=headers)) == b"abc" * 99
    assert read_reply(reply(framed(b"abc"), headers=headers)) == b"abc"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([], Error(code=3)),
        ([(b"grpc-message", b"a%20b%C3%A9%")], Error(code=3, message="a b\u00e9%")),
        ([(b"grpc-message", b"%ff\xc3\xa9%zz")], Error(code=3, message="\ufffd\u00e9%zz")),
        ([(b"grpc-status-details-bin", b"YWI")], Error(code=3, details=b"ab")),
        ([(b"grpc-status-details-bin", b"YWI=")], Error(code=3, details=b"ab")),
        ([(b"other", b"1"), (b"other", b"2")], Error(code=3)),
    ],
)
def test_status_other_than_ok_is_an_error(
    fields: Sequence[tuple[bytes, bytes]], expected: Error
) -> None:
    assert read_reply(reply(b"", refused(*fields))) == expected
    assert read_reply(reply(framed(b"ignored"), refused(*fields))) == expected


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        (Reply(1), "without headers"),
        (Reply(1, _HEADERS, bytearray(b"xx"), _OK), "more than one message"),
        (reply(b"\0\xff\xff\xff\xff"), "sent a message of 4,294,967,295 bytes"),
        (reply(trailers=None), "without trailers"),
        (reply(trailers=[]), "without a grpc-status"),
        (reply(trailers=[(b"grpc-status", b"")]), "grpc-status ``, which is not a number"),
        (reply(trailers=[(b"grpc-status", b"-1")]), "grpc-status `-1`"),
        (reply(trailers=[(b"grpc-status", b"9" * 10)]), "grpc-status `9999999999`"),
        (reply(trailers=[*_OK, *_OK]), "sent grpc-status 2 times"),
        (reply(headers=[(b":status", b"404"), _HEADERS[1]]), "HTTP status `404`"),
        (reply(headers=[]), "HTTP status ``"),
        (reply(headers=_HEADERS[:1]), "no content type, not application/grpc"),
        (reply(headers=[_HEADERS[0], (b"content-type", b"application/grpc-web")]), "grpc-web`"),
        (reply(headers=[_HEADERS[0], (b"content-type", b"text/plain")]), "`text/plain`"),
        (reply(b"\0\0"), "before its length"),
        (reply(framed(b"abc")[:-2]), "2 bytes before its end"),
        (reply(framed(b"abc") * 2), "more than one message"),
        (reply(framed(b"abc") + b"\0"), "more than one message"),
        (reply(framed(b"", 2)), "the flag 2"),
        (reply(framed(b"abc", 1)), "without a grpc-encoding"),
        (reply(framed(b""), headers=[*_HEADERS, (b"grpc-encoding", b"br")]), "grpc-encoding `br`"),
        (
            reply(framed(b"abc", 1), headers=[*_HEADERS, (b"grpc-encoding", b"identity")]),
            "without a grpc-encoding",
        ),
        (
            reply(
                framed(gzip.compress(b"a")[:-1], 1),
                headers=[*_HEADERS, (b"grpc-encoding", b"gzip")],
            ),
            "not one whole gzip stream",
        ),
        (
            reply(
                framed(zlib.compress(b"a") * 2, 1),
                headers=[*_HEADERS, (b"grpc-encoding", b"deflate")],
            ),
            "not one whole deflate stream",
        ),
        (reply(b"", refused((b"grpc-message", b"x" * 262_144))), "trailers of 262,2"),
        (reply(headers=[*_HEADERS, (b"x", b"x" * 262_144)]), "headers of 262,"),
    ],
)
@pytest.mark.parametrize("refuses", [False, True], ids=["OK", "with an error"])
def test_everything_else_is_a_breach_of_grpc(broken: Reply, text: str, refuses: bool) -> None:
    if refuses and broken.trailers == _OK:
        broken = Reply(broken.most, broken.headers, broken.body, refused())
    with pytest.raises(BreachError) as raised:
        read_reply(broken)
    assert text in str(raised.value)


def test_status_ok_without_a_message_is_a_breach() -> None:
    with pytest.raises(BreachError, match="ended with OK and without a message"):
        read_reply(reply())


@pytest.mark.parametrize(("code", "name"), [(8, "CANCEL"), (999, "error code 999")])
def test_reset_stream_is_a_breach(code: int, name: str) -> None:
    broken = reply(framed(b"abc"))
    broken.reset = code
    with pytest.raises(BreachError, match=f"reset the stream with {name}"):
        read_reply(broken)
