"""Opens gRPC channels to runners."""

from __future__ import annotations

from testingkit.conformance.runners.transport.core import aio

MAX_MESSAGE_BYTES = 64 << 20
_OPTIONS = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    # Otherwise channels to one address share a connection, and its back-off after a failure.
    ("grpc.use_local_subchannel_pool", 1),
]
# By default grpcio sends the path of the socket as the authority, which Rust's h2 refuses.
_UNIX_OPTIONS = [*_OPTIONS, ("grpc.default_authority", "localhost")]


def open_channel(address: str) -> aio.Channel:
    """Opens a channel to an address, ``unix:/path`` or ``host:port``."""
    options = _UNIX_OPTIONS if address.startswith("unix:") else _OPTIONS
    return aio.insecure_channel(address, options=options)
