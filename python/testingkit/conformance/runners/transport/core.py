"""Imports gRPC without the log of its core.

The core writes its log to standard error, in the middle of the output there, and the log has
nothing that a status does not have. The core reads the variable when it is imported; it is removed
afterwards, because runners inherit the environment.
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
