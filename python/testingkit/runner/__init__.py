"""The Python runner SDK: serves implementations of subjects to the coordinator.

An implementation is an ordinary grpcio servicer, and `Runner` is the server that it is added to::

    runner = Runner("python", version=acme.__version__)
    add_SlugServiceServicer_to_server(SlugServicer(), runner)
    runner.serve()

The protocol is described in ``proto/testingkit/conformance/v1/runner.proto``.
"""

# ruff: noqa: E402 - what to install is printed before an import fails
from testingkit.extras import require

require("runner")

from testingkit.runner.runner import Runner

__all__ = ["Runner"]
