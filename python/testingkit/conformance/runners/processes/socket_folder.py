"""Makes the private folder of the sockets that runners listen on."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from testingkit.conformance.config import MAX_SOCKET
from testingkit.conformance.errors import UsageError
from testingkit.conformance.runners.processes.guardian import NAME_BYTES

_PREFIX = "testingkit-"
_RANDOM_BYTES = 8  # that mkdtemp adds
_PARENT_BYTES = MAX_SOCKET - len(_PREFIX) - _RANDOM_BYTES - NAME_BYTES - len("//")
# gRPC takes an address for a URI: it decodes `%`, and does not take blanks, `?` and `#`.
_PLAIN = re.compile(rb"/[A-Za-z0-9/._~+,=@-]*")
_RUNTIME_FOLDER = "XDG_RUNTIME_DIR"
_OTHERS = ("/tmp", "/var/tmp")  # noqa: S108 - what is made in them is private


def make_socket_folder() -> Path:
    """Makes a folder that only this user can enter, with a path that fits into an address.

    It is in the temporary folder, `TMPDIR`, if that has such a path, else in another one.

    Raises:
        UsageError: There is no such folder.
    """
    problems = {}
    for parent in dict.fromkeys(_parents()):
        problem = _path_problem(parent)
        if not problem:
            try:
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
                folder.chmod(0o700)  # the umask may have taken bits
            except OSError as error:
                problem = error.strerror or str(error)
            else:
                return folder
        problems[parent] = problem
    tried = "; ".join(f"{parent}: {problem}" for parent, problem in problems.items())
    raise UsageError(f"no folder for the sockets of the runners: {tried}; set TMPDIR to another")


def _parents() -> Iterator[str]:
    """Yields folders, the best first."""
    with contextlib.suppress(OSError):  # No temporary folder can be written.
        yield str(Path(tempfile.gettempdir()).absolute())
    if runtime := os.environ.get(_RUNTIME_FOLDER):
        yield runtime
    yield from _OTHERS


def _path_problem(parent: str) -> str:
    path = os.fsencode(parent)
    if len(path) > _PARENT_BYTES:
        return f"its path has {len(path)} bytes, of which {_PARENT_BYTES} fit into an address"
    if not _PLAIN.fullmatch(path):
        return "its path has characters that an address of gRPC cannot have"
    return ""
