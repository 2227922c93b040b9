"""A request that is given as bytes is sent byte for byte, whether it is valid or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from fault_project import COMMANDS
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1.case_pb2 import Case, CaseDefaults, Suite
from testingkit.conformance.v1.expectation_pb2 import Expectation
from tests.e2e.project import REPOSITORY, Project

# Valid requests that no serializer writes: an unknown field, a field given twice, a number in more
# bytes than it needs, fields of one type in another order, an empty string that is written.
UNUSUAL = {
    "unknown_field": b"\x0a\x01x\xf8\x07\x01",
    "given_twice": b"\x0a\x01a\x0a\x01b",
    "long_length": b"\x0a\x81\x80\x00x",
    "long_tag": b"\x8a\x80\x00\x01x",
    "written_default": b"\x0a\x00",
    "a_group": b"\x0a\x01x\x9b\x06\x9c\x06",
}
INVALID = {
    "cut_short": b"\x0a\x05x",
    "bad_tag": b"\xff",
    "field_zero": b"\x00\x01",
    "not_utf8": b"\x0a\x01\xff",
    "open_group": b"\x9b\x06",
}
HEADER = Suite(name="greet", service="greet.v1.GreetService", defaults=CaseDefaults(method="Greet"))

TEXT = 'name: "greet" service: "greet.v1.GreetService" defaults { method: "Greet" }\n'
FAULTS = 'name: "bytes" service: "testingkit.kit.v1.FaultService" defaults { method: "Inject" }\n'


@pytest.fixture
def raw(tmp_path: Path, generated: Path) -> Project:
    """A project whose two runners answer with the bytes that they got."""
    project = Project(tmp_path, generated)
    project.add("sdk", "raw_echo.py")
    project.add("plain", "raw_echo.py", "{port}", services=["greet.v1.GreetService"])
    project.suite.unlink()
    return project


def _expecting(data: bytes) -> Expectation:
    """Returns the expectation of ``GreetResponse {text}`` with the digits of the bytes."""
    text = data.hex().encode()
    expect = Expectation()
    expect.response.type_url = "type.googleapis.com/greet.v1.GreetResponse"
    expect.response.value = b"\x0a" + bytes([len(text)]) + text if text else b""
    return expect


def _written(project: Project, cases: list[Case]) -> None:
    messages = [HEADER, *cases]
    data = b"".join(delimited(message.SerializeToString()) for message in messages)
    (project.folder / "cases" / "greet.binpb").write_bytes(data)


def _text(name: str, data: bytes, expect: str) -> str:
    digits = "".join(f"\\x{byte:02x}" for byte in data)
    return f'cases {{ name: "{name}" request_bytes: "{digits}" expect {{ {expect} }} }}\n'


def test_valid_requests_of_binary_suites_are_sent_as_they_are(raw: Project) -> None:
    cases = []
    for name, data in UNUSUAL.items():
        case = Case(name=name, expect=_expecting(data))
        case.request.type_url = "type.googleapis.com/greet.v1.GreetRequest"
        case.request.value = data
        cases.append(case)
    _written(raw, cases)
    for _ in range(2):  # the second time from the cache
        shown = raw.run("run", "--json")
        assert shown.exit == 0, shown
        _assert_sent(raw, UNUSUAL)


def _assert_sent(project: Project, sent: dict[str, bytes]) -> None:
    planned = {
        event.planned_case.case_id: event.planned_case.request
        for event in project.events()
        if event.HasField("planned_case")
    }
    assert planned == {f"greet/{name}": data for name, data in sent.items()}


@pytest.mark.parametrize("form", ["text", "binary"])
def test_request_bytes_arrive_as_they_are(raw: Project, form: str) -> None:
    sent = {**UNUSUAL, **INVALID, "empty": b""}
    if form == "binary":
        _written(
            raw, [Case(name=n, request_bytes=d, expect=_expecting(d)) for n, d in sent.items()]
        )
    else:
        text = TEXT
        for name, data in sent.items():
            text += _text(name, data, f'response {{ text: "{data.hex()}" }}')
        raw.suite.write_text(text)
    shown = raw.run("run")
    assert shown.exit == 0, shown
    _assert_sent(raw, sent)


@pytest.mark.parametrize("script", ["greeter.py", "plain_server.py {port}"])
@pytest.mark.parametrize("name", INVALID)
def test_a_request_that_does_not_parse_is_answered_internal(
    tmp_path: Path, generated: Path, script: str, name: str
) -> None:
    project = Project(tmp_path, generated)
    words = script.split()
    project.add("one", *words)
    text = TEXT
    project.suite.write_text(text + _text("one", INVALID[name], "error { code: INTERNAL }"))
    shown = project.run("run")
    assert shown.exit == 0, shown


def test_runners_of_all_languages_answer_alike(tmp_path: Path, generated: Path) -> None:
    missing = [words[0] for words in COMMANDS.values() if not Path(words[0]).exists()]
    if missing:
        pytest.skip(f"make build makes {missing[0]}")
    project = Project(tmp_path, generated, protos=[str(REPOSITORY / "proto")])
    for name, words in COMMANDS.items():
        if name != "stock":
            project.runners[name] = {"command": list(words)}
    text = FAULTS
    for name in ("cut_short", "bad_tag", "open_group"):
        text += _text(name, INVALID[name], "error { code: INTERNAL }")
    # Of valid bytes, all take the last of a field that is given twice, and ignore unknown ones.
    text += _text(
        "given_twice",
        b"\x10\x01\x10\x05\xf8\x07\x01",
        'agree { reason: "the number is not in the response" }',
    )
    project.suite.write_text(text)
    shown = project.run("run")
    assert shown.exit == 0, shown
    assert "parity 4 comparable: 4 agree" in shown.out


# Of the file of a request that repro writes.
FIRST_LINES = {
    "invalid": "# 3 bytes that are not a valid message:",
    "unusual": 'name: "b"',
    "unknown": 'name: "a"',
}


def test_reports_show_bytes_that_fields_do_not_show(raw: Project) -> None:
    text = TEXT
    text += _text("invalid", b"\x0a\x05x", 'response { text: "wrong" }')
    text += _text("unusual", b"\x0a\x01a\x0a\x01b", 'response { text: "wrong" }')
    text += _text("unknown", b"\x0a\x01a\xf8\x07\x01", 'response { text: "wrong" }')
    text += _text("usual", b"\x0a\x01b", 'response { text: "wrong" }')
    raw.suite.write_text(text)
    assert raw.run("run").exit == 1
    shown = {name: raw.run("show", "--case", f"greet/{name}").out for name in FIRST_LINES}
    assert r'request request_bytes: "\x0a\x05\x78"' in shown["invalid"]
    unusual = r'request name: "b", sent as request_bytes: "\x0a\x01\x61\x0a\x01\x62"'
    assert unusual in shown["unusual"]
    assert r'name: "a", sent as request_bytes: "\x0a\x01\x61\xf8\x07\x01"' in shown["unknown"]
    assert "request_bytes" not in raw.run("show", "--case", "greet/usual").out
    for name, first in FIRST_LINES.items():
        assert raw.run("repro", f"greet/{name}", "-o", name).exit == 0
        written = (raw.folder / name / "request.textproto").read_text()
        assert written.startswith(f"{first}\n")
        field = written.splitlines()[-1].removeprefix("# ")
        again = _text("again", b"", "error {}").replace('request_bytes: ""', field)
        raw.suite.write_text(text + again)
        assert raw.run("lint").exit == 0
        raw.suite.write_text(text)
    assert raw.run("report", "--html", "page.html", "--markdown", "page.md").exit == 0
    assert r"\x0a\x05\x78" in (raw.folder / "page.html").read_text()


@pytest.mark.parametrize("command", ["lint", "list", "audit", "convert cases/greet.textproto"])
def test_other_commands_take_requests_that_are_not_valid(raw: Project, command: str) -> None:
    raw.suite.write_text(TEXT + _text("invalid", b"\x0a\x05x", "error { code: INTERNAL }"))
    shown = raw.run(*command.split())
    assert (shown.exit, shown.err) == (0, "")


@pytest.mark.parametrize("form", ["text", "binary", "json", "delimited"])
def test_convert_keeps_request_bytes(raw: Project, form: str) -> None:
    raw.suite.write_text(TEXT + _text("invalid", b"\x0a\x05x", "error { code: INTERNAL }"))
    place = "cases/greet.textproto"
    assert raw.run("convert", place, "--to", form, "-o", "written").exit == 0
    if form in {"text", "delimited"}:
        suffix = {"text": "textproto", "delimited": "binpb"}[form]
        raw.suite.unlink()
        (raw.folder / "written").rename(raw.folder / "cases" / f"again.{suffix}")
        assert raw.run("run").exit in (0, 1)
        _assert_sent(raw, {"invalid": b"\x0a\x05x"})


@pytest.mark.parametrize("data", [b"\x01", b""])
def test_a_case_has_one_request(raw: Project, data: bytes) -> None:
    text = TEXT
    case = _text("both", data, "error {}").replace("request_bytes", "request {} request_bytes")
    raw.suite.write_text(text + case)
    shown = raw.run("lint")
    assert shown.exit == 3
    assert "greet/both: has request and request_bytes: write one of them" in shown.err
