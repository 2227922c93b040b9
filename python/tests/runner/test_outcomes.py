"""Exceptions of handlers as panics."""

import weakref

from testingkit.runner.outcomes import panicked


class _Hoard:
    """Represents the memory that the handler used up."""


def _exhaust(seen: list["weakref.ref[_Hoard]"]) -> None:
    hoard = _Hoard()
    seen.append(weakref.ref(hoard))
    raise MemoryError


def test_a_memory_error_frees_the_memory_of_the_handler() -> None:
    seen: list[weakref.ref[_Hoard]] = []
    try:
        _exhaust(seen)
    except MemoryError as error:
        panic = panicked(error)
        assert seen[0]() is None
        assert panic.text == "MemoryError"
        assert "in _exhaust" in panic.backtrace
