"""Flaky runners: the groups of their observations, and the assessment of their cases."""

from __future__ import annotations

import datetime

import pytest
from google.rpc import code_pb2

from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.repetitions import MAX_GROUPS, group_outcomes
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.verdicts import result_observation
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.results.tally import Tally
from testingkit.conformance.v1 import divergence_pb2, parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Agreement, ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase
from tests.conformance.support import answer, error, make_case

AGREE = make_case(Expectation(agree=Agreement(reason="open")))


def assess(
    *observed: list[Observation], entries: list[KnownDivergence] | None = None
) -> FinishedCase:
    runners = [f"r{index}" for index, _ in enumerate(observed)]
    book = KnownBook(entries or [], datetime.date(2026, 1, 1))
    assessor = Assessor(runners, book, all_runners=True)
    return assessor.assess(1, AGREE, list(observed))


def crash() -> Observation:
    observation = Observation(call_id=1)
    observation.crash.text = "killed"
    return observation


def not_run() -> Observation:
    observation = Observation(call_id=1)
    observation.not_run.text = "limits.restarts = 4 is used up"
    return observation


def pinned(kind: str) -> KnownDivergence:
    """Returns an entry with the pinned outcome NOT_FOUND."""
    message = divergence_pb2.KnownDivergence(
        kind=divergence_pb2.DivergenceKind.Value(f"DIVERGENCE_KIND_{kind}"),
        outcome=divergence_pb2.PinnedOutcome(error=ErrorExpectation(code=code_pb2.NOT_FOUND)),
        reason="r",
    )
    return KnownDivergence("r0", Place("known/r0.textproto"), message, frozenset({AGREE.id}))


def test_last_group_includes_answers_beyond_the_maximum() -> None:
    observations = [answer(str(number)) for number in range(MAX_GROUPS + 5)] + [answer("0")]
    groups = group_outcomes(AGREE, observations)
    assert len(groups) == MAX_GROUPS
    assert sum(group.times for group in groups) == len(observations)
    assert (groups[0].times, groups[0].includes_others) == (6, True)
    assert (groups[1].times, groups[1].includes_others) == (2, False)


def test_known_divergence_does_not_account_for_answers_that_were_not_compared() -> None:
    entry = pinned("FLAKY")
    many = [error(reason=str(number)) for number in range(MAX_GROUPS + 1)]
    same = [answer("a")] * len(many)
    assert assess(many[:-1], same[:-1], entries=[entry]).results[0].known
    assert not assess(many, same, entries=[entry]).results[0].known


def test_flaky_runner_that_mostly_crashes_leaves_no_gap_in_answer_classes() -> None:
    """The first class was that of its one answer, and no result belonged to it."""
    finished = assess([crash(), crash(), answer("a")], [answer("b")] * 3, [answer("c")] * 3)
    assert [result.answer_class for result in finished.results] == [0, 1, 2]
    assert finished.parity == parity_pb2.PARITY_DIVERGE
    assert finished.results[0].verdict == verdict_pb2.VERDICT_FLAKY
    assert [d.actual for d in finished.results[2].differences] == ['"c"']


def test_runners_that_mostly_crash_diverge_without_answer_classes() -> None:
    finished = assess([crash(), crash(), answer("a")], [crash(), crash(), answer("b")])
    assert [result.answer_class for result in finished.results] == [0, 0]
    assert finished.parity == parity_pb2.PARITY_DIVERGE


def test_parity_of_one_flaky_runner_is_none_or_single() -> None:
    timeout = Observation(call_id=1)
    timeout.timeout.deadline_millis = 1
    assert assess([crash(), timeout]).parity == parity_pb2.PARITY_NONE
    assert assess([crash(), answer("a")]).parity == parity_pb2.PARITY_SINGLE


def test_unanswered_calls_come_first_and_other_outcomes_are_kept() -> None:
    garbage = Observation(call_id=1, response=b"\xff")
    observations = [answer("a"), not_run(), answer("a"), crash(), garbage, garbage, answer("b")]
    groups = group_outcomes(AGREE, observations)
    assert [(group.kind, group.times, group.is_unanswered) for group in groups] == [
        ("protocol_error", 2, True),
        ("not_run", 1, True),
        ("response", 2, False),
        ("crash", 1, False),
        ("response", 1, False),
    ]
    finished = assess(observations, [answer("b")] * 7)
    first, second = finished.results
    assert first.verdict == verdict_pb2.VERDICT_PROTOCOL_ERROR
    assert first.observation == garbage
    assert [outcome.times for outcome in first.outcomes] == [2, 1, 2, 1, 1]
    assert (first.answer_class, second.answer_class) == (1, 2)
    assert finished.parity == parity_pb2.PARITY_DIVERGE
    assert result_observation(finished, second) == answer("b")


def test_many_answers_hide_no_crash_and_no_unanswered_call() -> None:
    observations = [answer(str(number)) for number in range(MAX_GROUPS + 1)]
    groups = group_outcomes(AGREE, [*observations, crash(), not_run(), crash()])
    assert [(group.kind, group.times) for group in groups if group.kind != "response"] == [
        ("not_run", 1),
        ("crash", 2),
    ]
    assert sum(group.kind == "response" for group in groups) == MAX_GROUPS


def test_only_unanswered_calls_have_no_outcomes() -> None:
    (result,) = assess([not_run()] * 3).results
    assert (result.verdict, len(result.outcomes)) == (verdict_pb2.VERDICT_NOT_RUN, 0)


def test_observation_of_a_class_is_stored_with_a_fully_answered_result() -> None:
    finished = assess([not_run(), answer("a")], [answer("a")] * 2, [answer("b")] * 2)
    assert [result.answer_class for result in finished.results] == [1, 1, 2]
    assert result_observation(finished, finished.results[1]) == answer("a")
    assert [d.actual for d in finished.results[2].differences] == ['"b"']


def test_single_answer_with_an_unanswered_call_has_differences() -> None:
    finished = assess([answer("a")] * 2, [not_run(), answer("b")])
    unanswered, answered = finished.results[1].outcomes
    assert unanswered.verdict == verdict_pb2.VERDICT_NOT_RUN
    assert [(d.expected, d.actual) for d in answered.differences] == [('"a"', '"b"')]


def test_unanswered_call_of_a_flaky_runner_keeps_the_reason() -> None:
    garbage = Observation(call_id=1, response=b"\xff")
    alone = assess([garbage]).results[0].differences
    assert len(alone) == 1
    first = assess([answer("a"), garbage]).results[0].outcomes[0]
    assert first.verdict == verdict_pb2.VERDICT_PROTOCOL_ERROR
    assert list(first.differences) == list(alone)


@pytest.mark.parametrize("kind", ["BUG", "FLAKY"])
def test_known_divergence_accounts_for_answers_but_not_for_unanswered_calls(kind: str) -> None:
    finished = assess([error(), not_run(), error()], [answer("a")] * 3, entries=[pinned(kind)])
    result = finished.results[0]
    assert (result.verdict, result.known) == (verdict_pb2.VERDICT_NOT_RUN, True)
    tally = Tally(runners=2, planned=1)
    tally.add(finished, AGREE.level)
    assert (tally.ledgers[0].missing, tally.ledgers[0].known) == (1, 0)
    assert (tally.gated_results, tally.gated_divergences, tally.unanswered) == (0, 0, 1)
    assert not assess([error(), not_run(), crash()], entries=[pinned(kind)]).results[0].known
    assert not assess([not_run()] * 2, entries=[pinned(kind)]).results[0].known
