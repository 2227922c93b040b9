"""The handshake with a process: calls Describe, and checks the protocol version."""

from __future__ import annotations

from typing import Any

from testingkit import __version__
from testingkit.conformance.runners.processes import RunnerProcess, StartError
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.core import aio, grpc
from testingkit.conformance.v1.runner_pb2 import DescribeRequest, DescribeResponse

PROTOCOL_VERSION = 1
EXIT_SECONDS = 0.5  # a connection often breaks a moment before its process ends
_DESCRIBE = "/testingkit.conformance.v1.RunnerService/Describe"
_SILENT = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})


class ProtocolVersionError(StartError):
    """A runner and this TestingKit have no protocol version in common."""


async def describe(
    process: RunnerProcess, channel: aio.Channel, seconds: float
) -> DescribeResponse | None:
    """Calls Describe and returns the description; None for a plain server.

    Raises:
        StartError: The call failed, or the runner has no protocol version in common.
    """
    request = DescribeRequest(protocol_versions=[PROTOCOL_VERSION], testingkit_version=__version__)
    method: Any = channel.unary_unary(
        _DESCRIBE,
        request_serializer=DescribeRequest.SerializeToString,
        response_deserializer=DescribeResponse.FromString,
    )
    plain = False
    answer: DescribeResponse | None = None
    try:
        answer = await method(request, timeout=max(seconds, 0.0))
    except aio.AioRpcError as error:
        plain = error.code() is grpc.StatusCode.UNIMPLEMENTED
        if not plain:
            raise_if_cancelled()
            raise StartError(await _explain(process, error)) from error
    raise_if_cancelled()
    if process.has_exited:
        raise StartError(f"{process.describe_end()}; another process answers there")
    if plain:
        return None
    if answer is None:  # grpcio returns None for bytes that do not parse.
        raise StartError("answered Describe with bytes that are not a DescribeResponse")
    if PROTOCOL_VERSION not in answer.protocol_versions:
        versions = ", ".join(map(str, answer.protocol_versions)) or "none"
        raise ProtocolVersionError(
            f"speaks protocol versions: {versions}; this TestingKit speaks {PROTOCOL_VERSION}; "
            "update the older of the two"
        )
    return answer


async def answers(channel: aio.Channel, seconds: float) -> bool:
    """Returns whether the process still answers a call, if only with UNIMPLEMENTED.

    A connection is not enough: a process that is about to end still accepts them.
    """
    method: Any = channel.unary_unary(_DESCRIBE)
    try:
        await method(b"", timeout=seconds)
    except aio.AioRpcError as error:
        raise_if_cancelled()
        return error.code() not in _SILENT
    raise_if_cancelled()
    return True


async def _explain(process: RunnerProcess, error: aio.AioRpcError) -> str:
    """Returns why Describe failed: if the process has ended, how it ended."""
    if error.code() is grpc.StatusCode.UNAVAILABLE and not process.is_remote:
        await process.wait_exit(EXIT_SECONDS)
    text = f"Describe failed: {error.code().name}: {error.details()}"
    if process.has_exited:
        await process.kill()  # reads its output to the end
        text = f"{process.describe_end()} before it answered Describe"
    return process.with_stderr(text)
