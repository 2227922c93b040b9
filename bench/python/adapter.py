"""The runner of the benchmark in Python, with the messages of protobuf."""

import time

from acme.bench.v1 import bench_pb2, bench_pb2_grpc

from testingkit.runner import Runner


def work(request):
    if request.spin_nanos:
        spin(request.spin_nanos)
    return bench_pb2.WorkResponse(
        name=request.name + "!", number=request.number + 1, sum=sum(request.payload)
    )


def spin(nanos):
    end = time.perf_counter_ns() + nanos
    while time.perf_counter_ns() < end:
        pass


def answer(request: bytes) -> bytes:
    """Answers a serialized request: the minimal work, which all baselines share."""
    return work(bench_pb2.WorkRequest.FromString(request)).SerializeToString()


class Bench(bench_pb2_grpc.BenchServiceServicer):
    def Work(self, request, context):
        return work(request)


runner = Runner("python", version="0.1.0")
bench_pb2_grpc.add_BenchServiceServicer_to_server(Bench(), runner)

if __name__ == "__main__":
    runner.serve()
