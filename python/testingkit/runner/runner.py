"""The `Runner`: a ``grpc.Server`` to generated code, a runner to the coordinator."""

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

    Servicers are added with the generated ``add_*Servicer_to_server(servicer, runner)``; their
    methods may be plain functions or coroutine functions. Only unary methods are declared to the
    coordinator; streaming ones are served as by any gRPC server.
    """

    def __init__(self, name: str, *, version: str = "") -> None:
        self._identity = Identity(name, version)
        self._registry = Registry()

    def add_generic_rpc_handlers(
        self, generic_rpc_handlers: Iterable[grpc.GenericRpcHandler]
    ) -> None:
        """Called by generated code."""
        self._registry.add_generic(generic_rpc_handlers)

    def add_registered_method_handlers(
        self, service_name: str, method_handlers: Mapping[str, Handler]
    ) -> None:
        """Called by generated code."""
        self._registry.add_handlers(service_name, method_handlers)

    def add_grpclib(self, service: object) -> None:
        """Adds a service object of grpclib, which is what betterproto and betterproto2 generate.

        Needs the extra ``testingkit[grpclib]``. Its streaming methods are not served.
        """
        # Late, because grpclib is an extra.
        from testingkit.runner import grpclib_calls  # noqa: PLC0415

        for name, method in grpclib_calls.methods(service):
            self._registry.add_method(name, method, service)

    def serve(self) -> None:
        """Serves until the coordinator is done with the runner, or a signal ends it.

        Returns after a graceful end, so that what is after it, and ``atexit``, still run. Three
        seconds after the end was asked for the process is ended, whatever its handlers do. Exits
        with status 2 and a line on standard error where the environment names no usable address.
        """
        try:
            where = address.from_environment(os.environ)
            serving.run(self._identity, self._registry, where)
        except (address.AddressError, serving.ListenError) as error:
            sys.stderr.write(f"testingkit runner {self._identity.name}: {error}\n")
            raise SystemExit(_USAGE_ERROR) from error

    def add_insecure_port(self, address: str) -> int:
        """Refused: the coordinator says where a runner listens."""
        _refuse()

    def add_secure_port(self, address: str, server_credentials: grpc.ServerCredentials) -> int:
        """Refused: the coordinator says where a runner listens."""
        _refuse()

    def start(self) -> None:
        """Refused: `serve` starts the runner."""
        _refuse()

    def stop(self, grace: float | None) -> threading.Event:
        """Refused: the coordinator, or a signal, ends the runner."""
        _refuse()

    def wait_for_termination(self, timeout: float | None = None) -> bool:
        """Refused: `serve` waits."""
        _refuse()


def _refuse() -> Never:
    raise RuntimeError("the coordinator chooses the address of a Runner: call serve()")
