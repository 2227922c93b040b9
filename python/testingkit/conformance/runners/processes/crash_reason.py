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


def find_crash_reason(stderr: bytes | bytearray, status: int) -> str:
    """Returns the last reason in standard error; empty without one.

    Args:
        stderr: The captured standard error.
        status: The exit status, negative for a signal.
    """
    if status != _GO_STATUS and status >= 0:
        return ""
    pattern = _GO_REASON if status == _GO_STATUS else _SIGNAL_REASON
    for reason, signal in reversed(pattern.findall(stderr)):
        text: bytes = reason[:_MAX_BYTES] + (b" (" + signal + b")" if signal else b"")
        return text.decode("utf-8", "replace").strip()
    return ""
