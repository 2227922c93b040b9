"""Settings of all hypothesis tests: few and deterministic inputs, and no deadline.

``TESTINGKIT_FUZZ_EXAMPLES=20000 pytest python/tests/fuzz`` tries so many random inputs a test.

No single input has a deadline, because on a busy machine any of them can be slow. Where a test is
about time, `bounded_time` has a bound far above what any valid input takes, in the time of the
processor: another program that is busy does not count.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

_EXAMPLES = os.environ.get("TESTINGKIT_FUZZ_EXAMPLES", "")
_NAME = "testingkit"
MAX_SECONDS = 20.0  # of a processor, for one input: far more than any valid one takes

RANDOM = st.randoms(use_true_random=False)


def load() -> None:
    """Makes this the profile of all tests. Call it before any of them is imported."""
    settings.register_profile(
        _NAME,
        max_examples=int(_EXAMPLES or 100),
        derandomize=not _EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],  # a deadline too
    )
    settings.load_profile(_NAME)


def fuzz_settings(examples: int) -> settings:
    """Returns the settings of a fuzz test with that many inputs."""
    return settings(
        max_examples=int(_EXAMPLES or examples), suppress_health_check=list(HealthCheck)
    )


@contextmanager
def bounded_time() -> Iterator[None]:
    """Fails if one input takes this process more than `MAX_SECONDS`."""
    started = time.process_time()
    yield
    assert time.process_time() - started < MAX_SECONDS
