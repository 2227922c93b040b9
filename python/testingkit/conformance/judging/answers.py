"""Answers of runners: which observations are answers, and the facts of an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2, status_pb2

from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.v1.observation_pb2 import Error, Observation

ANSWERS = frozenset({"response", "error", "panic"})


def is_answer(observation: Observation) -> bool:
    """Returns whether an observation is an answer: a response, an error or a panic."""
    return observation.WhichOneof("kind") in ANSWERS


@dataclass(frozen=True, slots=True)
class ErrorFacts:
    """The behaviour of an error: everything but its message."""

    code: int
    reason: str
    domain: str
    field_paths: tuple[str, ...]

    def __str__(self) -> str:
        text = code_name(self.code)
        if self.reason:
            text += f" {self.reason}"
        if self.domain:
            text += f" ({self.domain})"
        if self.field_paths:
            text += f" at {', '.join(self.field_paths)}"
        return text


def error_facts(error: Error) -> ErrorFacts:
    """Returns code, reason, domain and field paths; details that do not parse are ignored."""
    info, request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    if error.details:
        try:
            for detail in status_pb2.Status.FromString(error.details).details:
                if not detail.Unpack(info):
                    detail.Unpack(request)
        except DecodeError:
            info.Clear()
            request.Clear()
    paths = tuple(sorted(violation.field for violation in request.field_violations))
    return ErrorFacts(error.code, info.reason, info.domain, paths)


def code_name(code: int) -> str:
    """Returns the name of a gRPC status code, such as ``NOT_FOUND``, or ``code 99``."""
    value = code_pb2.Code.DESCRIPTOR.values_by_number.get(code)
    return value.name if value is not None else f"code {code}"


def notes(observation: Observation) -> Sequence[str]:
    """Returns what a runner's process wrote to stderr and the backtrace of a panic, if any."""
    found = (observation.crash.stderr, observation.timeout.stderr, observation.panic.backtrace)
    return [note for note in found if note]


def describe(observation: Observation) -> str:
    """Returns an observation in a few words, without the content of a response."""
    kind = observation.WhichOneof("kind")
    if kind == "error":
        message = observation.error.message
        return cut(str(error_facts(observation.error)) + (f": {message}" if message else ""))
    texts = {
        None: "an answer of no kind",
        "response": "a response",
        "panic": f"panic: {observation.panic.text}",
        "crash": f"crash: {observation.crash.text}",
        "timeout": f"no answer in {observation.timeout.deadline_millis} ms",
        "unsupported": "unsupported",
        "protocol_error": f"protocol error: {observation.protocol_error.text}",
        "no_result": f"no result: {observation.no_result.text}",
        "not_run": f"not run: {observation.not_run.text}",
    }
    return cut(texts[kind])
