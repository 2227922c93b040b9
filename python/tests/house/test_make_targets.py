"""The make targets in documents exist, and the lists in the Makefile are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.documents import documents

ROOT = Path(__file__).parents[3]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, flags=re.MULTILINE))
# `make X` in code, at the start of a line of a code block or inside backquotes.
MENTION = re.compile(r"(?:^\s*\$?\s*|`)make ([a-z][a-z-]*)", flags=re.MULTILINE)


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_target_in_a_document_exists(document: Path) -> None:
    mentioned = set(MENTION.findall(document.read_text(encoding="utf-8")))
    assert mentioned <= TARGETS


def test_every_target_is_phony() -> None:
    declared = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", MAKEFILE, flags=re.MULTILINE)
    assert declared is not None
    assert set(declared[1].replace("\\\n", " ").split()) == TARGETS


def test_every_target_has_a_description() -> None:
    described = set(re.findall(r"^([a-z][a-z-]*):.*## \S", MAKEFILE, flags=re.MULTILINE))
    assert described == TARGETS


def test_every_part_of_the_tests_is_a_target() -> None:
    script = (ROOT / "tools/test").read_text(encoding="utf-8")
    parts = re.search(r'^every_part="(.*)"$', script, flags=re.MULTILINE)
    assert parts is not None
    assert set(parts[1].split()) <= TARGETS


def test_every_script_that_the_makefile_calls_exists() -> None:
    scripts = set(re.findall(r"(?<![\w/])tools/[\w.-]+", MAKEFILE))
    assert [script for script in sorted(scripts) if not (ROOT / script).is_file()] == []
