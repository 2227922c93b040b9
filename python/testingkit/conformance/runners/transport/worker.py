"""Drives one process of a runner: start, execute, start again, end.

Execution is pipelined. When the connection breaks or an answer does not come, `isolation` ends the
process, has it started again, and finds out which call is to blame.
"""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance.config import Limits, RunnerConfig
from testingkit.conformance.runners.processes import Guardian, RunnerProcess, StartError
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.channel import open_channel
from testingkit.conformance.runners.transport.core import aio
from testingkit.conformance.runners.transport.fault_isolation import End, find_culprits
from testingkit.conformance.runners.transport.handshake import EXIT_SECONDS, answers, describe
from testingkit.conformance.runners.transport.incidents import IncidentKind, Incidents
from testingkit.conformance.runners.transport.link import (
    BrokenError,
    HangError,
    Link,
    LinkError,
    Work,
)
from testingkit.conformance.v1.runner_pb2 import DescribeResponse, ShutdownRequest
from testingkit.conformance.v1.runner_pb2_grpc import RunnerServiceStub


@dataclass(slots=True)
class Shared:
    """What the processes of one runner have in common."""

    config: RunnerConfig
    root: Path
    limits: Limits
    guardian: Guardian
    seed: str
    restarts: int  # how often one of them may still be started again
    incidents: Incidents
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))


class Worker:
    """One process of a runner at a time, and what is to be known of it."""

    def __init__(self, shared: Shared, log: Path) -> None:
        self._shared = shared
        self._log = log
        self.process = self._new_process()
        self.description: DescribeResponse | None = None  # none is what a plain server says
        self.retired = ""  # why it can take no more calls
        self._channel: aio.Channel | None = None
        self._open_link: Callable[[aio.Channel], Link] | None = None
        self._link: Link | None = None

    @property
    def channel(self) -> aio.Channel:
        """The connection to the process."""
        if self._channel is None:
            raise RuntimeError(f"runner {self._shared.config.name} is not connected")
        return self._channel

    @property
    def link(self) -> Link:
        """The way of calls to the process."""
        if self._link is None:
            raise RuntimeError(f"runner {self._shared.config.name} has no link")
        return self._link

    async def start(self) -> None:
        """Starts the process and asks what it is, all within ``limits.start_timeout``.

        Raises:
            StartError: It cannot take part.
        """
        shared = self._shared
        deadline = time.monotonic() + shared.limits.start_timeout
        await self.process.start(shared.guardian, shared.seed, next(shared.numbers))
        self._channel = open_channel(self.process.address)
        left = deadline - time.monotonic()
        self.description = await describe(self.process, self._channel, left)

    def connect_by(self, open_link: Callable[[aio.Channel], Link]) -> None:
        """Says how calls travel, now and after every new start."""
        self._open_link = open_link
        self._link = open_link(self.channel)

    async def run(self, work: Work) -> None:
        """Runs calls until there are no more, or this worker has retired."""
        while not self.retired and await work.queue.has_more():
            with work.queue.at_work():
                try:
                    if await self.is_ready():
                        await self.link.run(work)
                except LinkError as error:
                    await find_culprits(self, work, error)

    async def close(self, *, is_plain: bool) -> None:
        """Asks the process to end within ``limits.stop_timeout``, and kills what does not.

        One that has ended before is an incident, and so is one that ends in another way than with
        status 0; of a plain server, which is sent a signal, nobody knows how it should end.
        """
        process, had_work = self.process, self._link is not None
        had_ended, self._link = process.has_exited, None
        deadline = time.monotonic() + self._shared.limits.stop_timeout
        try:
            if self._channel is not None and not is_plain and not process.is_remote:
                with contextlib.suppress(aio.AioRpcError):
                    stub = RunnerServiceStub(self._channel)
                    await stub.Shutdown(ShutdownRequest(), timeout=deadline - time.monotonic())
            raise_if_cancelled()
            await self._disconnect()
            by_itself = await process.end(deadline - time.monotonic(), by_signal=is_plain)
        finally:
            await process.kill()  # What an interrupt is in the way of has no time left.
        if had_work and had_ended:
            self._note_crash("after its last answer, before it was told to end")
        elif had_work and by_itself and process.exit_status and not is_plain:
            self._note_crash("when it was told to end")

    async def kill(self) -> None:
        """Ends the process at once."""
        await self.process.kill()
        await self._disconnect()

    async def end_broken(self, error: LinkError) -> End:
        """Ends a process that can be given no more calls, and says how it ended."""
        raise_if_cancelled()
        process = self.process
        is_gone = await self._is_gone(error)
        if is_gone:
            kind, text = IncidentKind.CRASH, process.describe_end()
        elif isinstance(error, HangError):
            kind, text = IncidentKind.HANG, "no answer in time"
        elif isinstance(error, BrokenError):
            kind, text = IncidentKind.BREACH, f"the stream broke: {error}"
        else:
            kind, text = IncidentKind.BREACH, "it ended its Execute stream too early"
        status = process.exit_status if is_gone else None
        await process.kill()  # reads its output to the end
        if is_gone and (words := process.crash_reason):
            text = f"{text}: {words}"
        await self._disconnect()
        self._link = None
        return End(kind, text, status, process.stderr)

    async def is_ready(self) -> bool:
        """Starts the process again where it has to be; past the budget this worker retires."""
        raise_if_cancelled()
        if self._link is not None:
            return True
        if self._shared.restarts == 0:
            self.retired = f"limits.restarts = {self._shared.limits.restarts} is spent"
            return False
        self._shared.restarts -= 1
        try:
            await self._start_again()
        except StartError as error:
            self.retired = f"the runner did not start again: {error}"
            await self.kill()
            return False
        return True

    async def _start_again(self) -> None:
        before = self.description
        self.process = self._new_process()
        await self.start()
        if self.description != before or self._open_link is None:
            raise StartError("it says something else of itself than before")
        self._link = self._open_link(self.channel)

    async def _is_gone(self, error: LinkError) -> bool:
        """Whether the process has ended, or is about to.

        One that ends in its own way first closes its connections, and may then need a while.
        """
        process = self.process
        if isinstance(error, HangError) or process.is_remote:
            return process.has_exited
        if await process.wait_exit(EXIT_SECONDS):
            return True
        if await answers(self.channel, self._shared.limits.call_grace):
            return False
        return await process.wait_exit(self._shared.limits.stop_timeout)

    def _note_crash(self, when: str) -> None:
        process = self.process
        text = f"{process.describe_end()} {when}"
        if words := process.crash_reason:
            text = f"{text}: {words}"
        self._shared.incidents.note_end(IncidentKind.CRASH, text, process.stderr)

    def _new_process(self) -> RunnerProcess:
        shared = self._shared
        return RunnerProcess(shared.config, shared.root, shared.limits, self._log)

    async def _disconnect(self) -> None:
        if self._channel is not None:
            channel, self._channel = self._channel, None
            await channel.close()
