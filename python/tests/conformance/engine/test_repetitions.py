"""A runner that does not do the same every time: its groups, and how its case is assessed."""

from __future__ import annotations

import datetime

import pytest
from google.rpc import code_pb2

from testingkit.conformance.engine.assess import Assessor
from testingkit.conformance.engine.repetitions import MAX_TURNS, settle
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
    assessor = Assessor(runners, book, everyone=True)
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
    """An entry that says that a runner answers NOT_FOUND."""
    message = divergence_pb2.KnownDivergence(
        kind=divergence_pb2.DivergenceKind.Value(f"DIVERGENCE_KIND_{kind}"),
        outcome=divergence_pb2.PinnedOutcome(error=ErrorExpectation(code=code_pb2.NOT_FOUND)),
        reason="r",
    )
    return KnownDivergence("r0", Place("known/r0.textproto"), message, frozenset({AGREE.id}))


def test_the_last_group_stands_for_all_that_is_like_none_of_the_others() -> None:
    observations = [answer(str(number)) for number in range(MAX_TURNS + 5)] + [answer("0")]
    turns = settle(AGREE, observations)
    assert len(turns) == MAX_TURNS
    assert sum(turn.times for turn in turns) == len(observations)
    assert (turns[0].times, turns[0].stands_for_others) == (6, True)
    assert (turns[1].times, turns[1].stands_for_others) == (2, False)


def test_an_entry_does_not_account_for_outcomes_that_nobody_looked_at() -> None:
    entry = pinned("FLAKY")
    many = [error(reason=str(number)) for number in range(MAX_TURNS + 1)]
    same = [answer("a")] * len(many)
    assert assess(many[:-1], same[:-1], entries=[entry]).results[0].known
    assert not assess(many, same, entries=[entry]).results[0].known


def test_a_flaky_runner_that_mostly_crashes_leaves_no_gap_in_the_classes() -> None:
    """The first class was that of what it did now and then, and nobody stood in it."""
    finished = assess([crash(), crash(), answer("a")], [answer("b")] * 3, [answer("c")] * 3)
    assert [result.answer_class for result in finished.results] == [0, 1, 2]
    assert finished.parity == parity_pb2.PARITY_DIVERGE
    assert finished.results[0].verdict == verdict_pb2.VERDICT_FLAKY
    assert [d.actual for d in finished.results[2].differences] == ['"c"']


def test_nobody_answers_as_the_commonest_deed() -> None:
    finished = assess([crash(), crash(), answer("a")], [crash(), crash(), answer("b")])
    assert [result.answer_class for result in finished.results] == [0, 0]
    assert finished.parity == parity_pb2.PARITY_DIVERGE


def test_a_single_runner_that_never_answers() -> None:
    timeout = Observation(call_id=1)
    timeout.timeout.deadline_millis = 1
    assert assess([crash(), timeout]).parity == parity_pb2.PARITY_NONE
    assert assess([crash(), answer("a")]).parity == parity_pb2.PARITY_SINGLE


def test_what_a_runner_did_beside_calls_without_an_answer_is_kept() -> None:
    garbage = Observation(call_id=1, response=b"\xff")
    observations = [answer("a"), not_run(), answer("a"), crash(), garbage, garbage, answer("b")]
    turns = settle(AGREE, observations)
    assert [(turn.kind, turn.times, turn.is_deed) for turn in turns] == [
        ("protocol_error", 2, False),
        ("not_run", 1, False),
        ("response", 2, True),
        ("crash", 1, True),
        ("response", 1, True),
    ]
    finished = assess(observations, [answer("b")] * 7)
    first, second = finished.results
    assert first.verdict == verdict_pb2.VERDICT_PROTOCOL_ERROR
    assert first.observation == garbage
    assert [outcome.times for outcome in first.outcomes] == [2, 1, 2, 1, 1]
    assert (first.answer_class, second.answer_class) == (1, 2)
    assert finished.parity == parity_pb2.PARITY_DIVERGE
    assert result_observation(finished, second) == answer("b")


def test_answers_of_many_kinds_hide_no_crash_and_no_call_without_an_answer() -> None:
    observations = [answer(str(number)) for number in range(MAX_TURNS + 1)]
    turns = settle(AGREE, [*observations, crash(), not_run(), crash()])
    assert [(turn.kind, turn.times) for turn in turns if turn.kind != "response"] == [
        ("not_run", 1),
        ("crash", 2),
    ]
    assert sum(turn.kind == "response" for turn in turns) == MAX_TURNS


def test_only_calls_without_an_answer_are_one_thing() -> None:
    (result,) = assess([not_run()] * 3).results
    assert (result.verdict, len(result.outcomes)) == (verdict_pb2.VERDICT_NOT_RUN, 0)


def test_the_same_bytes_beside_a_call_without_an_answer_do_not_stand_in_for_others() -> None:
    finished = assess([not_run(), answer("a")], [answer("a")] * 2, [answer("b")] * 2)
    assert [result.answer_class for result in finished.results] == [1, 1, 2]
    assert result_observation(finished, finished.results[1]) == answer("a")
    assert [d.actual for d in finished.results[2].differences] == ['"b"']


def test_a_lone_answer_beside_a_call_without_one_is_compared_with_the_others() -> None:
    finished = assess([answer("a")] * 2, [not_run(), answer("b")])
    gap, lone = finished.results[1].outcomes
    assert gap.verdict == verdict_pb2.VERDICT_NOT_RUN
    assert [(d.expected, d.actual) for d in lone.differences] == [('"a"', '"b"')]


@pytest.mark.parametrize("kind", ["BUG", "FLAKY"])
def test_an_entry_accounts_for_what_is_beside_a_call_without_an_answer(kind: str) -> None:
    finished = assess([error(), not_run(), error()], [answer("a")] * 3, entries=[pinned(kind)])
    result = finished.results[0]
    assert (result.verdict, result.known) == (verdict_pb2.VERDICT_NOT_RUN, True)
    tally = Tally(runners=2, planned=1)
    tally.add(finished, AGREE.level)
    assert (tally.ledgers[0].missing, tally.ledgers[0].known) == (1, 0)
    assert (tally.gated_results, tally.gated_divergences, tally.unanswered) == (0, 0, 1)
    assert not assess([error(), not_run(), crash()], entries=[pinned(kind)]).results[0].known
    assert not assess([not_run()] * 2, entries=[pinned(kind)]).results[0].known
