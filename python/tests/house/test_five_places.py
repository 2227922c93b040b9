"""One noun, five places: a kit module that is missing in one of them is not a module yet."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# A subject that no kit implements: what it specifies is how runners go wrong (docs/faults.md).
OF_RUNNERS_ONLY = {"fault"}
MODULES = sorted(
    {path.stem for path in (ROOT / "proto/testingkit/kit/v1").glob("*.proto")} - OF_RUNNERS_ONLY
)
# Each place, and the one or two shapes that a module has there.
PLACES = {
    "cases": ("conformance_cases/{}",),
    "python": ("python/testingkit/{}.py", "python/testingkit/{}/__init__.py"),
    "rust": ("rust/crates/testingkit/src/{}.rs", "rust/crates/testingkit/src/{}/mod.rs"),
    "go": ("go/{}",),
}


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("module", MODULES)
def test_the_module_is_in_every_place(module: str, place: str) -> None:
    shapes = [shape.format(module) for shape in PLACES[place]]
    assert any((ROOT / shape).exists() for shape in shapes), f"none of {shapes} exists"


@pytest.mark.parametrize("module", MODULES)
def test_the_folders_of_a_module_are_not_empty(module: str) -> None:
    cases = list((ROOT / "conformance_cases" / module).rglob("*.textproto"))
    go_files = list((ROOT / "go" / module).glob("*.go"))
    assert cases
    assert go_files
