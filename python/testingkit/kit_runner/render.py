"""Serves the render module."""

from __future__ import annotations

import grpc

from testingkit import render as kit
from testingkit.kit_proto.v1 import render_pb2 as pb
from testingkit.kit_proto.v1 import render_pb2_grpc as rpc
from testingkit.kit_runner.reading import read


class RenderService(rpc.RenderServiceServicer):
    """Serves `testingkit.render` over gRPC."""

    def Canonical(
        self, request: pb.CanonicalRequest, context: grpc.ServicerContext
    ) -> pb.CanonicalResponse:
        """Returns the value on one line."""
        return pb.CanonicalResponse(text=kit.canonical(read(request.value, context)))

    def Expanded(
        self, request: pb.ExpandedRequest, context: grpc.ServicerContext
    ) -> pb.ExpandedResponse:
        """Returns the value with one element per line."""
        return pb.ExpandedResponse(text=kit.expanded(read(request.value, context)))

    def Truncated(
        self, request: pb.TruncatedRequest, context: grpc.ServicerContext
    ) -> pb.TruncatedResponse:
        """Returns the value on one line, cut to the limits of failure texts."""
        return pb.TruncatedResponse(text=kit.truncated(read(request.value, context)))
