"""Panics of one raise line have one cause, and those of different places do not."""

from __future__ import annotations

import itertools
import traceback

import pytest

from testingkit.conformance.results.panic_cause import panic_cause
from testingkit.conformance.v1.observation_pb2 import Panic

GO = """main.slug({{0xc00001c0a8, 0x{0}}})
	/src/slug.go:{1} +0x1d
main.(*server).Slugify(0x0)
	/src/main.go:20 +0x45
"""
GO_RUNTIME = (
    """runtime.goPanicIndex(0x{0}, 0x3)
	/usr/lib/go/src/runtime/panic.go:114 +0x{0}
"""
    + GO
)
RUST = "   3: acme::slug\n             at ./src/lib.rs:7:1\n"
JAVA = "\tat acme.Slug.of(Slug.java:{1})\n\tat acme.Main.call(Main.java:9)\n"
NODE = "Error: no {0}\n    at slug (/src/slug.js:{1}:5)\n    at call (/src/main.js:9:1)\n"


def _one(value: str) -> None:
    raise ValueError(f"no such name as {value}")


def _other(value: str) -> None:
    raise ValueError(f"no such name as {value}")


def raised(value: str, *, other: bool = False) -> Panic:
    try:
        (_other if other else _one)(value)
    except ValueError as error:
        text = "".join(traceback.format_exception(error))
        return Panic(text=f"ValueError: {error}", backtrace=text)
    raise AssertionError("both raise")


def made(backtrace: str, text: str) -> dict[str, list[Panic]]:
    """Returns panics of two places, each with two values."""
    return {
        line: [
            Panic(text=text.format(value, line), backtrace=backtrace.format(value, line))
            for value in ("1", "2")
        ]
        for line in ("3", "4")
    }


LANGUAGES = {
    "python": {
        "one": [raised("a"), raised("b c")],
        "other": [raised("a", other=True), raised("b c", other=True)],
    },
    "go": made(GO, "no name {0}"),
    "go runtime": made(GO_RUNTIME, "runtime error: index out of range [{0}]"),
    "rust": made(RUST, "no name x{0} at src/lib.rs:{1}:5"),
    "java": made(JAVA, "java.lang.Error: no name x{0}"),
    "node": made(NODE, "Error: no name x{0}"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_place_of_the_raise_is_the_cause(language: str) -> None:
    places = list(LANGUAGES[language].values())
    for panics in places:
        assert len({panic_cause(panic) for panic in panics}) == 1
    for left, right in itertools.combinations(places, 2):
        assert panic_cause(left[0]) != panic_cause(right[0])


def test_one_line_that_raises_two_types_has_two_causes() -> None:
    one = raised("a")
    other = Panic(text="KeyError: 'a'", backtrace=one.backtrace)
    assert panic_cause(one) != panic_cause(other)


def test_last_exception_of_a_chain_is_the_cause() -> None:
    chained = "\nDuring handling of the above exception, another exception occurred:\n\n"
    first, last = raised("a"), raised("b", other=True)
    both = Panic(text=last.text, backtrace=first.backtrace + chained + last.backtrace)
    assert panic_cause(both) == panic_cause(last)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("no name 'a'", "no name 'b'", True),
        ('no name "a" at 3', 'no name "b c" at 17', True),
        ("bad value `x`: 1.5", "bad value `yy`: 2", True),
        ("address 0xdeadBEEF", "address 0x1", True),
        ("no name", "no value", False),
        ("can't open, won't try", "can't close, won't try", False),
    ],
)
def test_message_without_its_values_is_the_cause_if_no_place_is_known(
    left: str, right: str, same: bool
) -> None:
    assert (panic_cause(Panic(text=left)) == panic_cause(Panic(text=right))) is same
