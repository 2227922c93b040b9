"""Known divergences against what a run found: each entry must still be true.

An entry accounts for a result only if the runner gave exactly the pinned outcome. Entries that are
not true, or never were acceptable, fail the gate; `KnownBook.stale` says which and why.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.answers import describe, is_answer
from testingkit.conformance.judging.expectation import Judgement, judge_answer, why_invalid
from testingkit.conformance.known.flaws import flaws, has_expired
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.v1 import divergence_pb2, expectation_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation

# A run says nothing of an entry whose runner was not asked, or was not there to answer.
_NEVER_ASKED = frozenset({verdict_pb2.VERDICT_NO_RESULT, verdict_pb2.VERDICT_NOT_RUN})


@dataclass(frozen=True, order=True, slots=True)
class StaleEntry:
    """An entry that is not true, and why."""

    place: Place
    text: str
    prunable: bool = False  # ``known prune`` removes it, where all of its cases are like that


class Evidence(enum.Enum):
    """What one run says of one entry and one of its cases."""

    AS_PINNED = enum.auto()  # the runner did what is pinned
    MAY_PASS = enum.auto()  # it passed, as an entry of kind FLAKY allows
    PASSES = enum.auto()
    DIFFERS = enum.auto()  # it did something that is neither pinned nor right
    FLAKY = enum.auto()  # it does not do the same every time, and the kind is not FLAKY
    UNPROVEN = enum.auto()


_TEXTS: Mapping[Evidence, str] = {
    Evidence.PASSES: "{runner} passes {case} now",
    Evidence.DIFFERS: "{runner} answers {case} differently now: {answer}",
    Evidence.FLAKY: "{runner} does not answer {case} the same every time",
}


@dataclass(frozen=True, slots=True)
class PeerAnswers:
    """How a right answer stands to what the other runners answered rightly."""

    some_differ: bool  # one of theirs is another
    some_agree: bool  # one of theirs is the same
    complete: bool  # every runner of the project was there to differ


@dataclass(frozen=True, slots=True)
class JudgedOutcome:
    """Something that a runner did with a case, judged, and where it stands."""

    observation: Observation
    judgement: Judgement
    peers: PeerAnswers


class KnownBook:
    """The entries of a project, and what a run says of them."""

    def __init__(self, entries: Sequence[KnownDivergence], today: datetime.date) -> None:
        self._by_case: dict[tuple[str, str], KnownDivergence] = {}
        self._found: dict[StaleEntry, None] = {}
        self._evidence: dict[Place, dict[str, Evidence]] = {entry.place: {} for entry in entries}
        self._entries = entries
        self._today = today
        for entry in entries:
            for case_id in sorted(entry.case_ids):
                self._by_case.setdefault((entry.runner, case_id), entry)
        self._case_ids = frozenset(case_id for _, case_id in self._by_case)

    def entry_for(self, runner: str, case_id: str) -> KnownDivergence | None:
        """Returns the entry that is about a case of a runner; the first where there are more."""
        return self._by_case.get((runner, case_id))

    def covers(self, case_id: str) -> bool:
        """Tells whether an entry is about a case, whichever its runner."""
        return case_id in self._case_ids

    def accounts_for(
        self, entry: KnownDivergence, case: Case, deeds: Sequence[JudgedOutcome]
    ) -> bool:
        """Tells whether an entry accounts for what its runner did with a case; notes what it did.

        Args:
            entry: The entry of the runner and the case.
            case: The case.
            deeds: What the runner did: one thing, or, where it does not do the same every time,
                each of the things that it did.
        """
        if len(deeds) > 1 and entry.message.kind != divergence_pb2.DIVERGENCE_KIND_FLAKY:
            return self._note(entry, case, Evidence.FLAKY, deeds[0])
        found = [_evidence(entry, case, deed) for deed in deeds]
        if len(deeds) == 1:
            return self._note(entry, case, found[0], deeds[0])
        strange = [d for d, e in zip(deeds, found, strict=True) if e is Evidence.DIFFERS]
        if not strange and _asks_for_agreement(case):
            # Nobody says which answer is right, but there is one of it at most.
            free = [deed for deed in deeds if not _is_pinned(entry, case, deed)]
            strange = free[1:]
        if strange:
            return self._note(entry, case, Evidence.DIFFERS, strange[0])
        return self._note(entry, case, Evidence.AS_PINNED, deeds[0])

    def evidence(self, entry: KnownDivergence) -> Mapping[str, Evidence]:
        """Returns what the run said of an entry, for each of its cases that were run."""
        return self._evidence[entry.place]

    def stale(self, runners: Sequence[str], *, complete: bool) -> Sequence[StaleEntry]:
        """Returns the entries that are not true.

        Args:
            runners: The runners of the project.
            complete: Whether the run was of everything. One that left out cases or runners says
                nothing of an entry that is about none of its own.
        """
        for entry in self._entries:
            if complete or self._evidence[entry.place]:
                for text, prunable in self._static(entry, runners):
                    self._found[StaleEntry(entry.place, text, prunable)] = None
        return sorted(self._found)

    def has_expired(self, entry: KnownDivergence) -> bool:
        """Whether the last day of an entry has passed."""
        return has_expired(entry, self._today)

    def _static(self, entry: KnownDivergence, runners: Sequence[str]) -> Sequence[tuple[str, bool]]:
        """What is untrue of an entry whatever its runner does, and whether it may go for that."""
        found = [(text, False) for text in (*flaws(entry), *self._overlaps(entry))]
        if self.has_expired(entry):
            found.append((f"the entry expired on {entry.message.expires}", True))
        if entry.runner not in runners:
            found.append((f"there is no runner {entry.runner}", False))
        elif not entry.case_ids:
            found.append((f'case: "{entry.message.case}" matches no case', True))
        return found

    def _overlaps(self, entry: KnownDivergence) -> Sequence[str]:
        firsts = {case_id: self._by_case[entry.runner, case_id] for case_id in entry.case_ids}
        return [
            f"{case_id} is already covered by line {first.place.line}"
            for case_id, first in sorted(firsts.items())
            if first is not entry
        ]

    def _note(
        self, entry: KnownDivergence, case: Case, evidence: Evidence, deed: JudgedOutcome
    ) -> bool:
        self._evidence[entry.place][case.id] = evidence
        if evidence in _TEXTS:
            answer = _answer(deed)
            text = _TEXTS[evidence].format(runner=entry.runner, case=case.id, answer=answer)
            self._found[StaleEntry(entry.place, text, evidence is Evidence.PASSES)] = None
        return evidence is Evidence.AS_PINNED


def _evidence(entry: KnownDivergence, case: Case, deed: JudgedOutcome) -> Evidence:
    """What one deed says of an entry."""
    if deed.judgement.verdict in _NEVER_ASKED:
        return Evidence.UNPROVEN
    right = deed.judgement.verdict == verdict_pb2.VERDICT_PASS
    flaky = entry.message.kind == divergence_pb2.DIVERGENCE_KIND_FLAKY
    peers = deed.peers
    if _is_pinned(entry, case, deed):
        if not right or peers.some_differ:
            return Evidence.AS_PINNED
        if not peers.complete:
            return Evidence.UNPROVEN  # Whoever answers otherwise was not there.
    elif right and _asks_for_agreement(case) and not peers.some_agree:
        alone = not peers.some_differ
        return Evidence.UNPROVEN if flaky and alone else Evidence.DIFFERS
    if not right:
        return Evidence.DIFFERS
    return Evidence.MAY_PASS if flaky else Evidence.PASSES


def _asks_for_agreement(case: Case) -> bool:
    return case.expect.HasField("agree")


def _is_pinned(entry: KnownDivergence, case: Case, deed: JudgedOutcome) -> bool:
    outcome, observation = entry.message.outcome, deed.observation
    kind = outcome.WhichOneof("kind")
    if kind == "verdict":
        return outcome.verdict == deed.judgement.verdict
    if kind is None or not is_answer(observation) or observation.HasField("panic"):
        return False
    if why_invalid(case, observation):
        return False
    expect = expectation_pb2.Expectation()
    if kind == "response":
        expect.response.CopyFrom(outcome.response)
    else:
        expect.error.CopyFrom(outcome.error)
    return judge_answer(expect, case, observation).verdict == verdict_pb2.VERDICT_PASS


def _answer(deed: JudgedOutcome) -> str:
    differences = deed.judgement.differences
    changed = [f"{d.field_path}: {d.actual}" for d in differences if d.field_path]
    return ", ".join(changed[:3]) or describe(deed.observation)
