"""A runner with its own subject, which tests start as a process.

The first expected line of a DiffLines request selects an action.
"""

import asyncio
import atexit
import contextlib
import sys
import threading
import time
from typing import Any, Never

import grpc

from testingkit.kit_proto.v1 import diff_pb2, diff_pb2_grpc, render_pb2, render_pb2_grpc
from testingkit.runner import Runner

_DEPTH = 9900  # the SDK and asyncio need some of the 10,000 calls
DETAILS = b"\x08\x05\x12\x04gone\x1a\x07\x0a\x05a.b/c"


class _Status(grpc.Status):
    code = grpc.StatusCode.NOT_FOUND
    details = "gone"
    trailing_metadata = (("grpc-status-details-bin", DETAILS),)


def _fail(context: Any) -> None:
    context.abort(grpc.StatusCode.INVALID_ARGUMENT, "bad text")


def _fail_by_raising(context: Any) -> Never:
    context.set_code(grpc.StatusCode.ABORTED)
    context.set_details("set before")
    raise LookupError("the status is the answer")


def _fail_with_details(context: Any) -> None:
    context.abort_with_status(_Status())


def _panic(context: Any) -> Never:
    raise ValueError("bad input\nand more of it")


def _leave(context: Any) -> Never:
    sys.exit(3)


def _interrupt(context: Any) -> Never:
    raise KeyboardInterrupt


def _remaining(context: Any) -> str:
    return "in time" if 0 < context.time_remaining() <= 60 else "no deadline"


def _hang(context: Any) -> Never:
    while True:
        threading.Event().wait(60)


def _recurse(context: Any) -> str:
    return str(_depth(_DEPTH))


def _depth(levels: int) -> int:
    return 0 if levels == 0 else 1 + _depth(levels - 1)


async def _depth_awaited(levels: int) -> int:
    return 0 if levels == 0 else 1 + await _depth_awaited(levels - 1)


def _be_huge(context: Any) -> str:
    return "x" * (64 << 20)


def _fail_hugely(context: Any) -> None:
    context.abort(grpc.StatusCode.ABORTED, "x" * (64 << 20))


def _panic_hugely(context: Any) -> Never:
    raise ValueError("x" * (64 << 20))


ACTIONS = {
    "recurse": _recurse,
    "huge": _be_huge,
    "huge error": _fail_hugely,
    "huge panic": _panic_hugely,
    "fail": _fail,
    "fail by raising": _fail_by_raising,
    "fail with details": _fail_with_details,
    "panic": _panic,
    "leave": _leave,
    "interrupt": _interrupt,
    "remaining": _remaining,
    "hang": _hang,
}


class DiffServicer(diff_pb2_grpc.DiffServiceServicer):
    """Plain functions. The generated base class has DiffValues."""

    def DiffLines(self, request: Any, context: Any) -> Any:
        action = ACTIONS.get(request.expected[0]) if request.expected else None
        text = action(context) if action else None
        return diff_pb2.DiffLinesResponse(text=text or " ".join(request.expected))


class RenderServicer(render_pb2_grpc.RenderServiceServicer):
    """Coroutine functions."""

    async def Canonical(self, request: Any, context: Any) -> Any:
        match request.value.text:
            case "recurse":
                return render_pb2.CanonicalResponse(text=str(await _depth_awaited(_DEPTH)))
            case "block":
                time.sleep(3600)  # noqa: ASYNC251 - the tested fault
            case "refuse to be cancelled":
                while True:
                    with contextlib.suppress(asyncio.CancelledError):
                        await asyncio.Event().wait()
        return render_pb2.CanonicalResponse(text="canonical")

    async def Expanded(self, request: Any, context: Any) -> Any:
        await asyncio.Event().wait()

    async def Truncated(self, request: Any, context: Any) -> Any:
        await context.abort(grpc.StatusCode.OUT_OF_RANGE, "too long")


def main() -> None:
    runner = Runner("subject", version="1.2.3")
    servicer = DiffServicer()  # type: ignore[abstract]  # Only the stubs require every method.
    diff_pb2_grpc.add_DiffServiceServicer_to_server(servicer, runner)
    render_pb2_grpc.add_RenderServiceServicer_to_server(RenderServicer(), runner)
    atexit.register(sys.stdout.write, "atexit ran\n")
    runner.serve()


if __name__ == "__main__":
    main()
