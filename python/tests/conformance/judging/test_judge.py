"""Verdicts of every kind of observation with every kind of expectation."""

from __future__ import annotations

from typing import Any

import pytest
from google.rpc import code_pb2

from testingkit.conformance.judging.judge import judge
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import Agreement, AnyOf, Expectation
from testingkit.conformance.v1.observation_pb2 import (
    Crash,
    Error,
    NoResult,
    NotRun,
    Observation,
    Panic,
    ProtocolError,
    Timeout,
    Unsupported,
)
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_OUTCOME, Verdict
from tests.conformance.support import answer, error, fails, held, make_case, new, says

NOT_FOUND, ABORTED = code_pb2.NOT_FOUND, code_pb2.ABORTED

EXPECTATIONS = {
    "response": says("yes"),
    "error": fails(code=NOT_FOUND),
    "any error": fails(),
    "agree": Expectation(agree=Agreement(reason="a test")),
    "any_of": Expectation(any_of=AnyOf(choices=[says("yes"), fails(code=NOT_FOUND)])),
}
OBSERVATIONS = {
    "right": answer("yes"),
    "wrong": answer("no"),
    "garbage": Observation(response=b"\xff"),
    "right error": error(NOT_FOUND),
    "wrong error": error(ABORTED),
    "error OK": Observation(error=Error(code=code_pb2.OK)),
    "error 99": Observation(error=Error(code=99)),
    "details of another code": Observation(error=Error(code=NOT_FOUND, details=b"\x08\x03")),
    "garbage details": Observation(error=Error(code=NOT_FOUND, details=b"\xff no status")),
    "panic": Observation(panic=Panic(text="boom")),
    "crash": Observation(crash=Crash(text="gone")),
    "timeout": Observation(timeout=Timeout(deadline_millis=5)),
    "unsupported": Observation(unsupported=Unsupported()),
    "protocol_error": Observation(protocol_error=ProtocolError(text="twice")),
    "no_result": Observation(no_result=NoResult(text="ended")),
    "not_run": Observation(not_run=NotRun(text="no runner")),
    "nothing": Observation(),
}
# Rows: observations; columns: the expectations in the order above.
VERDICTS = {
    "right": "PASS MISSING_ERROR MISSING_ERROR PASS PASS",
    "wrong": "MISMATCH MISSING_ERROR MISSING_ERROR PASS MISMATCH",
    "garbage": " ".join(["PROTOCOL_ERROR"] * 5),
    "right error": "UNEXPECTED_ERROR PASS PASS PASS PASS",
    "wrong error": "UNEXPECTED_ERROR WRONG_ERROR PASS PASS UNEXPECTED_ERROR",
    "error OK": " ".join(["PROTOCOL_ERROR"] * 5),
    "error 99": " ".join(["PROTOCOL_ERROR"] * 5),
    "details of another code": " ".join(["PROTOCOL_ERROR"] * 5),
    "garbage details": " ".join(["PROTOCOL_ERROR"] * 5),
    "panic": " ".join(["PANIC"] * 5),
    "crash": " ".join(["CRASH"] * 5),
    "timeout": " ".join(["TIMEOUT"] * 5),
    "unsupported": " ".join(["UNSUPPORTED"] * 5),
    "protocol_error": " ".join(["PROTOCOL_ERROR"] * 5),
    "no_result": " ".join(["NO_RESULT"] * 5),
    "not_run": " ".join(["NOT_RUN"] * 5),
    "nothing": " ".join(["PROTOCOL_ERROR"] * 5),
}
CELLS = [
    (seen, expected, f"VERDICT_{verdict}")
    for seen, row in VERDICTS.items()
    for expected, verdict in zip(EXPECTATIONS, row.split(), strict=True)
]


@pytest.mark.parametrize(("seen", "expected", "verdict"), CELLS)
def test_every_observation_against_every_expectation(
    seen: str, expected: str, verdict: str
) -> None:
    judgement = judge(make_case(EXPECTATIONS[expected]), OBSERVATIONS[seen])
    assert Verdict.Name(judgement.verdict) == verdict
    assert bool(judgement.differences) == (verdict != "VERDICT_PASS")


def test_table_has_every_kind() -> None:
    kinds = {observation.WhichOneof("kind") for observation in OBSERVATIONS.values()}
    fields = Observation.DESCRIPTOR.oneofs_by_name["kind"].fields
    assert kinds == {None, *(field.name for field in fields)}


