"""Turns the observations of one case into a `FinishedCase`: verdicts, parity, known divergences."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from testingkit.conformance.cases.model import Case
from testingkit.conformance.engine.repetitions import OutcomeGroup, group_outcomes
from testingkit.conformance.judging.answers import is_plain_answer
from testingkit.conformance.judging.expectation import Judgement
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.judging.parity import compare_observations, parity_of
from testingkit.conformance.judging.peers import peer_differences
from testingkit.conformance.judging.verdicts import (
    COLUMNS,
    INCOMPARABLE,
    is_unanswered,
)
from testingkit.conformance.known.book import JudgedOutcome, KnownBook, PeerAnswers
from testingkit.conformance.results.answer_classes import compares_classes
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.parity_pb2 import Parity
from testingkit.conformance.v1.run_pb2 import FinishedCase, Outcome, RunnerResult


class Assessor:
    """Assesses the cases of one run."""

    def __init__(self, runners: Sequence[str], book: KnownBook, *, all_runners: bool) -> None:
        """Prepares to assess.

        Args:
            runners: The names of the runners of the run, in order.
            book: The known divergences.
            all_runners: Whether every runner of the project takes part.
        """
        self._runners = runners
        self._book = book
        self._all_runners = all_runners

    def assess(
        self, call_id: int, case: Case, observed: Sequence[Sequence[Observation]]
    ) -> FinishedCase:
        """Returns the case with its verdicts and parity.

        Args:
            call_id: The id of the first call of the case.
            case: The case.
            observed: The observations of every runner, one for each repetition.
        """
        grouped = [group_outcomes(case, observations) for observations in observed]
        parity, classes = self._compare(case, grouped)
        finished = FinishedCase(call_id=call_id, parity=parity)
        judged: dict[bytes, Judgement] = {}
        firsts: dict[int, Observation] = {}
        for index, groups in enumerate(grouped):
            observation = groups[0].observation
            result = finished.results.add(
                runner=index,
                answer_class=_class_of(groups, classes[index]),
                elapsed_nanos=observation.elapsed_nanos,
            )
            # Equal answers are stored once, with the first runner of their class. The first group
            # of a runner has no class if it is unanswered, even if another of its groups has one.
            answer_class = result.answer_class if classes[index][0] else 0
            first = firsts.setdefault(answer_class, observation) if answer_class else observation
            if first is observation or not _same_bytes(first, observation):
                result.observation.CopyFrom(observation)
            if len(groups) > 1:
                self._add_outcomes(case, result, groups, judged)
                continue
            judgement = self._judge(case, observation, judged)
            result.verdict = judgement.verdict
            result.differences.extend(judgement.differences)
        self._account(case, finished, grouped, classes)
        self._explain_divergence(
            case, finished, [_most_frequent(groups).observation for groups in grouped]
        )
        return finished

    def _compare(
        self, case: Case, grouped: Sequence[Sequence[OutcomeGroup]]
    ) -> tuple[Parity.ValueType, Sequence[Sequence[int]]]:
        """Compares all outcomes of all runners: one answer of a flaky runner can diverge.

        Returns:
            Parity, and for every group of every runner the number of its answer class.
        """
        groups = [group.observation for runner in grouped for group in runner]
        compared = compare_observations(case, groups)
        rest = iter(compared.classes)
        classes = [list(itertools.islice(rest, len(runner))) for runner in grouped]
        # The most frequent answers get the first numbers, so that results have no gaps in theirs.
        numbers = {0: 0}
        frequent = [_class_of(*runner) for runner in zip(grouped, classes, strict=True)]
        for number in (*frequent, *compared.classes):
            numbers.setdefault(number, len(numbers))
        lone = len(grouped) == 1 and len(groups) > 1
        parity = parity_of([max(compared.classes)]) if lone else compared.parity
        return parity, [[numbers[number] for number in runner] for runner in classes]

    def _judge(
        self, case: Case, observation: Observation, judged: dict[bytes, Judgement]
    ) -> Judgement:
        """Judges an observation; the same bytes from several runners are judged once."""
        if not observation.HasField("response"):
            return judge(case, observation)
        if observation.response not in judged:
            judged[observation.response] = judge(case, observation)
        return judged[observation.response]

    def _add_outcomes(
        self,
        case: Case,
        result: RunnerResult,
        groups: Sequence[OutcomeGroup],
        judged: dict[bytes, Judgement],
    ) -> None:
        """Adds the outcomes of a flaky runner to its result."""
        plain = [g for g in groups if not g.is_unanswered and is_plain_answer(g.observation)]
        for group in groups:
            judgement = self._judge(case, group.observation, judged)
            found = judgement.differences
            # Nothing is expected of mere agreement, and several answers may be right. A call
            # without an answer keeps its reason.
            is_open = case.expect.HasField("agree") and not group.is_unanswered
            if plain and group is not plain[0] and (not found or is_open):
                found = peer_differences(case, plain[0].observation, group.observation)
            result.outcomes.append(
                Outcome(
                    observation=group.observation,
                    times=group.times,
                    verdict=judgement.verdict,
                    differences=found,
                )
            )
        first = result.outcomes[0]
        result.verdict = first.verdict if is_unanswered(first) else verdict_pb2.VERDICT_FLAKY

    def _account(
        self,
        case: Case,
        finished: FinishedCase,
        grouped: Sequence[Sequence[OutcomeGroup]],
        classes: Sequence[Sequence[int]],
    ) -> None:
        """Marks the results that a known divergence accounts for."""
        for result in finished.results:
            entry = self._book.entry_for(self._runners[result.runner], case.id)
            if entry is None:
                continue
            right = _right_classes(finished, classes, excluded=result.runner)
            complete = self._all_runners and not any(
                COLUMNS[r.verdict] in INCOMPARABLE for r in finished.results
            )
            groups = list(zip(grouped[result.runner], classes[result.runner], strict=True))
            outcomes = []
            # An entry never accounts for unanswered calls, only for the other ones.
            for group, number in [g for g in groups if not g[0].is_unanswered] or groups:
                peers = PeerAnswers(bool(right - {number}), number in right, complete)
                judgement = judge(case, group.observation)
                outcomes.append(JudgedOutcome(group.observation, judgement, peers))
            # An entry cannot account for answers that were counted without being compared.
            all_compared = not any(group.includes_others for group, _ in groups)
            known = self._book.accounts_for(entry, case, outcomes)
            result.known = known and all_compared

    def _explain_divergence(
        self, case: Case, finished: FinishedCase, observations: Sequence[Observation]
    ) -> None:
        """Adds the differences from one answer if no expectation calls any of them wrong.

        That is the first answer that is not a panic.
        """
        if not compares_classes(finished):
            return
        answers = [
            result
            for result in finished.results
            if result.answer_class and is_plain_answer(observations[result.runner])
        ]
        if not answers:  # The most frequent outcome of no runner is an answer.
            return
        first = min(result.answer_class for result in answers)
        # Under a tolerance an answer can equal some of them.
        peers = [observations[r.runner] for r in answers if r.answer_class == first]
        for result in finished.results:
            answer = _single_answer(result)
            if result.answer_class not in (0, first) and answer is not None:
                own = observations[result.runner]
                found = next(
                    filter(None, (peer_differences(case, peer, own) for peer in peers)), ()
                )
                del answer.differences[:]
                answer.differences.extend(found)


def _most_frequent(groups: Sequence[OutcomeGroup]) -> OutcomeGroup:
    """Returns the largest group that is not unanswered; if all are, the first."""
    if len(groups) == 1:
        return groups[0]
    return next((group for group in groups if not group.is_unanswered), groups[0])


def _class_of(groups: Sequence[OutcomeGroup], classes: Sequence[int]) -> int:
    return classes[0] if len(groups) == 1 else classes[groups.index(_most_frequent(groups))]


def _single_answer(result: RunnerResult) -> RunnerResult | Outcome | None:
    """Returns the result or outcome of the runner's only answer; None if it is flaky."""
    if not result.outcomes:
        return result
    answered = [outcome for outcome in result.outcomes if not is_unanswered(outcome)]
    return answered[0] if is_unanswered(result) and len(answered) == 1 else None


def _right_classes(
    finished: FinishedCase, classes: Sequence[Sequence[int]], *, excluded: int
) -> frozenset[int]:
    """Returns the classes of the right answers of all runners but one."""
    right = set()
    for result in finished.results:
        if result.runner == excluded:
            continue
        verdicts = [outcome.verdict for outcome in result.outcomes] or [result.verdict]
        numbered = zip(verdicts, classes[result.runner], strict=True)
        right |= {number for verdict, number in numbered if verdict == verdict_pb2.VERDICT_PASS}
    return frozenset(right)


def _same_bytes(left: Observation, right: Observation) -> bool:
    return (
        left.HasField("response") and right.HasField("response") and left.response == right.response
    )
