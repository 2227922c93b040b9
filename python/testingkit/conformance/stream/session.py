"""Drives one runner through a run: start, describe, execute, find culprits, end.

Execution is pipelined. When the connection breaks or an answer does not come, the process group is
killed, the runner is started again, and what was outstanding runs one call at a time: the call that
breaks it again is the culprit, every other call keeps its true answer.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import grpc
from google.protobuf import descriptor_pb2
from grpc import aio

from testingkit import __version__
from testingkit.conformance.config import Limits, RunnerConfig
from testingkit.conformance.model import Call
from testingkit.conformance.processes import Guardian, RunnerProcess, StartError
from testingkit.conformance.stream.batched import BatchedLink
from testingkit.conformance.stream.channel import open_channel
from testingkit.conformance.stream.link import BrokenError, Deliver, HangError, Link, Work
from testingkit.conformance.stream.reflection import fetch_descriptors
from testingkit.conformance.stream.unary import UnaryLink
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import (
    DescribeRequest,
    DescribeResponse,
    ShutdownRequest,
)
from testingkit.conformance.v1.runner_pb2_grpc import RunnerServiceStub

PROTOCOL_VERSION = 1
_EXIT_SECONDS = 0.5  # a broken connection often comes a moment before its process is gone
_MAX_VIOLATIONS = 20


class RunnerSession:
    """One runner of a run."""

    def __init__(
        self,
        config: RunnerConfig,
        root: Path,
        limits: Limits,
        guardian: Guardian,
        log: Path,
        seed: str,
    ) -> None:
        self.config = config
        self.description = DescribeResponse()
        self.is_plain = False
        self.reflected: Sequence[descriptor_pb2.FileDescriptorProto] | None = None
        self.start_nanos = 0
        self.violations: list[str] = []
        self.innocents: list[str] = []  # ends that no call could be blamed for
        self._root = root
        self._limits = limits
        self._guardian = guardian
        self._log = log
        self._seed = seed
        self._starts = 0
        self._process = self._new_process()
        self._channel: aio.Channel | None = None
        self._link: Link | None = None
        self._lived = False  # whether the process outlived its broken stream

    async def start(self) -> None:
        """Starts the runner and asks what it is.

        Raises:
            StartError: It cannot take part.
        """
        started = time.monotonic_ns()
        try:
            await self._connect()
            await self._describe()
        except StartError:
            # What has not begun has nothing to end in good order.
            await self.kill()
            raise
        self.start_nanos = time.monotonic_ns() - started

    async def reflect(self) -> None:
        """Reads the descriptors of its subjects, where it has server reflection."""
        if self._channel is not None:
            self.reflected = await fetch_descriptors(self._channel, self._limits.start_timeout)

    async def run(self, calls: Sequence[Call], deliver: Deliver) -> None:
        """Runs calls; every call is delivered exactly one observation."""
        work = Work(deque(calls), deliver, self._violate)
        while work.waiting:
            try:
                await self._run_link(work)
            except (BrokenError, HangError) as error:
                await self._find_culprits(work, error)

    async def close(self) -> None:
        """Asks the runner to end, and kills what does not."""
        if self._channel is not None and not self.is_plain and not self._process.is_remote:
            with contextlib.suppress(aio.AioRpcError):
                stub = RunnerServiceStub(self._channel)
                await stub.Shutdown(ShutdownRequest(), timeout=self._limits.stop_timeout)
        await self._disconnect()
        await self._process.end(by_signal=self.is_plain)

    async def kill(self) -> None:
        """Ends the runner at once."""
        await self._process.kill()
        await self._disconnect()

    def _new_process(self) -> RunnerProcess:
        return RunnerProcess(self.config, self._root, self._limits, self._log)

    def _violate(self, text: str) -> None:
        if len(self.violations) < _MAX_VIOLATIONS:
            self.violations.append(text)

    @property
    def _open_channel(self) -> aio.Channel:
        if self._channel is None:
            raise RuntimeError(f"runner {self.config.name} is not connected")
        return self._channel

    @property
    def _ready_link(self) -> Link:
        if self._link is None:
            raise RuntimeError(f"runner {self.config.name} has no link")
        return self._link

    async def _connect(self) -> None:
        self._starts += 1
        await self._process.start(self._guardian, self._seed, self._starts)
        self._channel = open_channel(self._process.address)

    async def _disconnect(self) -> None:
        if self._channel is not None:
            await self._channel.close()
            self._channel = None

    def _batched_link(self) -> Link:
        return BatchedLink(self._open_channel, self.description.limits, self._limits.call_grace)

    def _unary_link(self) -> Link:
        return UnaryLink(self._open_channel, self._limits.call_grace)

    async def _describe(self) -> None:
        request = DescribeRequest(
            protocol_versions=[PROTOCOL_VERSION], testingkit_version=__version__
        )
        try:
            answer: DescribeResponse | None = await RunnerServiceStub(self._open_channel).Describe(
                request, timeout=self._limits.start_timeout
            )
        except aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                raise StartError(await self._explain(error)) from error
            await self._describe_plain()
            return
        if answer is None:  # What grpcio gives for bytes that do not parse.
            raise StartError("answered Describe with bytes that are no DescribeResponse")
        self.description = answer
        if self._process.has_exited:
            raise StartError(f"{self._process.describe_end()}; another process answers there")
        if PROTOCOL_VERSION not in self.description.protocol_versions:
            spoken = ", ".join(map(str, self.description.protocol_versions)) or "none"
            raise StartError(
                f"speaks protocol versions: {spoken}; this TestingKit speaks {PROTOCOL_VERSION}; "
                "update the older of the two"
            )
        self._link = self._batched_link()

    async def _explain(self, error: aio.AioRpcError) -> str:
        """Why Describe failed: where the process is gone, that is the reason."""
        if error.code() is grpc.StatusCode.UNAVAILABLE and not self._process.is_remote:
            await self._process.wait_exit(_EXIT_SECONDS)
        text = f"Describe failed: {error.code().name}: {error.details()}"
        if self._process.has_exited:
            await self._process.kill()  # reads its output to the end
            text = f"{self._process.describe_end()} before it said what it is"
        return self._process.with_stderr(text)

    async def _describe_plain(self) -> None:
        """A plain server says nothing of itself; its reflection, where it has it, says methods."""
        self.is_plain = True
        self._link = self._unary_link()
        await self.reflect()
        self.description = DescribeResponse(name=self.config.name)
        for file in self.reflected or ():
            prefix = f"{file.package}." if file.package else ""
            for service in file.service:
                self.description.methods.extend(
                    f"{prefix}{service.name}/{method.name}"
                    for method in service.method
                    if not method.client_streaming and not method.server_streaming
                )

    async def _run_link(self, work: Work) -> None:
        if await self._restart_or_give_up(work):
            await self._ready_link.run(work)

    async def _find_culprits(self, work: Work, error: Exception) -> None:
        """Runs what was outstanding one call at a time; what then breaks the runner is to blame."""
        suspects = deque(work.outstanding.values())
        work.outstanding.clear()
        end = await self._end_broken(error)
        if not suspects:
            self.innocents.append(f"{end}; no call was outstanding")
        if not suspects or not await self._restart_or_give_up(work, suspects):
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
                self.innocents.append(f"{end}; the call before it had been answered")
            # What stood behind the culprit goes back to full speed.
            work.waiting.extendleft(reversed(suspects))
        else:
            if not silent:
                self.innocents.append(f"{end}; every call it was running passes alone")

    async def _end_broken(self, error: Exception) -> str:
        """Ends a broken process and says how it ended."""
        if isinstance(error, BrokenError):
            await self._process.wait_exit(_EXIT_SECONDS)
        lives = not self._process.has_exited
        end = self._process.describe_end()
        if isinstance(error, HangError):
            end = "no answer in time"
        elif lives:
            end = f"the stream broke: {error}"
        self._lived = lives
        await self._process.kill()
        await self._disconnect()
        self._link = None
        return end

    async def _restart_or_give_up(self, work: Work, suspects: deque[Call] | None = None) -> bool:
        """Starts the runner again; past the budget everything left is NOT_RUN."""
        if self._link is not None:
            return True
        text = f"limits.restarts = {self._limits.restarts} is spent"
        if self._starts <= self._limits.restarts:
            self._process = self._new_process()
            try:
                await self._connect()
            except StartError as error:
                text = f"the runner did not start again: {error}"
                await self._process.kill()
            else:
                self._link = self._unary_link() if self.is_plain else self._batched_link()
                return True
        for queue in (suspects, work.waiting):
            while queue:
                observation = Observation(call_id=queue.popleft().id)
                observation.not_run.text = text
                work.deliver(observation)
        return False

    def _blame(self, call: Call, error: Exception, end: str) -> Observation:
        observation = Observation(call_id=call.id)
        if isinstance(error, HangError):
            observation.timeout.deadline_millis = round(call.timeout * 1000)
            observation.timeout.stderr = self._process.stderr
            observation.timeout.alone = True
        elif self._lived:
            observation.protocol_error.text = end
        else:
            observation.crash.text = end
            observation.crash.stderr = self._process.stderr
            observation.crash.alone = True
            status = self._process.exit_status
            if status is not None and status < 0:
                observation.crash.signal = -status
            elif status is not None:
                observation.crash.exit_status = status
        return observation
