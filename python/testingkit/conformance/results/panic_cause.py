"""Finds the cause of a panic, so that panics raised by one line are one finding.

The message of a panic often has a value in it, so the place of the raise counts: the innermost
frame of the handler in the backtrace. Without a place the message counts, without its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from testingkit.conformance.v1.observation_pb2 import Panic

_PYTHON = re.compile(r'^[ |+-]*File "(.+)", line (\d+), in .', re.MULTILINE)
_PYTHON_TYPE = re.compile(r"[A-Za-z_][\w.]*(?=:|$)", re.ASCII)
_RUST = re.compile(r" at (\S+\.rs:\d+:\d+)$")  # The SDK writes the place behind the message.
_GO = re.compile(r"^(?!runtime\.)\S.*\n\t(.+:\d+)(?: \+0x[0-9a-f]+)?$", re.MULTILINE)
_AT = re.compile(r"^\s+at (?:.*\()?(\S+:\d+(?::\d+)?)\)?$", re.MULTILINE)  # Java, Node and others
_VALUES = re.compile(
    r"""(?<!\w)'[^']*'(?!\w) | "[^"]*" | `[^`]*` | 0[xX][0-9a-fA-F]+ | \d+(?:[.,:_]\d+)*""",
    re.VERBOSE,
)


def panic_cause(panic: Panic) -> str:
    """Returns what panics of one cause have in common."""
    for place_of in _PLACES:
        place = place_of(panic)
        if place:
            return place
    return _VALUES.sub("#", panic.text)


def _python(panic: Panic) -> str:
    """Returns the last frame, and the type: one line can raise several."""
    frames = _PYTHON.findall(panic.backtrace)
    if not frames:
        return ""
    kind = _PYTHON_TYPE.match(panic.text)
    return f"{kind[0] if kind else ''} at {':'.join(frames[-1])}"


def _rust(panic: Panic) -> str:
    found = _RUST.search(panic.text)
    return found[1] if found else ""


def _first(pattern: re.Pattern[str]) -> Callable[[Panic], str]:
    def place(panic: Panic) -> str:
        found = pattern.search(panic.backtrace)
        return found[1] if found else ""

    return place


_PLACES: Sequence[Callable[[Panic], str]] = (_python, _rust, _first(_GO), _first(_AT))
