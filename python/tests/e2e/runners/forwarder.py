"""Forwards connections to a server, as a tunnel does: ``forwarder.py PORT ADDRESS``."""

from __future__ import annotations

import contextlib
import itertools
import socket
import sys
import threading


def forward(server: socket.socket, address: str) -> None:
    """Connects every client of a listening socket to an address, until the socket is closed."""
    host, _, port = address.rpartition(":")
    with contextlib.suppress(OSError):
        while True:
            near, _ = server.accept()
            far = socket.create_connection((host, int(port)))
            for pair in itertools.permutations((near, far)):
                threading.Thread(target=_pump, args=pair, daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listening:
        print(f"listening on 127.0.0.1:{listening.getsockname()[1]}", flush=True)  # noqa: T201
        forward(listening, sys.argv[2])
