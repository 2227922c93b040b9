"""Notices what the code of expanders depends on besides its declared inputs.

A suite whose expanders depend on something else is not cached. Python reports to audit hooks when
code opens a file or connects to a server. What it does not report, such as the time, is up to the
person who declares the inputs.
"""

from __future__ import annotations

import os
import re
import site
import sys
import sysconfig
from collections.abc import Collection, Iterator
from types import ModuleType

# Data of the system that libraries read. Projects may be anywhere else, such as in /usr/src.
_OF_THE_SYSTEM = ("/usr/share/locale/", "/usr/share/zoneinfo/", os.devnull)
_OF_PYTHON = ("stdlib", "platstdlib", "purelib", "platlib")
# The import system writes a compiled module under such a name, and then renames it.
_BEING_COMPILED = re.compile(r"(?<=\.pyc)\.[0-9]+\Z")
_CODE = (".py", ".pyc", ".so", ".pyd", ".dylib")
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
        is_importing: Whether modules are being imported.
    """

    def __init__(self, declared: Collection[str]) -> None:
        """``declared`` are the real paths of the declared files."""
        self._declared = frozenset(declared)
        own = {sysconfig.get_path(name) for name in _OF_PYTHON} | {*site.getsitepackages()}
        self._ignored = (*_OF_THE_SYSTEM, *(f"{os.path.realpath(folder)}/" for folder in own))
        self._undeclared = False
        self._code: set[str] = set()  # files of code that were opened
        self._covered = 0  # how many of them are of modules
        self.is_importing = False
        sys.addaudithook(self._notice)

    @property
    def undeclared(self) -> bool:
        """Whether the code has read something that is not declared.

        The digest of the code covers the files of modules, and no code that is only read or run.
        """
        if not self._undeclared and len(self._code) > self._covered:
            self._undeclared = not self._code.issubset(_files_of_modules())
            self._covered = len(self._code)
        return self._undeclared

    def _notice(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._undeclared:
            return
        if event in {"open", "ctypes.dlopen"}:
            self._notice_file(event, arguments[0])
        elif event in _ALWAYS or (event in _FOLDERS and not self.is_importing):
            self._undeclared = True

    def _notice_file(self, event: str, opened: object) -> None:
        if not isinstance(opened, str | bytes | os.PathLike):
            return  # a descriptor, which was opened before
        name = os.fsdecode(opened)
        if event == "ctypes.dlopen" and os.sep not in name:
            return  # a library of the system
        path = _BEING_COMPILED.sub("", os.path.realpath(name))
        if path in self._declared or path.startswith(self._ignored):
            return
        if path.endswith(_CODE):
            self._code.add(path)
        else:
            self._undeclared = True


def _files_of_modules() -> frozenset[str]:
    """Returns the files of all loaded modules: sources, and what Python makes of them."""
    return frozenset(map(os.path.realpath, _named_files()))


def _named_files() -> Iterator[str]:
    modules: list[object] = list(sys.modules.values())  # Code may put anything there.
    for module in modules:
        for name in ("__file__", "__cached__"):
            file = vars(module).get(name) if isinstance(module, ModuleType) else None
            if isinstance(file, str):
                yield file
