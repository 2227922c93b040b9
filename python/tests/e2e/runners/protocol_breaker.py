"""Runners that break the protocol as no SDK can: ``protocol_breaker.py FAULT``.

A gRPC server that implements ``RunnerService`` by hand. It greets correctly, except for a fault in
the answer to ``trigger``, in the whole stream, or in its description.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent import futures
from typing import Any

import grpc
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from testingkit.conformance.v1 import observation_pb2, runner_pb2
from tests.e2e.runners.stopping import stop_the_coordinator

SERVICE_NAME = "testingkit.conformance.v1.RunnerService"
METHODS = ["greet.v1.GreetService/Greet", "greet.v1.GreetService/Divide"]
_UNKNOWN_ID = 4711
_MANY = 100_000  # methods that do not exist
_PAUSE = 0.6  # seconds; two of them are longer than the tests' deadline and grace
_TOO_LARGE = (64 << 20) + 1  # bytes

Answers = Sequence[observation_pb2.Observation]


def correct_answer(call: runner_pb2.Call) -> observation_pb2.Observation:
    """Returns the correct answer, without an SDK."""
    observation = observation_pb2.Observation(call_id=call.id)
    if call.method == METHODS[0]:
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


def _wrong_type(right: observation_pb2.Observation) -> Answers:
    response = greet_pb2.DivideResponse(quotient=3, remainder=1).SerializeToString()
    return [observation_pb2.Observation(call_id=right.call_id, response=response)]


def _oversized(right: observation_pb2.Observation) -> Answers:
    return [observation_pb2.Observation(call_id=right.call_id, response=b"x" * _TOO_LARGE)]


def _verdict(right: observation_pb2.Observation) -> Answers:
    wrong = observation_pb2.Observation(call_id=right.call_id)
    wrong.unsupported.SetInParent()
    return [wrong]


def _empty(right: observation_pb2.Observation) -> Answers:
    return [observation_pb2.Observation(call_id=right.call_id)]


def _nothing(right: observation_pb2.Observation) -> Answers:
    return []


# By fault, the answers to `trigger` instead of the correct one.
_OF_A_CALL: Mapping[str, Callable[[observation_pb2.Observation], Answers]] = {
    "answers_twice": _twice,
    "answers_unasked": _unasked,
    "answers_garbage": _garbage,
    "answers_wrong_type": _wrong_type,
    "answers_oversized": _oversized,
    "answers_a_verdict": _verdict,
    "returns_nothing": _empty,
    "skips_one_answer": _nothing,
}


def _is_trigger(call: runner_pb2.Call) -> bool:
    return b"trigger" in call.request


def _respond(*observations: observation_pb2.Observation) -> bytes:
    return runner_pb2.ExecuteResponse(observations=observations).SerializeToString()


def _whole(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Answers a batch at once, with the fault in the answer to the trigger."""
    change = _OF_A_CALL.get(fault)
    answers = [
        answer
        for call in request.calls
        for right in [correct_answer(call)]
        for answer in (change(right) if change and _is_trigger(call) else [right])
    ]
    yield _respond(*answers)


