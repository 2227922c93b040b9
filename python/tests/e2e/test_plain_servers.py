"""Plain servers: only what a handler sent is its answer, never a transport that failed."""

from __future__ import annotations

import pytest

from testingkit.conformance.v1 import verdict_pb2
from tests.e2e.project import Project

_CASES = """\
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Greet" }
cases { name: "before" request { name: "a" } expect { response { text: "Hello, a" length: 8 } } }
cases { name: "trigger" request { name: "trigger" } expect { error {%s} } }
cases { name: "behind" request { name: "b" } expect { response { text: "Hello, b" length: 8 } } }
"""
# What the finding reports of each fault.
_BREACHES = {
    "ends_without_trailers": "ended the stream without trailers, so without a grpc-status",
    "omits_status": "ended the stream without a grpc-status",
    "omits_message_and_status": "ended the stream without a grpc-status",
    "misspells_status": "ended with grpc-status `three`, which is not a number",
    "sends_status_twice": "sent grpc-status 2 times",
    "uses_unknown_code": "an error with the status code 99",
    "encodes_unknown": "grpc-encoding `snappy`; it may be: identity, deflate, gzip",
    "packs_without_encoding": "sent a compressed message without a grpc-encoding",
    "packs_garbage": "sent a message that is not gzip",
    "unpacks_to_much": "sent a message that unpacks to more than 64 MiB",
    "sends_two_messages": "sent more than one message",
    "sends_bad_flag": "sent a message with the flag 7, which is neither 0 nor 1",
    "has_large_trailers": "answered with trailers of 300,088 bytes; the limit is 262,144",
    "has_huge_trailers": "the stream broke: not valid HTTP/2",
    "has_bad_details": "grpc-status-details-bin that is not base64",
    "contradicts_itself": "an error with the status code 3, and 5 in its details",
    "answers_as_page": "content type `text/html`, not application/grpc",
    "breaks_a_frame": "the stream broke: not valid HTTP/2",
    "refuses_stream": "the server refused the stream, 5 times",
    "refuses_in_http": "answered with HTTP status `503`",
    "resets": "reset the stream with INTERNAL_ERROR",
    "closes": "the stream broke: the server closed the connection",
    "goes_away": "the server sent GOAWAY with ENHANCE_YOUR_CALM",
    "speaks_garbage": "the stream broke: not valid HTTP/2",
    "returns_nothing": "ended with OK and without a message",
    "answers_truncated": "ended the stream within a message, 1 bytes before its end",
    "answers_oversized": "sent a message of 67,108,865 bytes; the limit is 64 MiB",
}
# Texts with which gRPC libraries report a broken transport.
_TEXTS = [
    "Socket closed",
    "RST_STREAM with error code 2",
    "Stream removed (Received RST_STREAM with error code 8)",
    "Received http2 header with status: 503",
    "GOAWAY received",
    "failed to connect to all addresses",
    "Connection reset by peer",
    "CLIENT: Received message larger than max (5 vs. 4)",
    "Broken pipe",
    "",
]


@pytest.fixture
def lone(honest: Project) -> Project:
    """A project whose only runner is plain, with a case that accepts any error."""
    honest.runners.clear()
    honest.suite.write_text(_CASES % "")
    honest.limits |= {"call_timeout": "30s", "stop_timeout": "500ms"}
    return honest


@pytest.mark.parametrize("fault", _BREACHES)
def test_broken_transport_is_never_the_error_that_a_case_expects(lone: Project, fault: str) -> None:
    lone.add("plain", "raw_http2.py", "{port}", fault)
    shown = lone.run("run")
    assert shown.exit == 5, shown
    assert _BREACHES[fault] in shown.out
    ledger = lone.footer().ledgers[0]
    assert (ledger.passed, ledger.protocol_errors) == (2, 1)


@pytest.mark.parametrize("text", _TEXTS)
def test_status_of_a_handler_is_its_answer_with_any_text(lone: Project, text: str) -> None:
    lone.suite.write_text(_CASES % f"code: UNAVAILABLE message: '{text}'")
    lone.add("plain", "raw_http2.py", "{port}", "refuses_with_text", text)
    shown = lone.run("run")
    assert shown.exit == 0, shown


@pytest.mark.parametrize("letter", ["x", "\u00e9", "%", " "])
def test_long_status_text_is_an_answer(lone: Project, letter: str) -> None:
    lone.suite.write_text(_CASES % "code: INVALID_ARGUMENT")
    lone.add("stock", "plain_server.py", "{port}", "refuses_at_length", letter, "14000")
    for _ in range(2):
        shown = lone.run("run")
        assert shown.exit == 0, shown
    (error,) = [
        result.observation.error
        for event in lone.events()
        for result in event.finished_case.results
        if result.observation.HasField("error")
    ]
    assert error.message == letter * 14_000


def test_compressed_answers_are_unpacked(lone: Project) -> None:
    lone.suite.write_text(
        _CASES.replace("error {%s}", 'response { text: "Hello, trigger" length: 14 }')
    )
    lone.add("gzip", "plain_server.py", "{port}", "gzip")
    lone.add("deflate", "plain_server.py", "{port}", "deflate")
    shown = lone.run("run")
    assert shown.exit == 0, shown


def test_refused_stream_is_sent_again(lone: Project) -> None:
    lone.suite.write_text(
        _CASES.replace("error {%s}", 'response { text: "Hello, trigger" length: 14 }')
    )
    lone.add("busy", "raw_http2.py", "{port}", "refuses_stream_once")
    shown = lone.run("run")
    assert shown.exit == 0, shown


