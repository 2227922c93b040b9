"""Records a run: judges, compares and counts observations, decides, and writes the events.

Observations come from runners (`LiveRun`) or from the logs of shards (`Merge`). Both hand them to a
`Recorder`, so that a merged run is judged exactly as a live one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from google.protobuf.timestamp_pb2 import Timestamp

from testingkit import __version__
from testingkit.conformance.audit import Weakness
from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.called_methods import CalledMethods
from testingkit.conformance.engine.fast_path import FastPath
from testingkit.conformance.engine.pending_case import PendingCase
from testingkit.conformance.engine.sinks import Outputs
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint, varint_tag
from testingkit.conformance.record import event_log
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.results.gate import Gate, decide
from testingkit.conformance.results.run_text import format_left_out
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.results.unproven import why_unproven
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    LeftOut,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerReady,
    Selection,
    Shard,
)

_PLANNED = delimited_tag(RunEvent.PLANNED_CASE_FIELD_NUMBER)
_PLANNED_CALL_ID = varint_tag(PlannedCase.CALL_ID_FIELD_NUMBER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run that is ready to start: its cases are read and planned.

    Attributes:
        schema: The types.
        plan: The plan of the run, or the part of it that a shard runs.
        known: The known divergences of the project.
        weak: The suites that are weaker than their own limits.
        digest: The digest of the whole plan.
        shard: The part of the plan, as the header of the log has it; None for the whole plan.
        selection: What was selected, in the same form; None if nothing was.
    """

    schema: Schema
    plan: Plan
    known: Sequence[KnownDivergence]
    weak: Sequence[Weakness]
    digest: str
    shard: Shard | None = None
    selection: Selection | None = None


class Times(Protocol):
    """When a run began and ended."""

    def began(self) -> Timestamp:
        """Returns when the run began."""

    def ended(self) -> Timestamp:
        """Returns when the run ended."""

    def nanos(self) -> int:
        """Returns the nanoseconds that it took."""


