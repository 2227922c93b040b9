"""Serves the faults with a stock grpcio server for ``make faults``, without an SDK.

Usage: ``stock_server.py ADDRESS``. It has no RunnerService; handlers run on a pool of threads.
"""

from __future__ import annotations

import sys
from concurrent import futures

import grpc
from grpc_reflection.v1alpha import reflection

from testingkit.kit_proto.v1 import fault_pb2 as pb
from testingkit.kit_proto.v1 import fault_pb2_grpc as rpc
from testingkit.kit_runner.fault import FAULTS, refusal

THREADS = 8


class FaultService(rpc.FaultServiceServicer):
    """Runs faults on a thread of the pool."""

    def Inject(  # noqa: N802 - named by the proto
        self, request: pb.InjectRequest, context: grpc.ServicerContext
    ) -> pb.InjectResponse:
        """Runs a fault; if the process survives it, answers with the number of the request."""
        if problem := refusal(request, FAULTS):
            context.abort(*problem)
        FAULTS[request.fault](request)
        return pb.InjectResponse(number=request.number)


def main(address: str) -> None:
    """Serves until a signal ends it."""
    server = grpc.server(futures.ThreadPoolExecutor(THREADS))
    rpc.add_FaultServiceServicer_to_server(FaultService(), server)
    reflection.enable_server_reflection(["testingkit.kit.v1.FaultService"], server)
    server.add_insecure_port(address)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main(sys.argv[1])
