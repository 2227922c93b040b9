"""What the tests of the coordinator share: a subject, and short ways to cases and observations."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2

from testingkit.conformance.cases.load import Expanders, load_suites
from testingkit.conformance.cases.model import Case, Method, Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.cases.validate import SuiteValidator, check_names
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.runners.transport.incidents import Incidents
from testingkit.conformance.runners.transport.link import Deliver, Queue
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import Error, Observation

PROTOS = Path(__file__).parent / "protos"


@functools.cache
def schema() -> Schema:
    """The schema of the subject in ``protos``."""
    with tempfile.TemporaryDirectory() as cache:
        return Schema(compile_protos([PROTOS], Path(cache)))


def new(name: str, **values: Any) -> Any:
    """A message of the subject. Its class is only known at run time, hence no type."""
    descriptor = schema().message_type(f"probe.v1.{name}")
    assert descriptor is not None
    return type(schema().new(descriptor))(**values)


def method(name: str = "Say") -> Method:
    """A method of ProbeService, or another one by its full name."""
    name = name if "/" in name else f"probe.v1.ProbeService/{name}"
    found = schema().method(name)
    assert found is not None
    return Method(name, found.input_type, found.output_type)


def packed(message: Message) -> AnyMessage:
    value = message.SerializeToString(deterministic=True)
    return AnyMessage(type_url=f"type.googleapis.com/{message.DESCRIPTOR.full_name}", value=value)


def held(message: Message) -> Any:
    """The same as a field of the subject's own messages takes it."""
    descriptor = schema().message_type("google.protobuf.Any")
    assert descriptor is not None
    same = schema().new(descriptor)
    same.ParseFromString(packed(message).SerializeToString())
    return same


def says(text: str) -> Expectation:
    """The expectation of ``Answer {text}``."""
    return Expectation(response=packed(new("Answer", text=text)))


def fails(**values: Any) -> Expectation:
    return Expectation(error=ErrorExpectation(**values))


def make_case(
    expect: Expectation,
    *,
    name: str = "probe/one",
    call: str = "Say",
    compare: Comparison | None = None,
    level: case_pb2.Level.ValueType = case_pb2.LEVEL_REQUIRED,
    tags: tuple[str, ...] = (),
    timeout: float | None = None,
    former_names: tuple[str, ...] = (),
) -> Case:
    message = case_pb2.Case(name=name.rpartition("/")[2], expect=expect, former_names=former_names)
    return Case(
        id=name,
        place=Place("probe.textproto", 3),
        method=method(call),
        request=b"",
        expect=expect,
        comparison=compare or Comparison(),
        level=level,
        tags=tags,
        timeout=timeout,
        message=message,
    )


def suite_of(*cases: Case, name: str = "s", path: str = "s.textproto", **header: Any) -> Suite:
    """A suite of these cases."""
    return Suite(name, Place(path), case_pb2.Suite(**header), CasesInMemory(cases))


def queue_of(plan: Plan, take_in: Deliver, now: Callable[[], float], grace: float = 1.0) -> Queue:
    """A queue in which all calls of a plan wait, and no more come."""
    queue = Queue(take_in, plan.find, plan.total, Incidents(), grace, now)
    queue.put(plan.calls)
    queue.close()
    return queue


def answer(text: str) -> Observation:
    return Observation(call_id=1, response=new("Answer", text=text).SerializeToString())


def error(
    code: int = code_pb2.NOT_FOUND,
    message: str = "",
    *,
    reason: str = "",
    domain: str = "",
    field_paths: tuple[str, ...] = (),
) -> Observation:
    """An error as a runner sends it, with the standard details."""
    status = status_pb2.Status(code=code, message=message)
    if reason or domain:
        status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain=domain))
    if field_paths:
        violations = [error_details_pb2.BadRequest.FieldViolation(field=f) for f in field_paths]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=violations))
    details = status.SerializeToString() if status.details else b""
    return Observation(call_id=1, error=Error(code=code, message=message, details=details))


def load_text(
    folder: Path, text: str | bytes, expanders: Expanders | None = None, name: str = "one.textproto"
) -> tuple[list[Suite], list[Problem]]:
    """Loads one case file of this text."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    suites, problems = load_suites([file], folder.resolve(), schema(), expanders or Expanders({}))
    return list(suites), list(problems)


def validate(suites: Sequence[Suite]) -> Sequence[Problem]:
    """Returns every problem of the suites, none if they are well formed."""
    problems: list[Problem] = []
    for suite in suites:
        check = SuiteValidator(schema())
        problems += [problem for case in suite.cases for problem in check.case(case)]
        problems += check.suite(suite.message, suite.place)
    return [*problems, *check_names(suites)]
