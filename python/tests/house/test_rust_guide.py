"""The code of the pages about Rust is that of tests, and their output that of the failing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs/kit/rust.md"
MIGRATING = ROOT / "docs/kit/migrating_rust.md"
EXAMPLE = ROOT / "examples/kits/rust"
KIT = ROOT / "rust/crates/testingkit"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines(text: str) -> str:
    """Returns the text in one line: rustfmt breaks calls elsewhere than the page does."""
    packed = re.sub(r"\s+", "", text)
    return re.sub(r",([)\]}])", r"\1", packed)


def blocks(language: str) -> Iterator[str]:
    for found, body in FENCE.findall(GUIDE.read_text(encoding="utf-8")):
        if found == language:
            yield body


def sources() -> Iterator[str]:
    tests = KIT.parent.glob("testingkit*/tests/*.rs")
    for path in (*EXAMPLE.glob("src/*.rs"), *tests):
        yield lines(path.read_text(encoding="utf-8"))


def test_code_is_in_a_test() -> None:
    code = [block.removeprefix("use testingkit::prelude::*;\n") for block in blocks("rust")]
    assert len(code) > 10
    files = list(sources())
    for block in code:
        assert any(lines(block) in source for source in files), block


def test_output_is_that_of_a_failing_test() -> None:
    printed = (EXAMPLE / "failing.txt").read_text(encoding="utf-8")
    output = list(blocks(""))
    assert len(output) > 4
    for block in output:
        assert block in printed


def rows(section: str) -> Iterator[str]:
    text = MIGRATING.read_text(encoding="utf-8").partition(f"\n## {section}\n")[2]
    table = text.partition("\nThe meaning differs here:\n")[0]
    yield from re.findall(r"^\| `.*` \| (`.*`) \|$", table, re.MULTILINE)


@pytest.mark.parametrize("section", ["From assert and assert_eq", "From googletest"])
def test_matchers_of_the_tables_exist(section: str) -> None:
    modules = (KIT / "src/matchers").glob("*.rs")
    text = "\n".join(module.read_text(encoding="utf-8") for module in modules)
    matchers = {"anything", *re.findall(r"^pub const fn (\w+)", text, re.MULTILINE)}
    found = list(rows(section))
    assert len(found) > 12
    for ours in found:
        named = set(re.findall(r"([a-z]\w+)\(", ours))
        assert named or ours.endswith("`m`"), ours
        assert named - {"outcome"} <= matchers, ours
