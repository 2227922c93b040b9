"""Serves the jsontext module."""

from __future__ import annotations

import grpc

from testingkit import jsontext as kit
from testingkit.kit_proto.v1 import jsontext_pb2 as pb
from testingkit.kit_proto.v1 import jsontext_pb2_grpc as rpc
from testingkit.kit_runner.proto_value import to_proto

_Response = pb.ReadJsonResponse


class JsontextService(rpc.JsontextServiceServicer):
    """Serves `testingkit.jsontext` over gRPC."""

    def ReadJson(
        self, request: pb.ReadJsonRequest, context: grpc.ServicerContext
    ) -> pb.ReadJsonResponse:
        """Returns the value of a JSON text, or why it is not one."""
        try:
            return _Response(value=to_proto(kit.read_json(request.text)))
        except kit.JsonError as error:
            reason = _Response.Reason.Value(f"REASON_{error.reason.name}")
            return _Response(error=_Response.JsonError(offset=error.offset, reason=reason))