class Recorder:
    """Records one run.

    Its methods are called in this order: `write_header`, `record_ready` for every runner, `begin`
    for every call before it is observed, `observe` once for every runner and call, `conclude`.

    Attributes:
        plan: The plan of the run.
        schema: The types.
        findings: The findings so far.
        outputs: The event log and the sinks.
        tally: The totals so far, without the cases in which every runner gave the expected bytes.
        methods: The methods that were called so far, and what was observed of each.
    """

    def __init__(
        self, prepared: Prepared, findings: FindingBook, project: Project, outputs: Outputs
    ) -> None:
        """Prepares to record; adds the suites that are too weak to the findings."""
        plan = prepared.plan
        self.plan = plan
        self.schema = prepared.schema
        self.findings = findings
        self.outputs = outputs
        self.methods = CalledMethods()
        self._prepared = prepared
        self._project = project
        names = plan.runners
        self._book: KnownBook = project.book(prepared.known)
        all_runners = project.has_all_runners(names)
        self._assessor = Assessor(names, self._book, all_runners=all_runners)
        self.tally = Tally(len(names), plan.total)
        for weakness in prepared.weak:
            findings.add_weak(weakness.place, weakness.text)
        self._fast_path = FastPath(len(names))
        self._open: dict[int, PendingCase] = {}  # by the id of the first call
        self._begun = 0  # cases
        self._unanimous = 0  # cases that are not in the tally yet
        self._runner_count = len(names)
        self._families = project.families(names)

    def write_header(self, seed: str, times: Times, *, merged: int = 0) -> None:
        """Writes the first event; ``merged`` is the number of shards that are merged."""
        plan = self.plan
        header = RunHeader(
            format_version=event_log.FORMAT_VERSION,
            testingkit_version=__version__,
            started=times.began(),
            seed=seed,
            runners=plan.runners,
            cases=plan.total,
            suites=plan.suites,
            filtered=plan.filtered,
            descriptors=self.schema.subject_files,
            weakened_cases=plan.weak,
            repetitions=plan.order.repetitions,
            shuffle=plan.order.shuffle,
            plan_digest=self._prepared.digest,
            shard=self._prepared.shard,
            merged_shards=merged,
            selection=self._prepared.selection,
            name=self.outputs.log.run_name,
            families=self._families,
        )
        self.outputs.emit(RunEvent(header=header))

    def record_ready(self, ready: RunnerReady) -> None:
        """Records how the start of a runner went."""
        self.outputs.emit(RunEvent(runner_ready=ready))

    def begin(self, call: Call) -> None:
        """Takes the next call of the plan; the first call of a case opens the case."""
        if call.first in self._open:
            return
        self._begun += 1
        self.methods.names.add(call.method)
        repetitions = self.plan.order.repetitions
        # Equal bytes decide a case only if it is called once and has no known divergence.
        is_decided = repetitions == 1 and not self._book.covers(call.case_id)
        expected = call.expected if is_decided else None
        self._open[call.first] = PendingCase(call, expected, self._runner_count, repetitions)
        self.outputs.record_serialized(_planned(call))

    def case_id_of(self, number: int) -> str:
        """Returns the id of the case of a call that is not observed yet."""
        # Finding a call in the plan may read all cases before it; open cases are at hand.
        case = self._open.get(number)
        call = self.plan.find(number) if case is None else case.call
        return str(number) if call is None else call.case_id

    def observe(self, index: int, call: Call, observation: Observation) -> None:
        """Takes an observation of a runner; the last one of a case finishes the case."""
        self.methods.note(index, call.method, observation)
        case = self._open[call.first]
        case.add(index, observation)
        if not case.left:
            del self._open[call.first]
            self._finish(case)

    def _finish(self, case: PendingCase) -> None:
        call = case.call
        if case.is_unanimous and case.expected is not None:
            self._unanimous += 1
            event = self._fast_path.event(call.id, case.expected, case.elapsed)
            self.outputs.record_serialized(event)
            return
        full = call.case
        finished = self._assessor.assess(call.id, full, case.observed())
        self.tally.add(finished, full.level)
        self._note_unproven(full, finished)
        self.findings.add_case(full, finished)
        self.outputs.record(RunEvent(finished_case=finished))

    def _note_unproven(self, case: Case, finished: FinishedCase) -> None:
        """Adds a case that no runner can fail, except in a selection: it proves nothing."""
        text = "" if self.plan.filtered else why_unproven(case.expect, finished, self._families)
        if text:
            self.findings.add_unproven(case, finished, text)

    def abandon(self, text: str) -> bool:
        """Finishes every open case, so that the log of a run that ends early accounts for it.

        Calls without an observation are recorded as not run; cases that were not begun are counted,
        since there may be a million of them.

        Args:
            text: Why the run ends early.

        Returns:
            Whether there were such calls or cases.
        """
        left = self.not_begun
        was_left = bool(self._open or left)
        for case in self._open.values():
            case.mark_not_run(self.plan.order.repetitions, text)
            self._finish(case)
        self._open.clear()
        if left:
            self.leave_out(LeftOut(cases=left, text=text))
        return was_left

    def drop_unanswered(self) -> None:
        """Forgets open cases that only -x kept from an answer; a case that broke a runner stays."""
        self.findings.ignore_not_run()
        kept = {number: case for number, case in self._open.items() if case.has_broken_call}
        self._begun -= len(self._open) - len(kept)
        self._open = kept

    @property
    def not_begun(self) -> int:
        """Number of cases of the plan that were not begun."""
        return self.plan.total - self._begun

    def leave_out(self, left_out: LeftOut) -> None:
        """Records how many cases were not run, and why."""
        self.tally.add_left_out(left_out.cases)
        self.findings.add_incomplete(format_left_out(left_out))
        self.outputs.emit(RunEvent(left_out=left_out))

    def add_stale_entries(self) -> None:
        """Adds the known divergences that no longer hold to the findings."""
        every = [runner.name for runner in self._project.config.runners]
        for entry in self._book.stale(every, complete=not self.plan.is_partial):
            self.findings.add_stale(entry)

    def conclude(self, times: Times, *, interrupted: bool) -> Gate:
        """Decides, writes findings and footer, and closes the log.

        The log comes first: a log that cannot be written makes the run incomplete.
        """
        findings, gate = self._decide(interrupted=interrupted)
        for finding in findings:
            self.outputs.record(RunEvent(finding=finding))
        footer = RunEvent(footer=self._footer(gate, times))
        self.outputs.record(footer)
        self.outputs.close_log()
        if self.outputs.log_problem:
            self.findings.add_unrecorded(self.outputs.log_problem)
            findings, gate = self._decide(interrupted=interrupted)
            footer = RunEvent(footer=self._footer(gate, times))
        self._show(findings)
        self.outputs.show(footer)
        return gate

    def _decide(self, *, interrupted: bool) -> tuple[Sequence[Finding], Gate]:
        self.tally.add_unanimous(self._unanimous)
        self._unanimous = 0
        findings = self.findings.findings()
        return findings, decide(self.tally, findings, interrupted=interrupted)

    def _show(self, findings: Sequence[Finding]) -> None:
        """Shows the findings, each after the case that it shows in full."""
        examples = self.findings.examples()
        for finding in findings:
            if (example := examples.get(finding.case_id)) is not None:
                case, finished = example
                planned = PlannedCase.FromString(record_of(case).planned)
                planned.call_id = finished.call_id
                self.outputs.show(RunEvent(planned_case=planned))
                self.outputs.show(RunEvent(finished_case=finished))
            self.outputs.show(RunEvent(finding=finding))

    def _footer(self, gate: Gate, times: Times) -> RunFooter:
        return RunFooter(
            ledgers=self.tally.ledgers,
            parity=self.tally.parity,
            decision=gate.decision,
            exit_code=gate.exit_code,
            finished=times.ended(),
            wall_nanos=times.nanos(),
            reasons=gate.reasons,
        )


def _planned(call: Call) -> bytes:
    """Returns the serialized event of a planned case."""
    return _PLANNED + delimited(_PLANNED_CALL_ID + varint(call.id) + call.planned)
