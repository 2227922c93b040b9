"""Compares two recorded runs case by case: what got worse, what got better.

Answers are compared as a run compares them, so neither the order of a map nor the wording of an
error or a panic is a change.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.config import PARITY
from testingkit.conformance.judging.verdicts import is_unanswered, result_observation
from testingkit.conformance.record.event_log import EventFile, read_events_with_offsets
from testingkit.conformance.record.recorded_answers import RecordedAnswers
from testingkit.conformance.record.renames import match_cases
from testingkit.conformance.record.rows import NOT_RUN, Entry, Status, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.results.run_text import format_left_out
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, PlannedCase, RunHeader, RunnerResult

_RED = frozenset({Status.FAILED, Status.ERROR})
_COMPARED = frozenset({"response", "error"})  # All panics are equal, and so are all crashes.


class ChangeKind(enum.Enum):
    """How the result of one case with one runner, or its parity, changed; the worst first."""

    REGRESSED = "regressed"  # it fails, and did not before
    NOT_RUN = "not_run"  # it ran before, and not now
    CHANGED = "changed"  # it differs, and is neither better nor worse
    NEW = "new"  # it did not exist, or did not run before
    GONE = "gone"  # it does not exist any more
    FIXED = "fixed"  # it does not fail any more


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two runs.

    Attributes:
        kind: The kind.
        case_id: The case, with its id in the new run.
        runner: The runner, or `PARITY`.
        before: The old result; empty if there is none.
        after: The new result; empty if there is none.
        path: The file of the case.
        line: Its line.
        former_id: The id of the case in the old run; empty if it is the same.
        detail: How the answer differs from the old one, if the results look the same.
    """

    kind: ChangeKind
    case_id: str
    runner: str
    before: str
    after: str
    path: str
    line: int
    former_id: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Result:
    """The part of an entry that is kept in memory: there may be a million."""

    is_red: bool
    has_run: bool
    kind: tuple[str, ...]  # equal for results that only their answers can tell apart
    text: str
    answer: bytes = b""  # a digest; empty if the answer is not compared


@dataclass(slots=True)
class _RecordedCase:
    """One case of a run, and where its events are in the log."""

    path: str
    line: int
    former_ids: Sequence[str]
    planned_at: int
    finished_at: int
    results: dict[str | None, _Result] = field(default_factory=dict)  # by runner; None is parity


class RunDiff:
    """The difference between two runs.

    Attributes:
        untyped: The number of answers that were compared as bytes, by the method, because the log
            of the new run has no types for it.
    """

    def __init__(self, old: RunLog, new: RunLog) -> None:
        """Reads both logs.

        Raises:
            OutputError: A log has changed since it was opened, or contradicts itself.
        """
        self._old, self._new = old, new
        self._before, self._after = _read(old), _read(new)
        self._answers = RecordedAnswers(new)
        self.untyped = self._answers.untyped

    def changes(self) -> Iterator[Change]:
        """Yields the changes: those of the new run in its order, then cases that it does not have.

        Cases are matched by id, renamed ones by their former ids, and runners by name. Runners that
        only one of the runs has are not compared. A result that did not run before is new.
        """
        both = {*self._old.header.runners} & {*self._new.header.runners}
        common: frozenset[str | None] = frozenset({*both, None})
        matches = match_cases(_names(self._before), _names(self._after))
        with contextlib.closing(self._files()) as files:
            for case_id, case in self._after.items():
                old_id = matches.get(case_id)
                before = {} if old_id is None else self._before[old_id].results
                for runner in (name for name in case.results if name in common):
                    change = self._change(case_id, old_id, runner, before.get(runner), files)
                    if change is not None:
                        yield change
        yield from self._gone({*matches.values()}, common)

    def _change(
        self,
        case_id: str,
        old_id: str | None,
        runner: str | None,
        old: _Result | None,
        files: _LogPair,
    ) -> Change | None:
        case = self._after[case_id]
        new = case.results[runner]
        kind, detail = _kind(old, new), ""
        if kind is None and old is not None and old_id is not None and old.answer != new.answer:
            detail = self._difference(old_id, case_id, runner, files)
            kind = ChangeKind.CHANGED if detail else None
        if kind is None:
            return None
        before = "" if old is None else old.text
        former = "" if old_id in {None, case_id} else str(old_id)
        name = PARITY if runner is None else runner
        shown = detail if before == new.text else ""
        return Change(kind, case_id, name, before, new.text, case.path, case.line, former, shown)

    def _difference(self, old_id: str, new_id: str, runner: str | None, files: _LogPair) -> str:
        """Returns how the answers of a runner to one case differ; empty if they are equal."""
        old, new = self._before[old_id], self._after[new_id]
        planned = files.new.read(new.planned_at).planned_case
        sides = [
            _observation(files.old.read(old.finished_at).finished_case, self._old, runner),
            _observation(files.new.read(new.finished_at).finished_case, self._new, runner),
        ]
        return self._answers.difference(planned, *sides)

    def _gone(self, matched: set[str], common: frozenset[str | None]) -> Iterator[Change]:
        # The log does not name the cases that were left out, so none is certain to be gone.
        left_out = format_left_out(self._new.left_out)
        kind = ChangeKind.NOT_RUN if left_out else ChangeKind.GONE
        for case_id, case in self._before.items():
            if case_id in matched:
                continue
            for runner, old in case.results.items():
                if runner in common:
                    name = PARITY if runner is None else runner
                    yield Change(kind, case_id, name, old.text, left_out, case.path, case.line)

    def _files(self) -> _LogPair:
        return _LogPair(EventFile(self._old.path), EventFile(self._new.path))


