"""The CI workflows in documents use commands and inputs that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.test_docs import parse

ROOT = Path(__file__).parents[3]
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = [
    yaml.safe_load(block)
    for block in FENCE.findall((ROOT / "docs/ci.md").read_text(encoding="utf-8"))
]


def _texts(node: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Yields every text below one of the keys."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield from [value] if isinstance(value, str) else map(str, value)
            else:
                yield from _texts(value, keys)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item, keys)


def _commands() -> Iterator[str]:
    for node in (ACTION, *WORKFLOWS):
        for text in _texts(node, ("run", "script", "after_script")):
            for line in text.splitlines():
                words = shlex.split(line)
                if words and words[0] in {"testingkit", "$TESTINGKIT"}:
                    yield shlex.join(word for word in words[1:] if "$" not in word)


@pytest.mark.parametrize("line", sorted(set(_commands())))
def test_every_command_exists(line: str) -> None:
    parse(line)


def test_the_commands_are_found() -> None:
    assert {
        "run --name-to .testingkit/run.txt",
        "ci",
        "merge 'shards/*/events.binpb'",
    } <= set(_commands())
    assert len(WORKFLOWS) == 3


def test_workflows_use_only_inputs_of_the_action() -> None:
    steps = WORKFLOWS[0]["jobs"]["conformance"]["steps"]
    (step,) = [step for step in steps if step.get("uses", "").startswith("testingkit/")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    parse(f"run {step['with']['arguments']}")


def test_the_action_has_no_input_in_a_script() -> None:
    """A text that others can set, such as the name of a branch, must not become a command."""
    for script in _texts(ACTION, ("run",)):
        assert "${{" not in script


def test_ci_shows_the_run_of_the_step_before_it() -> None:
    """Every `run` writes its name to a file, and the `ci` after it reads the same file."""
    for node in (ACTION, *WORKFLOWS):
        lines = [
            line
            for text in _texts(node, ("run", "script", "after_script"))
            for line in text.splitlines()
        ]
        written = [found[1] for line in lines if (found := re.search(r"--name-to (\S+)", line))]
        read = [found[1] for line in lines if (found := re.search(r' ci "\$\(cat (\S+)\)"', line))]
        assert written == read
    assert "--name-to .testingkit/action-run.txt" in str(ACTION)
    assert "--name-to .testingkit/run.txt" in str(WORKFLOWS)
