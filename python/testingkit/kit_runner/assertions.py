"""Serves the assertions module."""

from __future__ import annotations

import grpc

from testingkit import assertions as kit
from testingkit.kit_proto.v1 import assertions_pb2 as pb
from testingkit.kit_proto.v1 import assertions_pb2_grpc as rpc
from testingkit.kit_runner.proto_value import to_proto
from testingkit.kit_runner.reading import code_to_proto, read
from testingkit.kit_runner.shape import read_shape

_VERDICTS = {
    kit.Status.PASS: pb.ASSERTION_VERDICT_PASS,
    kit.Status.FAIL: pb.ASSERTION_VERDICT_FAIL,
    kit.Status.ERROR: pb.ASSERTION_VERDICT_ERROR,
}


class AssertionsService(rpc.AssertionsServiceServicer):
    """Serves `testingkit.assertions` over gRPC."""

    def Evaluate(
        self, request: pb.EvaluateRequest, context: grpc.ServicerContext
    ) -> pb.EvaluateResponse:
        """Evaluates one assertion on one value."""
        assertion = _read_assertion(request.assertion, context)
        return _verdict_to_proto(kit.evaluate(assertion, read(request.actual, context)))

    def ListAssertions(
        self, request: pb.ListAssertionsRequest, context: grpc.ServicerContext
    ) -> pb.ListAssertionsResponse:
        """Returns the assertions of the kit."""
        return pb.ListAssertionsResponse(entries=map(_entry_to_proto, kit.CATALOG.values()))


def _read_assertion(message: pb.Assertion, context: grpc.ServicerContext) -> kit.Assertion:
    arguments = [
        (argument.name, _read_argument(argument, context)) for argument in message.arguments
    ]
    return kit.Assertion(message.name, tuple(arguments), message.note)


def _read_argument(message: pb.Argument, context: grpc.ServicerContext) -> kit.Argument:
    match message.WhichOneof("kind"):
        case "assertion":
            return _read_assertion(message.assertion, context)
        case "assertions":
            listed = message.assertions.assertions
            return tuple(_read_assertion(assertion, context) for assertion in listed)
        case "shape":
            return read_shape(
                message.shape,
                lambda value: read(value, context),
                lambda assertion: _read_assertion(assertion, context),
            )
        case _:
            return read(message.value, context)


def _verdict_to_proto(verdict: kit.Verdict) -> pb.EvaluateResponse:
    response = pb.EvaluateResponse(
        verdict=_VERDICTS[verdict.status],
        diff=verdict.diff,
        text=kit.verdict_text(verdict),
    )
    if verdict.code is not None:
        response.error_code = code_to_proto(verdict.code)
    for name, value in verdict.details:
        response.details.add(name=name, value=to_proto(value))
    return response


def _entry_to_proto(entry: kit.Entry) -> pb.ListAssertionsResponse.Entry:
    return pb.ListAssertionsResponse.Entry(
        name=entry.name,
        arguments=[name for name, _ in entry.arguments],
        details=entry.details,
    )
