"""The fault service: misbehaviour on request. It belongs to no module of the kit.

`FAULTS` are plain functions for any server. `FaultService` is asynchronous, because one of the
faults blocks its event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import math
import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Never

import grpc

from testingkit.kit_proto.v1 import fault_pb2 as pb
from testingkit.kit_proto.v1 import fault_pb2_grpc as rpc

_EXIT_STATUS = 3
# Large, so that the memory left at the end is enough for the other threads of the process.
_CHUNK_BYTES = 1 << 26
_LINE = b"flooded on request".ljust(63, b".") + b"\n"
_STANDARD_STREAMS = 3  # these descriptors stay open: standard input may be a socket

Fault = Callable[[pb.InjectRequest], None]


class Uncaught(BaseException):
    """An exception that ``except Exception`` does not catch."""


def _return(_request: pb.InjectRequest) -> None:
    """Does nothing."""


def _panic(_request: pb.InjectRequest) -> Never:
    raise RuntimeError("panicked on request")


def _exit(_request: pb.InjectRequest) -> Never:
    os._exit(_EXIT_STATUS)  # noqa: TID251 - the requested fault


def _abort(_request: pb.InjectRequest) -> Never:
    os.abort()


def _overflow_the_stack(request: pb.InjectRequest) -> None:
    _overflow_the_stack(request)


def _allocate(_request: pb.InjectRequest) -> Never:
    hoard = []
    while True:
        hoard.append(bytearray(b"\x01") * _CHUNK_BYTES)


def _sleep(request: pb.InjectRequest) -> None:
    seconds = min(request.millis / 1000, threading.TIMEOUT_MAX)
    threading.Event().wait(seconds or None)


def _spin(request: pb.InjectRequest) -> None:
    end = time.monotonic() + request.millis / 1000 if request.millis else math.inf
    while time.monotonic() < end:
        pass


def _flood(request: pb.InjectRequest) -> None:
    for stream in (sys.stdout, sys.stderr):
        lines, rest = divmod(request.bytes, len(_LINE))
        for _ in range(lines):
            stream.buffer.write(_LINE)
        stream.buffer.write(_LINE[:rest])
        stream.flush()


def _close_sockets(_request: pb.InjectRequest) -> None:
    for descriptor in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        # The descriptor that listed the folder is closed by now.
        with contextlib.suppress(OSError):
            is_socket = stat.S_ISSOCK(os.fstat(descriptor).st_mode)
            if is_socket and descriptor >= _STANDARD_STREAMS:
                os.close(descriptor)


def _segfault(_request: pb.InjectRequest) -> None:
    ctypes.string_at(0)


def _panic_in_background(request: pb.InjectRequest) -> None:
    thread = threading.Thread(target=_panic, args=(request,))
    thread.start()
    thread.join()


def _end_the_handler(_request: pb.InjectRequest) -> Never:
    sys.exit("exited on request")  # noqa: TID251 - the requested fault


def _raise_base_exception(_request: pb.InjectRequest) -> Never:
    raise Uncaught("raised on request")


FAULTS: Mapping[int, Fault] = {
    pb.FAULT_RETURN: _return,
    pb.FAULT_PANIC: _panic,
    pb.FAULT_EXIT: _exit,
    pb.FAULT_ABORT: _abort,
    pb.FAULT_STACK_OVERFLOW: _overflow_the_stack,
    pb.FAULT_ALLOCATE: _allocate,
    pb.FAULT_SLEEP: _sleep,
    pb.FAULT_SPIN: _spin,
    pb.FAULT_FLOOD: _flood,
    pb.FAULT_CLOSE_SOCKET: _close_sockets,
    pb.FAULT_SEGFAULT: _segfault,
    pb.FAULT_BACKGROUND_PANIC: _panic_in_background,
    pb.FAULT_HANDLER_EXIT: _end_the_handler,
    pb.FAULT_BASE_EXCEPTION: _raise_base_exception,
}
# Run on a thread, because on the event loop they would be FAULT_BLOCK_EVENT_LOOP.
_OFF_THE_LOOP = frozenset({pb.FAULT_SLEEP, pb.FAULT_SPIN})
_ASYNC_FAULTS: Mapping[int, Fault] = {**FAULTS, pb.FAULT_BLOCK_EVENT_LOOP: _sleep}


class FaultService(rpc.FaultServiceServicer):
    """Misbehaves on the event loop or on a thread."""

    async def Inject(
        self, request: pb.InjectRequest, context: grpc.aio.ServicerContext[object, object]
    ) -> pb.InjectResponse:
        """Misbehaves as requested and, if possible, answers with the number of the request."""
        if problem := refusal(request, _ASYNC_FAULTS):
            await context.abort(*problem)
        fault = _ASYNC_FAULTS[request.fault]
        if request.fault in _OFF_THE_LOOP:
            await _run_off_the_loop(fault, request)
        else:
            fault(request)
        return pb.InjectResponse(number=request.number)


def refusal(
    request: pb.InjectRequest, faults: Mapping[int, Fault]
) -> tuple[grpc.StatusCode, str] | None:
    """Returns the status for a request without a fault or with an unsupported one, else None."""
    if request.fault == pb.FAULT_UNSPECIFIED:
        return grpc.StatusCode.INVALID_ARGUMENT, "the request names no fault"
    if request.fault not in faults:
        return grpc.StatusCode.UNIMPLEMENTED, f"this runner does not support fault {request.fault}"
    return None


async def _run_off_the_loop(fault: Fault, request: pb.InjectRequest) -> None:
    """Runs the fault on a thread and waits for it, ignoring cancellation as a function would."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def run() -> None:
        fault(request)
        with contextlib.suppress(RuntimeError):  # The loop is closed.
            loop.call_soon_threadsafe(done.set)

    threading.Thread(target=run, daemon=True).start()
    while not done.is_set():
        with contextlib.suppress(asyncio.CancelledError):
            await done.wait()
