"""The environment variables of measured programs."""

from __future__ import annotations

import os
from collections.abc import Mapping


def environment(more: Mapping[str, str]) -> Mapping[str, str]:
    """Returns the environment of this process, with more variables.

    ``PYTHONDONTWRITEBYTECODE`` is removed: with it, every start compiles all modules again.
    """
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}
