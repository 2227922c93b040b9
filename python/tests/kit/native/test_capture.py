"""The outcomes of calls."""

from __future__ import annotations

import asyncio
import concurrent.futures
import io
import json
from typing import Any, NoReturn

import pytest

from testingkit import AssertionFailed, CallOutcome, match, outcome, outcome_async, require
from testingkit.value import Ending, to_value


class SoldOutError(Exception):
    testingkit_error_type = "shop.sold_out"
    testingkit_error_code = 410


class NotAnError(Exception):
    def __testingkit_value__(self) -> object:
        return 5


def raises(error: BaseException) -> NoReturn:
    raise error


def failure_text(actual: object, name: str, *arguments: object) -> str:
    with pytest.raises(AssertionFailed) as failure:
        getattr(require(actual), name)(*arguments)
    return str(failure.value)


def test_a_call_that_returns() -> None:
    require(outcome(int, "12")).succeeds().does_not_panic().returns_value(12)
    require(outcome(int, "c", base=16)).returns_value(12)
    require(outcome(lambda: None)).returns_value(None)
    assert failure_text(outcome(int, "12"), "fails") == (
        "fails() failed\n  actual: returned(12)\n  value: 12"
    )


def test_a_call_that_fails() -> None:
    missing = outcome(json.loads, "{")
    require(missing).fails().fails_with_type("JSONDecodeError").does_not_panic()
    require(missing).fails_with_message_containing("line 1 column 2").has_no_cause()
    # A class that it inherits from is another type.
    assert "type: " in failure_text(missing, "fails_with_type", "ValueError")
    require(outcome(raises, SoldOutError("bread"))).fails_with_type("shop").fails_with_code(410)


def test_causes() -> None:
    def order() -> None:
        try:
            raises(SoldOutError("bread"))
        except SoldOutError as error:
            raise ValueError("order 17") from error

    require(outcome(order)).has_cause_of_type("shop").has_root_cause_message("bread")
    require(outcome(order)).fails_with_message("order 17")


def test_an_exception_is_the_actual_value() -> None:
    require(SoldOutError("bread")).fails().fails_with_message("bread")


@pytest.mark.parametrize(
    ("error", "text"),
    [(SystemExit(2), "2"), (GeneratorExit("end"), "end"), (SystemExit("a\ud800"), "a\ufffd")],
)
def test_an_exception_that_is_not_an_error_panics(error: BaseException, text: str) -> None:
    require(outcome(raises, error)).panics().panics_with_message(text)
    assert "does_not_panic() failed" in failure_text(outcome(raises, error), "does_not_panic")


@pytest.mark.parametrize("error", [asyncio.CancelledError, concurrent.futures.CancelledError])
def test_a_cancelled_call(error: type[BaseException]) -> None:
    require(outcome(raises, error())).is_cancelled()


def test_an_interrupt_stops_the_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        outcome(raises, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):  # In any event loop.
        outcome_async(interrupted()).send(None)


async def interrupted() -> None:
    raise KeyboardInterrupt


def test_the_native_result() -> None:
    failed = SoldOutError("bread")
    assert outcome(raises, failed).raised is failed
    assert outcome(int, "12").returned == 12
    assert repr(outcome(int, "12")) == "<returned: 12>"
    assert repr(outcome(raises, failed)) == "<failed: SoldOutError('bread')>"


def test_the_function_is_called_once() -> None:
    calls: list[int] = []
    require(outcome(calls.append, 1)).succeeds().returns_value(None)
    assert calls == [1]


def test_what_is_returned_need_not_convert() -> None:
    require(outcome(io.StringIO)).succeeds().does_not_panic()
    assert failure_text(outcome(lambda: [io.StringIO()]), "fails") == (
        "fails() error: not_convertible\n  actual: StringIO at $.returned[0] does not convert"
    )


def test_an_exception_that_is_not_an_error_value() -> None:
    assert failure_text(outcome(raises, NotAnError()), "fails") == (
        "fails() error: not_convertible\n  actual: NotAnError at $.failed does not convert"
    )


def test_part_of_a_structure() -> None:
    assert {"parse": outcome(int, "x")} == {"parse": match.fails_with_type("ValueError")}
    assert to_value([outcome(int, "1")]) == to_value([CallOutcome(Ending.RETURNED, 1)])


async def fetch(item: str) -> int:
    await asyncio.sleep(0)
    return int(item)


def test_an_async_function_is_awaited() -> None:
    async def test() -> None:
        require(await outcome_async(fetch("12"))).returns_value(12)
        require(await outcome_async(fetch("x"))).fails_with_type("ValueError")
        require(await outcome_async(asyncio.wait_for(asyncio.sleep(9), 0))).fails_with_type(
            "TimeoutError"
        )
        task = asyncio.create_task(fetch("12"))
        task.cancel()
        require(await outcome_async(task)).is_cancelled()

    asyncio.run(test())


def test_an_async_function_that_is_not_awaited_is_an_error() -> None:
    with pytest.raises(TypeError, match="await outcome_async"):
        outcome(fetch, "12")


def test_the_own_task_can_be_cancelled() -> None:
    async def wait(ends: list[Any]) -> None:
        ends.append(await outcome_async(asyncio.sleep(9)))

    async def test() -> None:
        ends: list[Any] = []
        task = asyncio.create_task(wait(ends))
        await asyncio.sleep(0)
        task.cancel()
        assert isinstance((await outcome_async(task)).raised, asyncio.CancelledError)
        assert ends == []

    asyncio.run(test())
