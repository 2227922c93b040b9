"""A batch while it runs, with a reader that takes its time."""

import asyncio
import threading

from testingkit.conformance.v1 import runner_pb2
from testingkit.runner.batches import Batch
from testingkit.runner.calls import SyncMethod
from testingkit.runner.contexts import Scope
from testingkit.runner.outcomes import Outcome, Response
from testingkit.runner.workers import Workers


class _Gated(SyncMethod):
    """Answers its first call at once, and the others when the gate opens."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.last = threading.Event()

    def call(self, request: bytes, scope: Scope) -> Outcome:
        if request != b"first":
            self.gate.wait(10)
        if request == b"last":
            self.last.set()
        return Response(request)


def test_what_is_observed_while_an_answer_is_on_its_way_out_is_answered_too() -> None:
    """The end of a batch once came in while its first answers were being written, and was lost."""
    requests = [b"first", b"middle", b"last"]
    method = _Gated()

    async def run() -> list[bytes]:
        calls = [
            runner_pb2.Call(id=number, method="S/M", request=request)
            for number, request in enumerate(requests, start=1)
        ]
        answered: list[bytes] = []
        batch = Batch({"S/M": method}, Workers(), calls)
        batch.begin()
        async for response in batch.responses():
            answered += [observed.response for observed in response.observations]
            method.gate.set()
            await asyncio.to_thread(method.last.wait, 10)
            # Now the thread has to say so to the loop.
            for _ in range(100):
                await asyncio.sleep(0.001)
        return answered

    assert asyncio.run(run()) == requests
