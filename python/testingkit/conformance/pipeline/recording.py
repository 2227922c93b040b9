"""A run in progress: calls go out, answers are judged as they come, events are written."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit import __version__
from testingkit.conformance import eventlog
from testingkit.conformance.audit import Weakness
from testingkit.conformance.case_records import record_of
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.findings import FindingBook
from testingkit.conformance.gate import Gate, decide
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case, KnownDivergence
from testingkit.conformance.pipeline.assess import Assessor
from testingkit.conformance.pipeline.lanes import AbsentLane, Lane, OpenLane
from testingkit.conformance.pipeline.open_case import OpenCase
from testingkit.conformance.pipeline.outputs import Clock, Outputs
from testingkit.conformance.pipeline.project import Project
from testingkit.conformance.pipeline.runners import Runners, declared_methods
from testingkit.conformance.pipeline.support import Support
from testingkit.conformance.pipeline.unanimity import Unanimity
from testingkit.conformance.pipeline.watch import Watch
from testingkit.conformance.plan import Plan
from testingkit.conformance.run_text import say_left_out
from testingkit.conformance.tally import Tally
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerResult,
)
from testingkit.conformance.verdicts import is_unanswered
from testingkit.conformance.wire import delimited, delimited_tag, varint, varint_tag

_CHUNK = 128  # calls that are read at a time
_CHUNK_BYTES = 1 << 20
_PLANNED = delimited_tag(RunEvent.PLANNED_CASE_FIELD_NUMBER)
_PLANNED_CALL_ID = varint_tag(PlannedCase.CALL_ID_FIELD_NUMBER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run is made of, once its cases are read."""

    schema: Schema
    plan: Plan
    known: Sequence[KnownDivergence]
    weak: Sequence[Weakness]


