"""Finds out whether two runners are one server, which would agree with itself.

A runner with an SDK answers `Describe` with an id that it draws at its start, so names, links and
proxies do not matter. For a server without an id, the socket that it listens on and its process
are compared, as far as the system shows them: the process only on Linux, on this machine, and for
processes of the same user. Two addresses of a plain server behind a proxy are not recognized.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.runners.processes.connections import connect, disconnect

_PROC = Path("/proc")
_LISTENING = "0A"  # the state in /proc/net/tcp
_TABLES = ("tcp", "tcp6")
_CREDENTIALS = struct.Struct("3i")  # pid, uid, gid
_SECONDS = 2.0  # for a connection to a server that has answered already
_MAPPED = "::ffff:"


@dataclass(frozen=True, slots=True)
class Instance:
    """One server.

    Attributes:
        id: The random id from its description; empty if it has none.
        address: The address, ``unix:/path`` or ``host:port``.
    """

    id: bytes
    address: str


@dataclass(frozen=True, slots=True)
class SameServer:
    """Two names of one server, and what shows that."""

    first: str
    second: str
    fact: str

    def __str__(self) -> str:
        """Says what is wrong with that."""
        same = f"{self.second} is the same server as {self.first}"
        return f"{same}, so the two always agree: {self.fact}"


async def find_same_server(instances: Mapping[str, Instance]) -> SameServer | None:
    """Returns the first two of several servers that are one; None if none are known to be."""
    facts = {name: frozenset({one.id.hex()}) for name, one in instances.items() if one.id}
    shared = _first_shared(facts)
    if shared is not None:
        return SameServer(*shared[:2], "both have the same instance_id in Describe")
    unknown = {name: one.address for name, one in instances.items() if not one.id}
    if len(unknown) < 2:
        return None
    found = await asyncio.gather(*map(server_facts, unknown.values()))
    shared = _first_shared(dict(zip(unknown, found, strict=True)))
    return None if shared is None else SameServer(*shared[:2], f"both lead to {shared[2]}")


async def server_facts(address: str) -> frozenset[str]:
    """Returns what identifies the server at an address: two servers have no fact in common.

    Args:
        address: The address, ``unix:/path`` or ``host:port``.
    """
    deadline = asyncio.get_running_loop().time() + _SECONDS
    connection = await connect(address, deadline)
    if connection is None:
        return frozenset()
    try:
        peer: socket.socket = connection.get_extra_info("socket")
        path = address.removeprefix("unix:")
        return await asyncio.to_thread(lambda: frozenset(_facts(peer, path)))
    finally:
        await disconnect(connection)


def _facts(peer: socket.socket, path: str) -> Iterator[str]:
    if peer.family == socket.AF_UNIX:
        with contextlib.suppress(OSError):
            found = Path(path).stat()
            yield f"socket {found.st_dev}:{found.st_ino}"
        if hasattr(socket, "SO_PEERCRED"):
            data = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
            yield from _processes([_CREDENTIALS.unpack(data)[0]])
        return
    host, port = peer.getpeername()[:2]
    host = host.removeprefix(_MAPPED)
    yield f"address {host}, port {port}"
    if _is_local(host) and (inode := _listener(host, port)):
        yield f"socket {inode}"
        yield from _processes(_owners(inode))


def _processes(pids: Iterable[int]) -> Iterator[str]:
    """Yields all processes of a server as one fact: a supervisor may own sockets of several."""
    known = sorted(pid for pid in pids if pid > 1)  # 0 is of another container, 1 opens for others
    if known:
        yield f"process {' and '.join(map(str, known))}"


def _listener(host: str, port: int) -> str:
    """Returns the inode of the socket that takes connections to an address; empty if not found.

    The most specific one takes them.
    """
    found = dict(_listening(port))
    own = [host, _MAPPED + host, "0.0.0.0", "::"] if ":" not in host else [host, "::"]  # noqa: S104
    return next((found[packed] for one in own if (packed := _packed(one)) in found), "")


def _listening(port: int) -> Iterator[tuple[str, str]]:
    """Yields address and inode of every socket that listens on a port."""
    for table in _TABLES:
        with contextlib.suppress(OSError):
            for line in (_PROC / "net" / table).read_text().splitlines()[1:]:
                words = line.split()
                address, _, hexadecimal = words[1].partition(":")
                if words[3] == _LISTENING and int(hexadecimal, 16) == port:
                    yield address, words[9]


def _is_local(host: str) -> bool:
    """Returns whether an address is one of this machine: only those can be bound."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe, contextlib.suppress(OSError):
        probe.bind((host, 0))
        return True
    return False


def _packed(host: str) -> str:
    """Returns an address as /proc/net/tcp has it: words in the order of the machine's bytes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        data = socket.inet_pton(family, host)
    except OSError:  # an address with a zone
        return ""
    words = (data[start : start + 4] for start in range(0, len(data), 4))
    return "".join(f"{struct.unpack('=I', word)[0]:08X}" for word in words)


def _owners(inode: str) -> Iterator[int]:
    """Yields the processes that have a socket open, as far as this user may look."""
    wanted = f"socket:[{inode}]"
    with contextlib.suppress(OSError):
        for process in _PROC.iterdir():
            if process.name.isdecimal() and wanted in _open_files(process):
                yield int(process.name)


def _open_files(process: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for link in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                yield str(link.readlink())


def _first_shared(facts: Mapping[str, frozenset[str]]) -> tuple[str, str, str] | None:
    """Returns the first two names that have a fact in common, and the fact; None if none have."""
    owner: dict[str, str] = {}
    for name, own in facts.items():
        for fact in sorted(own):
            if owner.setdefault(fact, name) != name:
                return owner[fact], name, fact
    return None
