"""The results of a run that an entry of known divergences could cover, and none does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.engine.replay import Replay
from testingkit.conformance.judging.peers import same_answer
from testingkit.conformance.judging.verdicts import COLUMNS, WRONG, result_observation
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.entry_text import pin_of
from testingkit.conformance.results.odd_ones import odd_ones_out
from testingkit.conformance.results.unproven import why_unproven
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1 import case_pb2, verdict_pb2
from testingkit.conformance.v1.divergence_pb2 import PinnedOutcome
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult

# Results that no entry can cover, by the column of the ledger.
_NOT_COVERABLE: Mapping[str, str] = {
    "protocol_errors": "{} broke the protocol, which no entry can cover",
    "missing": "{} left the call unanswered, which no entry can cover",
}
_NO_ODD_ONE_OUT = "no runner is the odd one out; choose a runner with -r"
_UNPROVEN = "{}, a run would be incomplete ({}); change a runner or the case"
_SEVERAL_OUTCOMES = "{} has several wrong outcomes, and an entry pins only one"
_OTHER_PIN = "{}:{} pins another outcome of {}; fix that entry"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A result that an entry could cover."""

    runner: str
    case: Case
    pin: PinnedOutcome
    is_flaky: bool


class Notes:
    """Texts that are printed with the proposed entries, each with the cases that it is about."""

    def __init__(self) -> None:
        self._cases: dict[str, list[str]] = defaultdict(list)

    def add(self, text: str, *case_ids: str) -> None:
        """Adds cases to a text, and the text if it is new."""
        self._cases[text].extend(case_ids)

    def lines(self) -> Sequence[str]:
        """Returns a line for each text, with at most three of its cases."""
        return [f"{text}{_format_ids(case_ids)}" for text, case_ids in self._cases.items()]


def _format_ids(case_ids: Sequence[str]) -> str:
    return f": {format_list(case_ids)}" if case_ids else ""


def _passing(finished: FinishedCase) -> Sequence[RunnerResult]:
    """Returns the passing results for which no known divergence accounts."""
    return [
        result
        for result in finished.results
        if not result.known and result.verdict == verdict_pb2.VERDICT_PASS
    ]


def _agreeing(finished: FinishedCase) -> FinishedCase:
    """Returns the results if all but the most frequent answer have an entry, too."""
    passing = _passing(finished)
    votes = Counter(result.answer_class for result in passing)
    for result in passing:
        result.known = result.answer_class != votes.most_common(1)[0][0]
    return finished


