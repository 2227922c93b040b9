"""A plain gRPC server, without anything of TestingKit.

Its arguments are ``PORT [mute] [refuses] [dies] [leaves] [retires] [gzip] [deflate] [hangs FILE]
[refuses_at_length LETTER NUMBER] [serves_nothing] [base_class] [other_version]``.
It has server reflection unless it is ``mute``, and never reads its standard input. With ``retires``
it closes its connections properly after a fifth of a second, and refuses the empty name slowly.
With ``refuses``, ``refuses_at_length``, ``dies``, ``leaves`` (after the answer) or ``hangs`` it
does so when ``trigger`` is greeted. With ``gzip`` or ``deflate`` it compresses its answers.
With ``two_ports`` it listens on two. With ``serves_nothing`` it has no service, with ``base_class``
that of the generated code, and with ``other_version`` its methods are UNIMPLEMENTED with a text of
its own. With ``like_node`` or ``contradicts`` its reflection is that of ``odd_reflection.py``.
"""

from __future__ import annotations

import fcntl
import os
import sys
import threading
import time
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
from greet.v1 import greet_pb2, greet_pb2_grpc  # type: ignore[import-not-found]  # made by a fixture
from grpc_reflection.v1alpha import reflection

from tests.e2e.runners import odd_reflection

_AGE_MILLIS = 200
_SLOWER = 0.5  # seconds; more than a connection lives
_RETIRES = [("grpc.max_connection_age_ms", _AGE_MILLIS)]
_COMPRESSIONS = {"gzip": grpc.Compression.Gzip, "deflate": grpc.Compression.Deflate}


class Greeter(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # the same
    """A second implementation of the subject."""

    def Greet(self, request: Any, context: Any) -> Any:
        if "other_version" in sys.argv:
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "not in this version")
        if request.name == "":
            time.sleep(_SLOWER if "retires" in sys.argv else 0)
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the name is empty")
        if request.name == "trigger" and "hangs" in sys.argv:
            Path(sys.argv[-1]).write_text("hangs")
            threading.Event().wait()
        if request.name == "trigger" and "refuses" in sys.argv:
            context.abort(grpc.StatusCode.UNAVAILABLE, "closed on Tuesdays")
        if request.name == "trigger" and "refuses_at_length" in sys.argv:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, sys.argv[-2] * int(sys.argv[-1]))
        if request.name == "trigger" and "dies" in sys.argv:
            os._exit(4)
        if request.name == "trigger" and "leaves" in sys.argv:
            threading.Timer(_SLOWER, os._exit, (4,)).start()
        greeting = greet_pb2.GreetResponse()
        greeting.text = "Hello, " + request.name
        greeting.length = 7 + len(request.name)
        return greeting

    def Divide(self, request: Any, context: Any) -> Any:
        if request.divisor == 0:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "no division by zero")
        quotient = request.dividend // request.divisor
        rest = request.dividend - quotient * request.divisor
        return greet_pb2.DivideResponse(quotient=quotient, remainder=rest)


def main(port: str, *options: str) -> None:
    """Serves until it is killed."""
    if "hangs" in options:
        lock = os.open(options[-1], os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
    age = _RETIRES if "retires" in options else []
    packed = next((c for name, c in _COMPRESSIONS.items() if name in options), None)
    server = grpc.server(futures.ThreadPoolExecutor(8), options=age, compression=packed)
    servicer = greet_pb2_grpc.GreetServiceServicer() if "base_class" in options else Greeter()
    if "serves_nothing" not in options:
        greet_pb2_grpc.add_GreetServiceServicer_to_server(servicer, server)
    if "like_node" in options or "contradicts" in options:
        odd_reflection.add(server, contradicts="contradicts" in options)
    elif "mute" not in options:
        reflection.enable_server_reflection(["greet.v1.GreetService"], server)
    ports = [port, "0"] if "two_ports" in options else [port]
    bound = [f"127.0.0.1:{server.add_insecure_port(f'127.0.0.1:{one}')}" for one in ports]
    server.start()
    print(f"listening on {','.join(bound)}", flush=True)  # noqa: T201 - as servers do
    server.wait_for_termination()


if __name__ == "__main__":
    main(*sys.argv[1:])
