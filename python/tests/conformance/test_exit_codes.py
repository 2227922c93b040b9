"""The exit codes are the documented ones, and every error class has one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from testingkit.conformance.errors import (
    CasesError,
    ConfigError,
    NothingSelected,
    OutputError,
    Place,
    Problem,
    ProtoError,
    RunnersError,
    TestingKitError,
    UsageError,
)
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.expanding.client import ExpanderError
from testingkit.conformance.results.gate import EXIT_CODES

PAGE = Path(__file__).parents[3] / "docs" / "exit_codes.md"
ROW = re.compile(r"^\| ([0-9]+) \| `([A-Z_]+)` \| (.+?) \|", flags=re.MULTILINE)


def test_exit_codes_are_those_of_the_page() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert [(int(code), name) for code, name, _ in rows] == [(c.value, c.name) for c in ExitCode]


def test_page_has_the_order_of_the_gate() -> None:
    text = PAGE.read_text(encoding="utf-8")
    (sentence,) = re.findall(r"the first that follows decides: (.+?)\.\sMistakes", text, re.DOTALL)
    stated = [int(code) for code in re.findall(r"\(([0-9]+)\)", sentence)]
    order = ["INTERRUPTED", "NOT_CONFORMANT", "INCOMPLETE", "NOTHING_RAN", "CONFORMANT"]
    assert stated == [ExitCode[name] for name in order]
    assert set(stated) == set(EXIT_CODES.values())


ERRORS = {
    UsageError: 2,
    ConfigError: 2,
    ExpanderError: 2,
    ProtoError: 2,
    OutputError: 2,
    CasesError: 3,
    NothingSelected: 4,
    RunnersError: 5,
}


def subclasses(error: type[TestingKitError]) -> Iterator[type[TestingKitError]]:
    for kind in error.__subclasses__():
        yield kind
        yield from subclasses(kind)


def test_every_error_class_has_its_exit_code() -> None:
    assert {kind: kind.exit_code.value for kind in subclasses(TestingKitError)} == ERRORS


def test_base_error_class_has_the_exit_code_of_a_bug() -> None:
    assert TestingKitError.exit_code == ExitCode.INTERNAL


def test_problems_of_cases_are_sorted_by_place() -> None:
    problems = [
        Problem(Place("b", 1, 1), "x"),
        Problem(Place("a", 10, 1), "x"),
        Problem(Place("a", 9, 2), "y"),
        Problem(Place("a", 9, 2), "x"),
    ]
    assert str(CasesError(problems)) == "a:9:2: x\na:9:2: y\na:10:1: x\nb:1:1: x"


@pytest.mark.parametrize(("key", "text"), [("", "f: m"), ("a.b", "f: a.b: m")])
def test_config_error_names_file_and_key(key: str, text: str) -> None:
    assert str(ConfigError("f", key, "m")) == text
