"""The public API: its names, and what they promise."""

from __future__ import annotations

import enum
import inspect
from pathlib import Path

import pytest

from testingkit.conformance import api

NAMES = {
    *("Case", "CaseResult", "Decision", "Difference", "Finding", "FindingKind", "Level", "Parity"),
    *("Project", "RunResult", "RunSettings", "Runner", "RunnerResult", "Selection", "Verdict"),
    *("list_cases", "load_project", "open_result", "run", "run_async"),
    *("ExitCode", "Place", "Problem"),
    *("CasesError", "ConfigError", "NothingSelected", "OutputError", "ProtoError", "RunnersError"),
    *("TestingKitError", "UsageError"),
}
PAGE = Path(__file__).parents[3] / "docs" / "python_api.md"


def test_exported_names_are_these_and_no_others() -> None:
    assert set(api.__all__) == NAMES
    assert len(api.__all__) == len(NAMES)


def test_every_exported_name_is_in_the_page_of_the_documentation() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in sorted(NAMES) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_exported_name_has_a_docstring(name: str) -> None:
    assert inspect.getdoc(getattr(api, name))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_records_are_immutable(name: str) -> None:
    kind = getattr(api, name)
    if hasattr(kind, "__dataclass_fields__"):
        assert kind.__dataclass_params__.frozen


def test_errors_have_one_base() -> None:
    errors = {
        kind
        for name in NAMES
        if inspect.isclass(kind := getattr(api, name)) and issubclass(kind, Exception)
    }
    assert len(errors) == 8
    assert all(issubclass(error, api.TestingKitError) for error in errors)


def test_enumerations_have_unique_lower_case_values() -> None:
    for name in NAMES - {"ExitCode"}:
        kind = getattr(api, name)
        if inspect.isclass(kind) and issubclass(kind, enum.Enum):
            assert all(member.value == member.name.lower() for member in kind)