class Recording:
    """One run, from its header to its footer."""

    def __init__(
        self,
        prepared: Prepared,
        findings: FindingBook,
        runners: Runners,
        project: Project,
        *,
        stops_early: bool = False,
    ) -> None:
        """``findings`` may have some already; ``stops_early`` is at the first that counts."""
        plan, schema = prepared.plan, prepared.schema
        self._plan = plan
        self._runners = runners
        self._schema = schema
        self._project = project
        names = plan.runners
        self._book: KnownBook = project.book(prepared.known)
        everyone = {runner.name for runner in project.runners(())}.issubset(names)
        self._assessor = Assessor(names, schema, self._book, everyone=everyone)
        self._tally = Tally(len(names), plan.total)
        self._findings = findings
        self._support = Support(findings, runners, schema, project.config.path)
        self._unanimity = Unanimity(len(names))
        self._open: dict[int, OpenCase] = {}  # by the id of the first call
        self._begun = 0  # cases
        self._unanimous = 0  # cases that are not in the tally yet
        self._runner_count = len(names)
        self._methods: set[str] = set()  # that were called
        self._deadline = asyncio.timeout(None)
        self._stops_early = stops_early
        self._has_stopped = False

    async def record(self, seed: str, clock: Clock, outputs: Outputs) -> Gate:
        """Writes the whole log, header to footer, and returns the decision.

        Raises:
            OutputError: Something other than the log could not be written.
        """
        self._outputs = outputs
        self._write_header(seed)
        interrupted = await self._drive_all(clock)
        self._add_other_findings()
        gate = self._conclude(clock, interrupted=interrupted)
        outputs.check()
        return gate

    async def _drive_all(self, clock: Clock) -> bool:
        """Gets every observation that is to be had; tells whether the run was interrupted."""
        limit = self._project.config.limits.run_timeout
        self._deadline = asyncio.timeout(clock.left_of(limit))
        watch = Watch(self._runners, clock, self._calls, self._name_of)
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

    async def _call_all(self, watch: Watch) -> None:
        lanes = [self._lane(index) for index in range(len(self._plan.runners))]
        watch.follow(lanes, self._tally)
        async with asyncio.TaskGroup() as tasks:
            for lane in lanes:
                tasks.create_task(lane.run())
            await self._feed(lanes)

    def _conclude(self, clock: Clock, *, interrupted: bool) -> Gate:
        """Decides and writes it down: to the log first, because losing that is a gap as well."""
        findings, gate = self._decide(interrupted=interrupted)
        for finding in findings:
            self._outputs.record(RunEvent(finding=finding))
        footer = RunEvent(footer=self._footer(gate, clock))
        self._outputs.record(footer)
        self._outputs.close_log()
        if self._outputs.log_problem:
            self._findings.add_unrecorded(self._outputs.log_problem)
            findings, gate = self._decide(interrupted=interrupted)
            footer = RunEvent(footer=self._footer(gate, clock))
        self._show(findings)
        self._outputs.show(footer)
        return gate

    def _decide(self, *, interrupted: bool) -> tuple[Sequence[Finding], Gate]:
        self._tally.add_unanimous(self._unanimous)
        self._unanimous = 0
        findings = self._findings.findings()
        return findings, decide(self._tally, findings, interrupted=interrupted)

    def _show(self, findings: Sequence[Finding]) -> None:
        """Shows the findings, each after the case that it shows in full."""
        examples = self._findings.examples()
        for finding in findings:
            if (example := examples.get(finding.case_id)) is not None:
                case, finished = example
                planned = PlannedCase.FromString(record_of(case).planned)
                planned.call_id = finished.call_id
                self._outputs.show(RunEvent(planned_case=planned))
                self._outputs.show(RunEvent(finished_case=finished))
            self._outputs.show(RunEvent(finding=finding))

    def _write_header(self, seed: str) -> None:
        plan = self._plan
        header = RunHeader(
            format_version=eventlog.FORMAT_VERSION,
            testingkit_version=__version__,
            started=_now(),
            seed=seed,
            runners=plan.runners,
            cases=plan.total,
            suites=plan.suites,
            filtered=plan.filtered,
            descriptors=self._schema.subject_files,
            weakened_cases=plan.weak,
            repetitions=plan.order.repetitions,
            shuffle=plan.order.shuffle,
        )
        self._outputs.emit(RunEvent(header=header))

    async def _start(self) -> None:
        """Starts the runners; the log says how that went, however it ends."""
        try:
            await self._runners.start()
        finally:
            for index in range(len(self._plan.runners)):
                self._outputs.emit(RunEvent(runner_ready=self._runners.ready(index)))
                self._support.note_absent(index)

    def _lane(self, index: int) -> Lane:
        """Opens the way of calls to one runner."""
        session = self._runners.sessions[index]
        observe = functools.partial(self._observe, index)
        if session.config.name in self._runners.problems:
            return AbsentLane(observe)
        served = declared_methods(session, self._schema)
        return OpenLane(
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

    async def _feed(self, lanes: Sequence[Lane]) -> None:
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

    def _begin(self, call: Call) -> None:
        """Takes in the next call of the plan; the first one of a case opens it."""
        if call.first in self._open:
            call.expected = None
            return
        self._begun += 1
        self._methods.add(call.method)
        repetitions = self._plan.order.repetitions
        if repetitions > 1 or self._book.knows(call.case_id):
            call.expected = None  # Bytes alone do not decide it.
        self._open[call.first] = OpenCase(call, self._runner_count, repetitions)
        self._outputs.record_serialized(_planned(call))
        call.planned = b""

    def _observe(self, index: int, call: Call, observation: Observation) -> None:
        """Takes in an observation; the last one of a case finishes it."""
        case = self._open[call.first]
        case.add(index, call, observation)
        if not case.left:
            del self._open[call.first]
            self._finish(case)

    def _finish(self, case: OpenCase) -> None:
        call = case.call
        if case.is_unanimous and call.expected is not None:
            self._unanimous += 1
            event = self._unanimity.event(call.id, call.expected, case.elapsed)
            self._outputs.record_serialized(event)
            return
        finished = self._assessor.assess(call.id, call.case, case.observed())
        self._tally.add(finished, call.case.level)
        self._note_unproven(call.case, finished)
        self._findings.add_case(call.case, finished)
        if self._stops_early and self._tally.has_problem and not self._has_stopped:
            self._has_stopped = True
            self._deadline.reschedule(asyncio.get_running_loop().time())
        self._outputs.record(RunEvent(finished_case=finished))

    def _note_unproven(self, case: Case, finished: FinishedCase) -> None:
        """Cases that nobody can fail prove nothing; a selection may leave some of them so."""
        if self._plan.filtered:
            return
        silent = [result for result in finished.results if not result.answer_class]
        # A crash or timeout that is known confirms nobody's answer, and is no finding either.
        if any(not _is_excused(result) for result in silent):
            return  # Somebody was asked and failed, which is a finding of its own.
        if all(r.verdict == verdict_pb2.VERDICT_UNSUPPORTED for r in finished.results):
            self._findings.add_unproven(case, finished, "no runner serves the method")
        elif finished.parity == parity_pb2.PARITY_SINGLE and case.expect.HasField("agree"):
            text = "agreement is expected, and one runner alone answers"
            self._findings.add_unproven(case, finished, text)

    def _abandon(self, text: str) -> bool:
        """Finishes what a run that ends early leaves open, so that the log accounts for it.

        Cases that were never begun are counted: there may be a million of them. So are those that
        -x let go. Returns whether anything was left.
        """
        self._runners.in_a_hurry = True
        was_left = bool(self._open or self._begun < self._plan.total)
        if self._has_stopped:
            self._let_go()
        left = self._plan.total - self._begun
        for case in self._open.values():
            case.give_up(self._plan.order.repetitions, text)
            self._finish(case)
        self._open.clear()
        if left:
            self._tally.add_left_out(left)
            left_out = LeftOut(cases=left, text=text)
            self._findings.add_incomplete(say_left_out(left_out))
            self._outputs.emit(RunEvent(left_out=left_out))
        return was_left

    def _let_go(self) -> None:
        """Leaves out what -x itself keeps from an answer; where a process broke, that counts."""
        self._findings.forgive_not_run()
        kept = {number: case for number, case in self._open.items() if case.broke}
        self._begun -= len(self._open) - len(kept)
        self._open = kept

    def _add_other_findings(self) -> None:
        self._support.note_incidents()
        every = [runner.name for runner in self._project.config.runners]
        for untrue in self._book.untrue(every, complete=not self._plan.filtered):
            self._findings.add_untrue(untrue)

    def _footer(self, gate: Gate, clock: Clock) -> RunFooter:
        return RunFooter(
            ledgers=self._tally.ledgers,
            parity=self._tally.parity,
            decision=gate.decision,
            exit_code=gate.exit_code,
            finished=_now(),
            wall_nanos=clock.nanos(),
            reasons=gate.reasons,
        )


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


def _is_excused(result: RunnerResult) -> bool:
    """Whether nothing is wrong with a runner that gave no answer."""
    unsupported = result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
    return unsupported or (result.known and not is_unanswered(result))


def _now() -> Timestamp:
    now = Timestamp()
    now.GetCurrentTime()
    return now


def _planned(call: Call) -> bytes:
    """The serialized event of a planned case."""
    return _PLANNED + delimited(_PLANNED_CALL_ID + varint(call.id) + call.planned)
