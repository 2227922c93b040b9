"""One process of one runner, from start to end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import shutil
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

from testingkit.conformance.config import Limits, RunnerConfig
from testingkit.conformance.runners.processes.group import running
from testingkit.conformance.runners.processes.guardian import Guardian
from testingkit.conformance.runners.processes.output import CapturedOutput

ADDRESS_VARIABLE = "TESTINGKIT_RUNNER_ADDRESS"
LEASE_VARIABLE = "TESTINGKIT_RUNNER_LEASE"
SEED_VARIABLE = "TESTINGKIT_SEED"
_FIXED_ENVIRONMENT = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", LEASE_VARIABLE: "stdin"}
_POLL_SECONDS = 0.005
_OUTPUT_TIMEOUT = 1.0  # seconds that a grandchild may hold a pipe open after the end
_KILL_TIMEOUT = 5.0  # seconds until the kernel gives back what was killed; a dead disk may keep it


class StartError(Exception):
    """A runner did not start; the message says what was tried and what came of it."""


class SilenceError(StartError):
    """It was started, and listens nowhere that the coordinator looks."""


class RunnerProcess:
    """A started command, or a server that somebody else started."""

    def __init__(self, config: RunnerConfig, root: Path, limits: Limits, log: Path) -> None:
        self._config = config
        self._root = root
        self._limits = limits
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._output = CapturedOutput(log)
        self._guardian: Guardian | None = None
        self._is_buried = False
        self.address = config.address

    @property
    def is_remote(self) -> bool:
        """Whether there is only an address, and nothing that was started."""
        return not self._config.command

    @property
    def has_exited(self) -> bool:
        """Whether the process has ended."""
        return self._process is not None and self._process.returncode is not None

    @property
    def stderr(self) -> str:
        """The last of standard error."""
        return self._output.tail

    async def start(self, guardian: Guardian, seed: str, number: int) -> None:
        """Starts the command and waits until its address accepts connections.

        Raises:
            StartError: It cannot be started, ended, or did not listen in time.
        """
        if not self.is_remote:
            deadline = asyncio.get_running_loop().time() + self._limits.start_timeout
            if self._config.address and await _accepts(self._config.address, deadline):
                raise StartError(f"another process already listens on {self._config.address}")
            await self._spawn(guardian, seed, number)
        await self._wait_for_socket()

    async def _spawn(self, guardian: Guardian, seed: str, number: int) -> None:
        self._guardian = guardian
        command, self.address = self._command(guardian, number)
        cwd = self._root / self._config.cwd
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command,
                cwd=cwd,
                env=self._environment(seed),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise StartError(f"{self._shown}: {_why_not(command[0], cwd, error)}") from error
        guardian.watch(self._process.pid)
        self._limit_memory(self._process.pid)
        if self._process.stdout is not None and self._process.stderr is not None:
            self._output.start(self._process.stdout, self._process.stderr)

    def _limit_memory(self, pid: int) -> None:
        """Bounds the address space; in time, because a process needs a while to fill it."""
        size = self._config.memory_limit
        if not size:
            return
        if not hasattr(resource, "prlimit"):
            raise StartError("memory_limit cannot be set on this system")
        # A process that is gone already needs no limit; how it ended is seen elsewhere.
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, (size, size))

    def _command(self, guardian: Guardian, number: int) -> tuple[list[str], str]:
        """Fills in the address; a command with ``{port}`` gets a free one of loopback."""
        words = list(self._config.command)
        address = self._config.address
        if any("{port}" in word for word in words):
            port = str(guardian.free_port())
            words = [word.replace("{port}", port) for word in words]
            address = f"127.0.0.1:{port}"
        elif not address:
            address = f"unix:{guardian.folder / f'{self._config.name}.{number}.sock'}"
        words = [word.replace("{address}", address) for word in words]
        words[0] = program_path(words[0], self._root)
        return words, address

    def _environment(self, seed: str) -> Mapping[str, str]:
        own = {ADDRESS_VARIABLE: self.address, SEED_VARIABLE: seed}
        return {**os.environ, **_FIXED_ENVIRONMENT, **self._config.env, **own}

    async def _wait_for_socket(self) -> None:
        """Polls with plain connects: a gRPC channel that comes too early waits a second."""
        deadline = asyncio.get_running_loop().time() + self._limits.start_timeout
        while not await _accepts(self.address, deadline):
            if self.has_exited:
                await self._output.finish(_OUTPUT_TIMEOUT)
                raise StartError(self.with_stderr(f"{self._shown}: {self.describe_end()}"))
            if asyncio.get_running_loop().time() > deadline:
                text = f"nothing listens on {self.address} after {self._limits.start_timeout:g} s"
                raise SilenceError(self.with_stderr(f"{self._shown}: {text}"))
            await asyncio.sleep(_POLL_SECONDS)

    async def wait_exit(self, seconds: float) -> bool:
        """Waits for the process to end by itself; tells whether it has."""
        if self._process is None:
            return False
        with contextlib.suppress(TimeoutError):
            # Not `wait_for`, which on Python 3.11 loses a cancellation in the moment of the end.
            async with asyncio.timeout(seconds):
                await self._process.wait()
        return self.has_exited

    async def end(self, seconds: float, *, by_signal: bool) -> bool:
        """Gives up the lease, waits for the process, and kills what is left of its group.

        Servers that know nothing of leases end ``by_signal``, as they do everywhere else.

        Returns:
            Whether the process itself did not have to be killed.
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
        """Closes its standard input, as the end of the coordinator would."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def terminate(self) -> None:
        """Sends SIGTERM to its process group."""
        if self._process is not None and not self.has_exited:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGTERM)

    async def left_behind(self, seconds: float) -> Sequence[str]:
        """Names of the processes of its group that still run some time after its own end."""
        if self._process is None or not self.has_exited:
            return ()
        for _ in range(round(seconds / _POLL_SECONDS)):
            if not running(self._process.pid):
                return ()
            await asyncio.sleep(_POLL_SECONDS)
        return running(self._process.pid)

    async def kill(self) -> None:
        """Kills the process group at once. Once is enough: its number may be given to others."""
        if self._process is None or self._is_buried:
            return
        self._is_buried = True
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        is_gone = await self.wait_exit(_KILL_TIMEOUT)
        await self._output.finish(_OUTPUT_TIMEOUT)
        if is_gone and self._guardian is not None:
            self._guardian.forget(self._process.pid)

    @property
    def exit_status(self) -> int | None:
        """Exit status, negative for a signal; None while it runs."""
        return self._process.returncode if self._process is not None else None

    def describe_end(self) -> str:
        """How the process ended, in words."""
        status = self.exit_status
        if status is None:
            return "connection lost"
        if status < 0:
            return f"killed by signal {-status} ({_signal_name(-status)})"
        return f"exited with status {status}"

    @property
    def crash_reason(self) -> str:
        """Why it says that it ended; empty where it says nothing, or still runs."""
        return self._output.crash_reason(self.exit_status) if self.exit_status else ""

    def with_stderr(self, text: str) -> str:
        """A text, followed by the last of standard error."""
        return f"{text}\n{self.stderr}" if self.stderr else text

    @property
    def _shown(self) -> str:
        return " ".join(self._config.command) or self._config.address


def program_path(word: str, root: Path) -> str:
    """The program that a command names: one with a path is the project's own, wherever it runs."""
    return str(root / word) if os.sep in word else word


def _why_not(program: str, cwd: Path, error: OSError) -> str:
    """Says which part of a command was not to be had: the same errno stands for several."""
    if not cwd.is_dir():
        return f"there is no folder {cwd} to run it in"
    if os.sep not in program and shutil.which(program) is None:
        return f"{program} is not found on PATH"
    return f"{program}: {error.strerror}"


async def _accepts(address: str, deadline: float) -> bool:
    """Whether somebody listens; a host that drops packets would be waited for for minutes."""
    try:
        async with asyncio.timeout_at(deadline):
            if address.startswith("unix:"):
                _, writer = await asyncio.open_unix_connection(address.removeprefix("unix:"))
            else:
                host, _, port = address.rpartition(":")
                _, writer = await asyncio.open_connection(host.strip("[]"), int(port))
    except (OSError, ValueError):  # TimeoutError is an OSError.
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
