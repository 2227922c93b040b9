"""Collects the methods that generated code registers with a runner."""

import inspect
from collections.abc import Iterable, Mapping

import grpc

from testingkit.runner.calls import AsyncHandler, Method, SyncHandler
from testingkit.runner.handlers import Handler


class Registry:
    """The methods by ``package.Service/Method``, and the handlers that need a real gRPC server."""

    def __init__(self) -> None:
        self.methods: dict[str, Method] = {}
        self.streaming: dict[str, Handler] = {}
        self.others: list[grpc.GenericRpcHandler] = []
        self._seen: dict[str, object] = {}

    def services(self) -> list[str]:
        """Returns the full names of the services, sorted."""
        return sorted({name.rpartition("/")[0] for name in self._seen})

    def add_handlers(self, service: str, handlers: Mapping[str, Handler]) -> None:
        """Adds the handlers of one service, by method name."""
        for name, handler in handlers.items():
            self._add_handler(f"{service}/{name}", handler)

    def add_generic(self, handlers: Iterable[grpc.GenericRpcHandler]) -> None:
        """Adds handlers in the older form, in which grpcio hides the method names.

        Generated code registers every service in this form, and since grpcio 1.66 also in the newer
        one. A handler whose method names cannot be read is served, but not declared.
        """
        for generic in handlers:
            named: Mapping[str, Handler] = getattr(generic, "_method_handlers", {})
            for path, handler in named.items():
                self._add_handler(path.lstrip("/"), handler)
            if not named:
                self.others.append(generic)

    def add_method(self, name: str, method: Method, origin: object) -> None:
        """Adds a method.

        Args:
            name: ``package.Service/Method``.
            method: The method to call.
            origin: The registered object. The same object may register a name again, another not.

        Raises:
            ValueError: Another object has registered the name.
        """
        if self._is_new(name, origin):
            self.methods[name] = method

    def _add_handler(self, name: str, handler: Handler) -> None:
        if handler.request_streaming or handler.response_streaming:
            if self._is_new(name, handler):
                self.streaming[name] = handler
            return
        is_async = inspect.iscoroutinefunction(handler.unary_unary)
        self.add_method(name, AsyncHandler(handler) if is_async else SyncHandler(handler), handler)

    def _is_new(self, name: str, origin: object) -> bool:
        known = self._seen.setdefault(name, origin)
        if known is not origin:
            raise ValueError(f"{name} is registered twice")
        return name not in self.methods and name not in self.streaming
