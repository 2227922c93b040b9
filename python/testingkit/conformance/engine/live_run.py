"""A run in progress: calls go out, answers are judged as they come, events are written."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterator, Sequence

from testingkit.conformance.engine.dispatch import AbsentDispatch, Dispatch, RunnerDispatch
from testingkit.conformance.engine.progress_watch import ProgressWatch
from testingkit.conformance.engine.recorder import Prepared, Recorder
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.runner_pool import RunnerPool, declared_methods
from testingkit.conformance.engine.sinks import Clock, Outputs
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.project import Project
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.gate import Gate
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import RunEvent

_CHUNK = 128  # calls that are read at a time
_CHUNK_BYTES = 1 << 20


class LiveRun(Recorder):
    """One run against runners, from its header to its footer."""

    def __init__(
        self,
        prepared: Prepared,
        findings: FindingBook,
        runners: RunnerPool,
        project: Project,
        *,
        stops_early: bool = False,
    ) -> None:
        """``stops_early`` is at the first that counts."""
        super().__init__(prepared, findings, project)
        self._runners = runners
        self._support = RunnerChecks(findings, runners, prepared.schema, project.config.path)
        self._deadline = asyncio.timeout(None)
        self._stops_early = stops_early
        self._has_stopped = False

    async def record(self, seed: str, clock: Clock, outputs: Outputs) -> Gate:
        """Writes the whole log, header to footer, and returns the decision.

        Raises:
            OutputError: Something other than the log could not be written.
        """
        self._outputs = outputs
        self._write_header(seed, clock)
        interrupted = await self._drive_all(clock)
        self._support.note_incidents()
        self._add_untrue()
        gate = self._conclude(clock, interrupted=interrupted)
        outputs.check()
        return gate

    async def _drive_all(self, clock: Clock) -> bool:
        """Gets every observation that is to be had; tells whether the run was interrupted."""
        limit = self._project.config.limits.run_timeout
        self._deadline = asyncio.timeout(clock.left_of(limit))
        watch = ProgressWatch(self._runners, clock, self._calls, self._name_of)
        try:
            async with self._deadline:
                with watch.showing(self._outputs.progress):
                    await self._start()
                    await self._call_all(watch)
                await self._runners.close()  # How they end is a part of what is judged.
        except asyncio.CancelledError:
            self._abandon("the run was interrupted")
            return True
        except TimeoutError:
            timeout = f"limits.run_timeout = {limit or 0:g} s passed"
            text = "-x ends a run at its first problem" if self._has_stopped else timeout
            if not self._abandon(text) and not self._has_stopped:
                self._findings.add_incomplete(f"the run had all answers and did not end: {text}")
        except ExceptionGroup as group:
            # One cause ends the run; the others are what it did to its siblings.
            raise group.exceptions[0] from group
        self._support.check(self._methods)
        return False

    async def _call_all(self, watch: ProgressWatch) -> None:
        lanes = [self._lane(index) for index in range(len(self._plan.runners))]
        watch.follow(lanes, self._tally)
        async with asyncio.TaskGroup() as tasks:
            for lane in lanes:
                tasks.create_task(lane.run())
            await self._feed(lanes)

    async def _start(self) -> None:
        """Starts the runners; the log says how that went, however it ends."""
        try:
            await self._runners.start()
        finally:
            for index in range(len(self._plan.runners)):
                self._outputs.emit(RunEvent(runner_ready=self._runners.ready(index)))
                self._support.note_absent(index)

    def _lane(self, index: int) -> Dispatch:
        """Opens the way of calls to one runner."""
        session = self._runners.sessions[index]
        take_in = self._observe_until_problem if self._stops_early else self._observe
        observe = functools.partial(take_in, index)
        if session.config.name in self._runners.problems:
            return AbsentDispatch(observe)
        served = declared_methods(session, self._schema)
        return RunnerDispatch(
            session, session.queue(self._calls, self._plan.find, observe), served, observe
        )

    @property
    def _calls(self) -> int:
        """Number of calls of every runner."""
        return self._plan.total * self._plan.order.repetitions

    def _name_of(self, number: int) -> str:
        """Names the case of a call that is not observed yet."""
        # A plan may have to read all the cases before it; only a repetition is no first call.
        case = self._open.get(number)
        call = self._plan.find(number) if case is None else case.call
        return str(number) if call is None else call.case_id

    async def _feed(self, lanes: Sequence[Dispatch]) -> None:
        """Reads the calls and hands them out side by side, as far as the slowest runner allows."""
        calls = self._plan.calls
        while True:
            for lane in lanes:
                await lane.room()
            chunk = _next_chunk(calls)
            if not chunk:
                break
            for call in chunk:
                self._begin(call)
            for lane in lanes:
                lane.take(chunk)
            await asyncio.sleep(0)  # so that what there is can be sent
        for lane in lanes:
            lane.close()

    def _observe_until_problem(self, index: int, call: Call, observation: Observation) -> None:
        """Takes in an observation; the first problem that counts ends the run."""
        self._observe(index, call, observation)
        if self._tally.has_problem and not self._has_stopped:
            self._has_stopped = True
            self._deadline.reschedule(asyncio.get_running_loop().time())

    def _abandon(self, text: str) -> bool:
        """Finishes what is left open, but for what -x let go, and has the runners end."""
        self._runners.in_a_hurry = True
        if self._has_stopped:
            self._let_go()
        return super()._abandon(text)

    def _let_go(self) -> None:
        """Leaves out what -x itself keeps from an answer; where a process broke, that counts."""
        self._findings.forgive_not_run()
        kept = {number: case for number, case in self._open.items() if case.broke}
        self._begun -= len(self._open) - len(kept)
        self._open = kept


def _next_chunk(calls: Iterator[Call]) -> Sequence[Call]:
    """Reads the next calls, as many as are handed out at a time."""
    chunk: list[Call] = []
    size = 0
    for call in calls:
        chunk.append(call)
        size += len(call.framed)
        if len(chunk) == _CHUNK or size > _CHUNK_BYTES:
            break
    return chunk
