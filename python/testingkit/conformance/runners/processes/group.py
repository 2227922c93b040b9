"""Which processes of a group still run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

_PROC = Path("/proc")
_DEAD = frozenset("ZX")  # states of processes that have ended and that nobody has waited for yet


def running(group: int) -> Sequence[str]:
    """Names of the running processes of a group; one for all where the system tells no names."""
    if (_PROC / "self" / "stat").exists():
        return sorted(
            name for name, state, of in _processes() if of == group and state not in _DEAD
        )
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return ()
    except PermissionError:  # Somebody is there, who has become another user.
        pass
    return ("a process",)


def _processes() -> Iterator[tuple[str, str, int]]:
    """Name, state and group of every process of the system, as proc(5) says."""
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # It has gone meanwhile, or is not ours to see.
            continue
        head, _, rest = text.rpartition(")")
        state, _, group = rest.split()[:3]
        yield head.partition("(")[2], state, int(group)
