"""Checks that the packages of an extra are installed, such as ``testingkit[conformance]``."""

from __future__ import annotations

import importlib.util
import sys

# What the code of each extra imports; pyproject.toml has the packages.
_MODULES = {
    "conformance": (
        "click",
        "google.protobuf",
        "google.rpc",
        "grpc",
        "grpc_reflection",
        "grpc_tools",
        "h2",
        "jinja2",
        "rich",
    ),
    "runner": ("google.protobuf", "grpc", "grpc_health", "grpc_reflection"),
}


def require(extra: str) -> None:
    """Checks that the modules of an extra exist, without importing them.

    Raises:
        ModuleNotFoundError: One or more are missing; the message names the command that installs
            them.
    """
    missing = [name for name in _MODULES[extra] if not _exists(name)]
    if missing:
        raise ModuleNotFoundError(
            f"{', '.join(missing)}: not installed for {sys.executable}; install the extra "
            f"{extra} with: pip install 'testingkit[{extra}]'",
            name=missing[0],
        )


def _exists(name: str) -> bool:
    try:
        return name in sys.modules or importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # The package above it does not exist.
        return False
