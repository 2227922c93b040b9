"""Finds the running processes of a process group."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_PROC = Path("/proc")
_DEAD = frozenset("ZX")  # states of ended processes: zombie, dead


def running(group: int) -> Sequence[str]:
    """Returns the names of the running processes of a group; without /proc one for all of them."""
    if (_PROC / "self" / "stat").exists():
        return sorted(
            name
            for name, state, its_group in _processes()
            if its_group == group and state not in _DEAD
        )
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return ()
    except PermissionError:  # It runs, as another user.
        pass
    return ("a process",)


def _processes() -> Iterator[tuple[str, str, int]]:
    """Yields name, state and group of every process of the system; see proc(5)."""
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # It has ended meanwhile, or is not readable.
            continue
        head, _, rest = text.rpartition(")")
        state, _, group = rest.split()[:3]
        yield head.partition("(")[2], state, int(group)
