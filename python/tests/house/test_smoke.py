"""The tests that every Python runs start every command."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from testingkit.conformance import cli

FILES = sorted((Path(__file__).parents[1] / "e2e").glob("test_*.py"))


def _smoke_tests() -> Iterator[ast.FunctionDef]:
    for path in FILES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "pytest.mark.smoke" in map(
                ast.unparse, node.decorator_list
            ):
                yield node


def _words() -> set[str]:
    """The texts in them: the words of commands are among these."""
    texts = (
        node.value
        for test in _smoke_tests()
        for node in ast.walk(test)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {word for text in texts for word in text.split()}


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_every_command_has_a_smoke_test(command: str) -> None:
    assert command in _words()
