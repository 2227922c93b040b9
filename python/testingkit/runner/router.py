"""Finds the handler for a path: the subjects, health and reflection."""

import asyncio

import grpc

from testingkit.runner import plain
from testingkit.runner.handlers import Handler
from testingkit.runner.registry import Registry
from testingkit.runner.workers import Workers

_RUNNER = "testingkit.conformance.v1.RunnerService"
_HEALTH = "grpc.health.v1.Health"
_REFLECTION = ("grpc.reflection.v1alpha.ServerReflection", "grpc.reflection.v1.ServerReflection")


class Router(grpc.GenericRpcHandler):
    """Finds the handler for a path, and creates it at the first call."""

    def __init__(self, registry: Registry, workers: Workers, stop: asyncio.Event) -> None:
        self._registry = registry
        self._workers = workers
        self._stop = stop
        self._made: dict[str, Handler] = dict(registry.streaming)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Handler | None:
        """Returns the handler for the path of a call, or None if nothing serves it."""
        name = handler_call_details.method.removeprefix("/")
        handler = self._made.get(name) or self._make(name)
        if handler is not None:
            self._made[name] = handler
        return handler

    def _make(self, name: str) -> Handler | None:
        method = self._registry.methods.get(name)
        if method is not None:
            return plain.handler(method, self._workers)
        service, _, method_name = name.rpartition("/")
        return self._introspection(service).get(method_name)

    def _introspection(self, service: str) -> dict[str, Handler]:
        if service != _HEALTH and service not in _REFLECTION:
            return {}
        # Imported late: it takes 60 ms, which would delay the start of every runner.
        from testingkit.runner import introspection  # noqa: PLC0415

        names = [*self._registry.services(), _RUNNER, _HEALTH, _REFLECTION[0]]
        if service == _HEALTH:
            return introspection.health(names, self._stop)
        return introspection.reflect(names)
