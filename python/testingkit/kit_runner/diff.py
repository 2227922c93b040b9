"""Serves the diff module."""

from __future__ import annotations

import grpc

from testingkit import diff as kit
from testingkit.kit_proto.v1 import diff_pb2 as pb
from testingkit.kit_proto.v1 import diff_pb2_grpc as rpc
from testingkit.kit_runner.reading import read


class DiffService(rpc.DiffServiceServicer):
    """Serves `testingkit.diff` over gRPC."""

    def DiffLines(
        self, request: pb.DiffLinesRequest, context: grpc.ServicerContext
    ) -> pb.DiffLinesResponse:
        """Returns the difference of two sequences of lines."""
        return pb.DiffLinesResponse(text=kit.diff_lines(request.expected, request.actual))

    def DiffValues(
        self, request: pb.DiffValuesRequest, context: grpc.ServicerContext
    ) -> pb.DiffValuesResponse:
        """Returns the difference of the expanded texts of two values."""
        expected, actual = read(request.expected, context), read(request.actual, context)
        return pb.DiffValuesResponse(text=kit.diff_values(expected, actual))
