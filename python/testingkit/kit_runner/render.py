"""The service of the render module."""

from __future__ import annotations

import grpc

from testingkit import render as kit
from testingkit.kit_proto.v1 import render_pb2 as pb
from testingkit.kit_proto.v1 import render_pb2_grpc as rpc
from testingkit.kit_runner.reading import read


class RenderService(rpc.RenderServiceServicer):
    """`testingkit.render` behind gRPC."""

    def Canonical(
        self, request: pb.CanonicalRequest, context: grpc.ServicerContext
    ) -> pb.CanonicalResponse:
        """The value on one line."""
        return pb.CanonicalResponse(text=kit.canonical(read(request.value, context)))

    def Expanded(
        self, request: pb.ExpandedRequest, context: grpc.ServicerContext
    ) -> pb.ExpandedResponse:
        """The value on many lines."""
        return pb.ExpandedResponse(text=kit.expanded(read(request.value, context)))

    def Truncated(
        self, request: pb.TruncatedRequest, context: grpc.ServicerContext
    ) -> pb.TruncatedResponse:
        """The value within limits."""
        return pb.TruncatedResponse(text=kit.truncated(read(request.value, context)))