def _truncated(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Cuts off the message with the answer to the trigger."""
    for call in request.calls:
        data = _respond(correct_answer(call))
        yield data[:-1] if _is_trigger(call) else data


def _late(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Delays the answer to the trigger, and answers other calls in the meantime."""
    kept = [correct_answer(call) for call in request.calls if _is_trigger(call)]
    others = [correct_answer(call) for call in request.calls if not _is_trigger(call)]
    # The next calls are answered at once, which shows that the trigger was begun.
    yield _respond(*others[:-1])
    time.sleep(_PAUSE if kept else 0)
    yield _respond(*others[-1:])
    if kept:
        time.sleep(_PAUSE)
        yield _respond(*kept)


def _unread(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Answers the trigger last and in time, while the coordinator is stopped."""
    yield _respond(*(correct_answer(call) for call in request.calls if not _is_trigger(call)))
    time.sleep(_PAUSE / 3)  # what was answered is read
    stop_the_coordinator()
    yield _respond(*(correct_answer(call) for call in request.calls if _is_trigger(call)))


def _heartbeat(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Sends empty messages without end if the trigger is in the batch."""
    while any(map(_is_trigger, request.calls)):
        yield b""
        time.sleep(0.05)
    yield from _whole(request, fault)


def _exhausted(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    """Uses up the memory, and breaks the stream, as a server does that keeps running."""
    hoard = []
    while any(map(_is_trigger, request.calls)):
        hoard.append(bytearray(1 << 20))
    yield from _whole(request, fault)


def _garble(request: runner_pb2.ExecuteRequest, fault: str) -> Iterator[bytes]:
    yield b"\xff\xff\xff"


# By fault, how a batch is answered if not at once.
_OF_A_BATCH: Mapping[str, Callable[[runner_pb2.ExecuteRequest, str], Iterator[bytes]]] = {
    "answers_truncated": _truncated,
    "answers_late": _late,
    "is_not_read": _unread,
    "heartbeats": _heartbeat,
    "outgrows_its_memory": _exhausted,
    "returns_garbage": _garble,
}


def _execute(fault: str) -> Callable[[Iterator[Any], Any], Iterator[bytes]]:
    answer = _OF_A_BATCH.get(fault, _whole)

    def execute(requests: Iterator[Any], context: Any) -> Iterator[bytes]:
        if fault == "hangs_up":
            return
        for request in requests:
            if fault == "hangs_up_midway" and any(map(_is_trigger, request.calls)):
                return
            yield from answer(request, fault)
        if fault == "dies_idle":
            threading.Timer(0.5, os._exit, (3,)).start()
        if fault == "dies_at_the_end":
            time.sleep(0.3)  # what was answered is on its way
            os._exit(3)
        if fault == "aborts_at_the_end":
            context.abort(grpc.StatusCode.INTERNAL, "just like that")

    return execute


# By fault, the methods that it declares instead of those that it serves.
_CLAIMS: Mapping[str, Sequence[str]] = {
    "claims_everything": [
        *METHODS, *(f"greet.v1.GreetService/Sing{number}" for number in range(_MANY))
    ],
    "claims_twice": [*METHODS, *METHODS],
    "claims_slashed": [*METHODS, f"/{METHODS[0]}", f"{METHODS[0]}/", METHODS[0].replace("/", ".")],
    "claims_misspelt": [*METHODS, "greet.v1.GretService/Greet"],
    "claims_foreign": [*METHODS, "other.v1.Service/Method"],
    "claims_nonsense": [*METHODS, "", "Greet", "greet.v1.GreetService/"],
}  # fmt: skip

# By fault, what it writes at Shutdown.
_LAST_WORDS = {"ends_badly": "nothing was saved\n", "never_ends": "not yet\n"}


def _describe(fault: str) -> Callable[[Any, Any], bytes]:
    version = 99 if fault == "wrong_version" else 1

    def describe(request: Any, context: Any) -> bytes:
        if fault == "never_describes":
            threading.Event().wait()
        description = runner_pb2.DescribeResponse(
            protocol_versions=[version],
            name="protocol_breaker",
            version="1",
            methods=_CLAIMS.get(fault, METHODS),
        )
        return b"\xff\xff" if fault == "describes_garbage" else description.SerializeToString()

    return describe


def main(fault: str) -> None:
    """Serves until Shutdown, or until it is killed."""
    if fault == "never_ends":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if fault == "leaves_a_child":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    options = [("grpc.max_send_message_length", -1)]
    server = grpc.server(futures.ThreadPoolExecutor(4), options=options)

    def shut_down(request: Any, context: Any) -> bytes:
        if fault in _LAST_WORDS:
            sys.stderr.write(_LAST_WORDS[fault])
            sys.stderr.flush()
        if fault == "ends_badly":
            os._exit(3)
        if fault != "never_ends":
            server.stop(0.1)
        return b""

    handlers: dict[str, Any] = {
        "Describe": grpc.unary_unary_rpc_method_handler(
            _describe(fault), runner_pb2.DescribeRequest.FromString
        ),
        "Execute": grpc.stream_stream_rpc_method_handler(
            _execute(fault), runner_pb2.ExecuteRequest.FromString
        ),
        "Shutdown": grpc.unary_unary_rpc_method_handler(shut_down),
    }
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE_NAME, handlers)])
    server.add_insecure_port(os.environ["TESTINGKIT_RUNNER_ADDRESS"])
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1])
