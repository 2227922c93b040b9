"""Listens, serves, and shuts the runner process down gracefully."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable

from grpc import aio

from testingkit.conformance.v1 import runner_pb2_grpc
from testingkit.runner import address, limits
from testingkit.runner.registry import Registry
from testingkit.runner.router import Router
from testingkit.runner.service import Identity, RunnerServicer
from testingkit.runner.watchdog import Watchdog
from testingkit.runner.workers import Workers

_OPTIONS = (
    ("grpc.max_receive_message_length", limits.MESSAGE_BYTES),
    ("grpc.max_send_message_length", limits.MESSAGE_BYTES),
    ("grpc.so_reuseport", 0),  # Else two runners could share the connections of one port.
)
_STDIN = 0


class ListenError(OSError):
    """The runner cannot listen on its address."""


def run(identity: Identity, registry: Registry, where: address.Address) -> None:
    """Serves until a signal, a `Shutdown` or the end of the lease, then shuts down gracefully.

    If a handler prevents that, the process is ended.

    Raises:
        ListenError: The runner cannot listen on its address.
    """
    watchdog = Watchdog()
    sys.setrecursionlimit(max(sys.getrecursionlimit(), limits.RECURSION))
    try:
        asyncio.run(_serve(identity, registry, where, watchdog))
    finally:
        watchdog.cancel()


async def _serve(
    identity: Identity, registry: Registry, where: address.Address, watchdog: Watchdog
) -> None:
    stop = asyncio.Event()
    end = _thread_safe_end(stop, watchdog)
    server = _server(identity, registry, stop)
    try:
        port = server.add_insecure_port(where.target)
    except RuntimeError as error:
        raise ListenError(f"cannot listen on {where.target}: {error}") from error
    await server.start()
    _end_on_signals(end)
    if where.by_hand:
        sys.stdout.write(f"testingkit runner {identity.name} listens on 127.0.0.1:{port}\n")
        sys.stdout.flush()
    elif address.lease_is_stdin(os.environ):
        _end_with_stdin(end)
    await stop.wait()
    watchdog.start()
    await server.stop(limits.STOP_SECONDS)


def _server(identity: Identity, registry: Registry, stop: asyncio.Event) -> aio.Server:
    workers = Workers()
    router = Router(registry, workers, stop)
    server = aio.server(handlers=[router, *registry.others], options=_OPTIONS)
    servicer = RunnerServicer(identity, registry, workers, stop)
    runner_pb2_grpc.add_RunnerServiceServicer_to_server(servicer, server)
    return server


def _thread_safe_end(stop: asyncio.Event, watchdog: Watchdog) -> Callable[[], None]:
    loop = asyncio.get_running_loop()

    def end() -> None:
        watchdog.start()
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)

    return end


def _end_on_signals(end: Callable[[], None]) -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: end())


def _end_with_stdin(end: Callable[[], None]) -> None:
    threading.Thread(target=_wait_for_end_of_stdin, args=(end,), daemon=True).start()


def _wait_for_end_of_stdin(end: Callable[[], None]) -> None:
    # Not sys.stdin: a thread that reads it breaks the shutdown of the interpreter.
    try:
        while os.read(_STDIN, 4096):
            pass
    except OSError:  # A missing standard input counts as its end.
        pass
    end()
