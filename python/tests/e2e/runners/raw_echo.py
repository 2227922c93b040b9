"""A runner that greets with the bytes of the request, in hexadecimal digits.

With the argument ``PORT`` it is a plain server, and without one it has the runner SDK.
"""

from __future__ import annotations

import sys
from concurrent import futures
from typing import Any

import grpc
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture

from testingkit.runner import Runner


def _greet(request: bytes, _context: Any) -> Any:
    return greet_pb2.GreetResponse(text=request.hex())


HANDLERS = grpc.method_handlers_generic_handler(
    "greet.v1.GreetService",
    {
        "Greet": grpc.unary_unary_rpc_method_handler(
            _greet, response_serializer=greet_pb2.GreetResponse.SerializeToString
        )
    },
)

if __name__ == "__main__":
    if len(sys.argv) > 1:
        server = grpc.server(futures.ThreadPoolExecutor(4))
        server.add_generic_rpc_handlers((HANDLERS,))
        server.add_insecure_port(f"127.0.0.1:{sys.argv[1]}")
        server.start()
        server.wait_for_termination()
    else:
        runner = Runner("raw")
        runner.add_generic_rpc_handlers((HANDLERS,))
        runner.serve()
