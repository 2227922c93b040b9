"""What is made of an exception that escaped a handler."""

import weakref

from testingkit.runner.outcomes import panicked


class _Hoard:
    """Stands for all the memory that there was."""


def _exhaust(seen: list["weakref.ref[_Hoard]"]) -> None:
    hoard = _Hoard()
    seen.append(weakref.ref(hoard))
    raise MemoryError


def test_the_memory_of_a_handler_that_had_too_little_is_free_for_its_traceback() -> None:
    seen: list[weakref.ref[_Hoard]] = []
    try:
        _exhaust(seen)
    except MemoryError as error:
        panic = panicked(error)
        assert seen[0]() is None
        assert panic.text == "MemoryError"
        assert "in _exhaust" in panic.backtrace
