"""One run, from case files to the exit code. Everything it finds out is an event."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit import __version__
from testingkit.conformance import eventlog
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.differences import Policy
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.findings import FindingBook
from testingkit.conformance.gate import Gate, decide
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, Case, KnownDivergence, Plan
from testingkit.conformance.pipeline.assess import Assessor
from testingkit.conformance.pipeline.project import Project, Selection
from testingkit.conformance.pipeline.runners import Runners, declared_methods, is_excused
from testingkit.conformance.schedule import make_plan
from testingkit.conformance.tally import Tally
from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    FinishedCase,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
)

Sink = Callable[[RunEvent], None]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a person chose for a run."""

    selection: Selection
    seed: str = ""


def run(project: Project, options: RunOptions, sinks: Sequence[Sink]) -> ExitCode:
    """Runs a project's cases against its runners.

    Args:
        project: The project.
        options: What to run.
        sinks: Take every event in order, after the event log has it.

    Raises:
        TestingKitError: The run could not begin, or its log could not be written.
    """
    return asyncio.run(_run(project, options, sinks))


async def _run(project: Project, options: RunOptions, sinks: Sequence[Sink]) -> ExitCode:
    selection = options.selection
    configs = project.runners(selection.runners)
    seed = options.seed or secrets.token_hex(4)
    schema = project.schema()
    prepared = None if schema is None else _prepare(project, schema, selection)
    folder = _new_folder(project, seed)
    started = time.monotonic_ns()
    async with Runners(project, configs, folder, seed) as runners:
        await runners.start()
        if schema is None:
            schema = await runners.reflected_schema()
            prepared = _prepare(project, schema, selection)
        if prepared is None:
            raise RuntimeError("a run without a plan")
        with eventlog.EventLogWriter(folder / eventlog.FILE_NAME) as log:
            recording = _Recording(prepared, runners, schema, project, [log.write, *sinks])
            gate = await recording.record(seed, started)
    return gate.exit_code


@dataclass(frozen=True, slots=True)
class _Prepared:
    plan: Plan
    known: Sequence[KnownDivergence]


def _prepare(project: Project, schema: Schema, selection: Selection) -> _Prepared:
    suites, known = project.load(schema, selection.paths)
    runners = [runner.name for runner in project.runners(selection.runners)]
    plan = make_plan(
        suites,
        runners,
        selection.expression,
        project.config.limits.call_timeout,
        filtered=bool(selection.paths) or len(runners) < len(project.runners(())),
    )
    return _Prepared(plan, known)


def _new_folder(project: Project, seed: str) -> Path:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    return eventlog.new_run_folder(project.config.state / "runs", f"{stamp}-{seed}")


