"""A run in progress: calls go out, answers are judged as they come, events are written."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit import __version__
from testingkit.conformance import eventlog
from testingkit.conformance.audit import Weakness
from testingkit.conformance.comparison_policy import policy_of
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.findings import FindingBook
from testingkit.conformance.gate import Gate, decide
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case, KnownDivergence, Order, Plan
from testingkit.conformance.pipeline.assess import Assessor
from testingkit.conformance.pipeline.outputs import Clock, Outputs
from testingkit.conformance.pipeline.project import Project
from testingkit.conformance.pipeline.runners import (
    Runners,
    ask,
    declared_methods,
    false_claims,
    is_excused,
    not_started,
)
from testingkit.conformance.pipeline.unanimity import is_unanimous, write_unanimous
from testingkit.conformance.stream import Kind
from testingkit.conformance.tally import Tally
from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    FinishedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerResult,
)
from testingkit.conformance.verdicts import is_unanswered

_LOOK = "look for state that calls share, and at the runner's log"
# The finding that an incident is, and what to do about it.
_INCIDENTS = {
    Kind.BREACH: (run_pb2.FINDING_KIND_PROTOCOL, "see docs/contract.md for what a runner may send"),
    Kind.CRASH: (run_pb2.FINDING_KIND_CRASH, _LOOK),
    Kind.HANG: (run_pb2.FINDING_KIND_TIMEOUT, _LOOK),
}


@dataclass(slots=True)
class _OpenCase:
    """A case that some runner has not done with: for every runner, what it did so far."""

    call: Call
    seen: Sequence[list[Observation]]
    left: int


class Recording:
    """One run, from its header to its footer."""

    def __init__(
        self,
        plan: Plan,
        known: Sequence[KnownDivergence],
        runners: Runners,
        schema: Schema,
        project: Project,
    ) -> None:
        self._plan = plan
        self._runners = runners
        self._schema = schema
        self._project = project
        names = plan.runners
        self._book: KnownBook = project.book(known)
        everyone = {runner.name for runner in project.runners(())}.issubset(names)
        self._assessor = Assessor(names, schema, self._book, everyone=everyone)
        self._tally = Tally(len(names), len(plan.cases))
        self._findings = FindingBook(names, _as_options(plan.order))
        self._calls = {call.id: call for call in plan.calls}
        # What some runner has done with and some has not; it is made when the first has.
        self._open: dict[int, _OpenCase] = {}
        self._finished: set[int] = set()
        self._unproven: dict[str, list[str]] = {}

    def note_weak(self, weak: Sequence[Weakness]) -> None:
        """Takes in limits of suites that do not hold, which was found before the run."""
        for weakness in weak:
            self._findings.add_weak(weakness.place, weakness.text)

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
        try:
            async with asyncio.timeout(clock.left_of(limit)):
                await self._start()
                async with asyncio.TaskGroup() as tasks:
                    for index in range(len(self._plan.runners)):
                        tasks.create_task(self._drive(index))
            await self._runners.close()  # How they end is a part of what is judged.
        except asyncio.CancelledError:
            self._abandon("the run was interrupted")
            return True
        except TimeoutError:
            self._abandon(f"limits.run_timeout = {limit:g} s passed")
        except ExceptionGroup as group:
            # One cause ends the run; the others are what it did to its siblings.
            raise group.exceptions[0] from group
        return False

    def _conclude(self, clock: Clock, *, interrupted: bool) -> Gate:
        """Decides and writes it down: to the log first, because losing that is a gap as well."""
        events, gate = self._closing_events(clock, interrupted=interrupted)
        for event in events:
            self._outputs.record(event)
        self._outputs.close_log()
        if self._outputs.log_problem:
            self._findings.add_unrecorded(self._outputs.log_problem)
            events, gate = self._closing_events(clock, interrupted=interrupted)
        for event in events:
            self._outputs.show(event)
        return gate

    def _closing_events(
        self, clock: Clock, *, interrupted: bool
    ) -> tuple[Sequence[RunEvent], Gate]:
        findings = self._findings.findings()
        gate = decide(self._tally, findings, interrupted=interrupted)
        events = [RunEvent(finding=finding) for finding in findings]
        return [*events, RunEvent(footer=self._footer(gate, clock))], gate

    def _write_header(self, seed: str) -> None:
        plan = self._plan
        header = RunHeader(
            format_version=eventlog.FORMAT_VERSION,
            testingkit_version=__version__,
            started=_now(),
            seed=seed,
            runners=plan.runners,
            cases=len(plan.cases),
            suites=plan.suites,
            filtered=plan.filtered,
            descriptors=self._schema.subject_files,
            weakened_cases=sum(policy_of(call.case.comparison).is_weak for call in plan.cases),
            repetitions=plan.order.repetitions,
            shuffle=plan.order.shuffle,
        )
        self._outputs.emit(RunEvent(header=header))

    async def _start(self) -> None:
        """Starts the runners; the log says how that went and what is planned, however it ends."""
        try:
            await self._runners.start()
        finally:
            self._write_plan()

    def _write_plan(self) -> None:
        for index in range(len(self._plan.runners)):
            self._outputs.emit(RunEvent(runner_ready=self._runners.ready(index)))
        for call in self._plan.cases:
            self._outputs.emit(_planned(call))
        for index, name in enumerate(self._plan.runners):
            if name in self._runners.problems:
                self._not_run(index, self._runners.problems[name])

    async def _drive(self, index: int) -> None:
        """Gets one observation for every call from one runner."""
        session = self._runners.sessions[index]
        if session.config.name in self._runners.problems:
            return
        served = declared_methods(session, self._schema)
        self._check_support(index, served)
        await ask(session, self._plan.calls, served, functools.partial(self._observe, index))

    def _not_run(self, index: int, problem: str) -> None:
        name = self._plan.runners[index]
        advice = f"testingkit doctor -r {name}; {self._project.config.path}, [runners.{name}]"
        text = f"{name} did not start: {problem}"
        self._findings.add_absent(index, text, advice)
        for call in self._plan.calls:
            self._observe(index, not_started(call))

    def _check_support(self, index: int, served: frozenset[str]) -> None:
        """What a runner says it serves must exist, and what not must be in the configuration."""
        session = self._runners.sessions[index]
        config = session.config
        for text in false_claims(session, self._schema):
            kind, advice = _INCIDENTS[Kind.BREACH]
            self._findings.add_runner(kind, index, f"{config.name}: {text}", advice)
        needed = sorted({call.case.method.name for call in self._plan.cases})
        for method in needed:
            if method not in served and not is_excused(config, method):
                text = f"{config.name} does not serve {method}"
                advice = f"serve it, or list it under runners.{config.name}.unsupported"
                self._findings.add_runner(run_pb2.FINDING_KIND_FAILURE, index, text, advice)
            elif method in served and is_excused(config, method):
                text = f"{config.name} serves {method}, which the configuration says it does not"
                advice = f"remove it from runners.{config.name}.unsupported"
                self._findings.add_runner(run_pb2.FINDING_KIND_STALE, index, text, advice)

    def _observe(self, index: int, observation: Observation) -> None:
        """Takes in an observation; the last one of a case finishes it."""
        first = self._calls[observation.call_id].first
        case = self._open.get(first) or self._begin(first)
        case.seen[index].append(observation)
        case.left -= 1
        if not case.left:
            del self._open[first]
            self._finish(case)

    def _begin(self, first: int) -> _OpenCase:
        """Opens a case, which is done once: an observation too many is a bug of ours."""
        if first in self._finished:
            raise AssertionError(f"call {first} would be finished a second time")
        runners = len(self._plan.runners)
        times = runners * self._plan.order.repetitions
        case = _OpenCase(self._calls[first], [[] for _ in range(runners)], times)
        self._open[first] = case
        return case

    def _finish(self, case: _OpenCase) -> None:
        call = case.call
        self._finished.add(call.id)
        event = RunEvent()
        if is_unanimous(call.case, case.seen) and not self._book.knows(call.case.id):
            self._tally.add_unanimous()
            write_unanimous(event.finished_case, call.id, case.seen)
        else:
            finished = self._assessor.assess(call, case.seen)
            self._tally.add(finished, call.case.level)
            self._note_unproven(call.case, finished)
            self._findings.add_case(call.case, finished)
            event.finished_case.CopyFrom(finished)
        self._outputs.emit(event)

    def _note_unproven(self, case: Case, finished: FinishedCase) -> None:
        """Cases that nobody can fail prove nothing; a selection may leave some of them so."""
        if self._plan.filtered:
            return
        silent = [result for result in finished.results if not result.answer_class]
        # A crash or timeout that is known confirms nobody's answer, and is no finding either.
        if any(not _is_excused(result) for result in silent):
            return  # Somebody was asked and failed, which is a finding of its own.
        if all(r.verdict == verdict_pb2.VERDICT_UNSUPPORTED for r in finished.results):
            self._unproven.setdefault("no runner serves the method", []).append(case.id)
        elif finished.parity == parity_pb2.PARITY_SINGLE and case.expect.HasField("agree"):
            text = "agreement is expected, and one runner alone answers"
            self._unproven.setdefault(text, []).append(case.id)

    def _abandon(self, text: str) -> None:
        """Finishes what a run that ends early leaves open, so that the log accounts for it."""
        self._runners.in_a_hurry = True
        for call in self._plan.cases:
            if call.id in self._finished:
                continue
            case = self._open.get(call.id) or self._begin(call.id)
            for seen in case.seen:
                while len(seen) < self._plan.order.repetitions:
                    observation = Observation(call_id=case.call.id)
                    observation.not_run.text = text
                    seen.append(observation)
            self._finish(case)
        self._open.clear()

    def _add_other_findings(self) -> None:
        for index, session in enumerate(self._runners.sessions):
            for incident in session.take_incidents():
                kind, advice = _INCIDENTS[incident.kind]
                text = f"{session.config.name}: {incident.text}"
                self._findings.add_runner(kind, index, text, advice)
        for text, case_ids in self._unproven.items():
            self._findings.add_unproven(text, sorted(case_ids))
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


def _is_excused(result: RunnerResult) -> bool:
    """Whether nothing is wrong with a runner that gave no answer."""
    unsupported = result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
    return unsupported or (result.known and not is_unanswered(result))


def _as_options(order: Order) -> str:
    """The options that have a case called as often, and in such an order, as in this run."""
    shuffle = f" --shuffle {order.shuffle}" if order.shuffle else ""
    return f" --repeat {order.repetitions}{shuffle}" if order.repetitions > 1 else ""


def _now() -> Timestamp:
    now = Timestamp()
    now.GetCurrentTime()
    return now


def _planned(call: Call) -> RunEvent:
    """The event of a planned case, filled in where it is: a copy of it would cost as much again."""
    case, event = call.case, RunEvent()
    planned = event.planned_case
    planned.call_id = call.id
    planned.case_id = case.id
    planned.path = case.place.path
    planned.line = case.place.line
    planned.method = case.method.name
    planned.request = case.request
    planned.expect.CopyFrom(case.expect)
    planned.level = case.level
    planned.tags.extend(case.tags)
    planned.description = case.message.description
    if case.golden and case.golden.provenance:
        planned.provenance.CopyFrom(case.golden.provenance)
    return event
