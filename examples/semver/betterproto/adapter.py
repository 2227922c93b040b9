"""Serves the Python package `semver`, with generated code of betterproto2."""

import generated.acme.semver.v1 as pb
import semver
from grpclib import GRPCError, Status

from testingkit.runner import Runner


def read(text):
    try:
        return semver.Version.parse(text)
    except ValueError as error:
        raise GRPCError(Status.INVALID_ARGUMENT, str(error)) from error


class Semver(pb.SemverServiceBase):
    async def parse(self, message):
        parts = read(message.version).to_dict().items()
        return pb.ParseResponse(**{k: str(v) for k, v in parts if v is not None})

    async def compare(self, message):
        return pb.CompareResponse(pb.Ordering(read(message.left).compare(read(message.right)) + 2))


runner = Runner("betterproto", version=semver.__version__)
runner.add_grpclib(Semver())
runner.serve()
