"""Plain gRPC servers with a fault on the wire: ``raw_http2.py PORT FAULT [TEXT]``.

They implement HTTP/2 by hand, because a gRPC library does not allow these faults. They import none
either: it takes longer to load than all the rest. They have no reflection, and greet correctly,
except ``trigger``.
"""

from __future__ import annotations

import signal
import socket
import struct
import sys
import threading
import time
import urllib.parse
import zlib
from collections.abc import Callable, Mapping, Sequence

from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, RequestReceived, StreamEnded, WindowUpdated
from h2.exceptions import ProtocolError

from tests.e2e.runners.stopping import stop_the_coordinator

_HEADERS = [(":status", "200"), ("content-type", "application/grpc")]
_PATHS = [b"/greet.v1.GreetService/Greet", b"/greet.v1.GreetService/Divide"]
_OK = [("grpc-status", "0")]
_INVALID_ARGUMENT = 3
_UNIMPLEMENTED = 12
_STOPPED: list[int] = []  # the stream whose answer was not read
_TOO_LARGE = (64 << 20) + 1  # bytes
_LARGE = 300_000  # bytes; more than headers may have
_FRAME = 1 << 14  # bytes
_HUGE = 3_000_000  # so many that no library reads them


class Connection:
    """The connection of one client; its streams are answered one after the other."""

    def __init__(self, client: socket.socket, fault: str) -> None:
        self.client = client
        self._fault = _FAULTS.get(fault)
        self._seconds = 0.3 if fault == "is_slow" else 0.0  # of every call
        self._resets_unknown = fault == "resets_unknown"
        self.http = H2Connection(H2Configuration(client_side=False))
        self._paths: dict[int, str] = {}
        self._bodies: dict[int, bytes] = {}
        self._unsent: dict[int, memoryview] = {}

    def serve(self) -> None:
        """Reads until the client or the fault closes the connection."""
        self.http.initiate_connection()
        try:
            while True:
                self.client.sendall(self.http.data_to_send())
                data = self.client.recv(1 << 16)
                if not data:
                    return
                for event in self.http.receive_data(data):
                    self._react(event)
        except OSError:
            return

    def _react(self, event: object) -> None:
        if isinstance(event, RequestReceived):
            headers = {bytes(name): bytes(value) for name, value in event.headers}
            self._paths[event.stream_id] = headers[b":path"].decode()
            is_known = headers[b":path"] in _PATHS
            if self._resets_unknown and b"NoSuchMethod" in headers[b":path"]:
                self.http.reset_stream(event.stream_id, ErrorCodes.INTERNAL_ERROR)
            elif not is_known:
                # At once: a client that tries reflection waits for an answer before it sends more.
                self._refuse(event.stream_id, _UNIMPLEMENTED)
        elif isinstance(event, DataReceived):
            self._bodies[event.stream_id] = self._bodies.get(event.stream_id, b"") + event.data
            self.http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, StreamEnded):
            self._answer(event.stream_id)
        elif isinstance(event, WindowUpdated):
            for stream in list(self._unsent):
                self.flush(stream)

    def _answer(self, stream: int) -> None:
        path = self._paths.pop(stream)
        if path.encode() not in _PATHS:
            return
        request = self._bodies.pop(stream, b"")[5:]
        time.sleep(self._seconds)
        if self._fault is not None and b"trigger" in request:
            self._fault(self, stream)
            return
        status, response = _right(path, request)
        if status:
            self._refuse(stream, status)
        else:
            self.respond(stream, response)

    def _refuse(self, stream: int, status: int) -> None:
        headers = [*_HEADERS, ("grpc-status", str(status))]
        self.http.send_headers(stream, headers, end_stream=True)

    def respond(self, stream: int, response: bytes, *, whole: bool = True) -> None:
        """Sends a response and status OK; one that is not whole lacks its last byte."""
        self.http.send_headers(stream, _HEADERS)
        data = struct.pack(">BI", 0, len(response)) + response
        self._unsent[stream] = memoryview(data if whole else data[:-1])
        self.flush(stream)

    def flush(self, stream: int) -> None:
        """Sends as much as the client has room for, unless it has given the stream up."""
        try:
            self._send(stream)
        except ProtocolError:
            self._unsent.pop(stream, None)

    def _send(self, stream: int) -> None:
        data = self._unsent[stream]
        while data:
            room = self.http.local_flow_control_window(stream)
            part = data[: min(room, self.http.max_outbound_frame_size)]
            if not part:
                self._unsent[stream] = data
                return
            self.http.send_data(stream, bytes(part))
            data = data[len(part) :]
        del self._unsent[stream]
        self.http.send_headers(stream, _OK, end_stream=True)


