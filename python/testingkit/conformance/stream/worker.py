"""Drives one process of a runner: start, execute, find culprits, start again, end.

Execution is pipelined. When the connection breaks or an answer does not come, the process group is
killed, the process is started again, and what was outstanding runs one call at a time: the call
that breaks it again is the culprit, every other call keeps its true answer.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grpc import aio

from testingkit.conformance.config import Limits, RunnerConfig
from testingkit.conformance.model import Call
from testingkit.conformance.processes import Guardian, RunnerProcess, StartError
from testingkit.conformance.stream.channel import open_channel
from testingkit.conformance.stream.link import BrokenError, HangError, Link, Work
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import ShutdownRequest
from testingkit.conformance.v1.runner_pb2_grpc import RunnerServiceStub

_EXIT_SECONDS = 0.5  # a broken connection often comes a moment before its process is gone


@dataclass(slots=True)
class Shared:
    """What the processes of one runner have in common."""

    config: RunnerConfig
    root: Path
    limits: Limits
    guardian: Guardian
    seed: str
    restarts: int  # how often one of them may still be started again
    innocents: list[str] = field(default_factory=list)  # ends that no call could be blamed for
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))


class Worker:
    """One process of a runner at a time, and what is to be known of it."""

    def __init__(self, shared: Shared, log: Path) -> None:
        self._shared = shared
        self._log = log
        self.process = self._new_process()
        self.retired: Observation | None = None  # what becomes of calls that it can take no more
        self._channel: aio.Channel | None = None
        self._open_link: Callable[[aio.Channel], Link] | None = None
        self._link: Link | None = None
        self._lived = False  # whether the process outlived its broken stream

    @property
    def channel(self) -> aio.Channel:
        """The connection to the process."""
        if self._channel is None:
            raise RuntimeError(f"runner {self._shared.config.name} is not connected")
        return self._channel

    async def connect(self) -> None:
        """Starts the process and connects to it.

        Raises:
            StartError: It does not start, or does not listen.
        """
        shared = self._shared
        await self.process.start(shared.guardian, shared.seed, next(shared.numbers))
        self._channel = open_channel(self.process.address)

    def talk_by(self, open_link: Callable[[aio.Channel], Link]) -> None:
        """Says how calls travel, now and after every new start."""
        self._open_link = open_link
        self._link = open_link(self.channel)

    async def run(self, work: Work) -> None:
        """Runs calls until none waits, or this worker has retired."""
        while work.waiting and self.retired is None:
            try:
                if await self._is_ready() and not await self._ready_link.run(work):
                    self.retired = Observation()
                    self.retired.no_result.text = "the runner ended its Execute stream early"
            except (BrokenError, HangError) as error:
                await self._find_culprits(work, error)

    async def close(self, *, is_plain: bool) -> None:
        """Asks the process to end, and kills what does not."""
        if self._channel is not None and not is_plain and not self.process.is_remote:
            with contextlib.suppress(aio.AioRpcError):
                stub = RunnerServiceStub(self._channel)
                await stub.Shutdown(ShutdownRequest(), timeout=self._shared.limits.stop_timeout)
        await self._disconnect()
        await self.process.end(by_signal=is_plain)

    async def kill(self) -> None:
        """Ends the process at once."""
        await self.process.kill()
        await self._disconnect()

    def _new_process(self) -> RunnerProcess:
        shared = self._shared
        return RunnerProcess(shared.config, shared.root, shared.limits, self._log)

    @property
    def _ready_link(self) -> Link:
        if self._link is None:
            raise RuntimeError(f"runner {self._shared.config.name} has no link")
        return self._link

    async def _disconnect(self) -> None:
        if self._channel is not None:
            await self._channel.close()
            self._channel = None

    async def _find_culprits(self, work: Work, error: Exception) -> None:
        """Runs what was outstanding one call at a time; what breaks the process is to blame."""
        suspects = deque(work.outstanding.values())
        work.outstanding.clear()
        end = await self._end_broken(error)
        if not suspects:
            self._shared.innocents.append(f"{end}; no call was outstanding")
            return
        if not await self._is_ready():
            self._give_up(suspects, work)
            return
        silent: list[int] = []

        def deliver(observation: Observation) -> None:
            if observation.HasField("no_result"):
                silent.append(observation.call_id)
            work.deliver(observation)

        alone = Work(suspects, deliver, work.violate)
        try:
            await self._ready_link.run_alone(alone)
        except (BrokenError, HangError) as again:
            end = await self._end_broken(again)
            if alone.outstanding:
                (culprit,) = alone.outstanding.values()
                work.deliver(self._blame(culprit, again, end))
            else:
                self._shared.innocents.append(f"{end}; the call before it had been answered")
            # What stood behind the culprit goes back to full speed.
            work.waiting.extendleft(reversed(suspects))
        else:
            if not silent:
                self._shared.innocents.append(f"{end}; every call it was running passes alone")

    def _give_up(self, suspects: deque[Call], work: Work) -> None:
        """What may have broken a process that cannot be started again is given to no other."""
        for call in suspects:
            observation = Observation(call_id=call.id)
            if self.retired is not None:
                observation.not_run.CopyFrom(self.retired.not_run)
            work.deliver(observation)

    async def _end_broken(self, error: Exception) -> str:
        """Ends a broken process and says how it ended."""
        if isinstance(error, BrokenError):
            await self.process.wait_exit(_EXIT_SECONDS)
        lives = not self.process.has_exited
        end = self.process.describe_end()
        if isinstance(error, HangError):
            end = "no answer in time"
        elif lives:
            end = f"the stream broke: {error}"
        self._lived = lives
        await self.process.kill()  # reads its output to the end
        if not lives and (words := self.process.last_words):
            end = f"{end}: {words}"
        await self._disconnect()
        self._link = None
        return end

    async def _is_ready(self) -> bool:
        """Starts the process again where it has to be; past the budget this worker retires."""
        if self._link is not None:
            return True
        text = f"limits.restarts = {self._shared.limits.restarts} is spent"
        if self._shared.restarts > 0 and self._open_link is not None:
            self._shared.restarts -= 1
            self.process = self._new_process()
            try:
                await self.connect()
            except StartError as error:
                text = f"the runner did not start again: {error}"
                await self.process.kill()
            else:
                self._link = self._open_link(self.channel)
                return True
        self.retired = Observation()
        self.retired.not_run.text = text
        return False

    def _blame(self, call: Call, error: Exception, end: str) -> Observation:
        observation = Observation(call_id=call.id)
        if isinstance(error, HangError):
            observation.timeout.deadline_millis = round(call.timeout * 1000)
            observation.timeout.stderr = self.process.stderr
            observation.timeout.alone = True
        elif self._lived:
            observation.protocol_error.text = end
        else:
            observation.crash.text = end
            observation.crash.stderr = self.process.stderr
            observation.crash.alone = True
            status = self.process.exit_status
            if status is not None and status < 0:
                observation.crash.signal = -status
            elif status is not None:
                observation.crash.exit_status = status
        return observation
