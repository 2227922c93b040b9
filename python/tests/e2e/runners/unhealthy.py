"""Runners with a fault that ``testingkit doctor`` finds, and a run may not: ``unhealthy.py FAULT``.

A gRPC server that implements the whole contract by hand, with server reflection and a lease,
except for one fault.
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
from tests.e2e.runners.protocol_breaker import METHODS, SERVICE_NAME, correct_answer

_SERVICE = greet_pb2.DESCRIPTOR.services_by_name["GreetService"].full_name
_DESCRIPTION: Mapping[str, Any] = {
    "protocol_versions": [1],
    "name": "unhealthy",
    "version": "1.0.0",
    "language": "python",
    "runtime": "by hand",
    "sdk_version": "none",
    "methods": METHODS,
}
# By fault, the fields of the description that differ.
_CHANGED_DESCRIPTIONS: Mapping[str, Mapping[str, Any]] = {
    "over_claims": {"methods": [*METHODS, f"{_SERVICE}/Vanish"]},
    "under_claims": {"methods": METHODS[:1]},
    "is_nameless": {"name": "", "version": "", "language": "", "runtime": ""},
}
_TURNS: list[int] = []


def _answer(fault: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if call.method not in METHODS:
        return _unknown(fault, call)
    try:
        right = correct_answer(call)
    except DecodeError:
        return _unreadable(fault, call)
    if right.HasField("response"):
        _TURNS.append(call.id)
        if fault == "is_flaky" and len(_TURNS) % 2 == 0:
            right.response += greet_pb2.GreetResponse(length=len(_TURNS)).SerializeToString()
        if fault == "differs_by_process":
            right.response += greet_pb2.GreetResponse(length=os.getpid()).SerializeToString()
    if fault == "dies_of_cases":
        _die("died of a case")
    return right


def _unknown(fault: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if fault == "dies_of_unknown":
        _die("there is no such method")
    if fault == "hangs_on_unknown":
        threading.Event().wait()
    observation = observation_pb2.Observation(call_id=call.id)
    if fault == "answers_unknown":
        observation.response = b""
    else:
        observation.error.code = grpc.StatusCode.UNIMPLEMENTED.value[0]
    return observation


def _unreadable(fault: str, call: runner_pb2.Call) -> observation_pb2.Observation:
    if fault == "dies_of_bad_request":
        _die("cannot be read")
    observation = observation_pb2.Observation(call_id=call.id)
    if fault == "answers_bad_request":
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

    def __init__(self, fault: str) -> None:
        self._fault = fault
        self.ended = threading.Event()

    def describe(self, request: Any, context: Any) -> Any:
        return runner_pb2.DescribeResponse(
            **{**_DESCRIPTION, **_CHANGED_DESCRIPTIONS.get(self._fault, {})}
        )

    def execute(self, requests: Iterator[Any], context: Any) -> Iterator[Any]:
        for request in requests:
            for call in request.calls:
                yield runner_pb2.ExecuteResponse(observations=[_answer(self._fault, call)])
                if self._fault == "answers_unasked":
                    yield runner_pb2.ExecuteResponse(
                        observations=[observation_pb2.Observation(call_id=4711, response=b"")]
                    )

    def shut_down(self, request: Any, context: Any) -> Any:
        if self._fault == "refuses_to_end":
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "not now")
        if self._fault != "hangs_at_the_end":
            self.ended.set()
        return runner_pb2.ShutdownResponse()

    def watch_lease(self) -> None:
        while os.read(0, 4096):
            pass
        if self._fault != "ignores_its_lease":
            self.ended.set()

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


def main(fault: str) -> None:
    """Serves until Shutdown, or until the lease ends."""
    service = _Service(fault)
    server = grpc.server(futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(SERVICE_NAME, service.handlers())]
    )
    reflection.enable_server_reflection([_SERVICE, SERVICE_NAME], server)
    server.add_insecure_port(os.environ["TESTINGKIT_RUNNER_ADDRESS"])
    server.start()
    threading.Thread(target=service.watch_lease, daemon=True).start()
    service.ended.wait()
    server.stop(0.5).wait()
    if fault == "leaves_a_child":
        subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if fault == "exits_with_3":
        raise SystemExit(3)


if __name__ == "__main__":
    main(sys.argv[1])
