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


@pytest.mark.parametrize(
    ("details", "facts", "text"),
    [
        (b"", "ABORTED", "ABORTED"),
        (b"\xff", "ABORTED", 'ABORTED [details "\\377"]'),
        (damaged(), "ABORTED R", 'ABORTED R [google.rpc.BadRequest {"\\377"}]'),
    ],
)
def test_details_that_do_not_parse_are_shown_and_hide_no_others(
    details: bytes, facts: str, text: str
) -> None:
    seen = Observation(error=Error(code=code_pb2.ABORTED, details=details))
    assert str(error_facts(seen.error)) == facts
    assert describe(seen) == text


def test_error_is_described_with_the_details_that_the_facts_leave_out() -> None:
    seen = error(code_pb2.ABORTED, "later", reason="R", field_paths=("f",))
    assert describe(seen) == "ABORTED R at f: later"
    status = status_pb2.Status.FromString(seen.error.details)
    status.details.add().Pack(error_details_pb2.LocalizedMessage(locale="de", message="Nein"))
    seen.error.details = status.SerializeToString()
    shown = 'google.rpc.LocalizedMessage {locale: "de" message: "Nein"}'
    assert describe(seen) == f"ABORTED R at f: later [{shown}]"


def test_every_error_info_and_every_violation_counts() -> None:
    info, request = error_details_pb2.ErrorInfo, error_details_pb2.BadRequest
    status = status_pb2.Status()
    for reason, field in (("A", "b"), ("B", "a")):
        status.details.add().Pack(info(reason=reason, domain=field))
        violation = request.FieldViolation(field=field)
        status.details.add().Pack(request(field_violations=[violation]))
    facts = error_facts(Error(code=5, details=status.SerializeToString()))
    assert facts.field_paths == ("a", "b")
    assert (facts.reason, facts.domain) == ("A", "b")
    assert facts.info("B", "") == facts.info("", "a") == ("B", "a")
    assert facts.info("A", "a") == ("A", "b")


@pytest.mark.parametrize(("code", "name"), [(0, "OK"), (16, "UNAUTHENTICATED"), (17, "code 17")])
def test_code_names(code: int, name: str) -> None:
    assert code_name(code) == name
