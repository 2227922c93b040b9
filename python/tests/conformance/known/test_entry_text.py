"""Printed entries of known divergences parse to the same pin."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from google.protobuf.struct_pb2 import ListValue, Struct, Value
from google.rpc import code_pb2
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.known.book import JudgedOutcome, KnownBook, PeerAnswers
from testingkit.conformance.known.edit import with_entries
from testingkit.conformance.known.entry_text import entry_text, pin_of
from testingkit.conformance.known.parse import read_known_text
from testingkit.conformance.v1 import divergence_pb2, verdict_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.divergence_pb2 import KnownDivergence
from testingkit.conformance.v1.expectation_pb2 import AnyOf, Expectation
from testingkit.conformance.v1.observation_pb2 import Crash, Observation, Panic, Timeout
from tests.conformance.support import (
    answer,
    error,
    fails,
    held,
    make_case,
    new,
    packed,
    says,
    schema,
)

TODAY = datetime.date(2026, 11, 24)
SAY = make_case(says("yes"))
ECHO = make_case(fails(code=code_pb2.DATA_LOSS), call="Echo")


def written(case: Case, observation: Observation, **values: Any) -> str:
    """Returns the text of an entry that pins an observation."""
    words = {"kind": divergence_pb2.DIVERGENCE_KIND_BUG, "reason": "r", **values}
    pin = pin_of(case, observation, judge(case, observation).verdict)
    return entry_text(KnownDivergence(case=case.id, outcome=pin, **words), case)


def read(case: Case, text: str) -> KnownDivergence:
    whole = with_entries("", "go", [text])
    entries, problems = read_known_text("go.textproto", whole, "go", [case], schema())
    assert problems == []
    (entry,) = entries
    return entry.message


def accounts(case: Case, text: str, observation: Observation) -> bool:
    """Returns whether an entry, parsed from its text, accounts for an observation."""
    whole = with_entries("", "go", [text])
    (entry,), _ = read_known_text("go.textproto", whole, "go", [case], schema())
    book = KnownBook([entry], TODAY)
    peers = PeerAnswers(some_differ=True, some_agree=False, complete=True)
    outcome = JudgedOutcome(observation, judge(case, observation), peers)
    return book.accounts_for(entry, case, [outcome]) and not book.stale(["go"], complete=True)


TEXTS = st.text(max_size=8) | st.sampled_from(
    ['"', "'", "\\", "\n", "\r\n", "\0", "\x85", "\u202e"]
)
FLOATS = st.floats(allow_nan=True, allow_infinity=True)
SINGLES = st.floats(allow_nan=True, allow_infinity=True, width=32)
POINTS = st.builds(
    lambda x, label, below: new("Point", x=x, label=label, below=below),
    st.integers(-(2**31), 2**31 - 1),
    TEXTS,
    st.lists(st.builds(lambda label: new("Point", label=label), TEXTS), max_size=2),
)
JSON = st.recursive(
    st.builds(Value, string_value=TEXTS)
    | st.builds(Value, number_value=FLOATS)
    | st.just(Value(null_value=0)),  # type: ignore[arg-type]  # the stub knows the enum by name
    lambda inner: (
        st.lists(inner, max_size=2).map(lambda v: Value(list_value=ListValue(values=v)))
        | st.dictionaries(TEXTS, inner, max_size=2).map(
            lambda v: Value(struct_value=Struct(fields=v))
        )
    ),
    max_leaves=4,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "ratio": FLOATS,
    "single": SINGLES,
    "count": st.integers(-(2**31), 2**31 - 1),
    "big": st.integers(-(2**63), 2**63 - 1),
    "large": st.integers(0, 2**64 - 1),
    "yes": st.booleans(),
    "text": TEXTS,
    "data": st.binary(max_size=8),
    "colour": st.integers(0, 5),  # Some of them have no name.
    "point": POINTS,
    "maybe": st.integers(0, 1),
    "note": TEXTS,
    "word": TEXTS,
    "numbers": st.lists(st.integers(0, 2), max_size=3),
    "words": st.lists(TEXTS, max_size=3),
    "ratios": st.lists(FLOATS, max_size=3),
    "points": st.lists(POINTS, max_size=2),
    "counts": st.dictionaries(TEXTS, st.integers(0, 1), max_size=2),
    "places": st.dictionaries(st.integers(-1, 1), POINTS, max_size=2),
    "odds": st.dictionaries(st.booleans(), FLOATS),
    "any": POINTS.map(held),
    "score": FLOATS,
}


@given(st.fixed_dictionaries({}, optional=VALUES), JSON)
def test_printed_response_parses_to_the_same_pin(values: dict[str, Any], value: Value) -> None:
    message = new("Everything", **values)
    message.value.ParseFromString(value.SerializeToString())
    observation = Observation(response=message.SerializeToString())
    text = written(ECHO, observation)
    assert accounts(ECHO, text, observation)
    assert text == written(ECHO, observation)
    # Every character of the file is visible.
    assert all(line.isprintable() for line in text.split("\n"))


@given(TEXTS, TEXTS, TEXTS)
def test_printed_texts_parse_to_the_same_texts(reason: str, issue: str, owner: str) -> None:
    words = {"reason": reason, "issue": issue, "owner": owner, "expires": "2027-01-31"}
    text = written(SAY, answer("no"), **words)
    message = read(SAY, text)
    assert {name: getattr(message, name) for name in words} == words


def test_entry_is_printed_without_any_wrappers() -> None:
    text = written(SAY, answer('"no"'), owner="Åse", expires="2027-01-31")
    assert (
        text
        == """\
