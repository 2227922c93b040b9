"""Finds the line in which a language's runtime gives the reason why it ended a process.

An exit status or a signal does not name a fault: Go exits with status 2 for all of them, and its
list of goroutines follows the reason, so the last lines do not have it.
"""

from __future__ import annotations

import re

_MAX_BYTES = 200
# The first line of the report of Go's runtime before exit status 2; the second line has the signal
# of a "fatal error: fault".
_GO_REASON = re.compile(
    rb"^((?:fatal error|panic|SIG[A-Z]+): .+)(?:\n\[signal (SIG[A-Z]+: [a-z ]+) \w+=)?",
    re.MULTILINE,
)
_GO_STATUS = 2
# The reasons that Rust, Python and C++ print before a signal ends them.
_SIGNAL_REASON = re.compile(
    rb"^(fatal runtime error: .+|memory allocation of \d+ bytes failed"
    rb"|thread caused non-unwinding panic.*|Fatal Python error: .+"
    rb"|terminate called after throwing an instance of .+)()",
    re.MULTILINE,
)
# What runtimes print when they have no memory. Some go on, and others end with any status.
_MEMORY_REASON = re.compile(
    rb"^(MemoryError.*|.*std::bad_alloc.*|memory allocation of \d+ bytes failed"
    rb"|fatal error: .*memory.*|.*heap out of memory.*|.*Cannot allocate memory.*"
    rb"|.*java\.lang\.OutOfMemoryError.*|.*OutOfMemoryException.*)$",
    re.MULTILINE,
)


def find_memory_reason(stderr: bytes | bytearray) -> str:
    """Returns the last line in which a runtime reports that it has no memory; empty without one."""
    found = _MEMORY_REASON.findall(stderr)
    return _text(found[-1]) if found else ""


def find_crash_reason(stderr: bytes | bytearray, status: int) -> str:
    """Returns the last reason in standard error; empty without one.

    Args:
        stderr: The captured standard error.
        status: The exit status, negative for a signal.
    """
    if status != _GO_STATUS and status >= 0:
        return find_memory_reason(stderr) if status else ""
    pattern = _GO_REASON if status == _GO_STATUS else _SIGNAL_REASON
    for reason, signal in reversed(pattern.findall(stderr)):
        return _text(reason, b" (" + signal + b")" if signal else b"")
    return find_memory_reason(stderr)


def _text(reason: bytes, more: bytes = b"") -> str:
    return (reason[:_MAX_BYTES] + more).decode("utf-8", "replace").strip()
