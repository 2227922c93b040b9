"""Drives one process of a runner: start, run calls, restart, end.

Calls are pipelined. If the connection breaks or an answer does not come, `fault_isolation` restarts
the process and finds the culprit.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.config import RunLimits, RunnerConfig
from testingkit.conformance.runners.processes import Guardian, RunnerProcess, StartError
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.channel import open_channel
from testingkit.conformance.runners.transport.core import aio
from testingkit.conformance.runners.transport.fault_isolation import ProcessEnd, find_culprits
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

OpenLink = Callable[[aio.Channel, str], Link]  # takes the address too


@dataclass(slots=True)
class Shared:
    """The state that the processes of one runner share."""

    config: RunnerConfig
    root: Path
    limits: RunLimits
    guardian: Guardian
    seed: str
    restarts: int  # how many restarts are left for all of them
    incidents: Incidents


class Worker:
    """Runs calls in one process of a runner, and restarts it if it breaks."""

    def __init__(self, shared: Shared, log: Path) -> None:
        self._shared = shared
        self._log = log
        self.process = self._new_process()
        self.description: DescribeResponse | None = None  # None for a plain server
        self.instance_id = b""  # empty if it has none
        self.retired = ""  # the reason why it takes no more calls
        self._channel: aio.Channel | None = None
        self._open_link: OpenLink | None = None
        self._link: Link | None = None

    @property
    def channel(self) -> aio.Channel:
        """The connection to the process."""
        if self._channel is None:
            raise RuntimeError(f"runner {self._shared.config.name} is not connected")
        return self._channel

    @property
    def link(self) -> Link:
        """The link for calls to the process."""
        if self._link is None:
            raise RuntimeError(f"runner {self._shared.config.name} has no link")
        return self._link

    async def start(self) -> None:
        """Starts the process and reads its description, within ``limits.start_timeout``.

        Raises:
            StartError: The process did not start, or cannot be used.
        """
        shared = self._shared
        deadline = time.monotonic() + shared.limits.start_timeout
        await self.process.start(shared.guardian, shared.seed)
        self._channel = open_channel(self.process.address)
        left = deadline - time.monotonic()
        self.description = await describe(self.process, self._channel, left)
        if self.description is not None:
            # The rest is the same after every start, and is recorded.
            self.instance_id = self.description.instance_id
            self.description.ClearField("instance_id")

    def connect_by(self, open_link: OpenLink) -> None:
        """Sets how to open a link, and opens it now and after every restart."""
        self._open_link = open_link
        self._link = open_link(self.channel, self.process.address)

    async def run(self, work: Work) -> None:
        """Runs calls until there are no more, or this worker retires."""
        while not self.retired and await work.queue.has_more():
            with work.queue.at_work():
                try:
                    if await self.is_ready():
                        await self.link.run(work)
                except LinkError as error:
                    await find_culprits(self, work, error)

    async def close(self, *, is_plain: bool) -> None:
        """Ends the process within ``limits.stop_timeout``, and kills it if it does not end.

        A process that ended before, or with a status other than 0, is an incident. A plain server
        ends by a signal, with any status.
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
            await process.kill()  # Also after an interrupt, which leaves no time to wait.
        if had_work and had_ended:
            self._note_crash("after its last answer, before its shutdown")
        elif had_work and by_itself and process.exit_status and not is_plain:
            self._note_crash("at shutdown")

    async def kill(self) -> None:
        """Ends the process at once."""
        await self.process.kill()
        await self._disconnect()

    async def end_broken(self, error: LinkError) -> ProcessEnd:
        """Ends a process that can take no more calls, and returns how it ended."""
        raise_if_cancelled()
        process = self.process
        has_ended = await self._has_ended(error)
        if has_ended:
            kind, text = IncidentKind.CRASH, process.describe_end()
        elif isinstance(error, HangError):
            kind, text = IncidentKind.HANG, "no answer in time"
        elif outgrown := process.outgrown_memory:
            kind, text = IncidentKind.CRASH, outgrown
        elif isinstance(error, BrokenError):
            kind, text = IncidentKind.BREACH, f"the stream broke: {error}"
        else:
            kind, text = IncidentKind.BREACH, "it ended its Execute stream too early"
        status = process.exit_status if has_ended else None
        await process.kill()  # reads its output to the end
        if has_ended and (reason := process.crash_reason):
            text = f"{text}: {reason}"
        await self._disconnect()
        self._link = None
        return ProcessEnd(kind, text, status, process.stderr)

    async def is_ready(self) -> bool:
        """Restarts the process if it ended; returns whether it can take calls."""
        raise_if_cancelled()
        if self._link is not None:
            return True
        if self._shared.restarts == 0:
            self.retired = f"limits.restarts = {self._shared.limits.restarts} is used up"
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
            raise StartError("its description is not the same as before")
        self._link = self._open_link(self.channel, self.process.address)

    async def _has_ended(self, error: LinkError) -> bool:
        """Returns whether the process has ended; waits if it is about to.

        A process may close its connections a while before it ends.
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
        if reason := process.crash_reason:
            text = f"{text}: {reason}"
        self._shared.incidents.note_end(IncidentKind.CRASH, text, process.stderr)

    def _new_process(self) -> RunnerProcess:
        shared = self._shared
        return RunnerProcess(shared.config, shared.root, shared.limits, self._log)

    async def _disconnect(self) -> None:
        if self._channel is not None:
            channel, self._channel = self._channel, None
            await channel.close()
