"""The `Runner`, which generated code uses like a ``grpc.Server``."""

import os
import sys
import threading
from collections.abc import Iterable, Mapping
from typing import Never

import grpc

from testingkit.runner import address, serving
from testingkit.runner.handlers import Handler
from testingkit.runner.registry import Registry
from testingkit.runner.service import Identity

_USAGE_ERROR = 2


class Runner(grpc.Server):
    """Serves implementations of subjects to the coordinator.

    Add servicers with the generated ``add_*Servicer_to_server(servicer, runner)``. Their methods
    may be plain functions or coroutine functions. The coordinator calls only unary methods; other
    gRPC clients can call the streaming ones as well.
    """

    def __init__(self, name: str, *, version: str = "") -> None:
        """Creates a runner without services.

        Args:
            name: Name of the implementation, such as ``python``.
            version: Version of the implementation.
        """
        self._identity = Identity(name, version)
        self._registry = Registry()

    def add_generic_rpc_handlers(
        self, generic_rpc_handlers: Iterable[grpc.GenericRpcHandler]
    ) -> None:
        """Adds a service; generated code calls this."""
        self._registry.add_generic(generic_rpc_handlers)

    def add_registered_method_handlers(
        self, service_name: str, method_handlers: Mapping[str, Handler]
    ) -> None:
        """Adds a service; generated code calls this."""
        self._registry.add_handlers(service_name, method_handlers)

    def add_grpclib(self, service: object) -> None:
        """Adds a service object of grpclib, as betterproto and betterproto2 generate them.

        This needs the extra ``testingkit[grpclib]``. Streaming methods are not served.
        """
        # Imported late, because grpclib is an extra.
        from testingkit.runner import grpclib_calls  # noqa: PLC0415

        for name, method in grpclib_calls.methods(service):
            self._registry.add_method(name, method, service)

    def serve(self) -> None:
        """Serves until the coordinator or a signal ends the runner.

        Returns after a graceful shutdown, so that the code after it and ``atexit`` functions run.
        If the shutdown takes longer than three seconds, the process ends at once, even if handlers
        are still running.

        Raises:
            SystemExit: With status 2, after a line on standard error, if the runner cannot listen
                on the address from the environment.
        """
        try:
            where = address.from_environment(os.environ)
            serving.run(self._identity, self._registry, where)
        except (address.AddressError, serving.ListenError) as error:
            sys.stderr.write(f"testingkit runner {self._identity.name}: {error}\n")
            raise SystemExit(_USAGE_ERROR) from error

    def add_insecure_port(self, address: str) -> int:
        """Raises `RuntimeError`: the coordinator chooses the address."""
        _refuse()

    def add_secure_port(self, address: str, server_credentials: grpc.ServerCredentials) -> int:
        """Raises `RuntimeError`: the coordinator chooses the address."""
        _refuse()

    def start(self) -> None:
        """Raises `RuntimeError`: `serve` starts the runner."""
        _refuse()

    def stop(self, grace: float | None) -> threading.Event:
        """Raises `RuntimeError`: the coordinator or a signal ends the runner."""
        _refuse()

    def wait_for_termination(self, timeout: float | None = None) -> bool:
        """Raises `RuntimeError`: `serve` waits."""
        _refuse()


def _refuse() -> Never:
    raise RuntimeError("the coordinator chooses the address of a Runner: call serve()")
