"""Compares an answer with an expectation, for verdicts and for pinned outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from google.rpc import code_pb2

from testingkit.conformance.cases.model import Case
from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.judging.answers import ErrorFacts, code_name, describe, error_facts
from testingkit.conformance.judging.error_details import parse_status
from testingkit.conformance.judging.generated_code import is_of_base_class
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.protobuf.text_format import print_line
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import Error, Observation
from testingkit.conformance.v1.verdict_pb2 import (
    DIFFERENCE_KIND_OUTCOME,
    DIFFERENCE_KIND_VALUE,
    Difference,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the differences between the answer and the expectation."""

    verdict: Verdict.ValueType
    differences: Sequence[Difference] = ()


_ERROR_CODES = frozenset(code_pb2.Code.values()) - {code_pb2.OK}
_PASS = Judgement(verdict_pb2.VERDICT_PASS)


def why_invalid(case: Case, observation: Observation) -> str:
    """Returns why a response or an error breaks the contract; empty if it does not."""
    kind = observation.WhichOneof("kind")
    if kind == "response":
        return case.method.why_no_response(observation.response)
    return _why_invalid_error(observation.error) if kind == "error" else ""


def _why_invalid_error(error: Error) -> str:
    if error.code not in _ERROR_CODES:
        return f"an error with the status code {error.code}"
    status = parse_status(error)
    if status is None:
        return "an error with details that are not a google.rpc.Status"
    if status.code not in {code_pb2.OK, error.code}:  # gRPC: it must not contradict.
        return f"an error with the status code {error.code}, and {status.code} in its details"
    return ""


def judge_answer(expect: Expectation, case: Case, observation: Observation) -> Judgement:
    """Judges an answer for which `why_invalid` returns nothing."""
    answered = observation.WhichOneof("kind")
    match expect.WhichOneof("kind"):
        case "agree":
            return _PASS  # Parity decides whether the runners agree.
        case "any_of":
            return _any_of(expect, case, observation)
        case "response" if answered == "response":
            return _response(expect.response.value, case, observation.response)
        case "response":
            difference = outcome_difference(expect, observation)
            difference.expected = show_response(case, expect.response.value)
            return Judgement(verdict_pb2.VERDICT_UNEXPECTED_ERROR, [difference])
        case "error" if answered == "error":
            return _error(expect.error, case, observation.error)
        case "error":
            difference = outcome_difference(expect, observation)
            difference.actual = show_response(case, observation.response)
            return Judgement(verdict_pb2.VERDICT_MISSING_ERROR, [difference])
        case other:
            raise AssertionError(f"{case.id} was validated and expects {other}")


def _response(expected: bytes, case: Case, actual: bytes) -> Judgement:
    policy = policy_of(case.comparison, case.method.response)
    if expected == actual and policy.nan_equal:
        return _PASS
    left, right = case.method.parse_response(expected), case.method.parse_response(actual)
    if left is None or right is None:
        raise AssertionError(
            f"{case.id}: an answer or its expectation does not parse, although both were checked"
        )
    found = differences(left, right, policy)
    return Judgement(verdict_pb2.VERDICT_MISMATCH, found) if found else _PASS


def _any_of(expect: Expectation, case: Case, observation: Observation) -> Judgement:
    """Returns the judgement of a choice that passes, else the one with the fewest differences."""
    judged = [judge_answer(c, case, observation) for c in expect.any_of.choices]
    return min(judged, key=lambda j: (j.verdict != verdict_pb2.VERDICT_PASS, len(j.differences)))


def _error(expect: ErrorExpectation, case: Case, error: Error) -> Judgement:
    if expect.code == code_pb2.OK and is_of_base_class(case.method.name, error):
        # Any error of a handler is right, and this method has none.
        found = value_difference(
            "error.code", "any of a handler", "UNIMPLEMENTED of generated code"
        )
        return Judgement(verdict_pb2.VERDICT_WRONG_ERROR, [found])
    facts = error_facts(error)
    differ = [
        value_difference(path, wanted, got)
        for path, wanted, got, agrees in _error_fields(expect, error, facts)
        if not agrees
    ]
    return Judgement(verdict_pb2.VERDICT_WRONG_ERROR, differ) if differ else _PASS


def value_difference(path: str, wanted: str, got: str) -> Difference:
    """Returns the difference between two values of a part of an error."""
    return Difference(
        field_path=path, kind=DIFFERENCE_KIND_VALUE, expected=cut(wanted), actual=cut(got)
    )


def _error_fields(
    expect: ErrorExpectation, error: Error, facts: ErrorFacts
) -> Sequence[tuple[str, str, str, bool]]:
    """Returns path, expected text, actual text and whether they agree, for each field."""
    codes = [expect.code, *expect.other_codes]
    any_code = expect.code == code_pb2.OK
    reason, domain = facts.info(expect.reason, expect.domain)
    return [
        (
            "error.code",
            "any" if any_code else " or ".join(map(code_name, codes)),
            code_name(error.code),
            error.code != code_pb2.OK if any_code else error.code in codes,
        ),
        ("error.reason", expect.reason, reason, expect.reason in ("", reason)),
        ("error.domain", expect.domain, domain, expect.domain in ("", domain)),
        (
            "error.field_path",
            expect.field_path,
            ", ".join(facts.field_paths),
            not expect.field_path or expect.field_path in facts.field_paths,
        ),
        ("error.message", expect.message, error.message, expect.message in ("", error.message)),
    ]


def outcome_difference(expect: Expectation, observation: Observation) -> Difference:
    """Returns the difference between an expectation and an observation of another kind."""
    return Difference(
        kind=DIFFERENCE_KIND_OUTCOME,
        expected=describe_expectation(expect),
        actual=describe(observation),
    )


def show_response(case: Case, data: bytes) -> str:
    """Returns a response as text, for a comparison with an error, which has other fields."""
    message = case.method.parse_response(data)
    if message is None:
        return "a response"
    return f"response {{{cut(print_line(message, case.method.pool))}}}"


def describe_expectation(expect: Expectation) -> str:
    """Returns an expectation in a few words."""
    match expect.WhichOneof("kind"):
        case "response":
            return "a response"
        case "error":
            facts = ErrorFacts(expect.error.code, ((expect.error.reason, expect.error.domain),))
            return "an error" if expect.error.code == code_pb2.OK else cut(f"error {facts}")
        case "any_of":
            return " or ".join(
                dict.fromkeys(describe_expectation(choice) for choice in expect.any_of.choices)
            )
        case _:
            return "an answer"
