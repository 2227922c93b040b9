"""Calls functions, and returns how the calls ended."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from testingkit.native.call_outcome import CallOutcome
from testingkit.value import Ending

__tracebackhide__ = True

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")

_CANCELLED = (asyncio.CancelledError, concurrent.futures.CancelledError)


def outcome(
    function: Callable[_Parameters, _Returned],
    /,
    *args: _Parameters.args,
    **kwargs: _Parameters.kwargs,
) -> CallOutcome[_Returned]:
    """Calls a function once, and returns how the call ended.

    An exception is an outcome as well: an `Exception` is a failure, a `CancelledError` a
    cancellation, and any other one, such as `SystemExit`, a panic.

    >>> require(outcome(int, "12")).returns_value(12)
    require(returned(12))
    >>> require(outcome(int, "x")).fails_with_type("ValueError")
    require(failed(error(ValueError, "invalid literal for int() with base 10: 'x'")))

    Raises:
        KeyboardInterrupt: The user stops the run.
        TypeError: The function is an async one, so the call has not run anything.
    """
    try:
        returned = function(*args, **kwargs)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # noqa: BLE001 - every exception is an outcome
        return _raised(raised)
    if inspect.iscoroutine(returned):
        returned.close()
        raise TypeError("the function is async; write `await outcome_async(function(...))`")
    return CallOutcome(Ending.RETURNED, returned)


async def outcome_async(awaitable: Awaitable[_Returned]) -> CallOutcome[_Returned]:
    """Awaits something once, and returns how that ended, as `outcome` does for a call.

    Raises:
        asyncio.CancelledError: The task that awaits this was cancelled itself.
        KeyboardInterrupt: The user stops the run.
    """
    requests = _requests_to_cancel()
    try:
        return CallOutcome(Ending.RETURNED, await awaitable)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        if isinstance(raised, asyncio.CancelledError) and _requests_to_cancel() > requests:
            raise
        return _raised(raised)


def _requests_to_cancel() -> int:
    """Returns how often the current task was asked to end; 0 outside of asyncio."""
    try:
        task = asyncio.current_task()
    except RuntimeError:
        return 0
    return task.cancelling() if task else 0


def _raised(raised: BaseException) -> CallOutcome[_Returned]:
    if isinstance(raised, _CANCELLED):
        return CallOutcome(Ending.CANCELLED, raised=raised)
    ending = Ending.FAILED if isinstance(raised, Exception) else Ending.PANICKED
    return CallOutcome(ending, raised=raised)
