"""Finds cases whose results prove nothing: no answer could have failed them."""

from __future__ import annotations

from collections.abc import Sequence

from google.rpc import code_pb2

from testingkit.conformance.judging.verdicts import is_unanswered
from testingkit.conformance.results.voters import count_votes, voters_of
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult


def why_unproven(expect: Expectation, finished: FinishedCase, families: Sequence[str] = ()) -> str:
    """Returns why the results of a case prove nothing; empty if they prove something.

    A runner that failed is a finding of its own, except if the failure is known.

    Args:
        expect: The expectation.
        finished: The results.
        families: The family of each runner, of which two have to agree; empty if every runner is
            its own.
    """
    silent = [result for result in finished.results if not result.answer_class]
    if any(not _is_excused(result) for result in silent):
        return ""
    if all(r.verdict == verdict_pb2.VERDICT_UNSUPPORTED for r in finished.results):
        return "no runner serves the method"
    if not expect.HasField("agree"):
        return ""
    if finished.parity == parity_pb2.PARITY_SINGLE:
        return "agreement is expected, but only one runner answers"
    if _is_unimplemented(finished):
        return "agreement is expected, but every runner answers UNIMPLEMENTED"
    return _why_unagreed(finished, families)


def _is_unimplemented(finished: FinishedCase) -> bool:
    """Returns whether all answers are what generated code gives for a method that no one wrote."""
    # The first result of each class of equal answers has the observation.
    answers = [
        r.observation for r in finished.results if r.answer_class and r.HasField("observation")
    ]
    return {answer.error.code for answer in answers} == {code_pb2.UNIMPLEMENTED}


def _why_unagreed(finished: FinishedCase, families: Sequence[str]) -> str:
    """Returns why nothing agrees: known divergences explain most answers, and no others agree."""
    answers = [result for result in finished.results if result.answer_class]
    known = [result for result in answers if result.known]
    others = [result for result in answers if not result.known]
    votes = count_votes(others, families)
    text = "agreement is expected, but"
    # Others that differ are a finding of its own.
    if len(votes) < 2 and len(voters_of(answers, families)) == 1:
        return f"{text} only runners of the family {families[answers[0].runner]} answer"
    enough = len(voters_of(known, families)) <= len(voters_of(others, families))
    if enough or max(votes.values(), default=0) > 1:
        return ""
    text += " known divergences explain"
    if not others:
        return f"{text} every answer"
    return f"{text} {len(known)} of {count(len(answers), 'answer')}, and no others agree"


def _is_excused(result: RunnerResult) -> bool:
    """Returns whether a runner without an answer has none for an accepted reason."""
    unsupported = result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
    return unsupported or (result.known and not is_unanswered(result))
