"""The Python examples of the kit pages run, and their assertions hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[3] / "docs/kit").glob("*.md"))
EXAMPLES = [
    pytest.param(example, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(
        re.findall(
            r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ),
        start=1,
    )
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_of_a_kit_page_runs(example: str) -> None:
    exec(compile(example, "example", "exec"), {})  # noqa: S102 - the project's own page
