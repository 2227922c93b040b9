"""The pages for Python users show what pytest prints, and rows of two calls that both pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import testingkit

DOCS = Path(__file__).parents[3] / "docs/kit"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"\$ pytest (\w+\.py)\n")
ROW = re.compile(r"^\| `((?:assert|with).*?)` \| `(require.*?)` \| .*\|$", re.MULTILINE)
# Calls of packages that are not installed for tests.
FOREIGN = re.compile(r"assert_that|\b(Is[A-Z]|AnyThing|Contains|HasLen)")
MIGRATION = (DOCS / "migrating_python.md").read_text(encoding="utf-8")


def runs() -> dict[str, tuple[str, str]]:
    """Returns the program and the output of every run of pytest on the page, by file name."""
    blocks = BLOCK.findall((DOCS / "python.md").read_text(encoding="utf-8"))
    found = {}
    for (language, program), (_, output) in pairwise(blocks):
        if language == "python" and (command := COMMAND.match(output)):
            found[command[1]] = (program, output[command.end() :])
    return found


def test_the_guide_shows_what_pytest_prints(tmp_path: Path) -> None:
    for name, (program, _) in runs().items():
        (tmp_path / name).write_text(program, encoding="utf-8")
    plugins = ["-p", "no:cacheprovider", "-p", "testingkit.native.pytest_plugin"]
    printed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, "."],
        cwd=tmp_path,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert len(runs()) == 7
    for name, (_, output) in runs().items():
        assert output in printed, name


def test_the_readme_of_the_example_shows_what_pytest_prints() -> None:
    example = DOCS.parents[1] / "examples/kits/python"
    text = (example / "README.md").read_text(encoding="utf-8")
    (shown,) = [body for _, body in BLOCK.findall(text) if COMMAND.match(body)]
    printed = (example / "failing.txt").read_text(encoding="utf-8")
    assert shown.partition("\n")[2] in printed


def names() -> dict[str, object]:
    (values,) = [body for language, body in BLOCK.findall(MIGRATION) if language == "python"]
    names = ("match", "outcome", "require")
    found: dict[str, object] = {name: getattr(testingkit, name) for name in names}
    found["pytest"] = pytest
    exec(values, found)  # noqa: S102 - the project's own page
    return found


@pytest.mark.parametrize("row", ROW.findall(MIGRATION))
def test_both_calls_of_a_row_pass(row: tuple[str, str]) -> None:
    theirs, ours = row
    if not FOREIGN.search(theirs):
        exec(theirs, names())  # noqa: S102 - the project's own page
    assert eval(ours, names())  # noqa: S307 - the project's own page


def test_every_row_has_two_calls() -> None:
    rows = [line for line in MIGRATION.splitlines() if re.match(r"\| `(assert|with)", line)]
    assert len(rows) == len(ROW.findall(MIGRATION)) > 50
