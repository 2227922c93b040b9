"""What a run finds out, whoever asks the runners: judged, compared, counted, decided, written down.

Observations come from runners (`LiveRun`) or from the logs of shards (`Merging`). All that is
made of them is made here, so that it is the same.
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
from testingkit.conformance.engine.fast_path import FastPath
from testingkit.conformance.engine.pending_case import PendingCase
from testingkit.conformance.engine.sinks import Outputs
from testingkit.conformance.judging.verdicts import is_unanswered
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
from testingkit.conformance.results.run_text import say_left_out
from testingkit.conformance.results.tally import Tally
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
    Shard,
)

_PLANNED = delimited_tag(RunEvent.PLANNED_CASE_FIELD_NUMBER)
_PLANNED_CALL_ID = varint_tag(PlannedCase.CALL_ID_FIELD_NUMBER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run is made of, once its cases are read.

    Attributes:
        schema: The types.
        plan: What is run, which may be a part of a plan.
        known: The known divergences of the project.
        weak: Where suites are weaker than their limits.
        digest: That of the whole plan.
        shard: What a log says of a part of a plan; not set where it is all of it.
    """

    schema: Schema
    plan: Plan
    known: Sequence[KnownDivergence]
    weak: Sequence[Weakness]
    digest: str
    shard: Shard | None = None


class Times(Protocol):
    """When a run began and ended."""

    def began(self) -> Timestamp:
        """Returns when it started."""

    def ended(self) -> Timestamp:
        """Returns when it ended."""

    def nanos(self) -> int:
        """Returns the nanoseconds that it took."""


class Recorder:
    """The accounts of one run; who derives from it gets the observations."""

    _outputs: Outputs

    def __init__(self, prepared: Prepared, findings: FindingBook, project: Project) -> None:
        """``findings`` gets what there is to find."""
        plan, schema = prepared.plan, prepared.schema
        self._prepared = prepared
        self._plan = plan
        self._schema = schema
        self._project = project
        names = plan.runners
        self._book: KnownBook = project.book(prepared.known)
        everyone = {runner.name for runner in project.runners(())}.issubset(names)
        self._assessor = Assessor(names, self._book, everyone=everyone)
        self._tally = Tally(len(names), plan.total)
        self._findings = findings
        for weakness in prepared.weak:
            findings.add_weak(weakness.place, weakness.text)
        self._unanimity = FastPath(len(names))
        self._open: dict[int, PendingCase] = {}  # by the id of the first call
        self._begun = 0  # cases
        self._unanimous = 0  # cases that are not in the tally yet
        self._runner_count = len(names)
        self._methods: set[str] = set()  # that were called

    def _write_header(self, seed: str, times: Times, *, merged: int = 0) -> None:
        """Writes the first event; ``merged`` is the number of shards that are merged."""
        plan = self._plan
        header = RunHeader(
            format_version=event_log.FORMAT_VERSION,
            testingkit_version=__version__,
            started=times.began(),
            seed=seed,
            runners=plan.runners,
            cases=plan.total,
            suites=plan.suites,
            filtered=plan.filtered,
            descriptors=self._schema.subject_files,
            weakened_cases=plan.weak,
            repetitions=plan.order.repetitions,
            shuffle=plan.order.shuffle,
            plan_digest=self._prepared.digest,
            shard=self._prepared.shard,
            merged_shards=merged,
        )
        self._outputs.emit(RunEvent(header=header))

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
        self._open[call.first] = PendingCase(call, self._runner_count, repetitions)
        self._outputs.record_serialized(_planned(call))
        call.planned = b""

    def _observe(self, index: int, call: Call, observation: Observation) -> None:
        """Takes in an observation; the last one of a case finishes it."""
        case = self._open[call.first]
        case.add(index, call, observation)
        if not case.left:
            del self._open[call.first]
            self._finish(case)

    def _finish(self, case: PendingCase) -> None:
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

        Cases that were never begun are counted: there may be a million of them. Returns whether
        anything was left.
        """
        left = self._plan.total - self._begun
        was_left = bool(self._open or left)
        for case in self._open.values():
            case.give_up(self._plan.order.repetitions, text)
            self._finish(case)
        self._open.clear()
        if left:
            self._leave_out(LeftOut(cases=left, text=text))
        return was_left

    def _leave_out(self, left_out: LeftOut) -> None:
        """Counts cases that were never begun, and says so."""
        self._tally.add_left_out(left_out.cases)
        self._findings.add_incomplete(say_left_out(left_out))
        self._outputs.emit(RunEvent(left_out=left_out))

    def _add_untrue(self) -> None:
        """Adds the known divergences that are not true to the findings."""
        every = [runner.name for runner in self._project.config.runners]
        for untrue in self._book.untrue(every, complete=not self._plan.is_partial):
            self._findings.add_stale(untrue)

    def _conclude(self, times: Times, *, interrupted: bool) -> Gate:
        """Decides and writes it down: to the log first, because losing that is a gap as well."""
        findings, gate = self._decide(interrupted=interrupted)
        for finding in findings:
            self._outputs.record(RunEvent(finding=finding))
        footer = RunEvent(footer=self._footer(gate, times))
        self._outputs.record(footer)
        self._outputs.close_log()
        if self._outputs.log_problem:
            self._findings.add_unrecorded(self._outputs.log_problem)
            findings, gate = self._decide(interrupted=interrupted)
            footer = RunEvent(footer=self._footer(gate, times))
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

    def _footer(self, gate: Gate, times: Times) -> RunFooter:
        return RunFooter(
            ledgers=self._tally.ledgers,
            parity=self._tally.parity,
            decision=gate.decision,
            exit_code=gate.exit_code,
            finished=times.ended(),
            wall_nanos=times.nanos(),
            reasons=gate.reasons,
        )


def _is_excused(result: RunnerResult) -> bool:
    """Whether nothing is wrong with a runner that gave no answer."""
    unsupported = result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
    return unsupported or (result.known and not is_unanswered(result))


def _planned(call: Call) -> bytes:
    """The serialized event of a planned case."""
    return _PLANNED + delimited(_PLANNED_CALL_ID + varint(call.id) + call.planned)
