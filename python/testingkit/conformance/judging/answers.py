"""Answers of runners: which observations are answers, and the facts of an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from google.protobuf.descriptor_pool import DescriptorPool
from google.rpc import code_pb2, error_details_pb2

from testingkit.conformance.judging.error_details import other_details, standard_details
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.v1.observation_pb2 import Error, Observation

ANSWERS = frozenset({"response", "error", "panic"})


def is_answer(observation: Observation) -> bool:
    """Returns whether an observation is an answer: a response, an error or a panic."""
    return observation.WhichOneof("kind") in ANSWERS


def is_plain_answer(observation: Observation) -> bool:
    """Returns whether an observation is a response or an error."""
    return is_answer(observation) and not observation.HasField("panic")


@dataclass(frozen=True, slots=True)
class ErrorFacts:
    """What an expectation can state about an error, except for its message.

    Attributes:
        code: The status code.
        infos: Reason and domain of every ``google.rpc.ErrorInfo``.
        field_paths: The fields of all violations of every ``google.rpc.BadRequest``.
    """

    code: int
    infos: tuple[tuple[str, str], ...] = ()
    field_paths: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reason of the first ``ErrorInfo``; empty without one."""
        return self.infos[0][0] if self.infos else ""

    @property
    def domain(self) -> str:
        """The domain of the first ``ErrorInfo``; empty without one."""
        return self.infos[0][1] if self.infos else ""

    def info(self, reason: str, domain: str) -> tuple[str, str]:
        """Returns an ``ErrorInfo`` with this reason and domain, else the first; empty is any."""
        found = (i for i in self.infos if reason in ("", i[0]) and domain in ("", i[1]))
        return next(found, (self.reason, self.domain))

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
    """Returns code, reasons, domains and field paths, without details that are not valid."""
    infos = standard_details(error, error_details_pb2.ErrorInfo)
    requests = standard_details(error, error_details_pb2.BadRequest)
    paths = sorted(v.field for request in requests for v in request.field_violations)
    return ErrorFacts(error.code, tuple((info.reason, info.domain) for info in infos), tuple(paths))


def code_name(code: int) -> str:
    """Returns the name of a gRPC status code, such as ``NOT_FOUND``, or ``code 99``."""
    value = code_pb2.Code.DESCRIPTOR.values_by_number.get(code)
    return value.name if value is not None else f"code {code}"


def notes(observation: Observation) -> Sequence[str]:
    """Returns what a runner's process wrote to stderr and the backtrace of a panic, if any."""
    found = (observation.crash.stderr, observation.timeout.stderr, observation.panic.backtrace)
    return [note for note in found if note]


def describe(observation: Observation, pool: DescriptorPool | None = None) -> str:
    """Returns an observation in a few words, without the content of a response.

    Args:
        observation: The observation.
        pool: The types of the subject, which the details of an error may have.
    """
    kind = observation.WhichOneof("kind")
    if kind == "error":
        return cut(_describe_error(observation.error, pool))
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


def _describe_error(error: Error, pool: DescriptorPool | None) -> str:
    """Returns code, facts and message of an error, and the details that the facts leave out."""
    text = str(error_facts(error))
    if error.message:
        text += f": {error.message}"
    details = ", ".join(other_details(error, pool))
    return f"{text} [{details}]" if details else text
