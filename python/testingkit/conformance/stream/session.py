"""One runner of a run: its processes are started, asked what they are, given calls, and ended."""

from __future__ import annotations

import asyncio
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
from testingkit.conformance.stream.link import Deliver, Link, Work
from testingkit.conformance.stream.reflection import TooMuchError, fetch_descriptors
from testingkit.conformance.stream.unary import UnaryLink
from testingkit.conformance.stream.worker import Shared, Worker
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import DescribeRequest, DescribeResponse
from testingkit.conformance.v1.runner_pb2_grpc import RunnerServiceStub

PROTOCOL_VERSION = 1
_EXIT_SECONDS = 0.5  # a broken connection often comes a moment before its process is gone
_MAX_VIOLATIONS = 20


class ProtocolVersionError(StartError):
    """A runner and this TestingKit have no version of the protocol in common."""


class RunnerSession:
    """One runner of a run, with as many processes side by side as its configuration says."""

    def __init__(
        self,
        config: RunnerConfig,
        root: Path,
        limits: Limits,
        guardian: Guardian,
        logs: Path,
        seed: str,
    ) -> None:
        self.config = config
        self.description = DescribeResponse()
        self.is_plain = False
        self.reflected: Sequence[descriptor_pb2.FileDescriptorProto] | None = None
        self.start_nanos = 0
        self._violations: list[str] = []
        self._more_violations = 0
        self._limits = limits
        self._shared = Shared(config, root, limits, guardian, seed, limits.restarts)
        self._workers = [
            Worker(self._shared, logs / f"{config.name}{_suffix(number)}.log")
            for number in range(1, config.jobs + 1)
        ]

    @property
    def process(self) -> RunnerProcess:
        """The process; the first of several."""
        return self._workers[0].process

    @property
    def channel(self) -> aio.Channel:
        """The connection to that process."""
        return self._workers[0].channel

    @property
    def innocents(self) -> Sequence[str]:
        """How processes ended that no call could be blamed for."""
        return self._shared.innocents

    @property
    def violations(self) -> Sequence[str]:
        """How it broke the protocol; the first times in words."""
        more = f"broke the protocol {self._more_violations:,} more times"
        return [*self._violations, *([more] if self._more_violations else [])]

    async def start(self) -> None:
        """Starts the processes and asks what they are.

        Raises:
            StartError: One of them cannot take part, or they are not the same.
        """
        started = time.monotonic_ns()
        try:
            await self._start_all()
        except StartError:
            # What has not begun has nothing to end in good order.
            await self.kill()
            raise
        for worker in self._workers:
            worker.talk_by(self._open_link)
        self.start_nanos = time.monotonic_ns() - started

    async def reflect(self) -> None:
        """Reads the descriptors of its subjects, where it has server reflection.

        Raises:
            StartError: They are too many.
        """
        try:
            self.reflected = await fetch_descriptors(self.channel, self._limits.start_timeout)
        except TooMuchError as error:
            raise StartError(str(error)) from error

    async def run(self, calls: Sequence[Call], deliver: Deliver) -> None:
        """Runs calls; every call is delivered exactly one observation.

        All processes take from one queue. One that can go on no more leaves its share to the
        others; what is left when none can is delivered as what became of the last of them.
        """
        waiting = deque(calls)
        sharers = len(self._workers)
        works = [Work(waiting, deliver, self._violate, sharers=sharers) for _ in self._workers]
        while waiting and any(worker.retired is None for worker in self._workers):
            try:
                async with asyncio.TaskGroup() as tasks:
                    for worker, work in zip(self._workers, works, strict=True):
                        tasks.create_task(worker.run(work))
            except ExceptionGroup as group:
                raise group.exceptions[0] from group
        while waiting:
            observation = Observation()
            observation.CopyFrom(self._workers[-1].retired or Observation())
            observation.call_id = waiting.popleft().id
            deliver(observation)

    async def close(self) -> None:
        """Asks the processes to end, and kills what does not."""
        ends = [worker.close(is_plain=self.is_plain) for worker in self._workers]
        await asyncio.gather(*ends, return_exceptions=True)

    async def kill(self) -> None:
        """Ends the processes at once."""
        await asyncio.gather(*(worker.kill() for worker in self._workers), return_exceptions=True)

    def _violate(self, text: str) -> None:
        if len(self._violations) < _MAX_VIOLATIONS:
            self._violations.append(text)
        else:
            self._more_violations += 1

    def _open_link(self, channel: aio.Channel) -> Link:
        if self.is_plain:
            return UnaryLink(channel, self._limits.call_grace)
        return BatchedLink(channel, self.description.limits, self._limits.call_grace)

    async def _start_all(self) -> None:
        # Waits for all of them, whatever becomes of one: nothing starts later.
        found = await asyncio.gather(*map(self._start, self._workers), return_exceptions=True)
        descriptions = []
        for description in found:
            if isinstance(description, BaseException):
                raise description
            descriptions.append(description)
        first = descriptions[0]
        if any(description != first for description in descriptions):
            raise StartError("its processes do not say the same of themselves")
        if first is None:
            await self._describe_plain()
        else:
            self.description = first

    async def _start(self, worker: Worker) -> DescribeResponse | None:
        """Starts one process and asks what it is; None is what a plain server says."""
        await worker.connect()
        request = DescribeRequest(
            protocol_versions=[PROTOCOL_VERSION], testingkit_version=__version__
        )
        try:
            answer: DescribeResponse | None = await RunnerServiceStub(worker.channel).Describe(
                request, timeout=self._limits.start_timeout
            )
        except aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                raise StartError(await _explain(worker, error)) from error
            return None
        if answer is None:  # What grpcio gives for bytes that do not parse.
            raise StartError("answered Describe with bytes that are no DescribeResponse")
        if worker.process.has_exited:
            end = worker.process.describe_end()
            raise StartError(f"{end}; another process answers there")
        if PROTOCOL_VERSION not in answer.protocol_versions:
            spoken = ", ".join(map(str, answer.protocol_versions)) or "none"
            raise ProtocolVersionError(
                f"speaks protocol versions: {spoken}; this TestingKit speaks {PROTOCOL_VERSION}; "
                "update the older of the two"
            )
        return answer

    async def _describe_plain(self) -> None:
        """A plain server says nothing of itself; its reflection, where it has it, says methods."""
        self.is_plain = True
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


async def _explain(worker: Worker, error: aio.AioRpcError) -> str:
    """Why Describe failed: where the process is gone, that is the reason."""
    process = worker.process
    if error.code() is grpc.StatusCode.UNAVAILABLE and not process.is_remote:
        await process.wait_exit(_EXIT_SECONDS)
    text = f"Describe failed: {error.code().name}: {error.details()}"
    if process.has_exited:
        await process.kill()  # reads its output to the end
        text = f"{process.describe_end()} before it said what it is"
    return process.with_stderr(text)


def _suffix(number: int) -> str:
    """What tells the logs of a runner's processes apart."""
    return "" if number == 1 else f".{number}"
