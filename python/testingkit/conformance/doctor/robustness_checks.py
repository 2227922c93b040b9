"""Checks calls that no case can make: of an unknown method, and with bytes that do not parse."""

from __future__ import annotations

from collections.abc import Sequence

from google.protobuf.message import Message
from google.rpc import code_pb2

from testingkit.conformance.cases.model import Case, Method
from testingkit.conformance.cases.records import record_of
from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped, warning
from testingkit.conformance.doctor.probe import Probe, with_stderr
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.answers import code_name, describe
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.protobuf.schema import descriptor_of
from testingkit.conformance.v1 import case_pb2, comparison_pb2, expectation_pb2, runner_pb2
from testingkit.conformance.v1.observation_pb2 import Observation

_NO_METHOD = "NoSuchMethodTestingKitDoctorAsks"
_NO_SERVICE = "testingkit.doctor.NoSuchService"
_NO_MESSAGE = b"\xff\xff\xff"  # a tag that does not end: not a message of any type
_PARSE_ERRORS = frozenset({code_pb2.INTERNAL, code_pb2.INVALID_ARGUMENT})


async def check_unknown_method(probe: Probe) -> Sequence[Note]:
    """Calls an unknown method of a service that it has, and one of an unknown service."""
    services = sorted({m.rpartition("/")[0] for m in probe.methods})
    methods = [f"{service}/{_NO_METHOD}" for service in (*services[:1], _NO_SERVICE)]
    calls = [_call(probe, number, name, b"") for number, name in enumerate(methods, start=1)]
    seen = await probe.ask(calls)
    notes = []
    for call in calls:
        observation = seen[call.id]
        is_refused = observation.HasField("unsupported")
        if observation.error.code != code_pb2.UNIMPLEMENTED and not is_refused:
            text = with_stderr(
                f"a call of {call.case.method.name}: {describe(observation)}", observation
            )
            notes.append(failed(text, "answer it with the error UNIMPLEMENTED, and keep running"))
    return notes or [ok("UNIMPLEMENTED, and it keeps running")]


async def check_bad_request(probe: Probe) -> Sequence[Note]:
    """Calls a method with bytes that do not parse."""
    schema = probe.loaded.schema
    methods = [m for m in probe.methods if schema is None or schema.method(m) is not None]
    if not methods:
        return [skipped("it declares no method of the protos")]
    method = min(methods)
    seen = await probe.ask([_call(probe, 1, method, _NO_MESSAGE)])
    return [assess_bad_request(method, seen[1], is_plain=probe.is_plain)]


def assess_bad_request(method: str, observation: Observation, *, is_plain: bool) -> Note:
    """Returns the note on the answer to bytes that do not parse; plain servers may use any code."""
    if not observation.HasField("error"):
        text = f"bytes that are not a request of {method}: {describe(observation)}"
        advice = "answer bytes that do not parse with the error INTERNAL, and keep running"
        return failed(with_stderr(text, observation), advice)
    code = observation.error.code
    if is_plain or code in _PARSE_ERRORS:
        return ok(f"{code_name(code)}, and it keeps running")
    text = f"bytes that are not a request of {method}: {code_name(code)}"
    return warning(text, "answer bytes that do not parse with the error INTERNAL")


def _call(probe: Probe, number: int, method: str, request: bytes) -> Call:
    """Returns a call whose answer is not judged: its case is a stand-in."""
    seconds = probe.limits.call_timeout
    empty: Message = runner_pb2.ShutdownRequest()
    case = Case(
        id=f"doctor/{number}",
        place=Place("doctor"),
        method=Method(method, descriptor_of(empty), descriptor_of(empty)),
        request=request,
        expect=expectation_pb2.Expectation(),
        comparison=comparison_pb2.Comparison(),
        level=case_pb2.LEVEL_REQUIRED,
        tags=(),
        timeout=seconds,
        message=case_pb2.Case(),
    )
    return Call.of(number, number, "doctor", record_of(case), seconds)
