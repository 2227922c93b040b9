"""A runner whose texts try to forge or to flood the output: ``hostile.py``."""

from __future__ import annotations

import os
import sys
from typing import Any

import grpc
from greet.v1 import greet_pb2, greet_pb2_grpc  # type: ignore[import-not-found]  # made by a fixture

from testingkit.runner import Runner
from tests.e2e.runners.greeter import add_to

FORGED = "\x1b[2J\x1b[32m\nCONFORMANT\n\u202e\x07"
FLOOD = FORGED * 100_000


class Hostile(greet_pb2_grpc.GreetServiceServicer):  # type: ignore[misc]  # the same
    """Answers, panics, fails and dies with hostile texts."""

    def Greet(self, request: Any, context: Any) -> Any:
        if request.name == "trigger":
            sys.stderr.write(FLOOD)
            sys.stderr.flush()
            os._exit(3)
        if not request.name:
            raise ValueError(FLOOD)
        return greet_pb2.GreetResponse(text=FLOOD, length=1)

    def Divide(self, request: Any, context: Any) -> Any:
        context.abort(grpc.StatusCode.NOT_FOUND, FLOOD)


if __name__ == "__main__":
    runner = Runner(FORGED, version=FLOOD[:10_000])
    add_to(Hostile(), runner)
    runner.serve()
