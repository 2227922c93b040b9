"""The first words with a process: whether it is a runner, and what it says of itself."""

from __future__ import annotations

from typing import Any

from testingkit import __version__
from testingkit.conformance.runners.processes import RunnerProcess, StartError
from testingkit.conformance.runners.transport.cancellation import raise_if_cancelled
from testingkit.conformance.runners.transport.core import aio, grpc
from testingkit.conformance.v1.runner_pb2 import DescribeRequest, DescribeResponse

PROTOCOL_VERSION = 1
EXIT_SECONDS = 0.5  # a broken connection often comes a moment before its process is gone
_DESCRIBE = "/testingkit.conformance.v1.RunnerService/Describe"
_SILENT = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED})


class ProtocolVersionError(StartError):
    """A runner and this TestingKit have no version of the protocol in common."""


async def describe(
    process: RunnerProcess, channel: aio.Channel, seconds: float
) -> DescribeResponse | None:
    """Asks a process what it is; None is what a plain server says.

    Raises:
        StartError: It says nothing that can be understood, or cannot take part.
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
    if answer is None:  # What grpcio gives for bytes that do not parse.
        raise StartError("answered Describe with bytes that are no DescribeResponse")
    if PROTOCOL_VERSION not in answer.protocol_versions:
        spoken = ", ".join(map(str, answer.protocol_versions)) or "none"
        raise ProtocolVersionError(
            f"speaks protocol versions: {spoken}; this TestingKit speaks {PROTOCOL_VERSION}; "
            "update the older of the two"
        )
    return answer


async def answers(channel: aio.Channel, seconds: float) -> bool:
    """Whether something still answers there, be it that it does not know the method.

    A connection would prove nothing: a process that is just about to be gone accepts them.
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
    """Why Describe failed: where the process is gone, that is the reason."""
    if error.code() is grpc.StatusCode.UNAVAILABLE and not process.is_remote:
        await process.wait_exit(EXIT_SECONDS)
    text = f"Describe failed: {error.code().name}: {error.details()}"
    if process.has_exited:
        await process.kill()  # reads its output to the end
        text = f"{process.describe_end()} before it said what it is"
    return process.with_stderr(text)
