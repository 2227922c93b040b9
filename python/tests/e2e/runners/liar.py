"""Runners that break the protocol in a way the SDK does not allow: ``liar.py VICE``.

A gRPC server that implements ``RunnerService`` by hand. It greets rightly, and lies about one call,
that of ``trigger``, or about the whole stream.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent import futures
from typing import Any

import grpc
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from testingkit.conformance.v1 import observation_pb2, runner_pb2

_NAME = "testingkit.conformance.v1.RunnerService"
_METHODS = ["greet.v1.GreetService/Greet", "greet.v1.GreetService/Divide"]
_UNKNOWN_ID = 4711

Answers = Sequence[observation_pb2.Observation]


def _right(call: runner_pb2.Call) -> observation_pb2.Observation:
    """The right answer, in the way of a runner that knows no framework at all."""
    observation = observation_pb2.Observation(call_id=call.id)
    if call.method == _METHODS[0]:
        name = greet_pb2.GreetRequest.FromString(call.request).name
        text = f"Hello, {name}"
        answer = greet_pb2.GreetResponse(text=text, length=len(text)) if name else None
    else:
        request = greet_pb2.DivideRequest.FromString(call.request)
        answer = greet_pb2.DivideResponse()
        if request.divisor:
            answer.quotient, answer.remainder = divmod(request.dividend, request.divisor)
        else:
            answer = None
    if answer is None:
        observation.error.code = grpc.StatusCode.INVALID_ARGUMENT.value[0]
    else:
        observation.response = answer.SerializeToString()
    return observation


def _twice(right: observation_pb2.Observation) -> Answers:
    return [right, right]


def _unasked(right: observation_pb2.Observation) -> Answers:
    return [right, observation_pb2.Observation(call_id=_UNKNOWN_ID, response=b"")]


def _garbage(right: observation_pb2.Observation) -> Answers:
    return [observation_pb2.Observation(call_id=right.call_id, response=b"\xff\xff\xff")]


def _verdict(right: observation_pb2.Observation) -> Answers:
    wrong = observation_pb2.Observation(call_id=right.call_id)
    wrong.unsupported.SetInParent()
    return [wrong]


def _empty(right: observation_pb2.Observation) -> Answers:
    return [observation_pb2.Observation(call_id=right.call_id)]


def _nothing(right: observation_pb2.Observation) -> Answers:
    return []


# What becomes of the right answer to the call of `trigger`.
_OF_A_CALL: Mapping[str, Callable[[observation_pb2.Observation], Answers]] = {
    "answers_twice": _twice,
    "answers_unasked": _unasked,
    "answers_garbage": _garbage,
    "answers_a_verdict": _verdict,
    "answers_empty": _empty,
    "answers_one_less": _nothing,
}


def _execute(vice: str) -> Callable[[Iterator[Any], Any], Iterator[bytes]]:
    change = _OF_A_CALL.get(vice)

    def execute(requests: Iterator[Any], context: Any) -> Iterator[bytes]:
        if vice == "answers_nothing":
            return
        for request in requests:
            if vice == "returns_garbage":
                yield b"\xff\xff\xff"
            while vice == "heartbeats" and any(b"trigger" in c.request for c in request.calls):
                yield b""
                time.sleep(0.05)
            response = runner_pb2.ExecuteResponse()
            for call in request.calls:
                right = _right(call)
                response.observations.extend(
                    change(right) if change and b"trigger" in call.request else [right]
                )
            yield response.SerializeToString()
        if vice == "dies_at_the_end":
            time.sleep(0.3)  # what was answered is on its way
            os._exit(3)
        if vice == "aborts_at_the_end":
            context.abort(grpc.StatusCode.INTERNAL, "just like that")

    return execute


def _describe(vice: str) -> Callable[[Any, Any], bytes]:
    version = 99 if vice == "wrong_version" else 1

    def describe(request: Any, context: Any) -> bytes:
        description = runner_pb2.DescribeResponse(
            protocol_versions=[version], name="liar", version="1", methods=_METHODS
        )
        return b"\xff\xff" if vice == "describes_garbage" else description.SerializeToString()

    return describe


def main(vice: str) -> None:
    """Serves until it is killed, or told to shut down."""
    server = grpc.server(futures.ThreadPoolExecutor(4))

    def shut_down(request: Any, context: Any) -> bytes:
        server.stop(0.1)
        return b""

    handlers: dict[str, Any] = {
        "Describe": grpc.unary_unary_rpc_method_handler(
            _describe(vice), runner_pb2.DescribeRequest.FromString
        ),
        "Execute": grpc.stream_stream_rpc_method_handler(
            _execute(vice), runner_pb2.ExecuteRequest.FromString
        ),
        "Shutdown": grpc.unary_unary_rpc_method_handler(shut_down),
    }
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(_NAME, handlers)])
    server.add_insecure_port(os.environ["TESTINGKIT_RUNNER_ADDRESS"])
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1])
