"""A run in progress: calls go out, answers are judged as they come, events are written."""

from __future__ import annotations

import asyncio

from testingkit.conformance.engine.ask import Asking, Calls
from testingkit.conformance.engine.progress_watch import ProgressWatch
from testingkit.conformance.engine.recorder import Recorder
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.runner_pool import RunnerPool
from testingkit.conformance.engine.sinks import Clock
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.results.gate import Gate
from testingkit.conformance.v1.observation_pb2 import Observation


class LiveRun:
    """One run against runners, from its header to its footer."""

    def __init__(
        self,
        recorder: Recorder,
        pool: RunnerPool,
        checks: RunnerChecks,
        *,
        run_timeout: float | None = None,
        stops_early: bool = False,
    ) -> None:
        """Prepares a run.

        Args:
            recorder: Records the run.
            pool: The runners, which may have started.
            checks: Finds problems of the runners themselves.
            run_timeout: The seconds that the run may take; None for no limit.
            stops_early: End the run at the first problem that counts.
        """
        self._recorder = recorder
        self._pool = pool
        self._checks = checks
        self._run_timeout = run_timeout
        self._deadline = asyncio.timeout(None)
        self._stops_early = stops_early
        self._has_stopped = False

    async def record(self, seed: str, clock: Clock) -> Gate:
        """Writes the whole log, header to footer, and returns the decision.

        Raises:
            OutputError: A sink other than the log failed.
        """
        self._recorder.write_header(seed, clock)
        interrupted = await self._ask_all(clock)
        self._checks.note_incidents()
        self._recorder.add_stale_entries()
        gate = self._recorder.conclude(clock, interrupted=interrupted)
        self._recorder.outputs.check()
        return gate

    async def _ask_all(self, clock: Clock) -> bool:
        """Records the observations of all runners, and returns whether the run was interrupted."""
        recorder, limit = self._recorder, self._run_timeout
        self._deadline = asyncio.timeout(clock.seconds_left(limit))
        watch = ProgressWatch(self._pool, clock, recorder.plan.call_count, recorder.case_id_of)
        try:
            async with self._deadline:
                with watch.showing(recorder.outputs.progress):
                    await self._start()
                    await self._call_all(watch)
                await self._pool.close()  # an error while they end is a finding too
        except asyncio.CancelledError:
            self._abandon("the run was interrupted")
            return True
        except TimeoutError:
            timeout = f"limits.run_timeout = {limit or 0:g} s passed"
            text = "-x ends a run at its first problem" if self._has_stopped else timeout
            if not self._abandon(text) and not self._has_stopped:
                recorder.findings.add_incomplete(f"the run had all answers and did not end: {text}")
        self._checks.check(recorder.methods)
        return False

    async def _start(self) -> None:
        """Starts the runners, and records how each start went, even if it is interrupted."""
        try:
            await self._pool.start()
        finally:
            for index in range(len(self._pool.sessions)):
                self._recorder.record_ready(self._pool.ready(index))
                self._checks.note_absent(index)

    async def _call_all(self, watch: ProgressWatch) -> None:
        targets = self._pool.targets(self._recorder.schema)
        calls = Calls.of_plan(self._recorder.plan)
        asking = Asking(targets, calls, self._observe, self._recorder.begin)
        watch.follow(asking.dispatches, self._recorder.tally)
        await asking.run()

    def _observe(self, index: int, call: Call, observation: Observation) -> None:
        """Records an observation; with -x, the first problem that counts ends the run."""
        self._recorder.observe(index, call, observation)
        if self._stops_early and self._recorder.tally.has_problem and not self._has_stopped:
            self._has_stopped = True
            self._deadline.reschedule(asyncio.get_running_loop().time())

    def _abandon(self, text: str) -> bool:
        """Kills the runners, and records why calls were not run; returns whether there were any."""
        self._pool.kill_on_exit = True
        if self._has_stopped:
            self._recorder.drop_unanswered()
        return self._recorder.abandon(text)
