"""Starts and ends one process of a runner."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

from testingkit.conformance.config import RunLimits, RunnerConfig
from testingkit.conformance.runners.processes.connections import connect, disconnect
from testingkit.conformance.runners.processes.group import running
from testingkit.conformance.runners.processes.guardian import Guardian
from testingkit.conformance.runners.processes.marks import (
    MARK_VARIABLE,
    find_marked,
    kill_marked,
)
from testingkit.conformance.runners.processes.output import CapturedOutput

ADDRESS_VARIABLE = "TESTINGKIT_RUNNER_ADDRESS"
LEASE_VARIABLE = "TESTINGKIT_RUNNER_LEASE"
SEED_VARIABLE = "TESTINGKIT_SEED"
_FIXED_ENVIRONMENT = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", LEASE_VARIABLE: "stdin"}
_FULL = 0.95  # the share of a memory limit from which on allocations fail
_POLL_SECONDS = 0.005
_KILL_TIMEOUT = 5.0  # seconds to wait after SIGKILL; a process that waits for a disk may stay


class StartError(Exception):
    """A runner did not start; the message has the command and the reason."""


class SilenceError(StartError):
    """A runner started, but does not listen on its address."""


class RunnerProcess:
    """A process that the coordinator starts, or a server at a fixed address that it does not."""

    def __init__(self, config: RunnerConfig, root: Path, limits: RunLimits, log: Path) -> None:
        self._config = config
        self._root = root
        self._limits = limits
        self._process: asyncio.subprocess.Process | None = None
        self._output = CapturedOutput(log)
        self._guardian: Guardian | None = None
        self._lease: int | None = None  # the write end of its standard input
        self._mark = ""
        self._was_killed = False
        self.address = config.address

    @property
    def is_remote(self) -> bool:
        """Whether the coordinator does not start it, but only has its address."""
        return not self._config.command

    @property
    def has_exited(self) -> bool:
        """Whether the process has ended."""
        return self._process is not None and self._process.returncode is not None

    @property
    def stderr(self) -> str:
        """The last lines of standard error."""
        return self._output.tail

    async def start(self, guardian: Guardian, seed: str) -> None:
        """Starts the command and waits until its address accepts connections.

        Raises:
            StartError: The command cannot be started, ended, or did not listen in time.
        """
        if not self.is_remote:
            deadline = asyncio.get_running_loop().time() + self._limits.start_timeout
            if self._config.address and await _accepts(self._config.address, deadline):
                raise StartError(f"another process already listens on {self._config.address}")
            await self._spawn(guardian, seed)
        await self._wait_for_socket()

    async def _spawn(self, guardian: Guardian, seed: str) -> None:
        self._guardian = guardian
        self._mark = guardian.new_mark()
        command, self.address = self._command(guardian)
        cwd = self._root / self._config.cwd
        try:
            self._process = await self._execute(command, cwd, seed)
        except OSError as error:
            raise StartError(
                f"{self._command_text}: {_start_problem(command[0], cwd, error)}"
            ) from error
        guardian.watch(self._process.pid)
        self._limit_memory(self._process.pid)

    async def _execute(
        self, command: Sequence[str], cwd: Path, seed: str
    ) -> asyncio.subprocess.Process:
        """Starts the command, with pipes that asyncio does not wait for."""
        with contextlib.ExitStack() as ends:
            out, err = self._output.start()
            ends.callback(os.close, out)
            ends.callback(os.close, err)
            lease, self._lease = os.pipe()
            ends.callback(os.close, lease)
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=cwd,
                env=self._environment(seed),
                stdin=lease,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def _limit_memory(self, pid: int) -> None:
        """Limits the address space, soon enough: a process needs a while to fill it."""
        size = self._config.memory_limit
        if not size:
            return
        if not hasattr(resource, "prlimit"):
            raise StartError("memory_limit cannot be set on this system")
        # A process that has ended already needs no limit; its end is handled elsewhere.
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (size, size))

    def _command(self, guardian: Guardian) -> tuple[list[str], str]:
        """Returns the command with its address filled in, and the address."""
        words = list(self._config.command)
        address = self._config.address
        if any("{port}" in word for word in words):
            port = str(guardian.free_port())
            words = [word.replace("{port}", port) for word in words]
            address = f"127.0.0.1:{port}"
        elif not address:
            address = f"unix:{guardian.new_socket(self._config.name)}"
        words = [word.replace("{address}", address) for word in words]
        words[0] = program_path(words[0], self._root)
        return words, address

    def _environment(self, seed: str) -> Mapping[str, str]:
        """Returns its environment; TESTINGKIT_RUNNER_ID marks it and the processes it starts."""
        own = {ADDRESS_VARIABLE: self.address, SEED_VARIABLE: seed, MARK_VARIABLE: self._mark}
        return {**os.environ, **_FIXED_ENVIRONMENT, **self._config.env, **own}

    async def _wait_for_socket(self) -> None:
        """Polls with plain connects: a gRPC channel that fails to connect waits a second."""
        deadline = asyncio.get_running_loop().time() + self._limits.start_timeout
        while not await _accepts(self.address, deadline):
            if self.has_exited:
                await self.kill()  # reads its output to the end
                raise StartError(self.with_stderr(f"{self._command_text}: {self.describe_end()}"))
            if asyncio.get_running_loop().time() > deadline:
                text = f"nothing listens on {self.address} after {self._limits.start_timeout:g} s"
                raise SilenceError(self.with_stderr(f"{self._command_text}: {text}"))
            await asyncio.sleep(_POLL_SECONDS)

    async def wait_exit(self, seconds: float) -> bool:
        """Waits for the process to end by itself, and returns whether it has."""
        if self._process is None:
            return False
        with contextlib.suppress(TimeoutError):
            # Not `wait_for`, which on Python 3.11 loses a cancellation in the moment of the end.
            async with asyncio.timeout(seconds):
                await self._process.wait()
        return self.has_exited

    async def end(self, seconds: float, *, by_signal: bool) -> bool:
        """Ends the lease, waits for the process, and kills the rest of its group.

        Args:
            seconds: The time to wait.
            by_signal: Also send SIGTERM, for servers without leases.

        Returns:
            Whether the process ended without being killed.
        """
        if self._process is None:
            return True
        self.end_lease()
        if by_signal:
            self.terminate()
        by_itself = await self.wait_exit(max(seconds, 0.0))
        await self.kill()
        return by_itself

    def end_lease(self) -> None:
        """Closes its standard input, as the death of the coordinator would."""
        if self._lease is not None:
            os.close(self._lease)
            self._lease = None

    def terminate(self) -> None:
        """Sends SIGTERM to its process group."""
        if self._process is not None and not self.has_exited:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGTERM)

    async def left_behind(self, seconds: float) -> Sequence[str]:
        """Returns the names of processes that it started and that still run some time after it."""
        if self._process is None or not self.has_exited:
            return ()
        for _ in range(round(seconds / _POLL_SECONDS)):
            if not running(self._process.pid):
                break
            await asyncio.sleep(_POLL_SECONDS)
        return sorted({*running(self._process.pid), *find_marked(self._mark).values()})

    async def kill(self) -> None:
        """Kills the process group at once, and only once: its number may be reused afterwards.

        A process that left the group, and holds the output of the runner open, is killed too.
        """
        self.end_lease()
        if self._process is None:
            self._output.finish()
        if self._process is None or self._was_killed:
            return
        self._was_killed = True
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        has_ended = await self.wait_exit(_KILL_TIMEOUT)
        if not self._output.finish() and has_ended:
            names = sorted(kill_marked(self._mark).values())
            if names:
                self._output.note(f"killed what it left running: {', '.join(names)}")
        if has_ended and self._guardian is not None:
            self._guardian.forget(self._process.pid)

    @property
    def exit_status(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.returncode if self._process is not None else None

    def describe_end(self) -> str:
        """Returns how the process ended, as text."""
        status = self.exit_status
        if status is None:
            return "connection lost"
        if status < 0:
            return f"killed by signal {-status} ({_signal_name(-status)})"
        return f"exited with status {status}"

    @property
    def crash_reason(self) -> str:
        """The reason that it gave for its end; empty without one, or while it runs."""
        return self._output.crash_reason(self.exit_status) if self.exit_status else ""

    @property
    def outgrown_memory(self) -> str:
        """That it has no memory left under its `memory_limit`, as text; empty if it has.

        A process that cannot allocate may break its connections and go on. Call this before `kill`.
        """
        limit = self._config.memory_limit
        if not limit or self._process is None:
            return ""
        peak = _peak_memory(self._process.pid)
        reason = self._output.memory_reason
        if not reason and peak < limit * _FULL:
            return ""
        used = f", and used {peak >> 20:,} MiB" if peak else ""
        text = f"out of memory: it has memory_limit = {limit >> 20:,} MiB{used}"
        return f"{text}: {reason}" if reason else text

    def with_stderr(self, text: str) -> str:
        """Returns a text followed by the last lines of standard error."""
        return f"{text}\n{self.stderr}" if self.stderr else text

    @property
    def _command_text(self) -> str:
        return " ".join(self._config.command) or self._config.address


def program_path(word: str, root: Path) -> str:
    """Returns the program of a command; a path is relative to the project, not to ``cwd``."""
    return str(root / word) if os.sep in word else word


def _start_problem(program: str, cwd: Path, error: OSError) -> str:
    """Returns which part of a command does not exist: the error number is the same for all."""
    if not cwd.is_dir():
        return f"there is no folder {cwd} to run it in"
    if os.sep not in program and shutil.which(program) is None:
        return f"{program} is not found on PATH"
    return f"{program}: {error.strerror}"


def _peak_memory(pid: int) -> int:
    """Returns the most address space that a process had, in bytes; 0 if that is not known."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines():
            if line.startswith("VmPeak:"):
                return int(line.split()[1]) << 10
    return 0


async def _accepts(address: str, deadline: float) -> bool:
    """Returns whether the address accepts connections before the deadline."""
    connection = await connect(address, deadline)
    if connection is None:
        return False
    await disconnect(connection)
    return True


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