entries {
  case: "probe/one"
  kind: DIVERGENCE_KIND_BUG
  outcome { response { text: "\\"no\\"" } }
  reason: "r"
  owner: "Åse"
  expires: "2027-01-31"
}
"""
    )


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_response_of_type_any_is_read_back(depth: int) -> None:
    case = make_case(says(""), call="probe.v1.PackedService/Pass")
    answer_ = held(new("Point", x=1))
    for _ in range(depth - 1):
        answer_ = held(answer_)
    observation = Observation(call_id=1, response=answer_.SerializeToString())
    text = written(case, observation)
    assert read(case, text).outcome.response.value == answer_.SerializeToString()


def test_long_outcome_is_printed_in_several_lines() -> None:
    text = written(SAY, answer("no, " * 30))
    assert f'  outcome {{\n    response {{\n      text: "{"no, " * 30}"\n    }}\n  }}\n' in text
    assert accounts(SAY, text, answer("no, " * 30))


def test_empty_response_is_printed() -> None:
    assert "  outcome { response {} }\n" in written(SAY, answer(""))
    assert accounts(SAY, written(SAY, answer("")), answer(""))


OUTCOMES = [
    (SAY, error(code_pb2.ABORTED, "why"), "error { code: ABORTED }"),
    (
        SAY,
        error(code_pb2.ABORTED, reason="LATE", domain="acme", field_paths=("a.b",)),
        'error { code: ABORTED reason: "LATE" domain: "acme" }',
    ),
    # What the case expects is pinned as well.
    (
        make_case(fails(code=code_pb2.ABORTED, field_path="a")),
        error(code_pb2.ABORTED, "why", field_paths=("b", "c")),
        'error { code: ABORTED field_path: "b" }',
    ),
    (
        make_case(Expectation(any_of=AnyOf(choices=[says("yes"), fails(code=3, message="no")]))),
        error(code_pb2.INVALID_ARGUMENT, "nö"),
        'error { code: INVALID_ARGUMENT message: "nö" }',
    ),
    (SAY, Observation(panic=Panic(text="boom")), "verdict: VERDICT_PANIC"),
    (SAY, Observation(crash=Crash(text="signal 6")), "verdict: VERDICT_CRASH"),
    (SAY, Observation(timeout=Timeout(deadline_millis=1)), "verdict: VERDICT_TIMEOUT"),
]


@pytest.mark.parametrize(("case", "observation", "outcome"), OUTCOMES)
def test_errors_and_missing_answers_are_pinned(
    case: Case, observation: Observation, outcome: str
) -> None:
    text = written(case, observation)
    assert f"  outcome {{ {outcome} }}\n" in text
    assert accounts(case, text, observation)


def test_entry_with_placeholders_is_not_valid() -> None:
    text = written(SAY, answer("no"), kind=0, reason="")
    assert "kind: DIVERGENCE_KIND_UNSPECIFIED  # choose: " in text
    assert 'reason: ""  # explain why' in text
    assert read(SAY, text).outcome.response == packed(new("Answer", text="no"))
    assert not accounts(SAY, text, answer("no"))


def test_response_without_exact_text_does_not_account_for_it() -> None:
    # A field that is not in the proto, and a value that is not equal to itself.
    unknown = Observation(response=new("Answer", text="no").SerializeToString() + b"\xf8\x07\x01")
    assert not accounts(SAY, written(SAY, unknown), unknown)
    strict = make_case(ECHO.expect, call="Echo", compare=Comparison(nan_equal=False))
    nan = Observation(response=new("Everything", ratio=float("nan")).SerializeToString())
    assert judge(strict, nan).verdict == verdict_pb2.VERDICT_MISSING_ERROR
    assert not accounts(strict, written(strict, nan), nan)
