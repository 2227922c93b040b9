"""Every property is searched by one profile, and no example of it has a deadline of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parents[1]
FILES = [path for path in sorted(TESTS.rglob("test_*.py")) if "\n@given" in path.read_text()]


def test_the_profile_is_loaded() -> None:
    assert settings().deadline is None
    assert settings().database is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_has_a_deadline_or_a_seed_of_its_own(path: Path) -> None:
    assert re.findall(r"\b(?:deadline|derandomize|database)=", path.read_text()) == []
