"""Notices what the code of expanders depends on besides its declared inputs.

A suite whose expanders depend on something else is not cached. Python reports to audit hooks when
code opens a file or connects to a server. What it does not report, such as the time, is up to the
person who declares the inputs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection

# Of Python and its packages, of the system, and devices.
_OF_THE_SYSTEM = ("/dev/", "/etc/", "/proc/", "/sys/", "/usr/")
_CODE = (".py", ".pyc", ".so", ".pyd", ".dylib")  # covered by the digest of the code
_ALWAYS = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.posix_spawn",
        "os.system",
        "socket.connect",
        "sqlite3.connect",
        "subprocess.Popen",
    }
)
_FOLDERS = frozenset({"os.listdir", "os.scandir"})  # an import reads folders as well


class Reads:
    """Watches this process from now on.

    Attributes:
        undeclared: Whether the code has read something that is not declared.
        is_importing: Whether modules are being imported.
    """

    def __init__(self, declared: Collection[str]) -> None:
        """``declared`` are the real paths of the declared files."""
        self._declared = frozenset(declared)
        own = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
        self._ignored = (*_OF_THE_SYSTEM, *(f"{os.path.realpath(prefix)}/" for prefix in own))
        self.undeclared = False
        self.is_importing = False
        sys.addaudithook(self._notice)

    def _notice(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.undeclared:
            return
        if event == "open":
            self.undeclared = self._is_undeclared(arguments[0])
        elif event in _ALWAYS or (event in _FOLDERS and not self.is_importing):
            self.undeclared = True

    def _is_undeclared(self, opened: object) -> bool:
        if not isinstance(opened, str | bytes | os.PathLike):
            return False  # a descriptor, which was opened before
        path = os.path.realpath(os.fsdecode(opened))
        return not (
            path in self._declared or path.endswith(_CODE) or path.startswith(self._ignored)
        )
