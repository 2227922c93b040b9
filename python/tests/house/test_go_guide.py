"""The code of the pages about Go is that of tests, and their output that of the failing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs/kit/go.md"
MIGRATING = ROOT / "docs/kit/migrating_go.md"
EXAMPLE = ROOT / "examples/kits/go"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines(text: str) -> str:
    """Returns the lines that are not blank, without their indentation."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def blocks(language: str) -> Iterator[str]:
    for found, body in FENCE.findall(GUIDE.read_text(encoding="utf-8")):
        if found == language:
            yield body


def sources() -> Iterator[str]:
    modules = (ROOT / "go/gomega/gomega_test.go", ROOT / "go/protobuf/messages_test.go")
    for path in (*EXAMPLE.glob("*.go"), *modules):
        yield lines(path.read_text(encoding="utf-8"))


def test_code_is_in_a_test() -> None:
    code = list(blocks("go"))
    assert len(code) > 8
    files = list(sources())
    for block in code:
        assert any(lines(block) in source for source in files), block


def test_output_is_that_of_a_failing_test() -> None:
    printed = (EXAMPLE / "failing.txt").read_text(encoding="utf-8")
    output = [block for block in blocks("") if "failing_test.go" in block]
    assert len(output) > 4
    for block in output:
        assert block in printed


def rows(section: str) -> Iterator[tuple[str, str]]:
    text = MIGRATING.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2]
    table = text.partition("\nThe meaning differs here:\n")[0]
    yield from re.findall(r"^\| (`.*) \| (.*) \|$", table, re.MULTILINE)


@pytest.mark.parametrize(
    ("section", "package"),
    [("From testify", "go/require"), ("From Gomega", "go/gomega")],
)
def test_functions_of_the_tables_exist(section: str, package: str) -> None:
    files = sorted((ROOT / package).glob("*.go"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    functions = set(re.findall(r"^func (\w+)", source, re.MULTILINE))
    found = list(rows(section))
    assert len(found) > 15
    for _, ours in found:
        named = set(re.findall(r"`(?:tk\.)?([A-Z]\w+)", ours))
        assert named, ours
        assert named <= functions, ours
