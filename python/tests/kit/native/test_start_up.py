"""What is loaded when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import testingkit

PYTHON = Path(__file__).parents[3]
KIT = "[m for m in sys.modules if m.startswith(('testingkit.native', 'testingkit.value'))]"


def run(program: str) -> str:
    command = [sys.executable, "-c", f"import sys; {program}; print({KIT})"]
    return subprocess.run(
        command, cwd=PYTHON, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_command_starts_without_the_kit() -> None:
    assert run("import testingkit.conformance.__main__, testingkit.conformance.cli") == "[]"


def test_the_names_of_tests_are_loaded_when_they_are_used() -> None:
    loaded = run("import testingkit; assert 'match' in dir(testingkit); testingkit.require(1)")
    assert "testingkit.native.styles" in loaded
    assert "testingkit.native.capture" not in loaded  # It needs asyncio.


def test_every_name_can_be_imported() -> None:
    assert [name for name in testingkit.__all__ if not hasattr(testingkit, name)] == []
    with pytest.raises(AttributeError, match="'testingkit' has no attribute 'assume'"):
        _ = testingkit.assume
