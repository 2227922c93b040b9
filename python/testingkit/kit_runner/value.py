"""Serves the value module."""

from __future__ import annotations

import grpc

from testingkit import value as kit
from testingkit.kit_proto.v1 import value_pb2 as pb
from testingkit.kit_proto.v1 import value_pb2_grpc as rpc
from testingkit.kit_runner import recipes
from testingkit.kit_runner.proto_value import from_proto, to_proto
from testingkit.kit_runner.reading import error_to_proto, read


class ValueService(rpc.ValueServiceServicer):
    """Serves `testingkit.value` over gRPC."""

    def Normalize(
        self, request: pb.NormalizeRequest, context: grpc.ServicerContext
    ) -> pb.NormalizeResponse:
        """Reads a value and writes it back."""
        try:
            return pb.NormalizeResponse(value=to_proto(from_proto(request.value)))
        except kit.ConversionError as error:
            return pb.NormalizeResponse(error=error_to_proto(error))

    def Equal(self, request: pb.EqualRequest, context: grpc.ServicerContext) -> pb.EqualResponse:
        """Returns whether two values are equal."""
        left, right = read(request.left, context), read(request.right, context)
        return pb.EqualResponse(equal=kit.equal(left, right))

    def Identical(
        self, request: pb.IdenticalRequest, context: grpc.ServicerContext
    ) -> pb.IdenticalResponse:
        """Returns whether two values are identical."""
        left, right = read(request.left, context), read(request.right, context)
        return pb.IdenticalResponse(identical=kit.identical(left, right))

    def Equivalent(
        self, request: pb.EquivalentRequest, context: grpc.ServicerContext
    ) -> pb.EquivalentResponse:
        """Returns whether two values are equivalent."""
        left, right = read(request.left, context), read(request.right, context)
        return pb.EquivalentResponse(equivalent=kit.equivalent(left, right))

    def Order(self, request: pb.OrderRequest, context: grpc.ServicerContext) -> pb.OrderResponse:
        """Returns which of two values comes first."""
        left, right = read(request.left, context), read(request.right, context)
        return pb.OrderResponse(order=kit.order(left, right))

    def Convert(
        self, request: pb.ConvertRequest, context: grpc.ServicerContext
    ) -> pb.ConvertResponse:
        """Builds a native value and converts it."""
        try:
            native = recipes.build(request.recipe)
            return pb.ConvertResponse(value=to_proto(kit.to_value(native)))
        except recipes.RecipeError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except kit.ConversionError as error:
            return pb.ConvertResponse(error=error_to_proto(error))
