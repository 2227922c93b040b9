"""Every kit module has all its files, and is in all lists of modules."""

from __future__ import annotations

from pathlib import Path

import pytest

import module_places
from module_places import LISTINGS, OF_RUNNERS_ONLY, PLACES, Listing, Place

ROOT = Path(__file__).parents[3]
MODULES = module_places.modules(ROOT)


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.what)
@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_every_file(module: str, place: Place) -> None:
    shapes = [shape.format(name=module) for shape in (place.path, *place.others)]
    missing = module_places.missing_file(ROOT, place, module)
    assert not missing, f"{module} has no {place.what}: none of {shapes} exists"


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.what)
@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_in_every_list(module: str, listing: Listing) -> None:
    missing = module_places.missing_entry(ROOT, listing, module)
    assert not missing, f"{listing.file} does not list {module} ({listing.what})"


def test_every_folder_of_cases_belongs_to_a_module() -> None:
    folders = {path.parent.name for path in (ROOT / "conformance_cases").glob("*/*.textproto")}
    assert folders - OF_RUNNERS_ONLY - {"known_divergences"} == set(MODULES)
