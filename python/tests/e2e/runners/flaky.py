"""Runners that differ by call or by process: ``flaky.py BEHAVIOUR``.

They implement the protocol by hand, so that they see what the coordinator sends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc

from testingkit.conformance.v1 import observation_pb2, runner_pb2
from tests.e2e.runners.protocol_breaker import METHODS, SERVICE_NAME, correct_answer

Answer = observation_pb2.Observation
_TURNS: list[int] = []


def _is_trigger(call: runner_pb2.Call) -> bool:
    return b"trigger" in call.request


def _log_call(call: runner_pb2.Call) -> Answer:
    """Writes the calls that it is sent to its log."""
    sys.stderr.write(f"{call.id} called:{call.method}:{call.request.hex()}\n")
    sys.stderr.flush()
    return correct_answer(call)


def _alternate(call: runner_pb2.Call) -> Answer:
    """Gives every second trigger another answer."""
    right = correct_answer(call)
    if _is_trigger(call):
        _TURNS.append(call.id)
        if len(_TURNS) % 2 == 0:
            right.response = right.response.replace(b"trigger", b"stopper")
    return right


def _die(call: runner_pb2.Call) -> Answer:
    os._exit(3)


def _die_for_the_second(call: runner_pb2.Call) -> Answer:
    """Dies of the second trigger of the plan, every time that it is called."""
    if _is_trigger(call) and call.id > 5:
        os._exit(3)
    return correct_answer(call)


def _answer_wrong_then_die(call: runner_pb2.Call) -> Answer:
    """Gives triggers another answer, and dies of the first call after the first batch."""
    right = correct_answer(call)
    if _is_trigger(call):
        right.response = right.response.replace(b"trigger", b"stopper")
    if call.id == 6:
        time.sleep(0.3)  # the answers before it are on their way
        os._exit(3)
    return right


def _grow(call: runner_pb2.Call) -> Answer:
    right = correct_answer(call)
    if _is_trigger(call):
        try:
            bytearray(1 << 32)
        except MemoryError:
            right.panic.text = "MemoryError"
    return right


_BEHAVIOURS: Mapping[str, Callable[[runner_pb2.Call], Answer]] = {
    "notes_order": _log_call,
    "is_flaky": _alternate,
    "dies_for_the_second": _die_for_the_second,
    "wrong_then_dies": _answer_wrong_then_die,
    "grows": _grow,
    "second_has_another_version": _die,
}


def _is_second() -> bool:
    """Returns whether the runner had an earlier process."""
    try:
        Path("first").touch(exist_ok=False)
    except FileExistsError:
        return True
    return False


def main(behaviour: str) -> None:
    """Serves until Shutdown, or until it is killed."""
    second = behaviour.startswith("second_") and _is_second()
    ends_early = behaviour == "second_ends_early" and second
    version = "2" if behaviour == "second_has_another_version" and second else "1"
    answer = _BEHAVIOURS.get(behaviour, correct_answer)

    def execute(requests: Iterator[Any], context: Any) -> Iterator[bytes]:
        for request in requests:
            response = runner_pb2.ExecuteResponse(observations=map(answer, request.calls))
            if behaviour == "answers_ahead":
                ahead = answer(request.calls[-1])
                ahead.call_id += 1
                response.observations.append(ahead)
            yield response.SerializeToString()
            if ends_early:
                return

    def describe(request: Any, context: Any) -> bytes:
        description = runner_pb2.DescribeResponse(
            protocol_versions=[1], name=behaviour, version=version, methods=METHODS
        )
        description.limits.batch_calls = 5 if behaviour == "wrong_then_dies" else 0
        return description.SerializeToString()

    server = grpc.server(futures.ThreadPoolExecutor(4))

    def shut_down(request: Any, context: Any) -> bytes:
        server.stop(0.1)
        return b""

    handlers: dict[str, Any] = {
        "Describe": grpc.unary_unary_rpc_method_handler(describe),
        "Execute": grpc.stream_stream_rpc_method_handler(
            execute, runner_pb2.ExecuteRequest.FromString
        ),
        "Shutdown": grpc.unary_unary_rpc_method_handler(shut_down),
    }
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE_NAME, handlers)])
    server.add_insecure_port(os.environ["TESTINGKIT_RUNNER_ADDRESS"])
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1])
