"""The runner of the benchmark in Python, with the messages of betterproto2."""

import time

import generated.acme.bench.v1 as pb

from testingkit.runner import Runner


def work(request):
    if request.spin_nanos:
        spin(request.spin_nanos)
    return pb.WorkResponse(
        name=request.name + "!", number=request.number + 1, sum=sum(request.payload)
    )


def spin(nanos):
    end = time.perf_counter_ns() + nanos
    while time.perf_counter_ns() < end:
        pass


def answer(request: bytes) -> bytes:
    """Answers a serialized request: the minimal work, which all baselines share."""
    return bytes(work(pb.WorkRequest.parse(request)))


class Bench(pb.BenchServiceBase):
    async def work(self, message):
        return work(message)


runner = Runner("betterproto", version="0.1.0")
runner.add_grpclib(Bench())

if __name__ == "__main__":
    runner.serve()
