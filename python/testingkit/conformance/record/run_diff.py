"""Two recorded runs compared by the permanent ids of their cases: what got worse, what better."""

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
    """What became of one case with one runner, or of its parity; the worst first."""

    REGRESSED = "regressed"  # it was as it should be
    NOT_RUN = "not_run"  # it was asked before, and not now: nothing is known of it
    CHANGED = "changed"  # something else than before, neither better nor worse
    NEW = "new"  # it was not there
    GONE = "gone"  # it is not there any more
    FIXED = "fixed"  # it is as it should be


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two runs; ``before`` and ``after`` are empty where there is nothing."""

    kind: ChangeKind
    case_id: str
    runner: str
    before: str
    after: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class _Before:
    """What is kept of an entry of the old run: there may be a million."""

    is_red: bool
    is_asked: bool
    said: str
    answer: bytes
    path: str
    line: int


def find_changes(old: RunLog, new: RunLog) -> Iterator[Change]:
    """Yields what differs: changes of the new run in its order, then what is gone.

    Entries are found by the id of their case and the name of their runner. Runners that only one of
    the runs has are compared with nobody. What was not asked before is new.
    """
    common = {*old.header.runners} & {*new.header.runners}
    before = {
        (entry.case.case_id, entry.runner): _Before(
            entry.status in _RED, asked, _said(entry), answer, entry.case.path, entry.case.line
        )
        for entry, answer, asked in _entries(old)
        if entry.runner in common or entry.runner not in old.header.runners
    }
    for entry, answer, asked in _entries(new):
        if entry.runner in common or entry.runner not in new.header.runners:
            found = before.pop((entry.case.case_id, entry.runner), None)
            if (kind := _kind(found, entry, answer, asked=asked)) is not None:
                said = "" if found is None else found.said
                yield _change(kind, entry, said)
    # Which cases were left out nobody wrote down, so none is certain to be gone.
    left_out = format_left_out(new.left_out)
    kind = ChangeKind.NOT_RUN if left_out else ChangeKind.GONE
    for (case_id, runner), found in before.items():
        yield Change(kind, case_id, runner, found.said, left_out, found.path, found.line)


def _kind(found: _Before | None, entry: Entry, answer: bytes, *, asked: bool) -> ChangeKind | None:
    if found is None or (asked and not found.is_asked):
        return ChangeKind.NEW
    if not asked:
        return ChangeKind.NOT_RUN if found.is_asked else None
    is_red = entry.status in _RED
    if is_red != found.is_red:
        return ChangeKind.REGRESSED if is_red else ChangeKind.FIXED
    if (found.said, found.answer) != (_said(entry), answer):
        return ChangeKind.CHANGED
    return None


def _change(kind: ChangeKind, entry: Entry, before: str) -> Change:
    case = entry.case
    return Change(kind, case.case_id, entry.runner, before, _said(entry), case.path, case.line)


def _said(entry: Entry) -> str:
    return f"{entry.type}: {entry.message}" if entry.message else entry.type


def _entries(log: RunLog) -> Iterator[tuple[Entry, bytes, bool]]:
    """Every entry, what stands for the answer in it, and whether it was asked for one."""
    for case, finished in log.cases():
        *own, parity = entries_of(case, finished, log.header.runners)
        for entry, answer in zip(own, _answers(finished), strict=True):
            yield entry, answer, entry.type != NOT_RUN
        # A divergence is one, whoever else was asked.
        yield parity, b"", parity.status in _RED or all(entry.type != NOT_RUN for entry in own)


def _answers(finished: FinishedCase) -> Iterator[bytes]:
    for result in finished.results:
        observation = Observation()
        observation.CopyFrom(result_observation(finished, result))
        observation.ClearField("call_id")
        observation.ClearField("elapsed_nanos")
        yield hashlib.sha256(observation.SerializeToString(deterministic=True)).digest()[:8]
