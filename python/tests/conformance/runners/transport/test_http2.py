"""An HTTP/2 connection: any bytes of a server end in a reply or an error."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from random import Random

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.settings import SettingCodes, Settings

from testingkit.conformance.runners.transport.http2 import Http2Connection, Reply, UnprocessedError
from testingkit.conformance.runners.transport.link import BrokenError

_HEADERS = [(":status", "200"), ("content-type", "application/grpc")]
_PATH = [(b":path", b"/s.v1.S/M")]
_MOST = 100  # bytes of a body
_TRIES = 1500


class _Transport(asyncio.Transport):
    """Keeps what the client writes."""

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()
        self.is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.data += data

    def abort(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


class _Server:
    """The other side of a connection."""

    def __init__(self, settings: dict[SettingCodes, int] | None = None) -> None:
        self.http = H2Connection(H2Configuration(client_side=False))
        self.http.local_settings = Settings(client=False, initial_values=settings)
        self.http.initiate_connection()
        self.client = Http2Connection("localhost")
        self.transport = _Transport()
        self.client.connection_made(self.transport)

    async def deliver(self) -> None:
        """Exchanges what both sides have sent, and lets the client react."""
        for _ in range(4):
            await asyncio.sleep(0)
            self.http.receive_data(bytes(self.transport.data))
            self.transport.data.clear()
            self.client.data_received(self.http.data_to_send())

    def ask(self, body: bytes = b"x") -> asyncio.Task[Reply]:
        return asyncio.ensure_future(self.client.exchange(_PATH, body, _MOST))


def _goaway(last: int, code: int = 0, text: bytes = b"") -> bytes:
    payload = last.to_bytes(4, "big") + code.to_bytes(4, "big") + text
    return len(payload).to_bytes(3, "big") + b"\7\0" + bytes(4) + payload


def test_trailers_are_kept_apart_from_headers() -> None:
    async def run() -> None:
        server = _Server()
        asked = [server.ask() for _ in range(3)]
        await server.deliver()
        server.http.send_headers(1, _HEADERS)
        server.http.send_data(1, b"body")
        server.http.send_headers(1, [("grpc-status", "0")], end_stream=True)
        server.http.send_headers(3, [*_HEADERS, ("grpc-status", "5")], end_stream=True)
        server.http.send_headers(5, [*_HEADERS, ("grpc-status", "5")])
        server.http.send_data(5, b"", end_stream=True)
        await server.deliver()
        whole, short, cut = [await one for one in asked]
        assert (bytes(whole.body), whole.trailers) == (b"body", [(b"grpc-status", b"0")])
        assert short.trailers == short.headers
        assert (cut.trailers, bytes(cut.body)) == (None, b"")

    asyncio.run(run())


def test_streams_go_on_after_goaway_and_later_ones_are_refused() -> None:
    async def run() -> None:
        server = _Server()
        first, second = server.ask(), server.ask()
        await server.deliver()
        server.client.data_received(_goaway(1, 0, b"bye"))
        assert not server.client.is_open
        with pytest.raises(UnprocessedError, match="GOAWAY with NO_ERROR: bye"):
            await second
        server.http.send_headers(1, [*_HEADERS, ("grpc-status", "0")], end_stream=True)
        server.client.data_received(server.http.data_to_send())
        assert (await first).trailers is not None
        with pytest.raises(UnprocessedError, match="GOAWAY"):
            await server.ask()

    asyncio.run(run())


def test_connection_that_ends_after_goaway_breaks_its_streams() -> None:
    async def run() -> None:
        server = _Server()
        asked = server.ask()
        await server.deliver()
        server.client.data_received(_goaway(1, 11))
        server.client.connection_lost(None)
        with pytest.raises(BrokenError, match="ENHANCE_YOUR_CALM, then the server closed"):
            await asked
        with pytest.raises(UnprocessedError):
            await server.ask()

    asyncio.run(run())


def test_no_more_streams_than_the_server_takes_are_open() -> None:
    async def run() -> None:
        server = _Server({SettingCodes.MAX_CONCURRENT_STREAMS: 1})
        server.client.data_received(server.http.data_to_send())
        asked = [server.ask() for _ in range(3)]
        for number in (1, 3, 5):
            await server.deliver()
            assert server.http.open_inbound_streams == 1
            server.http.send_headers(number, [*_HEADERS, ("grpc-status", "0")], end_stream=True)
        await server.deliver()
        assert [(await one).reset for one in asked] == [None] * 3

    asyncio.run(run())


def test_request_that_is_larger_than_the_window_is_sent_in_parts() -> None:
    async def run() -> None:
        server = _Server({SettingCodes.INITIAL_WINDOW_SIZE: 10})
        server.client.data_received(server.http.data_to_send())
        asked = server.ask(b"x" * 25)
        for window in (-9, 9, 40):
            await server.deliver()
            before = server.http.local_settings.initial_window_size
            server.http.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: before + window})
            server.client.data_received(server.http.data_to_send())
        await server.deliver()
        server.http.send_headers(1, [*_HEADERS, ("grpc-status", "0")], end_stream=True)
        await server.deliver()
        assert (await asked).trailers is not None

    asyncio.run(run())


def test_body_beyond_the_limit_is_cut_and_its_stream_reset() -> None:
    async def run() -> None:
        server = _Server()
        asked = server.ask()
        await server.deliver()
        server.http.send_headers(1, _HEADERS)
        server.http.send_data(1, b"x" * 5 * _MOST)
        server.client.data_received(server.http.data_to_send())
        reply = await asked
        assert reply.is_oversized
        assert len(reply.body) == _MOST + 1
        events = server.http.receive_data(bytes(server.transport.data))
        assert any(type(event).__name__ == "StreamReset" for event in events)

    asyncio.run(run())


def _answers(server: _Server) -> bytes:
    server.http.send_headers(1, _HEADERS)
    server.http.send_data(1, b"some bytes")
    server.http.ping(b"12345678")
    server.http.send_headers(1, [("grpc-status", "3")], end_stream=True)
    server.http.reset_stream(3, 8)
    return server.http.data_to_send() + _goaway(5, 2, b"text")


def _spoilt(data: bytes, random: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(spoilt))
        old = spoilt[place : place + random.randint(0, 9)]
        spoilt[place : place + len(old)] = random.randbytes(random.choice([0, 1, len(old)]))
    return bytes(spoilt) + b"!"


def _pieces(data: bytes, random: Random) -> Sequence[bytes]:
    cut = random.randrange(len(data))
    return [data[:cut], data[cut:]]


def test_any_bytes_of_a_server_end_in_replies_or_errors() -> None:
    async def run(seed: int) -> None:
        random = Random(seed)
        server = _Server()
        asked = [server.ask() for _ in range(3)]
        await server.deliver()
        for piece in _pieces(_spoilt(_answers(server), random), random):
            server.client.data_received(piece)
            await asyncio.sleep(0)
        server.client.connection_lost(None)
        for result in await asyncio.gather(*asked, return_exceptions=True):
            assert isinstance(result, Reply | BrokenError | UnprocessedError), seed

    async def every() -> None:
        for seed in range(_TRIES):
            await run(seed)

    asyncio.run(every())
