"""The line in which a language's runtime says why it ends a process.

An exit status or a signal is not the name of a fault: Go exits with status 2 for all of them, and
what it writes of its goroutines afterwards pushes the reason out of the last lines.
"""

from __future__ import annotations

import re

_MAX_BYTES = 200
# What Go's runtime begins the report with that precedes its exit status 2; the second line says
# what was behind a "fatal error: fault".
_OF_GO = re.compile(
    rb"^((?:fatal error|panic|SIG[A-Z]+): .+)(?:\n\[signal (SIG[A-Z]+: [a-z ]+) \w+=)?",
    re.MULTILINE,
)
_GO_STATUS = 2
# What others say before they die of a signal: Rust, Python, C++.
_OF_SIGNALS = re.compile(
    rb"^(fatal runtime error: .+|memory allocation of \d+ bytes failed"
    rb"|thread caused non-unwinding panic.*|Fatal Python error: .+"
    rb"|terminate called after throwing an instance of .+)()",
    re.MULTILINE,
)


def find_crash_reason(stderr: bytes | bytearray, status: int) -> str:
    """The last such line of standard error; empty where the end is of no kind that has one.

    Args:
        stderr: What there is of standard error.
        status: The exit status, negative for a signal.
    """
    if status != _GO_STATUS and status >= 0:
        return ""
    pattern = _OF_GO if status == _GO_STATUS else _OF_SIGNALS
    for reason, signal in reversed(pattern.findall(stderr)):
        text: bytes = reason[:_MAX_BYTES] + (b" (" + signal + b")" if signal else b"")
        return text.decode("utf-8", "replace").strip()
    return ""