def _right(path: str, request: bytes) -> tuple[int, bytes]:
    """Returns the correct status, and the response if that is OK."""
    if path.encode() == _PATHS[0]:
        name = greet_pb2.GreetRequest.FromString(request).name
        text = f"Hello, {name}"
        greeting = greet_pb2.GreetResponse(text=text, length=len(text))
        return (0, greeting.SerializeToString()) if name else (_INVALID_ARGUMENT, b"")
    asked = greet_pb2.DivideRequest.FromString(request)
    if not asked.divisor:
        return _INVALID_ARGUMENT, b""
    quotient, remainder = divmod(asked.dividend, asked.divisor)
    answer = greet_pb2.DivideResponse(quotient=quotient, remainder=remainder)
    return 0, answer.SerializeToString()


def _stop_the_coordinator(connection: Connection, stream: int) -> None:
    """Answers the first trigger while the coordinator is stopped, and later ones at once."""
    if not _STOPPED:
        _STOPPED.append(stream)
        stop_the_coordinator()
    connection.respond(stream, _right(_PATHS[0].decode(), b"\x0a\x07trigger")[1])


def _reset(connection: Connection, stream: int) -> None:
    connection.http.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)


def _close(connection: Connection, stream: int) -> None:
    connection.client.shutdown(socket.SHUT_RDWR)


def _go_away(connection: Connection, stream: int) -> None:
    """Sends GOAWAY, and closes the connection at once."""
    connection.http.close_connection(ErrorCodes.ENHANCE_YOUR_CALM)
    connection.client.sendall(connection.http.data_to_send())
    connection.client.shutdown(socket.SHUT_RDWR)


def _speak_garbage(connection: Connection, stream: int) -> None:
    connection.client.sendall(b"\xff" * 100)


def _refuse_in_http(connection: Connection, stream: int) -> None:
    """Answers as a proxy does whose server does not run."""
    headers = [(":status", "503"), ("content-type", "text/html")]
    connection.http.send_headers(stream, headers, end_stream=True)


def _return_nothing(connection: Connection, stream: int) -> None:
    connection.http.send_headers(stream, _HEADERS)
    connection.http.send_headers(stream, _OK, end_stream=True)


def _end_without_trailers(connection: Connection, stream: int) -> None:
    connection.http.send_headers(stream, _HEADERS)
    connection.http.send_data(stream, _framed(_GREETING), end_stream=True)


def _send(
    body: bytes = b"",
    trailers: Sequence[tuple[str, str]] = _OK,
    headers: Sequence[tuple[str, str]] = (),
) -> Callable[[Connection, int], None]:
    """Returns a fault that answers with these bytes and fields."""

    def fault(connection: Connection, stream: int) -> None:
        connection.http.send_headers(stream, [*_HEADERS, *headers])
        connection.client.sendall(connection.http.data_to_send())
        for start in range(0, len(body), _FRAME):
            connection.http.send_data(stream, body[start : start + _FRAME])
        connection.http.send_headers(stream, trailers, end_stream=True)

    return fault


def _refuse_with_text(connection: Connection, stream: int) -> None:
    """Answers as a handler that refuses, with the text of the third argument."""
    connection.http.send_headers(stream, _HEADERS)
    text = urllib.parse.quote(sys.argv[3])
    connection.http.send_headers(stream, _refusal(14, text), end_stream=True)


def _refusal(status: int, text: str) -> Sequence[tuple[str, str]]:
    return [("grpc-status", str(status)), ("grpc-message", text)]


def _send_long_trailers(connection: Connection, stream: int, size: int) -> None:
    """Sends trailers with a long text, in frames made by hand: the library is slow with it."""
    connection.http.send_headers(stream, _HEADERS)
    connection.client.sendall(connection.http.data_to_send())
    fields = [(b"grpc-status", b"3"), (b"grpc-message", b"x" * size)]
    block = b"".join(b"\0" + _text(name) + _text(value) for name, value in fields)
    parts = [block[start : start + _FRAME] for start in range(0, len(block), _FRAME)]
    for number, part in enumerate(parts):
        kind, flags = (1, 1) if number == 0 else (9, 0)  # HEADERS that end the stream, CONTINUATION
        flags |= 4 if number == len(parts) - 1 else 0  # the end of the headers
        head = len(part).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big")
        connection.client.sendall(head + part)


