"""Which observations are answers, and the text of each."""

from __future__ import annotations

import pytest
from google.rpc import code_pb2, error_details_pb2, status_pb2

from testingkit.conformance.judging.answers import code_name, describe, error_facts, is_answer
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
from tests.conformance.support import answer, error

KINDS = [
    (answer("x"), True, "a response"),
    (error(message="lost"), True, "NOT_FOUND: lost"),
    (error(), True, "NOT_FOUND"),
    (Observation(panic=Panic(text="boom")), True, "panic: boom"),
    (Observation(crash=Crash(text="signal 6")), False, "crash: signal 6"),
    (Observation(timeout=Timeout(deadline_millis=500)), False, "no answer in 500 ms"),
    (Observation(unsupported=Unsupported()), False, "unsupported"),
    (Observation(protocol_error=ProtocolError(text="t")), False, "protocol error: t"),
    (Observation(no_result=NoResult(text="t")), False, "no result: t"),
    (Observation(not_run=NotRun(text="t")), False, "not run: t"),
    (Observation(), False, "an answer of no kind"),
]


@pytest.mark.parametrize(("observation", "counts", "text"), KINDS)
def test_each_kind_of_observation_is_described(
    observation: Observation, counts: bool, text: str
) -> None:
    assert is_answer(observation) is counts
    assert describe(observation) == text


def test_table_has_every_kind_of_observation() -> None:
    kinds = {observation.WhichOneof("kind") for observation, _, _ in KINDS}
    assert kinds == {None, *(f.name for f in Observation.DESCRIPTOR.oneofs_by_name["kind"].fields)}


def test_error_facts_are_read_from_details() -> None:
    seen = error(reason="GONE", domain="acme.dev", field_paths=("b", "a"))
    facts = error_facts(seen.error)
    assert facts.field_paths == ("a", "b")
    assert str(facts) == "NOT_FOUND GONE (acme.dev) at a, b"


def damaged() -> bytes:
    status = status_pb2.Status()
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason="R"))
    status.details.add(type_url="type.googleapis.com/google.rpc.BadRequest", value=b"\xff")
    data: bytes = status.SerializeToString()
    return data


@pytest.mark.parametrize("details", [b"", b"\xff", damaged()])
def test_details_that_do_not_parse_are_ignored(details: bytes) -> None:
    facts = error_facts(Error(code=code_pb2.ABORTED, details=details))
    assert str(facts) == "ABORTED"


@pytest.mark.parametrize(("code", "name"), [(0, "OK"), (16, "UNAUTHENTICATED"), (17, "code 17")])
def test_code_names(code: int, name: str) -> None:
    assert code_name(code) == name
