"""Connects to the addresses that runners listen on."""

from __future__ import annotations

import asyncio
import contextlib


async def connect(address: str, deadline: float) -> asyncio.StreamWriter | None:
    """Returns a connection to an address; None if it takes none before the deadline.

    Args:
        address: The address, ``unix:/path`` or ``host:port``.
        deadline: The time of the event loop.
    """
    try:
        async with asyncio.timeout_at(deadline):
            if address.startswith("unix:"):
                _, writer = await asyncio.open_unix_connection(address.removeprefix("unix:"))
            else:
                host, _, port = address.rpartition(":")
                _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    except (OSError, ValueError):  # TimeoutError is an OSError.
        return None
    return writer


async def disconnect(writer: asyncio.StreamWriter) -> None:
    """Closes a connection."""
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
