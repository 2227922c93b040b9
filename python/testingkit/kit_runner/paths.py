"""Serves the paths module."""

from __future__ import annotations

import grpc

from testingkit import paths as kit
from testingkit.kit_proto.v1 import paths_pb2 as pb
from testingkit.kit_proto.v1 import paths_pb2_grpc as rpc
from testingkit.kit_runner.proto_value import to_proto
from testingkit.kit_runner.reading import read

_Response = pb.ResolveResponse


class PathsService(rpc.PathsServiceServicer):
    """Serves `testingkit.paths` over gRPC."""

    def Resolve(
        self, request: pb.ResolveRequest, context: grpc.ServicerContext
    ) -> pb.ResolveResponse:
        """Returns the value at a path, or why there is none."""
        value = read(request.value, context)
        try:
            path = kit.parse_path(request.path)
            found = to_proto(kit.resolve(path, value))
            return _Response(resolved=_Response.Resolved(value=found, path=str(path)))
        except kit.BadPathError as error:
            return _Response(bad_path=_Response.BadPath(index=error.index))
        except kit.UnresolvedPathError as error:
            reason = _Response.Reason.Value(f"REASON_{error.reason.name}")
            place = str(error.place)
            return _Response(unresolved=_Response.Unresolved(reason=reason, place=place))
