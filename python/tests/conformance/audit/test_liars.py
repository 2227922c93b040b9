"""Liars: the answers of each, and the cases that it passes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from google.rpc import code_pb2
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.audit import LIARS, Inventory, Knowledge
from testingkit.conformance.audit.measure import audit_suite
from testingkit.conformance.audit.stated_answers import commonest_error
from testingkit.conformance.cases.model import Case, Method, Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.answers import error_facts
from testingkit.conformance.judging.expectation import Judgement
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.v1 import case_pb2, verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from testingkit.conformance.v1.expectation_pb2 import (
    Agreement,
    AnyOf,
    ErrorExpectation,
    Expectation,
    Golden,
)
from testingkit.conformance.v1.observation_pb2 import Observation
from tests.conformance.support import fails, make_case, method, new, packed, says, schema

AGREE = Expectation(agree=Agreement(reason="left open"))
NOT_FOUND, ABORTED, INTERNAL = code_pb2.NOT_FOUND, code_pb2.ABORTED, code_pb2.INTERNAL


def any_of(*choices: Expectation) -> Expectation:
    return Expectation(any_of=AnyOf(choices=choices))


def asking(expect: Expectation, text: str = "", number: int = 0, **how: Any) -> Case:
    """Returns a case of ``Say`` with this text as its request."""
    request = new("Ask", text=text).SerializeToString()
    return dataclasses.replace(make_case(expect, name=f"probe/n{number}", **how), request=request)


def suite(cases: Sequence[Case]) -> Suite:
    return Suite(
        "probe", Place("probe.textproto"), case_pb2.Suite(name="probe"), CasesInMemory(cases)
    )


def passing(cases: Sequence[Case]) -> Mapping[str, set[str]]:
    """Returns the liars that pass each case."""
    audited = audit_suite(suite(cases), schema(), Inventory(schema()))
    return {found.case.id: set(found.liars) for found in audited.cases}


def answers(liar: str, cases: Sequence[Case]) -> list[Observation]:
    """Returns the answers of a liar to the cases of a suite."""
    known = Knowledge(cases)
    (found,) = (one for one in LIARS if one.name == liar)
    return [found.answer(case, known) for case in cases]


def texts(observations: Sequence[Observation]) -> list[str]:
    """Returns the texts of answers of ``Say``."""
    return [type(new("Answer")).FromString(one.response).text for one in observations]


EVERY_ANSWER = {"empty", "echo", "constant", "always_error", "swap"}
# A case next to two others that expect "common", and the liars that pass it. It asks "asked".
BESIDE: list[tuple[Expectation, set[str]]] = [
    (says("other"), set()),
    (says("common"), {"constant", "swap"}),  # all cases expect the same
    (says(""), {"empty"}),
    (says("asked"), {"echo"}),
    (fails(code=NOT_FOUND), {"always_error"}),
    (fails(), {"always_error"}),
    (fails(code=ABORTED, other_codes=[INTERNAL]), {"always_error"}),
    (fails(code=ABORTED, reason="R", domain="D"), {"always_error"}),
    (fails(code=ABORTED, field_path="a.b"), {"always_error"}),
    (fails(message="exactly so"), {"always_error"}),
    (AGREE, EVERY_ANSWER),
    (any_of(says("one"), says("common")), {"constant", "swap"}),
    (any_of(says("one"), says("two")), set()),
    (any_of(fails(code=ABORTED), says("asked")), {"always_error", "echo"}),
]


@pytest.mark.parametrize(("expect", "liars"), BESIDE)
def test_liars_that_pass_each_kind_of_expectation(expect: Expectation, liars: set[str]) -> None:
    cases = [
        asking(expect, "asked"),
        asking(says("common"), "1", 1),
        asking(says("common"), "2", 2),
    ]
    assert passing(cases)["probe/n0"] == liars


def test_liars_pass_a_comparison_that_ignores_all_fields() -> None:
    blind = Comparison(ignore=["text"])
    cases = [asking(says("x"), "asked", compare=blind), asking(says("y"), "1", 1)]
    assert passing(cases) == {"probe/n0": EVERY_ANSWER - {"always_error"}, "probe/n1": set()}


def test_liars_are_judged_with_the_tolerance_of_the_case() -> None:
    def case(number: int, score: float) -> Case:
        expect = Expectation(response=packed(new("Everything", score=score)))
        near = Comparison(float_tolerance=FloatTolerance(absolute=0.5))
        return make_case(expect, name=f"probe/n{number}", call="Echo", compare=near)

    found = passing([case(0, 1.0), case(1, 1.25), case(2, 9.0)])
    assert found == {
        "probe/n0": {"constant", "swap"},
        "probe/n1": {"constant"},
        "probe/n2": set(),
    }


def test_single_case_of_a_method_is_passed_by_constant() -> None:
    cases = [asking(says("x")), make_case(AGREE, name="probe/n1", call="Echo")]
    assert passing(cases)["probe/n0"] == {"constant"}
    assert texts(answers("swap", cases)[:1]) == [""]


def test_constant_answers_with_the_most_common_response() -> None:
    cases = [
        asking(says("a"), number=0),
        asking(any_of(says("b"), says("c"), says("c")), number=1),
        asking(fails(), number=2),
        asking(says("c"), number=3),
        make_case(fails(), name="probe/n4", call="Echo"),
    ]
    assert texts(answers("constant", cases)[:4]) == ["c"] * 4
    assert answers("constant", cases)[4] == Observation(response=b"")
    assert texts(answers("constant", [asking(says("a")), asking(says("b"))])) == ["a", "a"]


def test_swap_answers_with_the_next_different_expectation() -> None:
    expected = [says("a"), says("a"), AGREE, says("b"), any_of(says("c"), says("d")), says("a")]
    cases = [asking(expect, number=number) for number, expect in enumerate(expected)]
    assert texts(answers("swap", cases)) == ["b", "b", "b", "c", "a", "b"]
    alike = [asking(says("a"), number=number) for number in range(2)]
    assert texts(answers("swap", alike)) == ["a", "a"]
    open_ones = [asking(AGREE, number=number) for number in range(2)]
    assert texts(answers("swap", open_ones)) == ["", ""]


@pytest.mark.parametrize("size", range(1, 6))
def test_swap_never_answers_with_the_expectation_of_the_case(size: int) -> None:
    cases = [asking(says(str(number)), number=number) for number in range(size)]
    own = [str(number) for number in range(size)]
    given_ = texts(answers("swap", cases))
    assert given_ == ([""] if size == 1 else own[1:] + own[:1])


E = ErrorExpectation
# The errors of a method's cases, and the answer of the liar to all of them.
COMMONEST: list[tuple[list[E], tuple[int, str, str, tuple[str, ...], str]]] = [
    ([], (code_pb2.UNIMPLEMENTED, "", "", (), "")),
    ([E()], (code_pb2.UNKNOWN, "", "", (), "")),
    ([E(code=ABORTED), E(code=INTERNAL)], (ABORTED, "", "", (), "")),
    (
        [E(code=ABORTED), E(code=NOT_FOUND, other_codes=[INTERNAL]), E(code=INTERNAL)],
        (INTERNAL, "", "", (), ""),
    ),
    (  # Details that are expected with another code are ignored.
        [
            *[E(code=ABORTED), E(code=ABORTED, reason="A", domain="X")],
            *[E(code=INTERNAL, reason="C")] * 3,
            *[E(reason="B", message="m")] * 2,
        ],
        (INTERNAL, "C", "", (), ""),
    ),
    (
        [E(code=ABORTED), E(code=ABORTED, reason="A"), *[E(reason="B", message="m")] * 2],
        (ABORTED, "B", "", (), "m"),
    ),
    ([E(code=ABORTED, field_path="a.b")], (ABORTED, "", "", ("a.b",), "")),
]


@pytest.mark.parametrize(("errors", "expected"), COMMONEST)
def test_always_error_answers_with_the_most_common_error(
    errors: list[E], expected: tuple[int, str, str, tuple[str, ...], str]
) -> None:
    found = commonest_error(errors).error
    facts = error_facts(found)
    told = (facts.code, facts.reason, facts.domain, facts.field_paths, found.message)
    assert told == expected


EVERYTHING = new(
    "Everything",
    ratio=-0.0,
    colour=2,
    point=new("Point", below=[new("Point", x=1)]),
    maybe=0,
    spot=new("Point"),
    numbers=[1, 0],
    points=[new("Point")],
    counts={"a": 1},
    places={3: new("Point", label="p")},
)


def echoed(request: bytes, types: tuple[str, str]) -> bytes:
    descriptors = [schema().message_type(f"probe.v1.{name}") for name in types]
    assert descriptors[0] is not None
    assert descriptors[1] is not None
    case = dataclasses.replace(
        make_case(AGREE), method=Method("x/Y", descriptors[0], descriptors[1]), request=request
    )
    return answers("echo", [case])[0].response


# A request, and the response that echo makes of it.
ECHOES = [
    (new("Ask", text="a"), new("Answer", text="a")),
    (EVERYTHING, EVERYTHING),
    (new("Everything", text="a", count=3, numbers=[1]), new("Answer", text="a")),
    (new("Answer", text="a"), new("Everything", text="a")),
    (new("Buried", depth=7), new("Point", x=7)),  # no name in common: read by number
    (new("Ask", text="a"), new("Point")),  # nothing fits
    (new("Point", x=3, label="l"), new("Answer")),
]


@pytest.mark.parametrize(("request_", "response"), ECHOES)
def test_echo_copies_fields_that_fit(request_: Any, response: Any) -> None:
    types = (type(request_).DESCRIPTOR.name, type(response).DESCRIPTOR.name)
    data = echoed(request_.SerializeToString(), types)
    assert type(response).FromString(data) == response


@pytest.mark.parametrize("response", ["Answer", "Ask"])
def test_echo_of_an_invalid_request_is_the_default(response: str) -> None:
    assert echoed(b"\x0a\x05x", ("Ask", response)) == b""


def test_echo_without_a_valid_response_is_the_default() -> None:
    """A string of proto2 can contain bytes that a string of proto3 cannot."""
    old = new("Old", id=1)
    old.name = "ab"
    request = old.SerializeToString().replace(b"ab", b"a\xff")
    assert echoed(request, ("Old", "Point")) == b""


_TEXTS = st.sampled_from(["", "a", "b"])
_ERRORS = st.builds(
    ErrorExpectation,
    code=st.sampled_from([code_pb2.OK, NOT_FOUND, ABORTED]),
    reason=_TEXTS,
    domain=_TEXTS,
    field_path=_TEXTS,
    message=_TEXTS,
)
_PLAIN = st.one_of(
    _TEXTS.map(says), _ERRORS.map(lambda error: Expectation(error=error)), st.just(AGREE)
)
_EXPECTED = st.one_of(_PLAIN, st.lists(_PLAIN, min_size=2).map(lambda found: any_of(*found)))
_COMPARISONS = st.builds(
    Comparison, nan_equal=st.booleans(), ignore=st.sampled_from([[], ["text"]])
)


@given(st.lists(st.tuples(_EXPECTED, _TEXTS, _COMPARISONS), min_size=1, max_size=6))
def test_null_liar_passes_no_expectation(
    written: list[tuple[Expectation, str, Comparison]],
) -> None:
    cases = [
        asking(expect, text, number, compare=compare)
        for number, (expect, text, compare) in enumerate(written)
    ]
    for case, liars in zip(cases, passing(cases).values(), strict=True):
        assert "null" not in liars
        if case.expect.HasField("agree"):
            assert liars == EVERY_ANSWER


def test_null_liar_does_not_pass_a_missing_golden() -> None:
    for expect in (Expectation(), Expectation(golden=Golden(name="x"))):
        (answer,) = answers("null", [make_case(expect)])
        verdict = judge(make_case(expect), answer).verdict
        assert verdict == verdict_pb2.VERDICT_NO_RESULT


def test_audit_fails_if_a_missing_answer_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = Judgement(verdict_pb2.VERDICT_PASS)
    monkeypatch.setattr("testingkit.conformance.audit.measure.judge", lambda *_: right)
    with pytest.raises(RuntimeError, match="probe/n0: a missing answer passed"):
        passing([asking(says("x"))])


def test_liars_use_answers_of_the_same_method_only() -> None:
    assert method("Say") != method("Echo")
    cases = [asking(says("a")), make_case(says("b"), name="probe/n1", call="Echo")]
    assert texts(answers("swap", cases)[:1]) == [""]
