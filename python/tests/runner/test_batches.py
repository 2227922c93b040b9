"""A batch while it runs, with a slow reader."""

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


def test_observations_made_while_an_answer_is_written_are_answered() -> None:
    """The last observations of a batch were lost if they came while the first were written."""
    requests = [b"first", b"middle", b"last"]
    method = _Gated()

    async def run() -> list[bytes]:
        calls = [
            runner_pb2.Call(id=number, method="S/M", request=request)
            for number, request in enumerate(requests, start=1)
        ]
        answered: list[bytes] = []
        batch = Batch({"S/M": method}, Workers(), calls)
        batch.start()
        async for response in batch.responses():
            answered += [observed.response for observed in response.observations]
            method.gate.set()
            await asyncio.to_thread(method.last.wait, 10)
            # Give the thread time to notify the loop.
            for _ in range(100):
                await asyncio.sleep(0.001)
        return answered

    assert asyncio.run(run()) == requests
