"""The service of the diff module."""

from __future__ import annotations

import grpc

from testingkit import diff as kit
from testingkit.kit_proto.v1 import diff_pb2 as pb
from testingkit.kit_proto.v1 import diff_pb2_grpc as rpc
from testingkit.kit_runner.reading import read


class DiffService(rpc.DiffServiceServicer):
    """`testingkit.diff` behind gRPC."""

    def DiffLines(
        self, request: pb.DiffLinesRequest, context: grpc.ServicerContext
    ) -> pb.DiffLinesResponse:
        """The difference of two sequences of lines."""
        return pb.DiffLinesResponse(text=kit.diff_lines(request.expected, request.actual))

    def DiffValues(
        self, request: pb.DiffValuesRequest, context: grpc.ServicerContext
    ) -> pb.DiffValuesResponse:
        """The difference of two values in their expanded text."""
        expected, actual = read(request.expected, context), read(request.actual, context)
        return pb.DiffValuesResponse(text=kit.diff_values(expected, actual))
