"""Runners that break the protocol in a way the SDK does not allow: ``liar.py VICE``.

A gRPC server that implements ``RunnerService`` by hand. It greets rightly, and lies about one call,
that of ``trigger``, about the whole stream, or about itself.
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

_NAME = "testingkit.conformance.v1.RunnerService"
_METHODS = ["greet.v1.GreetService/Greet", "greet.v1.GreetService/Divide"]
_UNKNOWN_ID = 4711
_MANY = 100_000  # methods that nobody has
_PAUSE = 0.6  # seconds; two of them are longer than the tests' deadline and grace
_STOPPED = 1.5  # seconds; so is this
_TOO_LARGE = (64 << 20) + 1  # bytes

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


# What becomes of the right answer to the call of `trigger`.
_OF_A_CALL: Mapping[str, Callable[[observation_pb2.Observation], Answers]] = {
    "answers_twice": _twice,
    "answers_unasked": _unasked,
    "answers_garbage": _garbage,
    "answers_wrong_type": _wrong_type,
    "answers_oversized": _oversized,
    "answers_a_verdict": _verdict,
    "returns_nothing": _empty,
    "answers_one_less": _nothing,
}


def _is_trigger(call: runner_pb2.Call) -> bool:
    return b"trigger" in call.request


def _respond(*observations: observation_pb2.Observation) -> bytes:
    return runner_pb2.ExecuteResponse(observations=observations).SerializeToString()


def _whole(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    """Answers a batch at once, each call as the vice has it."""
    change = _OF_A_CALL.get(vice)
    answers = [
        answer
        for call in request.calls
        for right in [_right(call)]
        for answer in (change(right) if change and _is_trigger(call) else [right])
    ]
    yield _respond(*answers)


def _truncated(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    """Cuts the message off in which the trigger is answered."""
    for call in request.calls:
        data = _respond(_right(call))
        yield data[:-1] if _is_trigger(call) else data


def _late(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    """Keeps the trigger's answer back, and gives signs of life meanwhile."""
    kept = [_right(call) for call in request.calls if _is_trigger(call)]
    others = [_right(call) for call in request.calls if not _is_trigger(call)]
    # The next call is answered at once: that the trigger has begun is then beyond doubt.
    yield _respond(*others[:-1])
    time.sleep(_PAUSE if kept else 0)
    yield _respond(*others[-1:])
    if kept:
        time.sleep(_PAUSE)
        yield _respond(*kept)


def stop_the_coordinator() -> None:
    """Stops the process that started this one, for a while."""
    os.kill(os.getppid(), signal.SIGSTOP)
    threading.Timer(_STOPPED, os.kill, (os.getppid(), signal.SIGCONT)).start()


def _unread(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    """Answers the trigger last and in time, while the coordinator is stopped."""
    yield _respond(*(_right(call) for call in request.calls if not _is_trigger(call)))
    time.sleep(_PAUSE / 3)  # what was answered is read
    stop_the_coordinator()
    yield _respond(*(_right(call) for call in request.calls if _is_trigger(call)))


def _heartbeat(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    """Sends empty messages for ever where the trigger is in the batch."""
    while any(map(_is_trigger, request.calls)):
        yield b""
        time.sleep(0.05)
    yield from _whole(request, vice)


def _garble(request: runner_pb2.ExecuteRequest, vice: str) -> Iterator[bytes]:
    yield b"\xff\xff\xff"


# How a batch is answered, where that is not at once.
_OF_A_BATCH: Mapping[str, Callable[[runner_pb2.ExecuteRequest, str], Iterator[bytes]]] = {
    "answers_truncated": _truncated,
    "answers_late": _late,
    "is_not_read": _unread,
    "heartbeats": _heartbeat,
    "returns_garbage": _garble,
}


def _execute(vice: str) -> Callable[[Iterator[Any], Any], Iterator[bytes]]:
    answer = _OF_A_BATCH.get(vice, _whole)

    def execute(requests: Iterator[Any], context: Any) -> Iterator[bytes]:
        if vice == "hangs_up":
            return
        for request in requests:
            if vice == "hangs_up_midway" and any(map(_is_trigger, request.calls)):
                return
            yield from answer(request, vice)
        if vice == "dies_idle":
            threading.Timer(0.5, os._exit, (3,)).start()
        if vice == "dies_at_the_end":
            time.sleep(0.3)  # what was answered is on its way
            os._exit(3)
        if vice == "aborts_at_the_end":
            context.abort(grpc.StatusCode.INTERNAL, "just like that")

    return execute


# The methods that it says it serves, where they are not those it does.
_CLAIMS: Mapping[str, Sequence[str]] = {
    "claims_everything": [
        *_METHODS, *(f"greet.v1.GreetService/Sing{number}" for number in range(_MANY))
    ],
    "claims_twice": [*_METHODS, *_METHODS],
    "claims_nonsense": [*_METHODS, "", "Greet", "greet.v1.GreetService/"],
}  # fmt: skip

# What it writes when it is told to end.
_LAST_WORDS = {"ends_badly": "nothing was saved\n", "never_ends": "not yet\n"}


def _describe(vice: str) -> Callable[[Any, Any], bytes]:
    version = 99 if vice == "wrong_version" else 1

    def describe(request: Any, context: Any) -> bytes:
        if vice == "never_describes":
            threading.Event().wait()
        description = runner_pb2.DescribeResponse(
            protocol_versions=[version],
            name="liar",
            version="1",
            methods=_CLAIMS.get(vice, _METHODS),
        )
        return b"\xff\xff" if vice == "describes_garbage" else description.SerializeToString()

    return describe


def main(vice: str) -> None:
    """Serves until it is killed, or told to shut down."""
    if vice == "never_ends":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if vice == "leaves_a_child":
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    options = [("grpc.max_send_message_length", -1)]
    server = grpc.server(futures.ThreadPoolExecutor(4), options=options)

    def shut_down(request: Any, context: Any) -> bytes:
        if vice in _LAST_WORDS:
            sys.stderr.write(_LAST_WORDS[vice])
            sys.stderr.flush()
        if vice == "ends_badly":
            os._exit(3)
        if vice != "never_ends":
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
