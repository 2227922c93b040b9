"""The tests of the coordinator are in the same folders as its modules.

`tests/conformance/ROOM/test_MODULE.py` tests `testingkit/conformance/ROOM/MODULE.py`. A second file
of tests for one module adds a word: `test_MODULE_WORD.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

PYTHON = Path(__file__).parents[2]
TESTS = PYTHON / "tests" / "conformance"
MODULES = PYTHON / "testingkit" / "conformance"
FILES = sorted(TESTS.rglob("test_*.py"))


def module_of(file: Path) -> Path | None:
    """Returns the module or package that a file of tests is named after, or None."""
    folder = MODULES / file.parent.relative_to(TESTS)
    words = file.stem.removeprefix("test_").split("_")
    for end in range(len(words), 0, -1):
        name = "_".join(words[:end])
        for module in (folder / f"{name}.py", folder / name / "__init__.py"):
            if module.is_file():
                return module
    return None


def test_files_of_tests_are_found() -> None:
    assert len(FILES) > 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TESTS)))
def test_file_of_tests_is_named_after_a_module_in_the_same_room(file: Path) -> None:
    room = file.parent.relative_to(TESTS)
    expected = MODULES / room / f"{file.stem.removeprefix('test_')}.py"
    assert module_of(file), f"{file.relative_to(PYTHON)} tests no module: expected {expected}"
