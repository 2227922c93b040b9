"""The time that counts against a runner: that in which the coordinator could have seen its answer.

A coordinator that is stopped, on a machine that sleeps, or busy with something else reads late what
came in time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

_BEAT = 0.02  # seconds
_LONGEST = 2 * _BEAT  # that count between two beats; more means that the loop did not turn


class StallClock:
    """Seconds in which the event loop turned. It never goes faster than the time of the world."""

    def __init__(self) -> None:
        self._counted = 0.0
        self._last = time.monotonic()

    def now(self) -> float:
        """Seconds since some moment."""
        return self._counted + min(time.monotonic() - self._last, _LONGEST)

    def beat(self) -> None:
        """Says that the loop turns."""
        self._counted, self._last = self.now(), time.monotonic()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Beats as long as the loop turns; without that the clock stands."""
        beating = asyncio.ensure_future(self._keep_beating())
        try:
            yield
        finally:
            beating.cancel()

    async def _keep_beating(self) -> None:
        while True:
            self.beat()
            await asyncio.sleep(_BEAT)
