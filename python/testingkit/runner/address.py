"""Where a runner listens: as the environment says, or at an address of its own."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

ADDRESS_VARIABLE = "TESTINGKIT_RUNNER_ADDRESS"
LEASE_VARIABLE = "TESTINGKIT_RUNNER_LEASE"

_SOCKET_PATH_BYTES = 107  # sun_path of Linux holds 108 bytes with the closing zero.


class AddressError(ValueError):
    """The address that the environment gives is not one a runner can listen on."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address to listen on, in the form that gRPC takes."""

    target: str
    by_hand: bool
    """Whether no coordinator chose it, so that the runner has to say where it listens."""


def from_environment(environment: Mapping[str, str]) -> Address:
    """The address to listen on; a free port of the loopback device where none is given."""
    text = environment.get(ADDRESS_VARIABLE)
    if text is None:
        return Address("127.0.0.1:0", by_hand=True)
    problem = _problem(text)
    if problem:
        raise AddressError(f"cannot listen: {ADDRESS_VARIABLE} is {text!r}: {problem}")
    return Address(text, by_hand=False)


def lease_is_stdin(environment: Mapping[str, str]) -> bool:
    """Whether the end of standard input is the end of the runner.

    It has to be asked for: a runner started by hand with ``/dev/null`` as its standard input must
    not believe that its coordinator is dead.
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
