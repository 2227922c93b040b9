"""Case files in binary form: they equal those in text form, and problems have places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from google.protobuf.message import Message

from testingkit.conformance.cases.load import Expanders, SuiteCache, load_suites
from testingkit.conformance.cases.load.binary_suites import BinarySuite
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.validate import SuiteValidator
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1.case_pb2 import LEVEL_RECOMMENDED, Case, CaseDefaults
from testingkit.conformance.v1.case_pb2 import Suite as SuiteMessage
from testingkit.conformance.v1.expectation_pb2 import AnyOf, Expectation, Golden
from testingkit.conformance.v1.run_pb2 import PlannedCase
from testingkit.conformance.v1.runner_pb2 import Call
from tests.conformance.support import fails, load_text, new, packed, says, schema

SERVICE = "probe.v1.ProbeService"
HEADER = SuiteMessage(name="one", service=SERVICE, defaults=CaseDefaults(method="Say"))
TEXT = f"""
name: "one" service: "{SERVICE}" defaults {{ method: "Say" }}
cases {{ name: "a" request {{ text: "q" }} expect {{ response {{ text: "x" }} }} tags: "t" }}
cases {{ name: "b" method: "{SERVICE}/Echo" expect {{ error {{}} }} level: LEVEL_RECOMMENDED }}
"""
CASES = [
    Case(name="a", request=packed(new("Ask", text="q")), expect=says("x"), tags=["t"]),
    Case(name="b", method=f"{SERVICE}/Echo", expect=fails(), level=LEVEL_RECOMMENDED),
]


def stream(*messages: Message) -> bytes:
    return b"".join(delimited(message.SerializeToString()) for message in messages)


def load(folder: Path, data: bytes) -> tuple[Sequence[Suite], list[str]]:
    suites, problems = load_text(folder, data, name="one.binpb")
    return suites, [str(problem) for problem in problems]


def test_binary_suite_equals_text_suite(tmp_path: Path) -> None:
    (text,), none = load_text(tmp_path, TEXT)
    (binary,), problems = load(tmp_path, stream(HEADER, *CASES))
    assert [*none, *problems] == []
    assert binary.message == text.message
    for one, other in zip(text.cases, binary.cases, strict=True):
        assert (one.id, one.method, one.request, one.expect) == (
            (other.id, other.method, other.request, other.expect)
        )
        assert (one.level, one.tags, one.message) == (other.level, other.tags, other.message)
    assert [str(case.place) for case in binary.cases] == ["one.binpb:2:1", "one.binpb:3:1"]


def test_packed_messages_are_serialized_deterministically(tmp_path: Path) -> None:
    """Answers are compared by bytes first, and a message has several serialized forms."""
    expect = says("x")
    expect.response.value = b"\x0a\x01y" + expect.response.value  # the last one counts
    (suite,), problems = load(tmp_path, stream(HEADER, Case(name="a", expect=expect)))
    assert problems == []
    assert next(iter(suite.cases)).expect == says("x")


@pytest.mark.parametrize(
    "data",
    [
        b"\x0a\x01y\x0a\x01x",  # the last one counts
        b"\xf8\x07\x01\x0a\x01x",  # an unknown field, before the other
        b"\x0a\x81\x80\x00x",  # a length in more bytes than it needs
        b"\x0a\x00",  # a default that is written
    ],
)
@pytest.mark.parametrize("as_bytes", [False, True])
def test_requests_are_not_serialized_again(tmp_path: Path, data: bytes, *, as_bytes: bool) -> None:
    case = Case(name="a", expect=says("x"))
    if as_bytes:
        case.request_bytes = data
    else:
        case.request.CopyFrom(packed(new("Ask")))
        case.request.value = data
    (suite,), problems = load(tmp_path, stream(HEADER, case))
    assert problems == []
    (loaded,) = suite.cases
    assert (loaded.request, loaded.message) == (data, case)
    (record,) = suite.cases.records()
    assert Call.FromString(record.call).request == data
    assert PlannedCase.FromString(record.planned).request == data


def test_request_bytes_need_not_be_valid(tmp_path: Path) -> None:
    invalid = packed(new("Ask"))
    invalid.value = b"\xff"
    cases = [Case(name="a", request_bytes=b"\xff", expect=fails()), Case(name="b", request=invalid)]
    (suite,), problems = load(tmp_path, stream(HEADER, *cases))
    assert [case.request for case in suite.cases] == [b"\xff"]
    assert len(problems) == 1
    assert problems[0].startswith("one.binpb:3:1: request: bytes that are not a probe.v1.Ask; ")
    assert problems[0].endswith("; to send it nevertheless, write it as request_bytes")


PROBLEMS: list[tuple[bytes, str]] = [
    (b"", "1:1: the suite has no case"),
    (stream(HEADER), "1:1: the suite has no case"),
    (
        b"\xff" * 12,
        "1:1: not a delimited testingkit.conformance.v1.Suite, or the file is damaged at byte 10",
    ),
    (b"\x02\xff\xff", "1:1: not a delimited testingkit.conformance.v1.Suite: "),
    (stream(SuiteMessage(cases=[Case()])), "1:1: the suite contains cases: write each"),
    (stream(HEADER, *CASES)[:-1], "3:1: the file was cut short, or is damaged, at byte "),
    (stream(HEADER) + b"\xff\xff\xff\xff\x0f", "2:1: the file is damaged at byte "),
    (stream(HEADER) + b"\x02\xff\xff", "2:1: not a testingkit.conformance.v1.Case: "),
    (stream(HEADER, Case(name="a", method="Sing")), f"2:1: {SERVICE} has no method Sing"),
    (stream(SuiteMessage(name="one"), Case(name="a")), "2:1: no method"),
    (
        stream(HEADER, Case(name="a", request=packed(new("Answer")))),
        "2:1: request is of type probe.v1.Answer, not probe.v1.Ask",
    ),
    (
        stream(HEADER, Case(name="a", expect=Expectation(response=packed(new("Ask"))))),
        "2:1: expect.response is of type probe.v1.Ask, not probe.v1.Answer",
    ),
    (
        stream(HEADER, Case(name="a", expect=Expectation(golden=Golden()))),
        "2:1: expects a golden file, which only a case in text format can do",
    ),
]


@pytest.mark.parametrize(("data", "problem"), PROBLEMS, ids=range(len(PROBLEMS)))
def test_each_problem_of_a_binary_suite_has_its_place(
    tmp_path: Path, data: bytes, problem: str
) -> None:
    _, problems = load(tmp_path, data)
    assert [found[: len("one.binpb:") + len(problem)] for found in problems] == [
        f"one.binpb:{problem}"
    ]


def test_invalid_response_in_any_of_is_a_problem(tmp_path: Path) -> None:
    broken = says("x")
    broken.response.value = b"\xff"
    several = Expectation(any_of=AnyOf(choices=[says("x"), broken]))
    _, problems = load(tmp_path, stream(HEADER, Case(name="a", expect=several), *CASES))
    (problem,) = problems
    assert problem.startswith("one.binpb:2:1: expect.any_of.choices[1].response: bytes that ")


def test_reading_stops_after_too_many_problems(tmp_path: Path) -> None:
    _, problems = load(tmp_path, stream(HEADER) + delimited(b"\xff") * 5000)
    assert len(problems) == 1001
    assert problems[-1] == "one.binpb:1002:1: the rest of the file is not read after 1,000 problems"


def test_binary_suite_is_read_from_the_cache(tmp_path: Path) -> None:
    file = tmp_path / "one.binpb"
    file.write_bytes(stream(HEADER, *CASES))
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, none = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    second, nothing = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert [*none, *nothing] == []
    assert list(first) == list(second)


def test_file_that_changes_while_it_is_read_is_not_cached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.binpb"
    file.write_bytes(stream(HEADER, *CASES))
    monkeypatch.setattr(BinarySuite, "digest", lambda _: b"another")
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    suites, problems = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert (len(suites), problems) == (1, [])
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (lambda suite, case: suite, "one.binpb:1:1: the message"),
        (lambda suite, case: suite.defaults.compare, "one.binpb:1:1: defaults.compare"),
        (lambda suite, case: case, "one.binpb:2:1: the message"),
        (lambda suite, case: case.expect, "one.binpb:2:1: expect"),
        (lambda suite, case: case.compare.float_tolerance, "compare.float_tolerance"),
    ],
)
def test_fields_of_another_version_are_refused(
    tmp_path: Path, place: Callable[[SuiteMessage, Case], Message], text: str
) -> None:
    """A setting that is not known, such as a stricter comparison, must not be ignored."""
    suite, case = SuiteMessage(), Case()
    suite.CopyFrom(HEADER)
    case.CopyFrom(CASES[0])
    place(suite, case).MergeFromString(b"\xf8\x07\x01")
    _, problems = load(tmp_path, stream(suite, case))
    assert len(problems) == 1
    assert f"{text} has fields that its type does not know: 127" in problems[0]
    assert "written for another version of TestingKit" in problems[0]


def test_fields_of_a_request_that_its_type_does_not_know_are_sent(tmp_path: Path) -> None:
    case = Case()
    case.CopyFrom(CASES[0])
    case.request.value += b"\xf8\x07\x01"
    (suite,), problems = load(tmp_path, stream(HEADER, case))
    assert problems == []
    assert next(iter(suite.cases)).request == case.request.value