def test_many_broken_answers_leave_the_other_calls_and_the_process_alone(honest: Project) -> None:
    honest.write_many(300, triggers=range(0, 300, 3))
    honest.add("plain", "raw_http2.py", "{port}", "misspells_status")
    honest.limits["restarts"] = 0
    assert honest.run("run").exit == 5
    good, plain = honest.footer().ledgers
    assert (plain.passed, plain.protocol_errors) == (200, 100)
    verdicts = {
        result.verdict
        for event in honest.events()
        for result in event.finished_case.results
        if result.runner == 1
    }
    assert verdicts == {verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_PROTOCOL_ERROR}
    assert good.passed == 300


_GREET = "greet.v1.GreetService/Greet"


@pytest.mark.parametrize(
    "options",
    [["mute", "serves_nothing"], ["mute", "base_class"], ["serves_nothing"]],
    ids=["nothing", "base class", "reflection of another"],
)
@pytest.mark.parametrize("expected", ["error {}", 'agree { reason: "no answer is known" }'])
def test_servers_that_serve_nothing_do_not_agree(
    lone: Project, options: list[str], expected: str
) -> None:
    lone.suite.write_text(_CASES.replace("error {%s}", expected))
    for name in ("one", "two"):
        lone.add(name, "plain_server.py", "{port}", *options)
    shown = lone.run("run")
    assert shown.exit == 1, shown
    for name in ("one", "two"):
        assert f"{name} does not serve {_GREET}: it answers UNIMPLEMENTED" in shown.out
    assert [(f.passed, f.unsupported) for f in lone.footer().ledgers] == [(0, 3), (0, 3)]
    examined = lone.run("doctor", "-r", "one")
    assert examined.exit == 1
    if "mute" in options:
        assert f"does not serve {_GREET}, which cases call" in examined.out


def test_agreement_on_the_answer_of_generated_base_classes_proves_nothing(lone: Project) -> None:
    lone.suite.write_text(_CASES.replace("error {%s}", 'agree { reason: "open" }'))
    for name in ("one", "two"):
        lone.add(name, "plain_server.py", "{port}", "base_class")
    assert lone.run("run").exit == 1
    (trigger,) = [f for f in lone.findings() if "every runner answers UNIMPLEMENTED" in str(f)]
    assert trigger.case_id == "greet/trigger"


def test_unimplemented_is_not_an_answer_if_an_unknown_method_gets_none(lone: Project) -> None:
    lone.add("plain", "raw_http2.py", "{port}", "resets_unknown")
    shown = lone.run("run")
    assert shown.exit == 1, shown
    assert f"plain does not serve {_GREET}" in shown.out
    ledger = lone.footer().ledgers[0]
    assert (ledger.passed, ledger.unsupported) == (2, 1)


@pytest.mark.parametrize("options", [["mute"], []], ids=["without reflection", "with it"])
def test_unimplemented_of_a_handler_is_an_answer(lone: Project, options: list[str]) -> None:
    lone.suite.write_text(
        _CASES[: _CASES.index("cases {")]
        + 'cases { name: "refused" request {} expect { error { code: UNIMPLEMENTED } } }'
    )
    lone.add("plain", "plain_server.py", "{port}", *options, "other_version")
    shown = lone.run("run")
    assert shown.exit == 0, shown


def test_unimplemented_of_a_method_that_reflection_lists_is_an_answer(lone: Project) -> None:
    lone.suite.write_text(_CASES % "code: UNIMPLEMENTED")
    lone.add("plain", "plain_server.py", "{port}", "base_class")
    assert lone.run("run").exit == 1
    ledger = lone.footer().ledgers[0]
    assert (ledger.passed, ledger.failed) == (1, 2)


@pytest.mark.parametrize("options", [["mute", "serves_nothing"], ["base_class"]])
def test_plain_server_may_list_what_it_does_not_serve(honest: Project, options: list[str]) -> None:
    pattern = ["greet.v1.*"]
    honest.add("plain", "plain_server.py", "{port}", *options, unsupported=pattern)
    shown = honest.run("run")
    assert shown.exit == 0, shown
    assert honest.footer().ledgers[1].unsupported == 5
    assert honest.run("doctor", "-r", "plain").exit == 0


def test_reflection_of_node_is_a_schema(honest: Project) -> None:
    honest.runners.clear()
    honest.protos = ()
    honest.add("node", "plain_server.py", "{port}", "like_node")
    shown = honest.run("run")
    assert shown.exit == 0, shown
    honest.protos = ("protos",)
    examined = honest.run("doctor")
    assert examined.exit == 0, examined
    assert "protos'" not in examined.out


def test_contradiction_of_reflection_names_runner_file_and_type(honest: Project) -> None:
    honest.runners.clear()
    honest.add("node", "plain_server.py", "{port}", "contradicts")
    text = (
        "the server reflection of node contradicts itself: other.proto: greet.v1.Sent is defined "
        "differently than in greet_v1.proto"
    )
    examined = honest.run("doctor")
    assert examined.exit == 1, examined
    assert text in examined.out
    assert honest.run("run").exit == 0  # The types come from the protos.
    honest.protos = ()
    shown = honest.run("run")
    assert shown.exit == 2, shown
    assert text in shown.err
    assert text in honest.run("doctor").out
