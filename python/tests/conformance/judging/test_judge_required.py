"""A response that lacks a required field of proto2 breaks the protocol, with every expectation."""

from __future__ import annotations

import dataclasses

import pytest

from testingkit.conformance.cases.model import Case
from testingkit.conformance.engine.repetitions import group_outcomes
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.judging.parity import compare_observations
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Agreement, AnyOf, Expectation
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.legacy import legacy, legacy_method
from tests.conformance.support import fails, make_case, packed

PARTIAL = legacy("Holder", 'many {} by_name { key: "a" value {} }').SerializePartialToString()
WHOLE = Expectation(response=packed(legacy("Holder", "one { id: 1 }")))
LACKS = "bytes that are not a legacy.v1.Holder: legacy.v1.Holder lacks the required fields"
EXPECTED = [
    WHOLE,
    fails(code=5),
    Expectation(agree=Agreement(reason="r")),
    Expectation(any_of=AnyOf(choices=[WHOLE, fails(code=5)])),
]


def case_of(expect: Expectation) -> Case:
    return dataclasses.replace(make_case(expect), method=legacy_method())


@pytest.mark.parametrize("expect", EXPECTED)
def test_missing_required_fields_are_a_protocol_error_that_names_them(expect: Expectation) -> None:
    found = judge(case_of(expect), Observation(response=PARTIAL))
    assert found.verdict == verdict_pb2.VERDICT_PROTOCOL_ERROR
    (difference,) = found.differences
    assert difference.actual == f'{LACKS} by_name["a"].id, many[0].id'


@pytest.mark.parametrize("expect", EXPECTED)
def test_runners_that_omit_required_fields_do_not_agree(expect: Expectation) -> None:
    partial = Observation(response=PARTIAL)
    whole = Observation(response=WHOLE.response.value)
    found = compare_observations(case_of(expect), [partial, partial, whole])
    assert (found.parity, found.classes) == (parity_pb2.PARITY_SINGLE, [0, 0, 1])
    found = compare_observations(case_of(expect), [partial, partial])
    assert (found.parity, found.classes) == (parity_pb2.PARITY_NONE, [0, 0])


def test_repeated_call_without_a_required_field_is_unanswered() -> None:
    group, other = group_outcomes(
        case_of(WHOLE),
        [Observation(response=WHOLE.response.value), Observation(response=PARTIAL)],
    )
    assert (group.is_unanswered, other.is_unanswered) == (True, False)


def test_any_whose_content_lacks_a_required_field_is_compared_as_bytes() -> None:
    holder = legacy("Holder", 'packed { type_url: "x/legacy.v1.Strict" }')
    case = case_of(Expectation(response=packed(holder)))
    same = Observation(response=holder.SerializeToString())
    assert judge(case, same).verdict == verdict_pb2.VERDICT_PASS
    holder.packed.value = legacy("Strict", "id: 1").SerializeToString()
    other = Observation(response=holder.SerializeToString())
    (difference,) = judge(case, other).differences
    assert difference.field_path == "packed.value"
