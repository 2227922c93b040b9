"""Drives one runner of a run: starts its processes, sends them calls, and ends them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from google.protobuf import descriptor_pb2

from testingkit.conformance.config import RunLimits, RunnerConfig
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.processes import Guardian, RunnerProcess, StartError
from testingkit.conformance.runners.transport.batched import BatchedLink
from testingkit.conformance.runners.transport.core import aio
from testingkit.conformance.runners.transport.identity import Instance
from testingkit.conformance.runners.transport.incidents import Incident, Incidents
from testingkit.conformance.runners.transport.link import Deliver, Link, Queue, Work
from testingkit.conformance.runners.transport.reflection import TooMuchError, fetch_descriptors
from testingkit.conformance.runners.transport.stall_clock import StallClock
from testingkit.conformance.runners.transport.unsupported import honour_unsupported
from testingkit.conformance.runners.transport.worker import Shared, Worker
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import DescribeResponse


class RunnerSession:
    """One runner of a run, with the number of processes that its configuration gives."""

    def __init__(
        self,
        config: RunnerConfig,
        root: Path,
        limits: RunLimits,
        guardian: Guardian,
        logs: Path,
        seed: str,
    ) -> None:
        self.config = config
        self.description = DescribeResponse()
        self.is_plain = False
        self.reflected: Sequence[descriptor_pb2.FileDescriptorProto] | None = None
        self.start_nanos = 0
        self._limits = limits
        self._incidents = Incidents()
        self._clock = StallClock()
        self._shared = Shared(
            config, root, limits, guardian, seed, limits.restarts, self._incidents
        )
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

    def take_incidents(self) -> Sequence[Incident]:
        """Returns its incidents since the last call."""
        return self._incidents.take()

    async def start(self) -> None:
        """Starts the processes and reads their descriptions.

        Raises:
            StartError: One of them did not start, or their descriptions differ.
        """
        started = time.monotonic_ns()
        try:
            await self._start_all()
        except StartError:
            # A process without calls need not end in order.
            await self.kill()
            raise
        for worker in self._workers:
            worker.connect_by(self._open_link)
        self.start_nanos = time.monotonic_ns() - started

    async def reflect(self) -> None:
        """Reads the descriptors of its subjects, if it has server reflection.

        Raises:
            StartError: There are too many.
        """
        try:
            self.reflected = await fetch_descriptors(self.channel, self._limits.start_timeout)
        except TooMuchError as error:
            raise StartError(str(error)) from error

    @property
    def instances(self) -> Mapping[str, Instance]:
        """Its processes by their names: the runner's, with a number from the second on."""
        return {
            f"{self.config.name}{_suffix(number)}": Instance(
                worker.instance_id, worker.process.address
            )
            for number, worker in enumerate(self._workers, start=1)
        }

    def queue(self, total: int, find: Callable[[int], Call | None], deliver: Deliver) -> Queue:
        """Returns a new queue of calls for `run`.

        Args:
            total: The number of calls of the run.
            find: Returns any of them by its id.
            deliver: Takes the one observation of every call that is put into the queue.
        """
        return Queue(
            take_in=honour_unsupported(self.config, deliver),
            find=find,
            total=total,
            incidents=self._incidents,
            grace=self._limits.call_grace,
            now=self._clock.now,
            sharers=len(self._workers),
        )

    async def run(self, queue: Queue) -> None:
        """Makes the calls of a queue until it is closed and every call has its observation.

        All processes take from the queue. If none of them can run any more, the remaining calls
        are observed as not run.
        """
        waiting = queue.waiting
        try:
            with self._clock.running():
                async with asyncio.TaskGroup() as tasks:
                    for worker in self._workers:
                        tasks.create_task(worker.run(Work(queue, waiting)))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group
        while await queue.has_more():
            call = waiting.popleft()
            observation = Observation(call_id=call.id)
            observation.not_run.text = self._workers[-1].retired
            queue.deliver(call, observation)

    async def close(self) -> None:
        """Ends the processes, and kills those that do not end; an unexpected end is an incident."""
        ends = [worker.close(is_plain=self.is_plain) for worker in self._workers]
        await asyncio.gather(*ends, return_exceptions=True)

    async def kill(self) -> None:
        """Ends the processes at once."""
        await asyncio.gather(*(worker.kill() for worker in self._workers), return_exceptions=True)

    def _open_link(self, channel: aio.Channel, address: str) -> Link:
        if self.is_plain:
            from testingkit.conformance.runners.transport.unary import UnaryLink

            declared = frozenset(self.description.methods)
            return UnaryLink(address, self.config.concurrency, declared)
        return BatchedLink(channel, self.description.limits, self._limits.call_grace)

    async def _start_all(self) -> None:
        # Waits for all of them even if one fails, so that none starts later.
        starts = [worker.start() for worker in self._workers]
        for problem in await asyncio.gather(*starts, return_exceptions=True):
            if problem is not None:
                raise problem
        first = self._workers[0].description
        if any(worker.description != first for worker in self._workers):
            raise StartError("its processes have different descriptions")
        if first is None:
            await self._describe_plain()
        else:
            self.description = first

    async def _describe_plain(self) -> None:
        """Describes a plain server by the methods that its reflection has, if any."""
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


def _suffix(number: int) -> str:
    """Returns the suffix of the log of a process: none for the first."""
    return "" if number == 1 else f".{number}"