class _Recording:
    """A run in progress: calls go out, events are written."""

    def __init__(
        self,
        prepared: _Prepared,
        runners: Runners,
        schema: Schema,
        project: Project,
        sinks: Sequence[Sink],
    ) -> None:
        self._plan = prepared.plan
        self._runners = runners
        self._schema = schema
        self._project = project
        self._sinks = sinks
        names = self._plan.runners
        self._book: KnownBook = project.book(prepared.known)
        self._assessor = Assessor(names, schema, self._book)
        self._tally = Tally(len(names), len(self._plan.calls))
        self._findings = FindingBook(names)
        self._calls = {call.id: call for call in self._plan.calls}
        self._unproven: dict[str, list[str]] = {}
        self._pending: dict[int, dict[int, Observation]] = {}

    async def record(self, seed: str, started: int) -> Gate:
        """Writes the whole log, header to footer, and returns the decision."""
        self._write_header(seed)
        interrupted = False
        try:
            async with asyncio.TaskGroup() as tasks:
                for index in range(len(self._plan.runners)):
                    tasks.create_task(self._drive(index))
        except asyncio.CancelledError:
            interrupted = True
            self._runners.in_a_hurry = True
            self._abandon("the run was interrupted")
        except ExceptionGroup as group:
            # One cause ends the run; the others are what it did to its siblings.
            raise group.exceptions[0] from group
        self._add_other_findings()
        findings = self._findings.findings()
        gate = decide(self._tally, findings, interrupted=interrupted)
        for finding in findings:
            self._emit(RunEvent(finding=finding))
        self._write_footer(gate, started)
        return gate

    def _emit(self, event: RunEvent) -> None:
        for sink in self._sinks:
            sink(event)

    def _write_header(self, seed: str) -> None:
        now = Timestamp()
        now.GetCurrentTime()
        plan = self._plan
        header = RunHeader(
            format_version=eventlog.FORMAT_VERSION,
            testingkit_version=__version__,
            started=now,
            seed=seed,
            runners=plan.runners,
            cases=len(plan.calls),
            suites=plan.suites,
            filtered=plan.filtered,
            descriptors=self._schema.subject_files,
            weakened_cases=sum(Policy(call.case.comparison).is_weak for call in plan.calls),
        )
        self._emit(RunEvent(header=header))
        for index in range(len(plan.runners)):
            self._emit(RunEvent(runner_ready=self._runners.ready(index)))
        for call in plan.calls:
            self._emit(RunEvent(planned_case=_planned(call)))

    async def _drive(self, index: int) -> None:
        """Gets one observation for every call from one runner."""
        session = self._runners.sessions[index]
        problem = self._runners.problems.get(session.config.name)
        if problem is not None:
            self._not_run(index, problem)
            return
        served = declared_methods(session, self._schema)
        calls = []
        for call in self._plan.calls:
            if call.case.method.name in served:
                calls.append(call)
                continue
            observation = Observation(call_id=call.id)
            observation.unsupported.SetInParent()
            self._observe(index, observation)
        self._check_support(index, served)
        await session.run(calls, lambda observation: self._observe(index, observation))

    def _not_run(self, index: int, problem: str) -> None:
        advice = f"see {self._project.config.path}, [runners.{self._plan.runners[index]}]"
        text = f"{self._plan.runners[index]} did not start: {problem}"
        self._findings.add_absent(index, text, advice)
        for call in self._plan.calls:
            observation = Observation(call_id=call.id)
            observation.not_run.text = "the runner did not start"
            self._observe(index, observation)

    def _check_support(self, index: int, served: frozenset[str]) -> None:
        """What a runner does not serve must be said in the configuration, and be so."""
        config = self._runners.sessions[index].config
        needed = sorted({call.case.method.name for call in self._plan.calls})
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
        seen = self._pending.setdefault(observation.call_id, {})
        seen[index] = observation
        if len(seen) == len(self._plan.runners):
            del self._pending[observation.call_id]
            self._finish(self._calls.pop(observation.call_id), seen)

    def _finish(self, call: Call, seen: dict[int, Observation]) -> None:
        finished = self._assessor.assess(call, [seen[index] for index in range(len(seen))])
        self._tally.add(finished, call.case.level)
        self._note_unproven(call.case, finished)
        self._findings.add_case(call.case, finished)
        self._emit(RunEvent(finished_case=finished))

    def _note_unproven(self, case: Case, finished: FinishedCase) -> None:
        """Cases that nobody can fail prove nothing; a selection may leave some of them so."""
        if self._plan.filtered:
            return
        silent = [result for result in finished.results if not result.answer_class]
        if any(result.verdict != verdict_pb2.VERDICT_UNSUPPORTED for result in silent):
            return  # Somebody was asked and failed, which is a finding of its own.
        if len(silent) == len(finished.results):
            self._unproven.setdefault("no runner serves the method", []).append(case.id)
        elif finished.parity == parity_pb2.PARITY_SINGLE and case.expect.HasField("agree"):
            text = "agreement is expected, and one runner alone answers"
            self._unproven.setdefault(text, []).append(case.id)

    def _abandon(self, text: str) -> None:
        """Finishes what an interrupted run leaves open, so that the log accounts for it."""
        for call_id in list(self._calls):
            seen = self._pending.get(call_id, {})
            for index in range(len(self._plan.runners)):
                if index not in seen:
                    observation = Observation(call_id=call_id)
                    observation.not_run.text = text
                    self._observe(index, observation)

    def _add_other_findings(self) -> None:
        for index, session in enumerate(self._runners.sessions):
            for text in session.violations:
                advice = "see docs/contract.md for what a runner may send"
                kind = run_pb2.FINDING_KIND_PROTOCOL
                self._findings.add_runner(kind, index, f"{session.config.name} {text}", advice)
            for text in session.innocents:
                advice = "look for state that calls share, and at the runner's log"
                kind = run_pb2.FINDING_KIND_CRASH
                self._findings.add_runner(kind, index, f"{session.config.name}: {text}", advice)
        for text, case_ids in self._unproven.items():
            self._findings.add_unproven(text, sorted(case_ids))
        every = [runner.name for runner in self._project.config.runners]
        for untrue in self._book.untrue(every, complete=not self._plan.filtered):
            self._findings.add_untrue(untrue)

    def _write_footer(self, gate: Gate, started: int) -> None:
        now = Timestamp()
        now.GetCurrentTime()
        footer = RunFooter(
            ledgers=self._tally.ledgers,
            parity=self._tally.parity,
            decision=gate.decision,
            exit_code=gate.exit_code,
            finished=now,
            wall_nanos=time.monotonic_ns() - started,
            reasons=gate.reasons,
        )
        self._emit(RunEvent(footer=footer))


def _planned(call: Call) -> PlannedCase:
    case = call.case
    return PlannedCase(
        call_id=call.id,
        case_id=case.id,
        path=case.place.path,
        line=case.place.line,
        method=case.method.name,
        request=case.request,
        expect=case.expect,
        level=case.level,
        tags=case.tags,
        description=case.message.description,
    )
