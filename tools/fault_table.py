"""What `make faults` expects of every fault in every language, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RUNNERS = ("python", "rust", "go", "stock")


@dataclass(frozen=True)
class Expected:
    """What a run has to say of a fault in one language."""

    verdict: str  # of the call
    says: str  # in what the log has of the call, and of the finding
    kind: str = ""  # of the finding; empty where it is about the answers of several runners


def passes() -> Expected:
    """The fault does no harm in this language, and the call is answered."""
    return Expected("PASS", "a response")


def crashes(says: str) -> Expected:
    """The process ends."""
    return Expected("CRASH", says, "CRASH")


def panics(says: str) -> Expected:
    """The SDK catches it."""
    return Expected("PANIC", says, "PANIC")


def hangs() -> Expected:
    """No answer comes."""
    return Expected("TIMEOUT", f"no answer in {round(DEADLINE * 1000)} ms", "TIMEOUT")


def breaks() -> Expected:
    """The process lives, and its connection is gone."""
    return Expected("PROTOCOL_ERROR", "the stream broke", "PROTOCOL")


def fails(says: str) -> Expected:
    """The server makes a status of it."""
    return Expected("UNEXPECTED_ERROR", says)


ABSENT = fails("UNIMPLEMENTED: this runner does not support fault")

DEADLINE = 1.0  # of calls that stand beside a hang, in seconds
GRACE = 0.5
PATIENCE = 30.0  # of all other calls: a machine that is busy is no fault

# What bounds FAULT_ALLOCATE: the address space of an idle process (with two cores Python 0.7 GiB,
# Rust 0.2 GiB, Go 1.7 GiB, most of it reserved and never used), and some room above it.
MEMORY_LIMITS = {"python": "1GiB", "rust": "512MiB", "go": "2GiB", "stock": "1GiB"}

# The configurations of the runs: the deadline of a call, and the memory limits.
CONFIGURATIONS: Mapping[str, tuple[float, Mapping[str, str]]] = {
    "testingkit.toml": (DEADLINE, {}),
    "patient.toml": (PATIENCE, {}),
    "limited.toml": (PATIENCE, MEMORY_LIMITS),
}


@dataclass(frozen=True)
class Fault:
    """A fault, and what comes of it. A language that is not named has no such fault."""

    exit: int
    runners: Mapping[str, Expected]
    name: str = ""  # in the enum, where the row has another
    millis: int = 0  # of the request: how long it takes
    bytes: int = 0  # of the request: how much it writes
    is_limited: bool = False  # whether the memory of the runners has to be

    @property
    def configuration(self) -> str:
        """The configuration of its run."""
        if any(expected.verdict == "TIMEOUT" for expected in self.runners.values()):
            return "testingkit.toml"
        return "limited.toml" if self.is_limited else "patient.toml"

    def expected(self, runner: str) -> Expected:
        """What is expected of one runner."""
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
    """A long run with faults scattered in it: what stands at which case of each runner."""

    cases: int = 2000
    runners: tuple[str, ...] = ("python", "rust", "go")
    # By the number of the case. Two stand side by side, and one is the last of all.
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
        """What is expected of a case with a fault."""
        return "TIMEOUT" if self.faults[number] in _HANGS else "CRASH"

    @property
    def hangs(self) -> int:
        """How many of the faults are hangs."""
        return sum(name in _HANGS for name in self.faults.values())


MIXED = Mixed()
