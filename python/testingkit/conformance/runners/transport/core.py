"""gRPC without the log of its core.

The core would write to standard error by itself, in the middle of what is shown there, and says
nothing that a status does not say as well. It reads the variable when it is imported; runners,
which inherit the environment, are not to find it there.
"""

from __future__ import annotations

import os

_VERBOSITY = "GRPC_VERBOSITY"
_chosen = os.environ.get(_VERBOSITY)
os.environ.setdefault(_VERBOSITY, "NONE")

import grpc  # noqa: E402
from grpc import aio  # noqa: E402

if _chosen is None:
    del os.environ[_VERBOSITY]

__all__ = ["aio", "grpc"]
