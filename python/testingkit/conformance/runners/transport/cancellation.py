"""Passes on a cancellation that a library lost.

grpcio drops a cancellation that arrives in the moment in which a call ends: the call then returns
or fails as if nothing had happened. A run that is interrupted in that moment would go on.
"""

from __future__ import annotations

import asyncio


def raise_if_cancelled() -> None:
    """Raises CancelledError in a task that was cancelled, and goes on all the same.

    Raises:
        asyncio.CancelledError: The task was cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
