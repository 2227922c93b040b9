"""How long is searched: little and always the same in CI, and as long as one likes by hand.

``TESTINGKIT_FUZZ_EXAMPLES=20000 pytest python/tests/fuzz`` searches by chance, and longer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_EXAMPLES = os.environ.get("TESTINGKIT_FUZZ_EXAMPLES", "")
MAX_SECONDS = 20.0  # of one input; far more than any takes, far less than what grows without end

RANDOM = st.randoms(use_true_random=False)


def searched(examples: int) -> settings:
    """The settings of a test that looks at so many inputs."""
    return settings(
        max_examples=int(_EXAMPLES or examples),
        derandomize=not _EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def bounded_time() -> Iterator[None]:
    """Fails where one input takes out of all proportion."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < MAX_SECONDS