def _text(text: bytes) -> bytes:
    """Returns a text as HPACK has it, without Huffman codes."""
    length, left = bytearray(), len(text)
    if left < 127:
        return bytes([left]) + text
    left -= 127
    while left >= 128:
        length.append(left % 128 + 128)
        left //= 128
    return bytes([127, *length, left]) + text


def _framed(message: bytes, flag: int = 0) -> bytes:
    return struct.pack(">BI", flag, len(message)) + message


def _unpack_to_much(connection: Connection, stream: int) -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(bytes(_TOO_LARGE)) + packer.flush()
    _send(_framed(bomb, 1), _OK, [("grpc-encoding", "gzip")])(connection, stream)


def _answer_as_page(connection: Connection, stream: int) -> None:
    headers = [(":status", "200"), ("content-type", "text/html"), ("grpc-status", "5")]
    connection.http.send_headers(stream, headers, end_stream=True)


def _break_a_frame(connection: Connection, stream: int) -> None:
    """Sends a DATA frame of no stream."""
    connection.client.sendall(b"\x00\x00\x01\x00\x00\x00\x00\x00\x00!")


def _refuse_stream_once(connection: Connection, stream: int) -> None:
    """Refuses the first stream as a busy server does, and answers the next one."""
    if _STOPPED:
        connection.respond(stream, _GREETING)
    else:
        _STOPPED.append(stream)
        connection.http.reset_stream(stream, ErrorCodes.REFUSED_STREAM)


def _answer_wrong_type(connection: Connection, stream: int) -> None:
    answer = greet_pb2.DivideResponse(quotient=3, remainder=1)
    connection.respond(stream, answer.SerializeToString())


_GREETING = greet_pb2.GreetResponse(text="Hello, trigger", length=14).SerializeToString()
_FAULTS: Mapping[str, Callable[[Connection, int], None]] = {
    "is_not_read": _stop_the_coordinator,
    "resets": _reset,
    "closes": _close,
    "goes_away": _go_away,
    "speaks_garbage": _speak_garbage,
    "refuses_in_http": _refuse_in_http,
    "returns_nothing": _return_nothing,
    "answers_truncated": lambda c, stream: c.respond(stream, b"\x0a\x01x", whole=False),
    "answers_garbage": lambda c, stream: c.respond(stream, b"\xff\xff\xff"),
    "answers_wrong_type": _answer_wrong_type,
    "answers_oversized": lambda c, stream: c.respond(stream, b"x" * _TOO_LARGE),
    "never_answers": lambda c, stream: None,
    "ends_without_trailers": _end_without_trailers,
    "omits_status": _send(_framed(_GREETING), [("x-end", "1")]),
    "omits_message_and_status": _send(b"", [("x-end", "1")]),
    "misspells_status": _send(b"", [("grpc-status", "three")]),
    "sends_status_twice": _send(b"", [("grpc-status", "3"), ("grpc-status", "5")]),
    "uses_unknown_code": _send(b"", [("grpc-status", "99")]),
    "encodes_unknown": _send(_framed(_GREETING, 1), _OK, [("grpc-encoding", "snappy")]),
    "packs_without_encoding": _send(_framed(_GREETING, 1)),
    "packs_garbage": _send(_framed(_GREETING, 1), _OK, [("grpc-encoding", "gzip")]),
    "unpacks_to_much": _unpack_to_much,
    "sends_two_messages": _send(_framed(_GREETING) * 2),
    "sends_bad_flag": _send(_framed(_GREETING, 7)),
    "has_large_trailers": lambda c, stream: _send_long_trailers(c, stream, _LARGE),
    "has_huge_trailers": lambda c, stream: _send_long_trailers(c, stream, _HUGE),
    "has_bad_details": _send(b"", [*_refusal(3, ""), ("grpc-status-details-bin", "???")]),
    # CAU= is a google.rpc.Status with the code 5.
    "contradicts_itself": _send(b"", [*_refusal(3, ""), ("grpc-status-details-bin", "CAU=")]),
    "answers_as_page": _answer_as_page,
    "breaks_a_frame": _break_a_frame,
    "refuses_stream_once": _refuse_stream_once,
    "refuses_stream": lambda c, s: c.http.reset_stream(s, ErrorCodes.REFUSED_STREAM),
    "refuses_with_text": _refuse_with_text,
    "resets_unknown": _send(b"", _refusal(12, "not in this version")),
}


def main(port: str, fault: str, _text: str = "") -> None:
    """Serves until it is killed."""
    if fault == "never_ends":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with socket.socket() as server:
        server.bind(("127.0.0.1", int(port)))
        server.listen()
        while True:
            client, _ = server.accept()
            threading.Thread(target=Connection(client, fault).serve, daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
