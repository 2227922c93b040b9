"""The address that a runner listens on, from the environment or a free port."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

ADDRESS_VARIABLE = "TESTINGKIT_RUNNER_ADDRESS"
LEASE_VARIABLE = "TESTINGKIT_RUNNER_LEASE"

_SOCKET_PATH_BYTES = 107  # sun_path of Linux has 108 bytes, including the final zero.


class AddressError(ValueError):
    """The environment has a malformed address."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address to listen on."""

    target: str
    """The address in gRPC's form."""
    by_hand: bool
    """Whether a person started the runner, so that it must print where it listens."""


def from_environment(environment: Mapping[str, str]) -> Address:
    """Returns the address to listen on, or a free port of localhost if the environment has none.

    Raises:
        AddressError: The environment has a malformed address.
    """
    text = environment.get(ADDRESS_VARIABLE)
    if text is None:
        return Address("127.0.0.1:0", by_hand=True)
    problem = _problem(text)
    if problem:
        raise AddressError(f"cannot listen: {ADDRESS_VARIABLE} is {text!r}: {problem}")
    return Address(text, by_hand=False)


def lease_is_stdin(environment: Mapping[str, str]) -> bool:
    """Returns whether the runner ends when its standard input ends.

    Only the coordinator sets this. A runner that a person starts with ``/dev/null`` as its standard
    input must not take that for the end of its coordinator.
    """
    return environment.get(LEASE_VARIABLE) == "stdin"


def _problem(text: str) -> str:
    scheme, _, path = text.partition(":")
    if scheme == "unix":
        return _socket_problem(path)
    host, _, port = text.rpartition(":")
    if not host:
        return "expected unix:/absolute/path.sock or host:port"
    if not (port.isascii() and port.isdigit() and int(port) <= 65535):
        return f"{port!r} is not a port"
    return ""


def _socket_problem(path: str) -> str:
    if not path.startswith("/"):
        return "the path of a Unix socket must be absolute"
    if len(os.fsencode(path)) > _SOCKET_PATH_BYTES:
        return f"the path of a Unix socket must have at most {_SOCKET_PATH_BYTES} bytes"
    return ""
