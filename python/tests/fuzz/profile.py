"""Settings of the fuzz tests: few and deterministic inputs in CI, more by hand.

``TESTINGKIT_FUZZ_EXAMPLES=20000 pytest python/tests/fuzz`` tries so many random inputs a test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_EXAMPLES = os.environ.get("TESTINGKIT_FUZZ_EXAMPLES", "")
MAX_SECONDS = 20.0  # for one input: far more than any valid one takes

RANDOM = st.randoms(use_true_random=False)


def fuzz_settings(examples: int) -> settings:
    """Returns the settings of a test with that many inputs."""
    return settings(
        max_examples=int(_EXAMPLES or examples),
        derandomize=not _EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def bounded_time() -> Iterator[None]:
    """Fails if one input takes longer than `MAX_SECONDS`."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < MAX_SECONDS
