"""`Execute`, over a real connection to a real process."""

from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import grpc
import pytest

from testingkit.conformance.protobuf.wire import delimited, delimited_tag
from testingkit.conformance.v1 import observation_pb2, runner_pb2
from testingkit.kit_proto.v1 import diff_pb2

_DIFF = "testingkit.kit.v1.DiffService/DiffLines"
_RENDER = "testingkit.kit.v1.RenderService/"
_DETAILS = b"\x08\x05\x12\x04gone\x1a\x07\x0a\x05a.b/c"


def _call(call_id: int, *lines: str, method: str = _DIFF, millis: int = 0) -> runner_pb2.Call:
    request = diff_pb2.DiffLinesRequest(expected=lines).SerializeToString()
    return runner_pb2.Call(id=call_id, method=method, request=request, timeout_millis=millis)


def _execute(start: Any, *batches: list[runner_pb2.Call]) -> list[observation_pb2.Observation]:
    requests = iter([runner_pb2.ExecuteRequest(calls=calls) for calls in batches])
    responses = start.stub.Execute(requests, timeout=30)
    return [observed for response in responses for observed in response.observations]


def _text(observed: observation_pb2.Observation) -> str:
    assert observed.WhichOneof("kind") == "response"
    return diff_pb2.DiffLinesResponse.FromString(observed.response).text


def test_every_call_is_answered_once_and_in_order(start: Any) -> None:
    batches = [[_call(batch * 100 + i + 1, str(i)) for i in range(50)] for batch in range(4)]
    observed = _execute(start, *batches)
    assert [one.call_id for one in observed] == [call.id for calls in batches for call in calls]
    assert [_text(one) for one in observed] == [str(i) for _ in range(4) for i in range(50)]
    assert all(one.elapsed_nanos > 0 for one in observed)


@pytest.mark.parametrize(
    ("action", "code", "message", "details"),
    [
        ("fail", 3, "bad text", b""),
        ("fail by raising", 10, "set before", b""),
        ("fail with details", 5, "gone", _DETAILS),
    ],
)
def test_a_status_becomes_an_error(
    start: Any, action: str, code: int, message: str, details: bytes
) -> None:
    [observed] = _execute(start, [_call(1, action)])
    assert observed.error == observation_pb2.Error(code=code, message=message, details=details)


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("panic", "ValueError: bad input"),
        ("leave", "SystemExit: 3"),
        ("interrupt", "KeyboardInterrupt"),
    ],
)
def test_an_exception_is_a_panic_and_the_runner_keeps_running(
    start: Any, action: str, text: str
) -> None:
    panicked, alive = _execute(start, [_call(1, action), _call(2, "still", "here")])
    assert panicked.panic.text == text
    assert "subject.py" in panicked.panic.backtrace
    assert "testingkit/runner" not in panicked.panic.backtrace
    assert _text(alive) == "still here"


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("no.such.Service/Method", 12),
        ("testingkit.kit.v1.DiffService/DiffValues", 12),
        (_RENDER + "Truncated", 11),
    ],
)
def test_unknown_unimplemented_and_failing_methods_answer_with_a_status(
    start: Any, method: str, code: int
) -> None:
    [observed] = _execute(start, [_call(1, method=method)])
    assert observed.error.code == code


def test_a_request_that_cannot_be_parsed_is_an_internal_error(start: Any) -> None:
    [observed] = _execute(start, [runner_pb2.Call(id=1, method=_DIFF, request=b"\x0a\xff")])
    assert observed.error.code == grpc.StatusCode.INTERNAL.value[0]


def test_a_function_can_read_its_deadline(start: Any) -> None:
    without, within = _execute(start, [_call(1, "remaining"), _call(2, "remaining", millis=60_000)])
    assert (_text(without), _text(within)) == ("no deadline", "in time")


def test_a_coroutine_is_cancelled_at_its_deadline_and_the_next_call_runs(start: Any) -> None:
    calls = [_call(1, method=_RENDER + "Expanded", millis=50), _call(2, "next")]
    late, following = _execute(start, calls)
    assert late.error.code == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
    assert late.elapsed_nanos >= 40_000_000
    assert _text(following) == "next"


def test_functions_and_coroutines_share_a_batch_in_order(start: Any) -> None:
    calls = [_call(1, "a"), _call(2, method=_RENDER + "Canonical"), _call(3, "b")]
    assert [one.call_id for one in _execute(start, calls)] == [1, 2, 3]


def test_finished_calls_are_answered_while_a_later_call_hangs(start: Any) -> None:
    requests: SimpleQueue[runner_pb2.ExecuteRequest] = SimpleQueue()
    requests.put(runner_pb2.ExecuteRequest(calls=[_call(1, "quick"), _call(2, "hang")]))
    responses = start.stub.Execute(_endless(requests), timeout=30)
    [observed] = next(responses).observations
    assert _text(observed) == "quick"
    responses.cancel()


def test_a_batch_is_answered_while_the_next_one_hangs(start: Any) -> None:
    requests: SimpleQueue[runner_pb2.ExecuteRequest] = SimpleQueue()
    for call in (_call(1, "quick"), _call(2, "hang")):
        requests.put(runner_pb2.ExecuteRequest(calls=[call]))
    responses = start.stub.Execute(_endless(requests), timeout=30)
    [observed] = next(responses).observations
    assert _text(observed) == "quick"
    responses.cancel()


def _endless(requests: "SimpleQueue[Any]") -> Iterator[Any]:
    while (request := requests.get()) is not None:
        yield request


@pytest.mark.parametrize("kind", ["response", "error", "panic"])
def test_an_oversized_answer_is_a_protocol_error_of_its_call_only(start: Any, kind: str) -> None:
    action = f"huge {kind}".removesuffix(" response")
    huge, after = _execute(start, [_call(1, action), _call(2, "after")])
    assert huge.protocol_error.text.startswith(f"the {kind} has ")
    assert huge.protocol_error.text.endswith(" bytes; the limit is 67043328")
    assert _text(after) == "after"


def test_a_request_that_nests_too_deeply_is_a_protocol_error(start: Any) -> None:
    deep = b""
    for _ in range(120):
        deep = delimited_tag(9) + delimited(delimited_tag(1) + delimited(deep))
    request = delimited_tag(1) + delimited(deep)
    call = runner_pb2.Call(id=1, method=_RENDER + "Canonical", request=request)
    [observed] = _execute(start, [call])
    told = observed.protocol_error.text
    assert told.startswith("the request nests deeper than this runner's protobuf reads")


def test_a_handler_may_nest_ten_thousand_calls_and_awaits(start: Any) -> None:
    request = delimited_tag(1) + delimited(delimited_tag(7) + delimited(b"recurse"))
    awaits = runner_pb2.Call(id=2, method=_RENDER + "Canonical", request=request)
    called, awaited = _execute(start, [_call(1, "recurse"), awaits])
    assert _text(called) == _text(awaited) == "9900"
