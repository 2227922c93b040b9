"""The correct implementation of the subject, and a runner of it: ``greeter.py``."""

from __future__ import annotations

from typing import Any

import grpc
from greet.v1 import greet_pb2, greet_pb2_grpc  # type: ignore[import-not-found]  # made by a fixture

from testingkit.runner import Runner

SERVICE = "greet.v1.GreetService"
add_to = greet_pb2_grpc.add_GreetServiceServicer_to_server


class Greeter(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # the same
    """Gives the answers that the cases expect."""

    def Greet(self, request: Any, context: Any) -> Any:
        if not request.name:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the name is empty")
        text = f"Hello, {request.name}"
        return greet_pb2.GreetResponse(text=text, length=len(text))

    def Divide(self, request: Any, context: Any) -> Any:
        if not request.divisor:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "division by zero")
        quotient, remainder = divmod(request.dividend, request.divisor)
        return greet_pb2.DivideResponse(quotient=quotient, remainder=remainder)


def serve(servicer: object) -> None:
    """Serves an implementation with the SDK."""
    runner = Runner("greeter", version="1.0.0")
    add_to(servicer, runner)
    runner.serve()


if __name__ == "__main__":
    serve(Greeter())
