"""Raises cancellations that a library dropped.

grpcio drops a cancellation that arrives at the moment in which a call ends: the call returns or
fails as usual. A run that is interrupted at that moment would go on.
"""

from __future__ import annotations

import asyncio


def raise_if_cancelled() -> None:
    """Raises CancelledError if the current task was cancelled, but goes on.

    Raises:
        asyncio.CancelledError: The task was cancelled.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
