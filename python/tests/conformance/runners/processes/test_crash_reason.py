"""The reason of a crash is found in standard error."""

from __future__ import annotations

import pytest

from testingkit.conformance.runners.processes.crash_reason import find_crash_reason

_GO = b"""noise
runtime: goroutine stack exceeds 67108864-byte limit
fatal error: stack overflow

runtime stack:
runtime.throw({0x9?, 0x1?})
"""
_GO_FAULT = b"""unexpected fault address 0x7f53f4a3d000
fatal error: fault
[signal SIGSEGV: segmentation violation code=0x2 addr=0x7f53f4a3d000 pc=0x8f2b4c]
"""
_RUST = b"""
thread 'main' has overflowed its stack
fatal runtime error: stack overflow, aborting
"""


@pytest.mark.parametrize(
    ("stderr", "status", "reason"),
    [
        (_GO, 2, "fatal error: stack overflow"),
        (b"panic: out of paper\n\ngoroutine 82 [running]:\n", 2, "panic: out of paper"),
        (b"SIGABRT: abort\nPC=0x493001 m=0 sigcode=0\n", 2, "SIGABRT: abort"),
        (b"panic: the first\nfatal error: the last\n", 2, "fatal error: the last"),
        (_GO_FAULT, 2, "fatal error: fault (SIGSEGV: segmentation violation)"),
        (_RUST, -6, "fatal runtime error: stack overflow, aborting"),
        (b"memory allocation of 8 bytes failed\n", -6, "memory allocation of 8 bytes failed"),
        (
            b"Fatal Python error: Segmentation fault\n",
            -11,
            "Fatal Python error: Segmentation fault",
        ),
        (b"Traceback:\n  x\nMemoryError\n", 1, "MemoryError"),
        (b"FATAL ERROR: heap out of memory\n", -6, "FATAL ERROR: heap out of memory"),
        (b"what():  std::bad_alloc\n", -6, "what():  std::bad_alloc"),
        (b"panic: " + b"x" * 1000, 2, "panic: " + "x" * 193),
        (b"panic: \xff\n", 2, "panic: \ufffd"),
    ],
)
def test_crash_reason_is_the_last_line_with_a_reason(
    stderr: bytes, status: int, reason: str
) -> None:
    assert find_crash_reason(stderr, status) == reason


@pytest.mark.parametrize(
    ("stderr", "status"),
    [
        (b"", 2),
        (b"no way out\n", 2),
        (b"a log line of panic: nothing happened\n", 2),
        # A reason of another runtime or signal does not count.
        (b"panic: caught, and logged\n", 3),
        (b"panic: caught, and logged\n", -9),
        (_GO, 0),
        (b"fatal runtime error: of a child\n", 2),
    ],
)
def test_output_without_a_reason_has_no_crash_reason(stderr: bytes, status: int) -> None:
    assert find_crash_reason(stderr, status) == ""
