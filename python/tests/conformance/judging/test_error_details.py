"""Which parts of the details of errors are compared between runners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from google.protobuf import any_pb2, duration_pb2, struct_pb2
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.judging.error_details import detail_differences
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.observation_pb2 import Error
from testingkit.conformance.v1.verdict_pb2 import DifferenceKind
from tests.conformance.support import method, new, packed

RPC: Any = error_details_pb2


def retry(seconds: int) -> Message:
    message: Message = RPC.RetryInfo(retry_delay=duration_pb2.Duration(seconds=seconds))
    return message


def request(*fields: str, **values: str) -> Message:
    violations = [RPC.BadRequest.FieldViolation(field=field, **values) for field in fields]
    message: Message = RPC.BadRequest(field_violations=violations)
    return message


def raw(name: str, value: bytes, host: str = "type.googleapis.com") -> any_pb2.Any:
    return any_pb2.Any(type_url=f"{host}/{name}", value=value)


def error_of(*details: Message) -> Error:
    status = status_pb2.Status(code=5, message="lost")
    for detail in details:
        status.details.append(detail if isinstance(detail, any_pb2.Any) else packed(detail))
    return Error(code=5, message="lost", details=status.SerializeToString())


def compare(left: Error, right: Error, **policy: Any) -> Sequence[Any]:
    found = detail_differences(
        left, right, policy_of(Comparison(**policy), method().response), method().pool
    )
    return [
        (d.field_path, DifferenceKind.Name(d.kind)[len("DIFFERENCE_KIND_") :], d.expected, d.actual)
        for d in found
    ]


def struct(**values: Any) -> Message:
    message = struct_pb2.Struct()
    message.update(values)
    return message


# Two errors, by their details, that are not equal; the path of the first difference.
DIFFERENT: list[tuple[list[Any], list[Any], str]] = [
    ([retry(1)], [retry(99)], "google.rpc.RetryInfo.retry_delay.seconds"),
    ([retry(1)], [], "google.rpc.RetryInfo"),
    ([retry(1), retry(1)], [retry(1)], "google.rpc.RetryInfo"),
    ([retry(1), retry(2)], [retry(1), retry(3)], "google.rpc.RetryInfo"),
    (
        [RPC.ErrorInfo(reason="R", metadata={"k": "1"})],
        [RPC.ErrorInfo(reason="R", metadata={"k": "2"})],
        'google.rpc.ErrorInfo.metadata["k"]',
    ),
    ([RPC.ErrorInfo(reason="A")], [RPC.ErrorInfo(reason="B")], "google.rpc.ErrorInfo.reason"),
    ([request("a"), request("b")], [request("c"), request("b")], "google.rpc.BadRequest"),
    ([request("a", "a")], [request("a")], "google.rpc.BadRequest.field_violations[1]"),
    (
        [request("a", reason="TOO_LONG")],
        [request("a", reason="TOO_SHORT")],
        "google.rpc.BadRequest.field_violations[0]",
    ),
    (
        [RPC.Help(links=[RPC.Help.Link(url="u")])],
        [RPC.Help(links=[RPC.Help.Link(url="v")])],
        "google.rpc.Help.links[0].url",
    ),
    (
        [RPC.LocalizedMessage(locale="de")],
        [RPC.LocalizedMessage(locale="fr")],
        "google.rpc.LocalizedMessage.locale",
    ),
    (
        [RPC.RequestInfo(request_id="1")],
        [RPC.RequestInfo(request_id="2")],
        "google.rpc.RequestInfo.request_id",
    ),
    ([new("Point", x=1)], [new("Point", x=2)], "probe.v1.Point.x"),
    ([struct(a=1)], [struct(a=2)], 'google.protobuf.Struct.fields["a"].number_value'),
    ([raw("acme.Own", b"1")], [raw("acme.Own", b"2")], "acme.Own"),
    ([raw("acme.Own", b"1")], [raw("acme.Other", b"1")], "acme.Other"),
    (
        [raw("google.rpc.RetryInfo", b"\xff")],
        [raw("google.rpc.RetryInfo", b"\xfe")],
        "google.rpc.RetryInfo",
    ),
    ([raw("google.rpc.RetryInfo", b"\xff")], [retry(1)], "google.rpc.RetryInfo"),
]
EQUAL: list[tuple[list[Any], list[Any]]] = [
    ([retry(1), request("a")], [request("a"), retry(1)]),
    ([retry(1), retry(2)], [retry(2), retry(1)]),
    ([request("a", "b")], [request("b", "a")]),
    ([raw("acme.Own", b"1")], [raw("acme.Own", b"1", host="acme.example")]),
    (  # maps in any order on the wire
        [raw("google.rpc.ErrorInfo", b"\x1a\x06\n\x01a\x12\x011\x1a\x06\n\x01b\x12\x012")],
        [raw("google.rpc.ErrorInfo", b"\x1a\x06\n\x01b\x12\x012\x1a\x06\n\x01a\x12\x011")],
    ),
    ([struct(a=1, b=2)], [struct(b=2, a=1)]),
]
# Two errors that differ only in texts for people.
WORDED: list[tuple[list[Any], list[Any]]] = [
    (
        [RPC.LocalizedMessage(locale="de", message="Nein")],
        [RPC.LocalizedMessage(locale="de", message="Nö")],
    ),
    (
        [RPC.DebugInfo(stack_entries=["main.go:3"], detail="x")],
        [RPC.DebugInfo(stack_entries=["main.py", "lib.py"])],
    ),
    ([request("a", "b", description="bad")], [request("b", "a", description="wrong")]),
    (
        [RPC.PreconditionFailure(violations=[{"type": "TOS", "description": "read it"}])],
        [RPC.PreconditionFailure(violations=[{"type": "TOS", "description": "please read"}])],
    ),
    (
        [RPC.QuotaFailure(violations=[{"subject": "s", "description": "full"}])],
        [RPC.QuotaFailure(violations=[{"subject": "s", "description": "none left"}])],
    ),
    (
        [RPC.ResourceInfo(resource_name="n", description="x")],
        [RPC.ResourceInfo(resource_name="n", description="y")],
    ),
    (
        [RPC.Help(links=[{"url": "u", "description": "x"}])],
        [RPC.Help(links=[{"url": "u", "description": "y"}])],
    ),
]


@pytest.mark.parametrize(("left", "right", "path"), DIFFERENT)
def test_details_that_differ(left: list[Any], right: list[Any], path: str) -> None:
    for pair in ((left, right), (right, left)):
        (first, *_) = compare(error_of(*pair[0]), error_of(*pair[1]))
        assert first[0] == f"error.{path}"
        assert first[2] != first[3]
        assert not compare(error_of(*pair[0]), error_of(*pair[1]), ignore_details=["*"])


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_details_that_are_equal(left: list[Any], right: list[Any]) -> None:
    assert not compare(error_of(*left), error_of(*right), error_texts=True)


@pytest.mark.parametrize(("left", "right"), WORDED)
def test_texts_for_people_are_compared_only_on_request(left: list[Any], right: list[Any]) -> None:
    assert not compare(error_of(*left), error_of(*right))
    assert compare(error_of(*left), error_of(*right), error_texts=True)


def test_ignored_types_are_not_compared() -> None:
    left, right = error_of(retry(1), request("a")), error_of(retry(2), request("a"))
    assert not compare(left, right, ignore_details=["google.rpc.RetryInfo"])
    assert compare(left, right, ignore_details=["google.rpc.BadRequest"])
    assert compare(left, error_of(request("a"))) == [
        ("error.google.rpc.RetryInfo", "MISSING", "{retry_delay { seconds: 1 }}", "")
    ]


def test_error_without_details_equals_a_status_without_details() -> None:
    assert not compare(error_of(), Error(code=5))


def test_every_standard_type_is_compared() -> None:
    """Also those that a later version of ``google.rpc`` adds."""
    for message in RPC.DESCRIPTOR.message_types_by_name.values():
        assert compare(error_of(raw(message.full_name, b"")), error_of())


DETAILS = st.lists(
    st.one_of(
        st.integers(0, 2).map(retry),
        st.lists(st.sampled_from("ab"), max_size=3).map(lambda fields: request(*fields)),
        st.dictionaries(st.sampled_from("ab"), st.sampled_from("xy")).map(
            lambda metadata: RPC.ErrorInfo(metadata=metadata)
        ),
        st.binary(max_size=2).map(lambda value: raw("google.rpc.Help", value)),
    ),
    max_size=4,
)


@given(DETAILS, DETAILS, st.randoms())
def test_comparison_is_symmetric_and_blind_to_order(left: Any, right: Any, random: Any) -> None:
    mixed = random.sample(left, len(left))
    assert not compare(error_of(*left), error_of(*mixed))
    found = compare(error_of(*left), error_of(*right))
    back = compare(error_of(*right), error_of(*left))
    assert {path for path, *_ in found} == {path for path, *_ in back}
    assert bool(found) == bool(compare(error_of(*mixed), error_of(*right)))


@pytest.mark.parametrize(
    ("left", "right", "path"),
    [
        ({"code": 5}, {"code": 3}, "error.details.code"),
        ({}, {"code": 3}, "error.details.code"),
        ({"code": 5}, {}, ""),
        ({"code": 3}, {"code": 3}, ""),
        ({"message": "one"}, {"message": "two"}, ""),
    ],
)
def test_code_around_the_details_is_compared_if_it_is_another(
    left: dict[str, Any], right: dict[str, Any], path: str
) -> None:
    sides = [
        Error(code=5, message="lost", details=status_pb2.Status(**side).SerializeToString())
        for side in (left, right)
    ]
    assert [found[0] for found in compare(*sides)] == [path][: bool(path)]
    assert not compare(*sides, ignore_details=["*"])


def test_texts_around_the_details_are_compared_on_request() -> None:
    sides = [
        Error(code=5, details=status_pb2.Status(message=text).SerializeToString())
        for text in ("one", "two")
    ]
    assert compare(*sides, error_texts=True) == [("error.details.message", "VALUE", "one", "two")]


def test_unknown_fields_around_the_details_are_compared() -> None:
    sides = [Error(code=5), Error(code=5, details=b"\x78\x01")]
    assert compare(*sides) == [("error.details.field 15", "EXTRA", "", "varint 1")]


def test_detail_without_a_type_is_named() -> None:
    sides = [error_of(raw("", value, host="")) for value in (b"\x08\x01", b"\x08\x02")]
    assert [found[0] for found in compare(*sides)] == ["error.(no type)"]


def test_message_within_the_any_of_a_detail_is_compared_field_by_field() -> None:
    point: Any = new("Point", x=1), new("Point", label="one")
    name = point[0].DESCRIPTOR.full_name
    parts = [part.SerializeToString() for part in point]
    values = b"".join(parts), b"".join(reversed(parts))
    sides = [error_of(packed(raw(name, value))) for value in values]
    assert not compare(*sides)
