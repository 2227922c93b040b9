"""Runners that a run may not notice and an examination does: ``ailing.py AILMENT``.

A gRPC server that implements the whole contract by hand, with server reflection and a lease, and
does one thing wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent import futures
from typing import Any

import grpc
from google.protobuf.message import DecodeError
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture
from grpc_reflection.v1alpha import reflection

from testingkit.conformance.v1 import observation_pb2, runner_pb2
from tests.e2e.runners.liar import _METHODS, _NAME, _right

_SERVICE = greet_pb2.DESCRIPTOR.services_by_name["GreetService"].full_name
_SAID: Mapping[str, Any] = {
    "protocol_versions": [1],
    "name": "ailing",
    "version": "1.0.0",
    "language": "python",
    "runtime": "by hand",
    "sdk_version": "none",
    "methods": _METHODS,
}
# What is said otherwise of itself.
_SAYS: Mapping[str, Mapping[str, Any]] = {
    "over_claims": {"methods": [*_METHODS, f"{_SERVICE}/Vanish"]},
    "under_claims": {"methods": _METHODS[:1]},
    "is_nameless": {"name": "", "version": "", "language": "", "runtime": ""},
}
_TURNS: list[int] = []


def _answer(ailment: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if call.method not in _METHODS:
        return _unknown(ailment, call)
    try:
        right = _right(call)
    except DecodeError:
        return _unreadable(ailment, call)
    if right.HasField("response"):
        _TURNS.append(call.id)
        if ailment == "wavers" and len(_TURNS) % 2 == 0:
            right.response += greet_pb2.GreetResponse(length=len(_TURNS)).SerializeToString()
        if ailment == "differs_by_process":
            right.response += greet_pb2.GreetResponse(length=os.getpid()).SerializeToString()
    if ailment == "dies_of_cases":
        _die("died of a case")
    return right


def _unknown(ailment: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if ailment == "dies_of_unknown":
        _die("there is no such method")
    if ailment == "hangs_on_unknown":
        threading.Event().wait()
    observation = observation_pb2.Observation(call_id=call.id)
    if ailment == "answers_unknown":
        observation.response = b""
    else:
        observation.error.code = grpc.StatusCode.UNIMPLEMENTED.value[0]
    return observation


def _unreadable(ailment: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if ailment == "chokes":
        _die("cannot be read")
    observation = observation_pb2.Observation(call_id=call.id)
    if ailment == "swallows":
        observation.response = b""
    else:
        observation.error.code = grpc.StatusCode.INTERNAL.value[0]
    return observation


def _die(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
    os._exit(3)


class _Service:
    """``RunnerService``, by hand."""

    def __init__(self, ailment: str) -> None:
        self._ailment = ailment
        self.over = threading.Event()

    def describe(self, request: Any, context: Any) -> Any:
        return runner_pb2.DescribeResponse(**{**_SAID, **_SAYS.get(self._ailment, {})})

    def execute(self, requests: Iterator[Any], context: Any) -> Iterator[Any]:
        for request in requests:
            for call in request.calls:
                yield runner_pb2.ExecuteResponse(observations=[_answer(self._ailment, call)])
                if self._ailment == "says_more":
                    yield runner_pb2.ExecuteResponse(
                        observations=[observation_pb2.Observation(call_id=4711, response=b"")]
                    )

    def shut_down(self, request: Any, context: Any) -> Any:
        if self._ailment == "refuses_to_end":
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "not now")
        if self._ailment != "hangs_at_the_end":
            self.over.set()
        return runner_pb2.ShutdownResponse()

    def watch_lease(self) -> None:
        while os.read(0, 4096):
            pass
        if self._ailment != "ignores_its_lease":
            self.over.set()

    def handlers(self) -> dict[str, Any]:
        unary, stream = grpc.unary_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
        return {
            "Describe": unary(
                self.describe,
                runner_pb2.DescribeRequest.FromString,
                runner_pb2.DescribeResponse.SerializeToString,
            ),
            "Execute": stream(
                self.execute,
                runner_pb2.ExecuteRequest.FromString,
                runner_pb2.ExecuteResponse.SerializeToString,
            ),
            "Shutdown": unary(
                self.shut_down,
                runner_pb2.ShutdownRequest.FromString,
                runner_pb2.ShutdownResponse.SerializeToString,
            ),
        }


def main(ailment: str) -> None:
    """Serves until it is told to end, or until nobody holds its lease."""
    service = _Service(ailment)
    server = grpc.server(futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(_NAME, service.handlers())]
    )
    reflection.enable_server_reflection([_SERVICE, _NAME], server)
    server.add_insecure_port(os.environ["TESTINGKIT_RUNNER_ADDRESS"])
    server.start()
    threading.Thread(target=service.watch_lease, daemon=True).start()
    service.over.wait()
    server.stop(0.5).wait()
    if ailment == "leaves_a_child":
        subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if ailment == "exits_with_3":
        raise SystemExit(3)


if __name__ == "__main__":
    main(sys.argv[1])
