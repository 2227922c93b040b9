"""The environment in which programs are measured."""

from __future__ import annotations

import os
from collections.abc import Mapping


def environment(more: Mapping[str, str]) -> Mapping[str, str]:
    """The environment of this process and more.

    Without ``PYTHONDONTWRITEBYTECODE``: it would have every start compile everything anew, which is
    no warm cache.
    """
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}
