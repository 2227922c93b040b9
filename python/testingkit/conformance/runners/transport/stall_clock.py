"""A clock that only counts the time in which the coordinator could read answers.

A coordinator that is stopped or busy, or whose machine sleeps, reads late what came in time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

_BEAT = 0.02  # seconds
_LONGEST = 2 * _BEAT  # counted between two beats at most; more means that the loop was stalled


class StallClock:
    """Counts the seconds in which the event loop ran. It is never faster than wall-clock time."""

    def __init__(self) -> None:
        self._counted = 0.0
        self._last = time.monotonic()

    def now(self) -> float:
        """Returns the seconds since some moment."""
        return self._counted + min(time.monotonic() - self._last, _LONGEST)

    def beat(self) -> None:
        """Records that the loop runs."""
        self._counted, self._last = self.now(), time.monotonic()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Beats as long as the loop runs; without beats the clock stops."""
        beating = asyncio.ensure_future(self._keep_beating())
        try:
            yield
        finally:
            beating.cancel()

    async def _keep_beating(self) -> None:
        while True:
            self.beat()
            await asyncio.sleep(_BEAT)
