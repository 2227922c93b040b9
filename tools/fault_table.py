"""The results that `make faults` expects for every fault in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RUNNERS = ("python", "rust", "go", "stock")


@dataclass(frozen=True)
class Expected:
    """The result of a fault in one language."""

    verdict: str  # of the call
    text: str  # contained in the observation and in the text of the finding
    kind: str = ""  # of the finding; empty if it is about the answers of several runners


def passes() -> Expected:
    """Expects an answer: the fault does no harm in this language."""
    return Expected("PASS", "a response")


def crashes(text: str) -> Expected:
    """Expects that the process ends."""
    return Expected("CRASH", text, "CRASH")


def panics(text: str) -> Expected:
    """Expects that the SDK catches it."""
    return Expected("PANIC", text, "PANIC")


def hangs() -> Expected:
    """Expects no answer before the deadline."""
    return Expected("TIMEOUT", f"no answer in {round(DEADLINE * 1000)} ms", "TIMEOUT")


def breaks() -> Expected:
    """Expects a broken connection to a process that still runs."""
    return Expected("PROTOCOL_ERROR", "the stream broke", "PROTOCOL")


def fails(text: str) -> Expected:
    """Expects that the server answers with an error status."""
    return Expected("UNEXPECTED_ERROR", text)


ABSENT = fails("UNIMPLEMENTED: this runner does not support fault")

DEADLINE = 1.0  # of calls in a run with a hang, in seconds
GRACE = 0.5
LONG_DEADLINE = 30.0  # of all other calls, so that a busy machine passes

# Limits for FAULT_ALLOCATE: some room above the address space of an idle process, most of which is
# reserved and never used (with two cores Python 0.7 GiB, Rust 0.4 GiB, Go 1.7 GiB).
MEMORY_LIMITS = {"python": "1GiB", "rust": "1GiB", "go": "2GiB", "stock": "1GiB"}

# The configurations of the runs: the deadline of a call, and the memory limits.
CONFIGURATIONS: Mapping[str, tuple[float, Mapping[str, str]]] = {
    "testingkit.toml": (DEADLINE, {}),
    "patient.toml": (LONG_DEADLINE, {}),
    "limited.toml": (LONG_DEADLINE, MEMORY_LIMITS),
}


@dataclass(frozen=True)
class Fault:
    """A fault and its results. A runner that is not listed does not have this fault."""

    exit: int
    runners: Mapping[str, Expected]
    name: str = ""  # in the enum, if it differs from the name of the row
    millis: int = 0  # of the request: how long the fault lasts
    bytes: int = 0  # of the request: how much it writes
    is_limited: bool = False  # whether the run needs memory limits

    @property
    def configuration(self) -> str:
        """The configuration file of its run."""
        if any(expected.verdict == "TIMEOUT" for expected in self.runners.values()):
            return "testingkit.toml"
        return "limited.toml" if self.is_limited else "patient.toml"

    def expected(self, runner: str) -> Expected:
        """Returns the expected result of one runner."""
        return self.runners.get(runner, ABSENT)


def _everywhere(expected: Expected, **others: Expected) -> Mapping[str, Expected]:
    return {runner: others.get(runner, expected) for runner in RUNNERS}


_SIGABRT = "killed by signal 6 (SIGABRT)"
_SIGSEGV = "killed by signal 11 (SIGSEGV)"
_BRIEFLY = 100
_APPLICATION = "UNKNOWN: Exception calling application"

FAULTS: Mapping[str, Fault] = {
    "panic": Fault(1, {
        "python": panics("RuntimeError: panicked on request"),
        "rust": panics("panicked on request at "),
        "go": panics("panicked on request"),
        "stock": fails(f"{_APPLICATION}: panicked on request"),
    }),
    "exit": Fault(1, _everywhere(crashes("exited with status 3"))),
    "abort": Fault(1, _everywhere(
        crashes(_SIGABRT), go=crashes("exited with status 2: SIGABRT: abort")
    )),
    "stack_overflow": Fault(1, {
        "python": panics("RecursionError: maximum recursion depth exceeded"),
        "rust": crashes(f"{_SIGABRT}: fatal runtime error: stack overflow"),
        "go": crashes("exited with status 2: fatal error: stack overflow"),
        "stock": fails(f"{_APPLICATION}: maximum recursion depth exceeded"),
    }),
    "allocate": Fault(1, {
        "python": panics("MemoryError"),
        "rust": crashes(f"{_SIGABRT}: memory allocation of "),
        "go": crashes("out of memory"),
        "stock": fails(_APPLICATION),
    }, is_limited=True),
    "sleep": Fault(1, _everywhere(hangs())),
    "spin": Fault(1, _everywhere(hangs())),
    "flood": Fault(0, _everywhere(passes()), bytes=10_000_000),
    "close_socket": Fault(5, _everywhere(breaks())),
    "segfault": Fault(1, _everywhere(
        crashes(_SIGSEGV), go=crashes("fatal error: fault (SIGSEGV: segmentation violation)")
    )),
    "background_panic": Fault(1, _everywhere(
        passes(), go=crashes("exited with status 2: panic: panicked on request")
    )),
    "handler_exit": Fault(1, {
        "python": panics("SystemExit: exited on request"),
        "go": panics("the handler called runtime.Goexit"),
        "stock": hangs(),
    }),
    "base_exception": Fault(1, {
        "python": panics("Uncaught: raised on request"),
        "stock": hangs(),
    }),
    "concurrent_map_write": Fault(1, {
        "go": crashes("exited with status 2: fatal error: concurrent map writes"),
    }),
    "block_event_loop": Fault(1, {"python": hangs(), "rust": hangs()}),
    "brief_sleep": Fault(0, _everywhere(passes()), "sleep", _BRIEFLY),
    "brief_spin": Fault(0, _everywhere(passes()), "spin", _BRIEFLY),
    "brief_block": Fault(
        1, {"python": passes(), "rust": passes()}, "block_event_loop", _BRIEFLY
    ),
    "unspecified": Fault(1, _everywhere(fails("INVALID_ARGUMENT: the request names no fault"))),
}  # fmt: skip


_HANGS = frozenset({"sleep", "spin"})


@dataclass(frozen=True)
class Mixed:
    """A long run with faults at some cases, the same for each runner."""

    cases: int = 2000
    runners: tuple[str, ...] = ("python", "rust", "go")
    # By the number of the case. Two are adjacent, and one is the last case.
    faults: Mapping[int, str] = field(
        default_factory=lambda: {
            137: "exit",
            300: "sleep",
            551: "abort",
            1023: "segfault",
            1024: "exit",
            1100: "spin",
            1777: "abort",
            1999: "sleep",
        }
    )

    def verdict(self, number: int) -> str:
        """Returns the expected verdict of a case with a fault."""
        return "TIMEOUT" if self.faults[number] in _HANGS else "CRASH"

    @property
    def hangs(self) -> int:
        """The number of faults that are hangs."""
        return sum(name in _HANGS for name in self.faults.values())


MIXED = Mixed()
