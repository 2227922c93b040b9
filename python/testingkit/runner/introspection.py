"""The health and reflection services, for standard gRPC tools.

`Router` imports this module at the first such call, because the import takes 60 ms.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

import grpc
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection, reflection_pb2

from testingkit.runner.handlers import Handler

Handlers = dict[str, Handler]

_SERVING = health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVING)
_NOT_SERVING = health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.NOT_SERVING)
_UNKNOWN = health_pb2.HealthCheckResponse(status=health_pb2.HealthCheckResponse.SERVICE_UNKNOWN)


class _Health:
    """A health service that reports every service as serving until the runner ends."""

    def __init__(self, services: Sequence[str], stop: asyncio.Event) -> None:
        self._services = frozenset(["", *services])
        self._stop = stop

    async def check(self, request: Any, context: Any) -> Any:
        if request.service not in self._services:
            await context.abort(grpc.StatusCode.NOT_FOUND, "unknown service")
        return _NOT_SERVING if self._stop.is_set() else _SERVING

    async def watch(self, request: Any, context: Any) -> None:
        known = request.service in self._services
        await context.write(_SERVING if known else _UNKNOWN)
        await self._stop.wait()
        if known:
            await context.write(_NOT_SERVING)


def health(services: Sequence[str], stop: asyncio.Event) -> Handlers:
    """Returns the handlers of ``grpc.health.v1.Health`` by method name."""
    servicer = _Health(services, stop)
    codec = (
        health_pb2.HealthCheckRequest.FromString,
        health_pb2.HealthCheckResponse.SerializeToString,
    )
    return {
        "Check": grpc.unary_unary_rpc_method_handler(servicer.check, *codec),
        "Watch": grpc.unary_stream_rpc_method_handler(servicer.watch, *codec),
    }


def reflect(services: Sequence[str]) -> Handlers:
    """Returns the handlers of ``ServerReflection``; v1alpha and v1 are the same on the wire."""
    servicer = reflection.aio.ReflectionServicer(services)
    handler = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        reflection_pb2.ServerReflectionRequest.FromString,
        reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    return {"ServerReflectionInfo": handler}
