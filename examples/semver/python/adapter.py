"""Serves the Python package `semver`, with generated code of protobuf."""

import grpc
import semver
from acme.semver.v1 import semver_pb2, semver_pb2_grpc

from testingkit.runner import Runner


def read(text, context):
    try:
        return semver.Version.parse(text)
    except ValueError as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))


class Semver(semver_pb2_grpc.SemverServiceServicer):
    def Parse(self, request, context):
        parts = read(request.version, context).to_dict().items()
        return semver_pb2.ParseResponse(**{k: str(v) for k, v in parts if v is not None})

    def Compare(self, request, context):
        order = read(request.left, context).compare(read(request.right, context))
        return semver_pb2.CompareResponse(ordering=order + 2)


runner = Runner("python", version=semver.__version__)
semver_pb2_grpc.add_SemverServiceServicer_to_server(Semver(), runner)
runner.serve()
