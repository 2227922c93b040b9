"""The Python runner SDK: serves subjects to the coordinator.

A subject's implementation is the servicer that everybody already writes for grpcio, and `Runner`
is the server that it is added to::

    runner = Runner("python", version=acme.__version__)
    add_SlugServiceServicer_to_server(SlugServicer(), runner)
    runner.serve()

The rules of the protocol are in ``proto/testingkit/conformance/v1/runner.proto``.
"""

from testingkit.runner.runner import Runner

__all__ = ["Runner"]
