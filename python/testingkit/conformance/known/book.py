"""Compares the known divergences of a project with the outcomes of a run.

An entry accounts for a result only if the runner gave exactly the pinned outcome. Entries that are
stale or not acceptable fail the gate; `KnownBook.stale` returns them with the reasons.
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
from testingkit.conformance.known.flaws import flaws, flaws_of_draft, has_expired
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import divergence_pb2, expectation_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation

# The run has no evidence for an entry if its runner was not called, or could not answer.
_NOT_CALLED = frozenset({verdict_pb2.VERDICT_NO_RESULT, verdict_pb2.VERDICT_NOT_RUN})


@dataclass(frozen=True, order=True, slots=True)
class StaleEntry:
    """An entry that is stale, and why."""

    place: Place
    text: str
    prunable: bool = False  # ``known prune`` removes the entry, if this holds for all of its cases


class Evidence(enum.Enum):
    """How the outcome of one case in one run compares with an entry for it."""

    AS_PINNED = enum.auto()  # the outcome is the pinned one
    MAY_PASS = enum.auto()  # the runner passed, which the kind FLAKY allows
    PASSES = enum.auto()  # the runner passed, which no other kind allows
    DIFFERS = enum.auto()  # the outcome is neither the pinned one nor correct
    FLAKY = enum.auto()  # the runner has several outcomes, and the kind is not FLAKY
    UNPROVEN = enum.auto()  # the run is not enough to decide


_TEXTS: Mapping[Evidence, str] = {
    Evidence.PASSES: "{runner} passes {cases} now",
    Evidence.DIFFERS: "{runner} answers {cases} differently now",
    Evidence.FLAKY: "{runner} does not answer {cases} the same every time",
}


@dataclass(frozen=True, slots=True)
class PeerAnswers:
    """How a correct answer compares with the correct answers of the other runners."""

    some_differ: bool  # one of theirs is different
    some_agree: bool  # one of theirs is the same
    complete: bool  # every runner of the project gave an answer


@dataclass(frozen=True, slots=True)
class JudgedOutcome:
    """One outcome of a runner and a case: the observation and its judgement."""

    observation: Observation
    judgement: Judgement
    peers: PeerAnswers


class KnownBook:
    """The entries of a project, and the evidence of a run for each."""

    def __init__(
        self, entries: Sequence[KnownDivergence], today: datetime.date, *, drafts: bool = False
    ) -> None:
        """Takes the entries.

        Args:
            entries: The entries.
            today: The day on which they are judged.
            drafts: Whether entries may lack a kind and a reason, which a person will write.
        """
        self._by_case: dict[tuple[str, str], KnownDivergence] = {}
        self._answers: dict[Place, dict[Evidence, dict[str, str]]] = {e.place: {} for e in entries}
        self._evidence: dict[Place, dict[str, Evidence]] = {entry.place: {} for entry in entries}
        self._entries = entries
        self._today = today
        for entry in entries:
            for case_id in sorted(entry.case_ids):
                self._by_case.setdefault((entry.runner, case_id), entry)
        self._case_ids = frozenset(case_id for _, case_id in self._by_case)
        self._flaws = {e.place: flaws_of_draft(e) if drafts else flaws(e) for e in entries}

    def entry_for(self, runner: str, case_id: str) -> KnownDivergence | None:
        """Returns the first entry for a runner and a case, or None."""
        return self._by_case.get((runner, case_id))

    def covers(self, case_id: str) -> bool:
        """Returns whether there is an entry for a case and any runner."""
        return case_id in self._case_ids

    def accounts_for(
        self, entry: KnownDivergence, case: Case, outcomes: Sequence[JudgedOutcome]
    ) -> bool:
        """Returns whether an entry accounts for the outcomes of a case; keeps the evidence.

        An entry that is not valid by itself accounts for nothing.

        Args:
            entry: The entry of the runner and the case.
            case: The case.
            outcomes: What the runner did: several if it did not do the same in every call.
        """
        accounts = self._compare(entry, case, outcomes)
        return accounts and not self._flaws[entry.place]

    def _compare(
        self, entry: KnownDivergence, case: Case, outcomes: Sequence[JudgedOutcome]
    ) -> bool:
        """Returns whether the outcomes of a case are as an entry states; keeps the evidence."""
        if len(outcomes) > 1 and entry.message.kind != divergence_pb2.DIVERGENCE_KIND_FLAKY:
            return self._note(entry, case, Evidence.FLAKY, outcomes[0])
        found = [_evidence(entry, case, outcome) for outcome in outcomes]
        if len(outcomes) == 1:
            return self._note(entry, case, found[0], outcomes[0])
        different = [o for o, e in zip(outcomes, found, strict=True) if e is Evidence.DIFFERS]
        if not different and _expects_agreement(case):
            # The correct answer is unknown, but besides the pinned one there is at most one.
            different = [o for o in outcomes if not _is_pinned(entry, case, o)][1:]
        if different:
            return self._note(entry, case, Evidence.DIFFERS, different[0])
        return self._note(entry, case, Evidence.AS_PINNED, outcomes[0])

    def evidence(self, entry: KnownDivergence) -> Mapping[str, Evidence]:
        """Returns the evidence for an entry, by the ids of its cases that were run."""
        return self._evidence[entry.place]

    def stale(self, runners: Sequence[str], *, complete: bool) -> Sequence[StaleEntry]:
        """Returns the entries that are stale, in the order of their places.

        Args:
            runners: The runners of the project.
            complete: Whether all cases and runners of the project were run. If not, entries without
                a case in the run are left out.
        """
        found = set()
        for entry in self._entries:
            if complete or self._evidence[entry.place]:
                always = self._always_stale(entry, runners)
                found |= {StaleEntry(entry.place, text, prunable) for text, prunable in always}
            # An entry that is not valid by itself accounts for nothing, so nothing else is wrong.
            noted = {} if self._flaws[entry.place] else self._answers[entry.place]
            for evidence, answers in noted.items():
                text = _stale_text(entry.runner, evidence, answers)
                found.add(StaleEntry(entry.place, text, evidence is Evidence.PASSES))
        return sorted(found)

    def flawed(self) -> Sequence[StaleEntry]:
        """Returns the entries that are not valid by themselves, whether or not cases were run."""
        return [StaleEntry(place, text) for place, found in self._flaws.items() for text in found]

    def has_expired(self, entry: KnownDivergence) -> bool:
        """Returns whether the last day of an entry has passed."""
        return has_expired(entry, self._today)

    def _always_stale(
        self, entry: KnownDivergence, runners: Sequence[str]
    ) -> Sequence[tuple[str, bool]]:
        """Returns why an entry is stale in every run, each reason with whether it is prunable."""
        found = [(text, False) for text in (*self._flaws[entry.place], *self._overlaps(entry))]
        if self.has_expired(entry):
            found.append((f"the entry expired on {entry.message.expires}", True))
        if entry.runner not in runners:
            found.append((f"there is no runner {entry.runner}", False))
        elif not entry.case_ids:
            found.append((f'case: "{entry.message.case}" matches no case', True))
        return found

    def _overlaps(self, entry: KnownDivergence) -> Sequence[str]:
        taken: dict[int, list[str]] = {}
        for case_id in sorted(entry.case_ids):
            first = self._by_case[entry.runner, case_id]
            if first is not entry:
                taken.setdefault(first.place.line, []).append(case_id)
        verbs = {line: "is" if len(ids) == 1 else "are" for line, ids in taken.items()}
        return [
            f"{_format_cases(ids)} {verbs[line]} already covered by line {line}"
            for line, ids in taken.items()
        ]

    def _note(
        self, entry: KnownDivergence, case: Case, evidence: Evidence, outcome: JudgedOutcome
    ) -> bool:
        self._evidence[entry.place][case.id] = evidence
        if evidence in _TEXTS:
            answers = self._answers[entry.place].setdefault(evidence, {})
            answers[case.id] = _answer(outcome) if evidence is Evidence.DIFFERS else ""
        return evidence is Evidence.AS_PINNED


def _stale_text(runner: str, evidence: Evidence, answers: Mapping[str, str]) -> str:
    """Returns why an entry is stale: one text for all cases with the same evidence.

    Args:
        runner: The runner of the entry.
        evidence: What the cases have in common.
        answers: What the runner answered, by the ids of the cases; empty where that is known.
    """
    first, *others = sorted(answers)
    text = _TEXTS[evidence].format(runner=runner, cases=_format_cases([first, *others]))
    if not answers[first]:
        return text
    return f"{text}; {first}: {answers[first]}" if others else f"{text}: {answers[first]}"


def _format_cases(case_ids: Sequence[str]) -> str:
    """Returns the id of a case; of several, their number and the first ids."""
    if len(case_ids) == 1:
        return case_ids[0]
    return f"{count(len(case_ids), 'case')} ({format_list(case_ids)})"


def _evidence(entry: KnownDivergence, case: Case, outcome: JudgedOutcome) -> Evidence:
    """Returns how one outcome compares with an entry."""
    if outcome.judgement.verdict in _NOT_CALLED:
        return Evidence.UNPROVEN
    right = outcome.judgement.verdict == verdict_pb2.VERDICT_PASS
    flaky = entry.message.kind == divergence_pb2.DIVERGENCE_KIND_FLAKY
    peers = outcome.peers
    if _is_pinned(entry, case, outcome):
        if not right or peers.some_differ:
            return Evidence.AS_PINNED
        if not peers.complete:
            return Evidence.UNPROVEN  # A runner that gave no answer may differ.
    elif right and _expects_agreement(case) and not peers.some_agree:
        alone = not peers.some_differ
        return Evidence.UNPROVEN if flaky and alone else Evidence.DIFFERS
    if not right:
        return Evidence.DIFFERS
    return Evidence.MAY_PASS if flaky else Evidence.PASSES


def _expects_agreement(case: Case) -> bool:
    return case.expect.HasField("agree")


def _is_pinned(entry: KnownDivergence, case: Case, outcome: JudgedOutcome) -> bool:
    pinned, observation = entry.message.outcome, outcome.observation
    kind = pinned.WhichOneof("kind")
    if kind == "verdict":
        return pinned.verdict == outcome.judgement.verdict
    if kind is None or not is_answer(observation) or observation.HasField("panic"):
        return False
    if why_invalid(case, observation):
        return False
    expect = expectation_pb2.Expectation()
    if kind == "response":
        expect.response.CopyFrom(pinned.response)
    else:
        expect.error.CopyFrom(pinned.error)
    return judge_answer(expect, case, observation).verdict == verdict_pb2.VERDICT_PASS


def _answer(outcome: JudgedOutcome) -> str:
    differences = outcome.judgement.differences
    changed = [f"{d.field_path}: {d.actual}" for d in differences if d.field_path]
    return ", ".join(changed[:3]) or describe(outcome.observation)
