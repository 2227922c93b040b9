"""A runner that does not do the same every time: its groups, and how its case is assessed."""

from __future__ import annotations

import datetime

from google.rpc import code_pb2

from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import Call, KnownDivergence, Place
from testingkit.conformance.pipeline.assess import Assessor
from testingkit.conformance.pipeline.repetitions import MAX_TURNS, settle
from testingkit.conformance.v1 import divergence_pb2, parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Agreement, ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase
from tests.conformance.support import answer, error, make_case, schema

AGREE = make_case(Expectation(agree=Agreement(reason="open")))


def assess(
    *observed: list[Observation], entries: list[KnownDivergence] | None = None
) -> FinishedCase:
    runners = [f"r{index}" for index, _ in enumerate(observed)]
    book = KnownBook(entries or [], datetime.date(2026, 1, 1))
    assessor = Assessor(runners, schema(), book, everyone=True)
    return assessor.assess(Call(1, AGREE, b"", 1.0, 1), list(observed))


def crash() -> Observation:
    observation = Observation(call_id=1)
    observation.crash.text = "killed"
    return observation


def test_the_last_group_stands_for_all_that_is_like_none_of_the_others() -> None:
    observations = [answer(str(number)) for number in range(MAX_TURNS + 5)] + [answer("0")]
    turns = settle(AGREE, observations, schema())
    assert len(turns) == MAX_TURNS
    assert sum(turn.times for turn in turns) == len(observations)
    assert (turns[0].times, turns[0].stands_for_others) == (6, True)
    assert (turns[1].times, turns[1].stands_for_others) == (2, False)


def test_an_entry_does_not_account_for_outcomes_that_nobody_looked_at() -> None:
    entry = KnownDivergence(
        "r0",
        Place("known/r0.textproto"),
        divergence_pb2.KnownDivergence(
            kind=divergence_pb2.DIVERGENCE_KIND_FLAKY,
            outcome=divergence_pb2.PinnedOutcome(error=ErrorExpectation(code=code_pb2.NOT_FOUND)),
            reason="r",
        ),
        frozenset({AGREE.id}),
    )
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
