"""Selections and plans."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.cases.selection import parse_expression
from testingkit.conformance.errors import NothingSelected, UsageError
from testingkit.conformance.plan.calls import Order
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.v1 import runner_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import ERROR_AGREEMENT_CODE, Agreement, Expectation
from tests.conformance.support import make_case, says, suite_of

EXPECT = says("x")
CASES = {
    "equal": make_case(EXPECT, name="checks/equal", tags=("fast",)),
    "nan": make_case(EXPECT, name="checks/equal_nan", tags=("floats",)),
    "diff": make_case(EXPECT, name="diff/lines", tags=("fast", "text")),
}


def selected(expression: str) -> str:
    matches = parse_expression(expression)
    return " ".join(name for name, case in CASES.items() if matches(case))


EXPRESSIONS = [
    ("equal", "equal nan"),
    ("checks/equal_nan", "nan"),
    ("fast", "equal diff"),
    ("fas", ""),  # A tag is compared as a whole.
    ("not equal", "diff"),
    ("not not equal", "equal nan"),
    ("equal and not nan", "equal"),
    ("equal and nan", "nan"),
    ("lines or floats", "nan diff"),
    ("lines or equal and nan", "nan diff"),  # `and` binds closer than `or`.
    ("(lines or equal) and nan", "nan"),
    ("not (lines or nan)", "equal"),
    ("not lines and not nan", "equal"),
    ("((checks))", "equal nan"),
    ("(fast)and(text)", "diff"),
    ("android", ""),  # A word can begin like an operator.
    ("NOT", ""),
]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS)
def test_expression_selects_cases(expression: str, expected: str) -> None:
    assert selected(expression) == expected


ERRORS = [
    ("", "a word is missing"),
    ("and", "a word is missing"),
    ("a and", "a word is missing"),
    ("or a", "a word is missing"),
    ("not", "a word is missing"),
    ("a or or b", "a word is missing"),
    ("()", "a word is missing"),
    ("(a", "a parenthesis is not closed"),
    ("a)", "unexpected ')'"),
    ("a b", "unexpected 'b'"),
    ("a not b", "unexpected 'not'"),
    ("(" * 51 + "a" + ")" * 51, "nested too deeply"),
    ("(a) or " * 60 + "(" * 51 + "a" + ")" * 51, "nested too deeply"),
    ("a" * 10_001, "longer than 10000 characters"),
]


@pytest.mark.parametrize(("expression", "message"), ERRORS)
def test_wrong_expression_is_a_usage_error(expression: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_expression(expression)
    assert message in str(caught.value)
    assert str(caught.value).startswith("-k")


@pytest.mark.parametrize(
    "expression",
    [
        " or ".join("x" for _ in range(1500)),
        " and ".join("c" for _ in range(1500)),
        "not " * 2000 + "x",
        "(x) and " * 1000 + "x",
        "not (x or not (c and " * 25 + "x" + "))" * 25,
    ],
)
def test_long_and_deep_expressions_can_be_evaluated(expression: str) -> None:
    matches = parse_expression(expression)
    assert isinstance(matches(CASES["equal"]), bool)


def test_case_id_selects_only_that_case() -> None:
    """The repro line of a finding must not run other cases whose ids begin with the same id."""
    case = CASES["equal"]
    longer = dataclasses.replace(case, id=f"{case.id}_too")
    ids = {case.id, longer.id}
    matches = parse_expression(case.id, ids)
    assert matches(case)
    assert not matches(longer)
    assert parse_expression(case.id[:-1], ids)(longer)


_WORDS = st.sampled_from(["and", "or", "not", "(", ")", "a", "equal", " ", "\t", "ä", "/"])


@given(st.text(max_size=30) | st.lists(_WORDS, max_size=20).map(" ".join))
def test_any_text_is_a_selection_or_a_usage_error(expression: str) -> None:
    try:
        matches = parse_expression(expression)
    except UsageError:
        return
    for case in CASES.values():
        assert matches(case) in (True, False)


def suites() -> list[Suite]:
    first, second = [CASES["equal"], CASES["nan"]], [CASES["diff"]]
    return [
        suite_of(*first, name="checks", path="checks.textproto"),
        suite_of(*second, name="diff", path="diff.textproto"),
    ]


def plan_ids(expression: str) -> tuple[list[tuple[int, str]], bool]:
    plan = make_plan(suites(), ["go", "rust"], expression, 10.0, filtered=False)
    return [(call.id, call.case.id) for call in plan.calls], plan.filtered


def test_plan_numbers_selected_cases_in_order() -> None:
    everything = [(1, "checks/equal"), (2, "checks/equal_nan"), (3, "diff/lines")]
    assert plan_ids("") == (everything, False)
    assert plan_ids("  ") == (everything, False)
    assert plan_ids("nan or lines") == ([(1, "checks/equal_nan"), (2, "diff/lines")], True)
    assert plan_ids("fast or floats") == (everything, False)


@pytest.mark.parametrize("shuffle", ["", "7f3a"])
def test_calls_are_numbered_as_they_are_sent(shuffle: str) -> None:
    order = Order(repetitions=3, shuffle=shuffle)
    plan = make_plan(suites(), ["go"], "", 10.0, filtered=False, order=order)
    calls = list(plan.calls)
    assert [call.id for call in calls] == list(range(1, 10))
    firsts = {call.case_id: call.first for call in calls[:3]}
    assert all(call.first == firsts[call.case_id] for call in calls)
    assert [(call.id, call.case_id) for call in plan.cases] == [
        (firsts[case.id], case.id) for case in CASES.values()
    ]
    found = [plan.find(call.id) for call in calls]
    assert [(c.id, c.first, c.case_id) for c in found if c] == [
        (c.id, c.first, c.case_id) for c in calls
    ]
    assert (plan.find(0), plan.find(10)) == (None, None)


def test_plan_counts_suites_cases_and_weak_comparisons() -> None:
    weak = make_case(EXPECT, name="weak/one", compare=Comparison(signed_zero_equal=True))
    details = make_case(EXPECT, name="weak/two", compare=Comparison(ignore_details=["*"]))
    agree = Agreement(reason="open", errors=ERROR_AGREEMENT_CODE)
    codes = make_case(Expectation(agree=agree), name="weak/three")
    strict = make_case(EXPECT, name="weak/four", compare=Comparison(error_texts=True))
    more = (weak, details, codes, strict, CASES["nan"])
    everything = [*suites(), suite_of(*more, name="weak")]
    plan = make_plan(everything, ["go"], "", 10.0, filtered=False)
    assert (plan.total, plan.suites, plan.weak) == (8, 3, 3)
    part = make_plan(everything, ["go"], "weak", 10.0, filtered=False)
    assert (part.total, part.suites, part.weak, part.filtered) == (4, 1, 3, True)


def test_plan_of_a_selection_is_filtered() -> None:
    assert make_plan(suites(), ["go"], "", 10.0, filtered=True).filtered


def test_selection_without_a_case_is_an_error() -> None:
    with pytest.raises(NothingSelected, match="-k 'nowhere' matches none of 3 cases"):
        plan_ids("nowhere")
    with pytest.raises(NothingSelected, match="there are no cases"):
        make_plan([], ["go"], "", 10.0, filtered=False)


@pytest.mark.parametrize(
    ("own", "millis"), [(None, 10_000), (0.5, 500), (0.0004, 1), (3600.0, 3_600_000)]
)
def test_call_has_the_deadline_of_its_case_or_of_the_configuration(
    own: float | None, millis: int
) -> None:
    case: Case = make_case(EXPECT, timeout=own)
    (call,) = make_plan([suite_of(case)], ["go"], "", 10.0, filtered=False).calls
    expected = runner_pb2.Call(id=1, method="probe.v1.ProbeService/Say", timeout_millis=millis)
    sent = runner_pb2.ExecuteRequest.FromString(call.framed)
    assert sent == runner_pb2.ExecuteRequest(calls=[expected])
    assert call.timeout == (own or 10.0)