@dataclass(frozen=True, slots=True)
class _LogPair:
    """The logs of the two runs, to read single events again."""

    old: EventFile
    new: EventFile

    def close(self) -> None:
        self.old.close()
        self.new.close()


def _kind(old: _Result | None, new: _Result) -> ChangeKind | None:
    """Returns the kind of a change; None if only the answers can differ."""
    if old is None or (new.has_run and not old.has_run):
        return ChangeKind.NEW
    if not new.has_run:
        return ChangeKind.NOT_RUN if old.has_run else None
    if new.is_red != old.is_red:
        return ChangeKind.REGRESSED if new.is_red else ChangeKind.FIXED
    return None if old.kind == new.kind else ChangeKind.CHANGED


def _names(cases: Mapping[str, _RecordedCase]) -> Mapping[str, Sequence[str]]:
    return {case_id: case.former_ids for case_id, case in cases.items()}


def _read(log: RunLog) -> Mapping[str, _RecordedCase]:
    """Returns the cases of a run by their ids, in the order in which they finished."""
    cases: dict[str, _RecordedCase] = {}
    waiting: dict[int, tuple[int, PlannedCase]] = {}
    for offset, event in read_events_with_offsets(log.path):
        match event.WhichOneof("event"):
            case "planned_case":
                waiting[event.planned_case.call_id] = offset, event.planned_case
            case "finished_case":
                finished = event.finished_case
                planned_at, planned = waiting.pop(finished.call_id)
                case = _RecordedCase(
                    sys.intern(planned.path),
                    planned.line,
                    tuple(planned.former_ids),
                    planned_at,
                    offset,
                )
                case.results.update(_results(planned, finished, log.header))
                cases[planned.case_id] = case
    return cases


def _results(
    planned: PlannedCase, finished: FinishedCase, header: RunHeader
) -> Iterator[tuple[str | None, _Result]]:
    *own, parity = entries_of(planned, finished, header.runners, header.families)
    for entry, result in zip(own, finished.results, strict=True):
        answer = _digest(finished, result)
        yield entry.runner, _result(entry, (), has_run=entry.type != NOT_RUN, answer=answer)
    # A divergence is one even if other runners did not run. Its text has the names of runners only.
    has_run = parity.status in _RED or all(entry.type != NOT_RUN for entry in own)
    yield None, _result(parity, (parity.message,), has_run=has_run)


def _result(entry: Entry, more: tuple[str, ...], *, has_run: bool, answer: bytes = b"") -> _Result:
    text = f"{entry.type}: {entry.message}" if entry.message else entry.type
    kind = (entry.type, entry.column, entry.status.value, *more)
    return _Result(entry.status in _RED, has_run, kind, sys.intern(text), answer)


def _digest(finished: FinishedCase, result: RunnerResult) -> bytes:
    """Returns the digest of an answer; empty if a run does not compare it with others."""
    if is_unanswered(result) or result.outcomes:
        return b""  # The outcomes of a flaky runner are other ones in every run.
    observation = Observation()
    observation.CopyFrom(result_observation(finished, result))
    if observation.WhichOneof("kind") not in _COMPARED:
        return b""
    observation.ClearField("call_id")
    observation.ClearField("elapsed_nanos")
    return hashlib.sha256(observation.SerializeToString(deterministic=True)).digest()[:8]


def _observation(finished: FinishedCase, log: RunLog, runner: str | None) -> Observation:
    index = list(log.header.runners).index(str(runner))
    result = next(result for result in finished.results if result.runner == index)
    return result_observation(finished, result)
