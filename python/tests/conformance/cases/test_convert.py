"""Converted suites load again with the same bytes; a form that cannot hold a case refuses it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format, message_factory

from testingkit.conformance.cases.convert import canonical_suite
from testingkit.conformance.cases.load import Expanders, load_suites
from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import Place, UsageError
from testingkit.conformance.protobuf.any_parts import serialize_in_order
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.lit import expand
from tests.conformance.support import load_text, method, new, packed, schema, suite_of
from tests.e2e.project import REPOSITORY

HEADER = 'name: "packed" service: "probe.v1.PackedService"\n'


def load_cases(folder: Path, text: str | bytes, types: Schema | None = None) -> list[Any]:
    (suite,), problems = load_text(folder, text)
    assert problems == []
    return [case.message for case in suite.cases]


def of_json(text: bytes, types: Schema) -> case_pb2.Suite:
    kind = types.pool.FindMessageTypeByName("testingkit.conformance.v1.Suite")
    suite = message_factory.GetMessageClass(kind)()
    json_format.Parse(text, suite, descriptor_pool=types.pool)
    serialize_in_order(suite, types.pool)  # The runtime packs maps in any order.
    return case_pb2.Suite.FromString(suite.SerializeToString(deterministic=True))


def request_of(call: str, request: Any, data: bytes | None = None) -> Case:
    """Returns a case that sends a message, or other bytes."""
    called = method(f"probe.v1.PackedService/{call}")
    message = case_pb2.Case(name="one", method=called.name, request=packed(request))
    message.expect.error.SetInParent()
    message.request.value = message.request.value if data is None else data
    return Case(
        id="packed/one",
        place=Place("packed.textproto", 3, 5),
        method=called,
        request=message.request.value,
        expect=message.expect,
        comparison=Comparison(),
        level=case_pb2.LEVEL_REQUIRED,
        tags=(),
        timeout=None,
        message=message,
    )


def converted(case: Case, form: str) -> bytes:
    suite = suite_of(case, name="packed", path="packed.textproto")
    suite.message.name, suite.message.service = "packed", "probe.v1.PackedService"
    return canonical_suite(suite, schema(), form)


# Requests as text format has them, and whether JSON can hold them.
REQUESTS: list[tuple[str, str, bool]] = [
    ("Hold", "", True),
    ("Hold", r"string: '\0\n\x7f \u202e\u00a0\U0001f600\"\\' bytes: '\xff\0'", True),
    (
        "Hold",
        "double: -0 float: 0.1 int64: -9223372036854775808 fixed64: 0xFFFFFFFFFFFFFFFF",
        True,
    ),
    ("Hold", "double: nan float: -inf", True),
    ("Hold", "double: -nan", False),
    ("Hold", "float: 1e-45 double: 5e-324", True),
    ("Hold", "Part { size: 1 } [probe.v1.own]: 2 [probe.v1.owns]: ['a', 'b']", True),
    ("Hold", "[probe.v1.Scope.scope] { depth: 1 } [probe.v1.inner] { int32: 1 }", True),
    (
        "Hold",
        "counts [{ key: 'b' value: 1 }, { key: 'a' }] places { value { int32: 1 } }",
        True,
    ),
    ("Hold", "any { [t.c/probe.v1.Texts] { int32: 1 } } word: 'a' grade: inf", True),
    ("Hold", "any {} anys [{}, { [t/google.protobuf.Any] { [t/probe.v1.Texts] {} } }]", True),
    ("Hold", "any { type_url: 't/no.Such' value: 'a' }", False),
    ("Hold", r"any { type_url: 't/probe.v1.Texts' value: '\xff' }", False),
    ("Hold", r"any { type_url: 't/probe.v1.Texts' value: '\x10\x02\x08\x01' }", False),
    ("Hold", r"any { type_url: 't/probe.v1.Texts' value: '\xf8\x3f\x01' }", False),
    ("Hold", r"any { type_url: 't/probe.v1.Texts' value: '\x72\x01\xff' }", False),
    ("Hold", "any { type_url: 'probe.v1.Texts' }", True),
    ("Hold", "any { type_url: 'a b/probe.v1.Texts' }", True),
    ("Hold", "any { value: 'a' }", False),
    ("Pass", "[t.c/probe.v1.Texts] { int32: 1 }", True),
    (
        "Pass",
        "[t/google.protobuf.Any] { [t/google.protobuf.Any] { [t/probe.v1.Texts] {} } }",
        True,
    ),
    ("Pass", "type_url: 't/no.Such' value: 'a'", False),
    ("Pass", "", True),
    ("Know", "duration { seconds: 315576000001 }", False),
    ("Know", "duration { seconds: -1 nanos: 1 }", False),
    ("Know", "durations [{ seconds: 3 }, { seconds: 999999999999999 }]", False),
    ("Know", "timestamp { seconds: -62135596801 }", False),
    ("Know", "timestamp { seconds: 1 nanos: -1 }", False),
    ("Know", "timestamp { seconds: 1 nanos: 999999999 } duration { nanos: 1 }", True),
    ("Know", "mask { paths: 'foo_3_bar' }", False),
    ("Know", "mask { paths: 'fooBar' }", False),
    ("Know", "mask { paths: 'foo_bar.baz' }", True),
    ("Know", "value { number_value: nan }", False),
    ("Know", "value { number_value: -inf }", False),
    ("Know", "value { null_value: NULL_VALUE }", True),
    ("Know", "value {}", False),
    ("Know", "struct { fields { key: 'a' value { number_value: nan } } }", False),
    ("Know", "struct { fields { key: 'a' value { list_value {} } } }", True),
    ("Know", "values { key: 'a' value { struct_value { fields { key: 'b' } } } }", False),
    ("Know", "number { value: nan } single: 3.4e38 data { key: 1 value: '\\xff' }", True),
    ("Know", "any { [t/google.protobuf.Duration] { seconds: 999999999999999 } }", False),
    ("Know", "any { [t/google.protobuf.Value] { number_value: nan } }", False),
    ("Know", "any { [t/google.protobuf.Duration] { seconds: 1 } }", True),
]


@pytest.mark.parametrize(("call", "request_", "has_json"), REQUESTS)
def test_converted_case_has_the_same_bytes(
    tmp_path: Path, call: str, request_: str, has_json: bool
) -> None:
    answer = f"expect {{ any_of {{ choices {{ response {{ {request_} }} }} }} }}"
    text = f'{HEADER}cases {{ name: "one" method: "{call}" request {{ {request_} }} {answer} }}'
    (suite,), problems = load_text(tmp_path, text)
    assert problems == []
    cases = load_cases(tmp_path, canonical_suite(suite, schema(), "text"))
    assert cases == [case.message for case in suite.cases]
    binary = case_pb2.Suite.FromString(canonical_suite(suite, schema(), "binary"))
    assert list(binary.cases) == cases
    if has_json:
        assert list(of_json(canonical_suite(suite, schema(), "json"), schema()).cases) == cases
    else:
        with pytest.raises(UsageError, match="packed/one cannot be converted to json: ") as caught:
            canonical_suite(suite, schema(), "json")
        assert str(caught.value).startswith("one.textproto:2:1: ")


TEXTS = new("Texts", int32=1)
# Bytes of a request that neither text nor JSON can hold, and the reason.
BYTES: list[tuple[bytes, str]] = [
    (b"\xf8\x3f\x01", "request has fields that its type does not know: 1023"),
    (b"\xfb\x3f\xfc\x3f", "request has fields that its type does not know: 1023"),
    (b"\x8a\x01\x03\xf8\x3f\x01", "request.texts has fields that its type does not know: 1023"),
    (b"\x72\x01\xff", "request.string is not UTF-8 text"),
    (b"\xd2\x01\x01\xff", "request.words[0] is not UTF-8 text"),
    (b"\x9a\x01\x03\x72\x01\xff", "request.several[0].string is not UTF-8 text"),
    (b"\xb2\x06\x03\x72\x01\xff", "request.[probe.v1.inner].string is not UTF-8 text"),
    (b"\x61\x01\0\0\0\0\0\xf8\x7f", "request.double is a NaN with bits that text cannot hold"),
    (b"\x10\x02\x08\x01", "request has other bytes than its text gives"),
    (b"\x08\x01\x08\x01", "request has other bytes than its text gives"),
    (b"\x08\x81\x00", "request has other bytes than its text gives"),
    (b"\xff", "request is not a valid probe.v1.Texts"),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("data", "reason"), BYTES)
def test_bytes_that_a_form_cannot_hold_are_refused(form: str, data: bytes, reason: str) -> None:
    case = request_of("Hold", TEXTS, data)
    with pytest.raises(UsageError) as caught:
        converted(case, form)
    place = f"packed.textproto:3:5: packed/one cannot be converted to {form}: "
    assert str(caught.value).startswith(f"{place}{reason}")
    assert case_pb2.Suite.FromString(converted(case, "binary")).cases[0] == case.message


def test_unknown_fields_of_the_suite_and_its_cases_are_refused() -> None:
    case = request_of("Hold", TEXTS)
    case.message.MergeFromString(b"\xf8\x3f\x01")
    with pytest.raises(UsageError, match="the message has fields that its type"):
        converted(case, "text")
    suite = suite_of(request_of("Hold", TEXTS), name="packed")
    suite.message.MergeFromString(b"\xf8\x3f\x01")
    with pytest.raises(UsageError, match=r"s\.textproto:1:1: packed cannot be converted to json"):
        canonical_suite(suite, schema(), "json")


def test_at_most_twenty_reasons_are_listed() -> None:
    case = request_of("Hold", TEXTS, b"\xff")
    with pytest.raises(UsageError) as caught:
        canonical_suite(suite_of(*[case] * 25), schema(), "text")
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "5 more of this file")


@functools.cache
def corpus() -> tuple[Schema, Expanders]:
    roots = [REPOSITORY / "proto", REPOSITORY / "third_party" / "proto"]
    types = Schema(compile_protos(roots, REPOSITORY / ".testingkit" / "cache"))
    return types, Expanders({"testingkit.kit.v1.Value": expand})


# Files with cases that JSON cannot hold: wrong durations, and messages with unknown fields or of
# unknown types. Each with the reason that is given.
NO_JSON = {
    "value/normalize": "Duration is not valid",
    "value/messages": "Can not find message descriptor",
    "assertions/messages": "it has a value that JSON cannot hold",
    "assertions/message_texts": "it has a value that JSON cannot hold",
    "render/messages": "it has a value that JSON cannot hold",
}
FILES = sorted(
    file
    for file in (REPOSITORY / "conformance_cases").rglob("*.textproto")
    if not {"known_divergences", "goldens"}.intersection(file.parts)
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cases_of_the_repository_have_the_same_bytes(tmp_path: Path, file: Path) -> None:
    types, expanders = corpus()
    (suite,), problems = load_suites([file], REPOSITORY, types, expanders)
    assert problems == []
    cases = [case.message for case in suite.cases]
    again = tmp_path / file.name
    again.write_bytes(canonical_suite(suite, types, "text"))
    (second,), problems = load_suites([again], tmp_path, types, expanders)
    assert problems == []
    assert [case.message for case in second.cases] == cases
    assert second.message == suite.message
    assert canonical_suite(second, types, "text") == again.read_bytes()
    if reason := NO_JSON.get(f"{file.parent.name}/{file.stem}"):
        with pytest.raises(UsageError, match=reason):
            canonical_suite(suite, types, "json")
    else:
        assert list(of_json(canonical_suite(suite, types, "json"), types).cases) == cases