# An expected and an actual error; the fields that differ, with the texts of both.
ERRORS: list[tuple[dict[str, Any], Observation, list[tuple[str, str, str]]]] = [
    ({"code": NOT_FOUND, "other_codes": [ABORTED]}, error(ABORTED), []),
    (
        {"code": NOT_FOUND, "other_codes": [ABORTED]},
        error(code_pb2.INTERNAL),
        [("error.code", "NOT_FOUND or ABORTED", "INTERNAL")],
    ),
    ({"reason": "GONE"}, error(reason="GONE", domain="any"), []),
    ({"reason": "GONE"}, error(), [("error.reason", "GONE", "")]),
    ({"domain": "d"}, error(domain="d"), []),
    ({"domain": "d"}, error(domain="e"), [("error.domain", "d", "e")]),
    ({"field_path": "b"}, error(field_paths=("a", "b")), []),
    ({"field_path": "c"}, error(field_paths=("b", "a")), [("error.field_path", "c", "a, b")]),
    ({"message": "exactly"}, error(message="exactly"), []),
    ({"message": "exactly"}, error(message="Exactly"), [("error.message", "exactly", "Exactly")]),
    ({}, error(message="whatever", reason="R", domain="d", field_paths=("f",)), []),
]


@pytest.mark.parametrize(("expected", "seen", "differences"), ERRORS)
def test_each_field_of_an_error(expected: Any, seen: Observation, differences: Any) -> None:
    judgement = judge(make_case(fails(**expected)), seen)
    found = [(d.field_path, d.expected, d.actual) for d in judgement.differences]
    assert found == differences
    name = "VERDICT_WRONG_ERROR" if differences else "VERDICT_PASS"
    assert Verdict.Name(judgement.verdict) == name


def test_nearest_choice_is_shown() -> None:
    choices = AnyOf(choices=[fails(code=NOT_FOUND), says("yes"), says("maybe")])
    judgement = judge(make_case(Expectation(any_of=choices)), error(ABORTED, "text"))
    assert [d.actual for d in judgement.differences] == ["ABORTED"]


def test_outcome_difference_has_expected_and_actual_text() -> None:
    case = make_case(EXPECTATIONS["any_of"])
    (difference,) = judge(case, OBSERVATIONS["timeout"]).differences
    assert difference.kind == DIFFERENCE_KIND_OUTCOME
    assert difference.expected == "a response or error NOT_FOUND"
    assert difference.actual == "no answer in 5 ms"


def test_comparison_of_the_case_is_used() -> None:
    lenient = make_case(says("yes"), compare=Comparison(ignore=["text"]))
    assert Verdict.Name(judge(lenient, answer("no")).verdict) == "VERDICT_PASS"


def test_order_of_fields_on_the_wire_does_not_matter() -> None:
    twice = Observation(response=answer("no").response + answer("yes").response)
    assert Verdict.Name(judge(make_case(says("yes")), twice).verdict) == "VERDICT_PASS"


BASE_CLASSES = [
    "Method not implemented!",
    "method Say not implemented",
    "Method probe.v1.ProbeService/Say is unimplemented",
]


@pytest.mark.parametrize("text", BASE_CLASSES)
def test_answer_of_generated_code_is_right_only_if_its_code_is_expected(text: str) -> None:
    unwritten = Observation(error=Error(code=code_pb2.UNIMPLEMENTED, message=text))
    judgement = judge(make_case(fails()), unwritten)
    assert Verdict.Name(judgement.verdict) == "VERDICT_WRONG_ERROR"
    assert judgement.differences[0].actual == "UNIMPLEMENTED of generated code"
    stated = judge(make_case(fails(code=code_pb2.UNIMPLEMENTED)), unwritten)
    assert Verdict.Name(stated.verdict) == "VERDICT_PASS"


@pytest.mark.parametrize(
    ("code", "text", "details"),
    [
        (code_pb2.UNIMPLEMENTED, "", b""),
        (code_pb2.UNIMPLEMENTED, "not written yet", b""),
        (code_pb2.UNIMPLEMENTED, BASE_CLASSES[0], b"\x08\x0c"),
        (code_pb2.ABORTED, BASE_CLASSES[0], b""),
    ],
)
def test_any_other_error_is_one_of_a_handler(code: int, text: str, details: bytes) -> None:
    seen = Observation(error=Error(code=code, message=text, details=details))
    assert Verdict.Name(judge(make_case(fails()), seen).verdict) == "VERDICT_PASS"


def test_unexpected_response_is_shown_at_any_depth() -> None:
    (difference,) = judge(make_case(fails()), answer("no")).differences
    assert (difference.expected, difference.actual) == ("an error", 'response {text: "no"}')
    deep = new("Everything")
    for _ in range(1500):
        deep = new("Everything", any=held(deep))
    seen = Observation(response=deep.SerializeToString())
    (difference,) = judge(make_case(fails(), call="Echo"), seen).differences
    assert difference.actual == "response {# nested too deeply to be shown}"