class Candidates:
    """Finds candidates among the finished cases of a run."""

    def __init__(
        self, replay: Replay, chosen: frozenset[str], book: KnownBook, notes: Notes
    ) -> None:
        """``chosen`` are the runners to look at; empty means all."""
        self._runners = replay.runners
        self._families = replay.families
        self._absent = replay.absent
        self._all_runners = replay.has_all_runners
        self._chosen = chosen
        self._book = book
        self._notes = notes

    def find(self, case: Case, finished: FinishedCase) -> Sequence[Candidate]:
        """Returns the candidates of one case, without those whose entries cannot help.

        They cannot if known divergences would then explain so many answers that nothing agrees: a
        run of everything would be incomplete.
        """
        wrong = list(self._wrong(case, finished))
        own = {candidate.runner for candidate in wrong}
        odd = [
            candidate
            for result in self._odd_ones_out(case, finished, own)
            for candidate in self._candidate(case, finished, result)
        ]
        differing = {candidate.runner for candidate in odd}
        agreeing = _agreeing(self._with_known(finished, own | differing))
        if self._note_unproven(case, agreeing, differing):
            odd = []
        if self._note_unproven(case, self._with_known(finished, own), own):
            wrong = []
        return [*wrong, *odd]

    def _wrong(self, case: Case, finished: FinishedCase) -> Iterator[Candidate]:
        """Yields the candidates whose results are wrong by themselves."""
        for result in finished.results:
            if not self._is_chosen(result):
                continue
            runner, column = self._runners[result.runner], COLUMNS[result.verdict]
            if column in _NOT_COVERABLE and runner not in self._absent:
                self._notes.add(_NOT_COVERABLE[column].format(runner), case.id)
            elif column in WRONG and not result.known:
                yield from self._candidate(case, finished, result)

    def _note_unproven(self, case: Case, after: FinishedCase, covered: Set[str]) -> bool:
        """Notes that entries for some runners cannot help, if that is so."""
        why = self._why_unproven(case, after) if covered else ""
        if why:
            names = ", ".join(name for name in self._runners if name in covered)
            self._notes.add(_UNPROVEN.format(f"entries for {names} do not help", why), case.id)
        return bool(why)

    def _why_unproven(self, case: Case, after: FinishedCase) -> str:
        # A run without all runners says nothing about the others.
        return why_unproven(case.expect, after, self._families) if self._all_runners else ""

    def _with_known(self, finished: FinishedCase, covered: Set[str]) -> FinishedCase:
        """Returns the results as they are once some runners have an entry."""
        after = FinishedCase()
        after.CopyFrom(finished)
        for result in after.results:
            result.known = result.known or self._runners[result.runner] in covered
        return after

    def _is_chosen(self, result: RunnerResult) -> bool:
        return not self._chosen or self._runners[result.runner] in self._chosen

    def _odd_ones_out(
        self, case: Case, finished: FinishedCase, covered: Set[str]
    ) -> Sequence[RunnerResult]:
        """Returns passing results that differ from those of the other runners.

        If no runner is the odd one out, these are the results of the chosen runners. Those of the
        covered runners get an entry anyway.
        """
        passing = _passing(finished)
        classes = {result.answer_class for result in passing}
        if len(classes) < 2 or case.level == case_pb2.LEVEL_IMPLEMENTATION_DEFINED:
            return ()
        odd = odd_ones_out(passing, self._families)
        if odd:
            return [r for r in passing if r.runner in odd and self._is_chosen(r)]
        chosen = [result for result in passing if self._chosen and self._is_chosen(result)]
        if chosen and {result.answer_class for result in chosen} != classes:
            return chosen
        why = self._why_unproven(case, _agreeing(self._with_known(finished, covered)))
        self._notes.add(
            _UNPROVEN.format("no entries help", why) if why else _NO_ODD_ONE_OUT, case.id
        )
        return ()

    def _candidate(
        self, case: Case, finished: FinishedCase, result: RunnerResult
    ) -> Iterator[Candidate]:
        runner = self._runners[result.runner]
        entry = self._book.entry_for(runner, case.id)
        if entry is not None:
            place = entry.place
            self._notes.add(_OTHER_PIN.format(place.path, place.line, runner), case.id)
            return
        if not result.outcomes:
            pin = pin_of(case, result_observation(finished, result), result.verdict)
            yield Candidate(runner, case, pin, is_flaky=False)
            return
        first, *others = self._wrong_outcomes(case, finished, result)
        if others:
            self._notes.add(_SEVERAL_OUTCOMES.format(runner), case.id)
        else:
            pin = pin_of(case, first.observation, first.verdict)
            yield Candidate(runner, case, pin, is_flaky=True)

    def _wrong_outcomes(
        self, case: Case, finished: FinishedCase, result: RunnerResult
    ) -> Sequence[Outcome]:
        """Returns the wrong outcomes of a flaky runner; if none is wrong for sure, the rarest."""
        outcomes = list(result.outcomes)
        if case.expect.HasField("agree"):
            others = [
                result_observation(finished, other)
                for other in finished.results
                if other.runner != result.runner and other.verdict == verdict_pb2.VERDICT_PASS
            ]
            wrong = [
                outcome
                for outcome in outcomes
                if others
                and not any(same_answer(case, outcome.observation, other) for other in others)
            ]
        else:
            wrong = [o for o in outcomes if o.verdict != verdict_pb2.VERDICT_PASS]
        return wrong or outcomes[-1:]
