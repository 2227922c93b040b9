"""Whether two runners are one server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from testingkit.conformance.runners.transport.identity import (
    Instance,
    SameServer,
    find_same_server,
    server_facts,
)


def same(instances: Mapping[str, Instance]) -> SameServer | None:
    return asyncio.run(find_same_server(instances))


def test_same_id_at_two_addresses_is_one_server() -> None:
    found = same({"a": Instance(b"1", "h:1"), "b": Instance(b"2", "h:2"), "c": Instance(b"1", "")})
    assert found is not None
    assert (found.first, found.second) == ("a", "c")


def test_servers_with_other_ids_are_not_compared_by_address() -> None:
    assert same({"a": Instance(b"1", "h:1"), "b": Instance(b"2", "h:1")}) is None


def test_servers_that_cannot_be_reached_are_not_the_same() -> None:
    assert same({name: Instance(b"", "127.0.0.1:1") for name in "ab"}) is None


def test_link_to_a_socket_is_the_same_server(tmp_path: Path) -> None:
    path, link = tmp_path / "a.sock", tmp_path / "b.sock"
    link.symlink_to(path)

    async def run() -> SameServer | None:
        async with await asyncio.start_unix_server(lambda _, writer: writer.close(), path):
            return await find_same_server(
                {"a": Instance(b"", f"unix:{path}"), "b": Instance(b"", f"unix:{link}")}
            )

    found = asyncio.run(run())
    assert found is not None
    assert (found.first, found.second) == ("a", "b")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system has no /proc/net/tcp")
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
def test_socket_on_all_addresses_is_found_by_each_of_them(host: str) -> None:
    async def run() -> None:
        async with await asyncio.start_server(lambda _, writer: writer.close(), host, 0) as server:
            port = server.sockets[0].getsockname()[1]
            facts = await server_facts(f"127.0.0.1:{port}")
            assert {fact.partition(" ")[0] for fact in facts} == {"address", "process", "socket"}
            other = await server_facts(f"127.0.0.2:{port}")
            await asyncio.sleep(0)
            assert facts.isdisjoint(other) == (host == "127.0.0.1")

    asyncio.run(run())
