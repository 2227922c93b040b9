"""A runner that writes on walls: whatever it says is made to be seen elsewhere, or to flood."""

from __future__ import annotations

import os
import sys
from typing import Any

import grpc
from greet.v1 import greet_pb2, greet_pb2_grpc  # type: ignore[import-not-found]  # made by a fixture

from testingkit.runner import Runner
from tests.e2e.runners.greeter import add_to

PAINT = "\x1b[2J\x1b[32m\nCONFORMANT\n\u202e\x07"
LOUD = PAINT * 100_000


class Graffiti(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # the same
    """Answers, panics, fails and dies, always with paint."""

    def Greet(self, request: Any, context: Any) -> Any:
        if request.name == "trigger":
            sys.stderr.write(LOUD)
            sys.stderr.flush()
            os._exit(3)
        if not request.name:
            raise ValueError(LOUD)
        return greet_pb2.GreetResponse(text=LOUD, length=1)

    def Divide(self, request: Any, context: Any) -> Any:
        context.abort(grpc.StatusCode.NOT_FOUND, LOUD)


if __name__ == "__main__":
    runner = Runner(PAINT, version=LOUD[:10_000])
    add_to(Graffiti(), runner)
    runner.serve()
