"""Finds cases whose results prove nothing: no answer could have failed them."""

from __future__ import annotations

from collections import Counter

from google.rpc import code_pb2

from testingkit.conformance.judging.verdicts import is_unanswered
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult


def why_unproven(expect: Expectation, finished: FinishedCase) -> str:
    """Returns why the results of a case prove nothing; empty if they prove something.

    A runner that failed is a finding of its own, except if the failure is known.
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
    return _why_unagreed(finished)


def _is_unimplemented(finished: FinishedCase) -> bool:
    """Returns whether all answers are what generated code gives for a method that no one wrote."""
    answers = [result.observation for result in finished.results if result.answer_class]
    return all(
        answer.HasField("error") and answer.error.code == code_pb2.UNIMPLEMENTED
        for answer in answers
    )


def _why_unagreed(finished: FinishedCase) -> str:
    """Returns why nothing agrees: known divergences explain most answers, and no others agree."""
    answers = [result for result in finished.results if result.answer_class]
    known = sum(result.known for result in answers)
    others = Counter(result.answer_class for result in answers if not result.known)
    if known <= others.total() or max(others.values(), default=0) > 1:
        return ""
    text = "agreement is expected, but known divergences explain"
    if not others:
        return f"{text} every answer"
    return f"{text} {known} of {count(len(answers), 'answer')}, and no others agree"


def _is_excused(result: RunnerResult) -> bool:
    """Returns whether a runner without an answer has none for an accepted reason."""
    unsupported = result.verdict == verdict_pb2.VERDICT_UNSUPPORTED
    return unsupported or (result.known and not is_unanswered(result))
