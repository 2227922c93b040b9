"""The messages between the coordinator and the process of the expanders: a kind and some bytes."""

from __future__ import annotations

import socket
import struct
import time
from typing import NamedTuple

_HEAD = struct.Struct("<cQ")
_BLOCK = 1 << 20  # bytes

# Requests.
TYPES = b"T"  # a serialized FileDescriptorSet
IMPORT = b"I"  # the name of a message type, NUL, "module:function"
CODE = b"C"  # nothing; asks for the digest of the code
EXPAND = b"E"  # the name of a message type, NUL, a serialized message

# Answers.
DONE = b"="  # the digest, or the expanded message, or nothing
DONE_ONCE = b"~"  # the same, and it may not be the same the next time
WRONG = b"!"  # the notation is wrong: the text of a ValueError
FAILED = b"x"  # the name of a message type, NUL, what happened, with the places in the user's code


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    data: bytes


def send(channel: socket.socket, kind: bytes, data: bytes = b"") -> None:
    """Sends a message.

    Raises:
        OSError: The other side has ended, or a timeout of the socket has passed.
    """
    channel.sendall(_HEAD.pack(kind, len(data)) + data)


def receive(channel: socket.socket, seconds: float | None = None) -> Frame | None:
    """Returns the next message, or None if the other side has ended.

    Raises:
        TimeoutError: The message is not complete after so many seconds.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    head = _read(channel, _HEAD.size, deadline)
    if head is None:
        return None
    kind, size = _HEAD.unpack(head)
    data = _read(channel, size, deadline)
    return None if data is None else Frame(kind, data)


def _read(channel: socket.socket, size: int, deadline: float | None) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        if deadline is not None:
            channel.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            block = channel.recv(min(_BLOCK, size - len(data)))
        except ConnectionError:
            return None
        if not block:
            return None
        data += block
    return bytes(data)
