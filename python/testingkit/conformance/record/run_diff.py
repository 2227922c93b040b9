"""Compares two recorded runs by the ids of their cases: what got worse, what got better."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.record.rows import NOT_RUN, Entry, Status, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.results.run_text import format_left_out
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase

_RED = frozenset({Status.FAILED, Status.ERROR})


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
    """A difference between two runs; ``before`` or ``after`` is empty if that run has no result."""

    kind: ChangeKind
    case_id: str
    runner: str
    before: str
    after: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Before:
    """The part of an entry of the old run that is kept: there may be a million."""

    is_red: bool
    has_run: bool
    text: str
    answer: bytes  # a digest
    path: str
    line: int


def find_changes(old: RunLog, new: RunLog) -> Iterator[Change]:
    """Yields the changes: those of the new run in its order, then entries that it does not have.

    Entries are matched by case id and runner name. Runners that only one of the runs has are not
    compared. An entry that did not run before is new.
    """
    common = {*old.header.runners} & {*new.header.runners}
    before = {
        (entry.case.case_id, entry.runner): _Before(
            entry.status in _RED, has_run, _text(entry), answer, entry.case.path, entry.case.line
        )
        for entry, answer, has_run in _entries(old)
        if entry.runner in common or entry.runner not in old.header.runners
    }
    for entry, answer, has_run in _entries(new):
        if entry.runner in common or entry.runner not in new.header.runners:
            old_entry = before.pop((entry.case.case_id, entry.runner), None)
            if (kind := _kind(old_entry, entry, answer, has_run=has_run)) is not None:
                yield _change(kind, entry, "" if old_entry is None else old_entry.text)
    # The log does not name the cases that were left out, so none is certain to be gone.
    left_out = format_left_out(new.left_out)
    kind = ChangeKind.NOT_RUN if left_out else ChangeKind.GONE
    for (case_id, runner), gone in before.items():
        yield Change(kind, case_id, runner, gone.text, left_out, gone.path, gone.line)


def _kind(old: _Before | None, entry: Entry, answer: bytes, *, has_run: bool) -> ChangeKind | None:
    if old is None or (has_run and not old.has_run):
        return ChangeKind.NEW
    if not has_run:
        return ChangeKind.NOT_RUN if old.has_run else None
    is_red = entry.status in _RED
    if is_red != old.is_red:
        return ChangeKind.REGRESSED if is_red else ChangeKind.FIXED
    if (old.text, old.answer) != (_text(entry), answer):
        return ChangeKind.CHANGED
    return None


def _change(kind: ChangeKind, entry: Entry, before: str) -> Change:
    case = entry.case
    return Change(kind, case.case_id, entry.runner, before, _text(entry), case.path, case.line)


def _text(entry: Entry) -> str:
    return f"{entry.type}: {entry.message}" if entry.message else entry.type


def _entries(log: RunLog) -> Iterator[tuple[Entry, bytes, bool]]:
    """Yields every entry, the digest of its answer, and whether it ran."""
    for case, finished in log.cases():
        *own, parity = entries_of(case, finished, log.header.runners, log.header.families)
        for entry, answer in zip(own, _answers(finished), strict=True):
            yield entry, answer, entry.type != NOT_RUN
        # A divergence is one even if other runners did not run.
        yield parity, b"", parity.status in _RED or all(entry.type != NOT_RUN for entry in own)


def _answers(finished: FinishedCase) -> Iterator[bytes]:
    for result in finished.results:
        observation = Observation()
        observation.CopyFrom(result_observation(finished, result))
        observation.ClearField("call_id")
        observation.ClearField("elapsed_nanos")
        yield hashlib.sha256(observation.SerializeToString(deterministic=True)).digest()[:8]
