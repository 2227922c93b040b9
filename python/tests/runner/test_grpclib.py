"""Service objects of betterproto2, betterproto and grpclib."""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

import betterproto
import betterproto2
import pytest
from grpclib.const import Cardinality, Handler, Status
from grpclib.exceptions import GRPCError

from testingkit.kit_proto.v1 import diff_pb2
from testingkit.runner import Runner
from testingkit.runner.calls import AsyncMethod, run_async
from testingkit.runner.contexts import Scope
from testingkit.runner.grpclib_calls import methods
from testingkit.runner.outcomes import Failure, Outcome, Panicked, Response

_SAY = "acme.v1.EchoService/Say"


@dataclass(eq=False, repr=False)
class TwoMessage(betterproto2.Message):
    """The code that betterproto2 generates for ``message Echo { string text = 1; }``."""

    text: str = betterproto2.field(1, betterproto2.TYPE_STRING)


@dataclass(eq=False, repr=False)
class OneMessage(betterproto.Message):
    """The code that betterproto generates for the same message."""

    text: str = betterproto.string_field(1)


class _Echo:
    def __init__(self, kind: Any) -> None:
        self._kind = kind

    async def say(self, message: Any) -> Any:
        match message.text:
            case "fail":
                raise GRPCError(Status.NOT_FOUND, "gone", [diff_pb2.DiffLinesResponse(text="x")])
            case "panic":
                raise ValueError("bad input")
            case "wait":
                await asyncio.Event().wait()
            case "give up":
                raise asyncio.CancelledError
            case "wait and answer":
                with contextlib.suppress(asyncio.CancelledError):
                    await asyncio.Event().wait()
        return self._kind(text=f"{message.text}!")

    async def _rpc_say(self, stream: Any) -> None:
        await stream.send_message(await self.say(await stream.recv_message()))

    async def _rpc_silent(self, stream: Any) -> None:
        await stream.recv_message()

    async def _rpc_status(self, stream: Any) -> None:
        await stream.send_trailing_metadata(status=Status.ABORTED, status_message="no")

    def __mapping__(self) -> dict[str, Handler]:
        one = Cardinality.UNARY_UNARY
        many = Cardinality.UNARY_STREAM
        return {
            f"/{_SAY}": Handler(self._rpc_say, one, self._kind, self._kind),
            "/acme.v1.EchoService/Silent": Handler(self._rpc_silent, one, self._kind, self._kind),
            "/acme.v1.EchoService/Status": Handler(self._rpc_status, one, self._kind, self._kind),
            "/acme.v1.EchoService/Many": Handler(self._rpc_say, many, self._kind, self._kind),
        }


_KINDS = [TwoMessage, OneMessage, diff_pb2.DiffLinesResponse]


def _run(kind: Any, text: str, name: str = _SAY, scope: Scope | None = None) -> Outcome:
    method: AsyncMethod = dict(methods(_Echo(kind)))[name]
    request = diff_pb2.DiffLinesResponse(text=text).SerializeToString()
    return asyncio.run(run_async(method, request, scope or Scope()))


@pytest.mark.parametrize("kind", _KINDS)
def test_a_response_is_serialized(kind: Any) -> None:
    assert _run(kind, "hello") == Response(
        diff_pb2.DiffLinesResponse(text="hello!").SerializeToString()
    )


@pytest.mark.parametrize("kind", _KINDS)
def test_an_error_keeps_its_details(kind: Any) -> None:
    outcome = _run(kind, "fail")
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.message) == (5, "gone")
    assert b"testingkit.kit.v1.DiffLinesResponse" in outcome.details


def test_an_exception_is_a_panic() -> None:
    outcome = _run(TwoMessage, "panic")
    assert isinstance(outcome, Panicked)
    assert outcome.text == "ValueError: bad input"


def test_a_deadline_cancels_the_handler() -> None:
    outcome = _run(TwoMessage, "wait", scope=Scope(deadline=0.0))
    assert outcome == Failure(4, "the deadline passed before the handler answered")


def test_a_handler_may_answer_after_its_cancellation() -> None:
    expected = diff_pb2.DiffLinesResponse(text="wait and answer!").SerializeToString()
    assert _run(TwoMessage, "wait and answer", scope=Scope(deadline=0.0)) == Response(expected)


def test_a_cancelled_error_raised_by_the_handler_is_a_panic() -> None:
    outcome = _run(TwoMessage, "give up")
    assert isinstance(outcome, Panicked)
    assert outcome.text == "asyncio.exceptions.CancelledError"


def test_cancelling_a_call_cancels_its_handler() -> None:
    async def give_up() -> int:
        method: AsyncMethod = dict(methods(_Echo(TwoMessage)))[_SAY]
        request = diff_pb2.DiffLinesResponse(text="wait").SerializeToString()
        call = asyncio.create_task(run_async(method, request, Scope()))
        await asyncio.sleep(0.01)
        call.cancel()
        await asyncio.wait({call})
        assert call.cancelled()
        await asyncio.sleep(0)
        return len(asyncio.all_tasks())

    assert asyncio.run(give_up()) == 1


def test_a_status_in_trailing_metadata_is_the_answer() -> None:
    name = "acme.v1.EchoService/Status"
    assert _run(TwoMessage, "x", name) == Failure(Status.ABORTED.value, "no")


def test_a_handler_without_a_response_is_an_unknown_error() -> None:
    outcome = _run(TwoMessage, "x", "acme.v1.EchoService/Silent")
    assert outcome == Failure(Status.UNKNOWN.value, "the handler sent no response")


def test_only_unary_methods_are_declared() -> None:
    names = sorted(name.rpartition("/")[2] for name, _ in methods(_Echo(TwoMessage)))
    assert names == ["Say", "Silent", "Status"]


def test_a_service_object_registered_twice_is_refused() -> None:
    runner = Runner("python")
    runner.add_grpclib(_Echo(TwoMessage))
    with pytest.raises(ValueError, match="registered twice"):
        runner.add_grpclib(_Echo(TwoMessage))
