"""An HTTP/2 connection to a plain gRPC server, which shows exactly what arrived.

A gRPC library makes a status of everything that goes wrong, so a broken stream looks like the error
of a handler (docs/decisions/0023-plain-servers-over-h2.md). This client keeps them apart: a stream
ends with headers and trailers, with a reset, or with the loss of its connection.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    DataReceived,
    Event,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
    WindowUpdated,
)
from h2.exceptions import FrameTooLargeError, ProtocolError
from h2.settings import SettingCodes, Settings

from testingkit.conformance.runners.transport.link import BrokenError
from testingkit.conformance.text.escape import shorten

Fields = Sequence[tuple[bytes, bytes]]

MAX_HEADER_BYTES = 256 << 10  # of the headers, and of the trailers
# Above the limit the library fails the whole connection, so its own is higher.
_DECODED_HEADER_BYTES = 4 * MAX_HEADER_BYTES
_FIELD_OVERHEAD = 32  # bytes that HTTP/2 counts for each field in addition to its text
_WINDOW = 16 << 20  # bytes that a server may send of one stream before they are acknowledged
_CONNECTION_WINDOW = 256 << 20
_FRAME_HEADER = 9  # bytes
_GOAWAY = 7  # type of a frame
_STREAM_BITS = (1 << 31) - 1
_MAX_TEXT = 200  # characters of what a server sent with GOAWAY


class UnprocessedError(Exception):
    """The server did not process a stream, and reports it: it may be sent again."""


@dataclass(slots=True)
class Reply:
    """What arrived on one stream.

    Attributes:
        headers: The first headers; None if there were none.
        body: The data, up to one byte more than the limit.
        trailers: The last headers; those of a stream that has only headers. None without an end.
        reset: The error code with which the server reset the stream; None if it did not.
    """

    most: int
    headers: Fields | None = None
    body: bytearray = field(default_factory=bytearray)
    trailers: Fields | None = None
    reset: int | None = None

    @property
    def is_oversized(self) -> bool:
        """Whether the server sent more data than the limit."""
        return len(self.body) > self.most


@dataclass(slots=True)
class _OpenStream:
    done: asyncio.Future[Reply]
    reply: Reply
    unsent: memoryview
    is_sent: bool = False  # the body, and its end
    has_ended: bool = False  # the server's side


class Http2Connection(asyncio.Protocol):
    """One connection, with any number of streams at the same time."""

    def __init__(self, authority: str) -> None:
        """Prepares; `open_connection` connects."""
        self._start: Fields = [
            (b":method", b"POST"),
            (b":scheme", b"http"),
            (b":authority", authority.encode()),
        ]
        # HTTP forbids blanks around a value, but gRPC servers send texts of errors with them.
        self._http = H2Connection(
            H2Configuration(
                client_side=True,
                header_encoding=None,
                validate_outbound_headers=False,
                validate_inbound_headers=False,
            )
        )
        self._http.local_settings = Settings(
            client=True,
            initial_values={
                SettingCodes.ENABLE_PUSH: 0,
                SettingCodes.INITIAL_WINDOW_SIZE: _WINDOW,
                SettingCodes.MAX_HEADER_LIST_SIZE: MAX_HEADER_BYTES,
            },
        )
        self._http.decoder.max_header_list_size = _DECODED_HEADER_BYTES
        self._transport: asyncio.Transport | None = None
        self._streams: dict[int, _OpenStream] = {}
        self._buffer = bytearray()
        self._freed = asyncio.Event()
        self._farewell = ""  # the text of a GOAWAY
        self._end: BrokenError | None = None

    @property
    def is_open(self) -> bool:
        """Whether it takes new streams."""
        return self._end is None and not self._farewell

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Sends the preface; asyncio calls this."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError(f"{transport!r} is not a stream")
        self._transport = transport
        self._http.initiate_connection()
        self._http.increment_flow_control_window(_CONNECTION_WINDOW)
        self._write()

    def data_received(self, data: bytes) -> None:
        """Takes frames; asyncio calls this."""
        self._buffer += data
        try:
            self._take_in()
            self._write()
        except ProtocolError as error:
            self._write()  # tells the server
            self._fail(f"not valid HTTP/2: {_describe(error)}")

    def connection_lost(self, exc: Exception | None) -> None:
        """Fails the streams that have not ended; asyncio calls this."""
        self._fail(str(exc) if exc is not None else "the server closed the connection")

    async def exchange(self, fields: Fields, body: bytes, most: int) -> Reply:
        """Sends a request and returns what arrived until the end of the stream.

        Args:
            fields: The headers after the method, the scheme and the authority.
            body: The body.
            most: How much data of the server to take, in bytes.

        Raises:
            BrokenError: The connection ended first.
            UnprocessedError: The server did not process the request.
        """
        await self._wait_for_room()
        number = self._http.get_next_available_stream_id()
        self._http.send_headers(number, [*self._start, *fields])
        done: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        stream = self._streams[number] = _OpenStream(done, Reply(most), memoryview(body))
        try:
            self._send(number, stream)
            self._write()
            return await done
        finally:
            self._forget(number)

    def close(self) -> None:
        """Closes the connection at once."""
        self._end = self._end or BrokenError("the connection is closed")
        if self._transport is not None:
            self._transport.abort()

    async def _wait_for_room(self) -> None:
        """Waits until the server takes one more stream."""
        while True:
            if self._end is not None:
                raise UnprocessedError(str(self._end))
            if self._farewell:
                raise UnprocessedError(self._farewell)
            if len(self._streams) < self._http.remote_settings.max_concurrent_streams:
                return
            self._freed.clear()
            await self._freed.wait()

    def _take_in(self) -> None:
        """Reacts to the whole frames in the buffer.

        The library takes no frame after GOAWAY, although open streams go on. So it gets none.
        """
        buffer, start, end = self._buffer, 0, 0
        while len(buffer) - end >= _FRAME_HEADER:
            size = int.from_bytes(buffer[end : end + 3], "big")
            if size > self._http.max_inbound_frame_size:
                raise FrameTooLargeError(f"a frame of {size:,} bytes")
            behind = end + _FRAME_HEADER + size
            if behind > len(buffer):
                break
            if buffer[end + 3] == _GOAWAY:
                self._feed(bytes(buffer[start:end]))
                self._take_farewell(bytes(buffer[end + _FRAME_HEADER : behind]))
                start = behind
            end = behind
        self._feed(bytes(buffer[start:end]))
        del buffer[:end]

    def _feed(self, frames: bytes) -> None:
        if not frames:
            return
        for event in self._http.receive_data(frames):
            self._react(event)

    def _react(self, event: Event) -> None:
        if isinstance(event, WindowUpdated | RemoteSettingsChanged):
            for open_number, open_stream in self._streams.items():
                self._send(open_number, open_stream)
            self._freed.set()  # the server may take more streams now
            return
        stream = self._streams.get(getattr(event, "stream_id", 0))
        if isinstance(event, DataReceived):
            self._http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        if stream is not None and not stream.done.done():
            self._fill(stream, event)

    def _fill(self, stream: _OpenStream, event: Event) -> None:
        reply = stream.reply
        match event:
            case ResponseReceived():
                reply.headers = event.headers
                if event.stream_ended is not None:
                    reply.trailers = event.headers
            case TrailersReceived():
                reply.trailers = event.headers
            case DataReceived():
                room = reply.most + 1 - len(reply.body)
                reply.body += event.data[:room]
                if reply.is_oversized:
                    stream.done.set_result(reply)
            case StreamEnded():
                stream.has_ended = True
                stream.done.set_result(reply)
            case StreamReset() if event.error_code == ErrorCodes.REFUSED_STREAM:
                stream.done.set_exception(UnprocessedError("the server refused the stream"))
            case StreamReset():
                reply.reset = int(event.error_code)
                stream.done.set_result(reply)

    def _take_farewell(self, payload: bytes) -> None:
        """Takes a GOAWAY: the server answers the streams up to a number, and no later ones."""
        last, code = (int.from_bytes(payload[start : start + 4], "big") for start in (0, 4))
        debug = payload[8:].decode(errors="backslashreplace")
        text = f"the server sent GOAWAY with {error_name(code)}"
        self._farewell = f"{text}: {shorten(debug, _MAX_TEXT)}" if debug else text
        for number, stream in self._streams.items():
            if number > last & _STREAM_BITS and not stream.done.done():
                stream.done.set_exception(UnprocessedError(self._farewell))
        self._freed.set()

    def _send(self, number: int, stream: _OpenStream) -> None:
        """Sends as much of a body as the server has room for; nothing after the end."""
        http = self._http
        while not stream.is_sent and not stream.done.done():
            room = min(http.local_flow_control_window(number), http.max_outbound_frame_size)
            part = stream.unsent[: max(room, 0)]  # A server may shrink a window below zero.
            if stream.unsent and not part:
                return
            stream.unsent = stream.unsent[len(part) :]
            stream.is_sent = not stream.unsent
            http.send_data(number, bytes(part), end_stream=stream.is_sent)

    def _forget(self, number: int) -> None:
        """Forgets a stream, and resets it if one of its sides has not ended."""
        stream = self._streams.pop(number)
        self._freed.set()
        if self._end is None and not (stream.is_sent and stream.has_ended):
            # The library refuses to reset a stream that the server has reset.
            with contextlib.suppress(ProtocolError):
                self._http.reset_stream(number, ErrorCodes.CANCEL)
                self._write()

    def _write(self) -> None:
        data = self._http.data_to_send()
        if data and self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def _fail(self, text: str) -> None:
        """Ends the connection; the streams that have not ended are broken."""
        if self._end is None:
            self._end = BrokenError(f"{self._farewell}, then {text}" if self._farewell else text)
        for stream in self._streams.values():
            if not stream.done.done():
                stream.done.set_exception(self._end)
        self._freed.set()
        self.close()


async def open_connection(address: str) -> Http2Connection:
    """Returns a connection to an address, ``unix:/path`` or ``host:port``.

    Raises:
        BrokenError: The address takes no connection.
    """
    loop = asyncio.get_running_loop()
    path = address.removeprefix("unix:")
    try:
        if path != address:
            _, connection = await loop.create_unix_connection(
                lambda: Http2Connection("localhost"), path
            )
        else:
            host, _, port = address.rpartition(":")
            _, connection = await loop.create_connection(
                lambda: Http2Connection(address), host.strip("[]"), int(port)
            )
    except OSError as error:
        raise BrokenError(f"{address} takes no connection: {error.strerror or error}") from error
    return connection


def error_name(code: int) -> str:
    """Returns the name of an error code of HTTP/2, such as ``INTERNAL_ERROR``, or its number."""
    try:
        return ErrorCodes(code).name
    except ValueError:
        return f"error code {code}"


def size_of(fields: Fields) -> int:
    """Returns the size of headers as HTTP/2 counts it."""
    return sum(len(name) + len(value) + _FIELD_OVERHEAD for name, value in fields)


def _describe(error: ProtocolError) -> str:
    return shorten(str(error) or type(error).__name__, _MAX_TEXT)
