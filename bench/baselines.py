"""Baselines for the Python runners: the same work without the coordinator or without the SDK.

Usage: ``baselines.py loop FILE | pipe | echo SOCKET | dispatch``, in the folder of an adapter and
with that folder in ``PYTHONPATH``.
"""

import asyncio
import io
import json
import statistics
import struct
import sys
import time
from pathlib import Path

import adapter
import grpc

from testingkit.conformance.v1 import observation_pb2, runner_pb2
from testingkit.runner.batches import Batch
from testingkit.runner.workers import Workers

LENGTH = struct.Struct(">I")
MESSAGE_BYTES = 64 << 20
BATCH = 256
BATCHES = 80
METHOD = "acme.bench.v1.BenchService/Work"


def frames(stream):
    """Yields messages, each after its length in four bytes, until the stream ends."""
    while head := stream.read(LENGTH.size):
        yield stream.read(*LENGTH.unpack(head))


def loop(file):
    """Answers the requests of a file one after the other, and prints the time."""
    requests = list(frames(io.BytesIO(Path(file).read_bytes())))
    answered = 0
    started = time.perf_counter_ns()
    for request in requests:
        answered += len(adapter.answer(request))
    nanos = time.perf_counter_ns() - started
    print(json.dumps({"calls": len(requests), "nanos": nanos, "answer_bytes": answered}))


def pipe():
    """Answers calls of the runner protocol one at a time until the input ends."""
    output = sys.stdout.buffer
    for frame in frames(sys.stdin.buffer):
        call = runner_pb2.Call.FromString(frame)
        started = time.perf_counter_ns()
        response = adapter.answer(call.request)
        observation = observation_pb2.Observation(
            call_id=call.id, response=response, elapsed_nanos=time.perf_counter_ns() - started
        ).SerializeToString()
        output.write(LENGTH.pack(len(observation)) + observation)
        output.flush()


def echo(socket):
    """Returns batches unchanged, without parsing them."""

    async def back(requests, context):
        async for request in requests:
            yield request

    async def serve():
        options = [
            ("grpc.max_receive_message_length", MESSAGE_BYTES),
            ("grpc.max_send_message_length", MESSAGE_BYTES),
        ]
        server = grpc.aio.server(options=options)
        handlers = {"Echo": grpc.stream_stream_rpc_method_handler(back)}
        server.add_registered_method_handlers("acme.bench.v1.EchoService", handlers)
        server.add_insecure_port(f"unix:{socket}")
        await server.start()
        await server.wait_for_termination()

    asyncio.run(serve())


def dispatch():
    """Prints nanoseconds per call: without the SDK, with it, and with it and a deadline."""
    measured = {}
    for _ in ("warm-up", "measured"):
        measured["plain"] = per_call(answer_all, calls(0))
        measured["dispatch"] = per_call(dispatch_all, calls(0))
        measured["deadline"] = per_call(dispatch_all, calls(10_000))
    print(json.dumps(measured))


def per_call(answer_batch, batches):
    """Returns the median over batches, which ignores short disturbances of the machine."""
    return asyncio.run(measure(answer_batch, batches))


async def measure(answer_batch, batches):
    workers = Workers()
    nanos = []
    for batch in batches:
        started = time.perf_counter_ns()
        answered = await answer_batch(batch, workers)
        nanos.append((time.perf_counter_ns() - started) / BATCH)
        if answered != BATCH:
            sys.exit(f"{answered} of {BATCH} calls were answered")
    return statistics.median(nanos)


async def answer_all(batch, workers):
    return sum(bool(adapter.answer(call.request)) for call in batch)


async def dispatch_all(calls, workers):
    answered = 0
    batch = Batch(adapter.runner._registry.methods, workers, calls)
    batch.start()
    async for response in batch.responses():
        answered += sum(bool(observed.response) for observed in response.observations)
    return answered


def calls(timeout_millis):
    """Returns batches like those of the coordinator."""
    request = usual_request()
    return [
        [
            runner_pb2.Call(
                id=number, method=METHOD, request=request, timeout_millis=timeout_millis
            )
            for number in range(1, BATCH + 1)
        ]
        for _ in range(BATCHES)
    ]


def usual_request():
    """Returns a serialized request of typical length: name, number and payload."""
    return b"\x0a\x0ccase_0000001" + b"\x10\x01" + b"\x1a\x14" + b"x" * 20


MODES = {"loop": loop, "pipe": pipe, "echo": echo, "dispatch": dispatch}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in MODES:
        sys.exit(f"usage: baselines.py {' | '.join(MODES)}, some with an argument")
    MODES[sys.argv[1]](*sys.argv[2:])
