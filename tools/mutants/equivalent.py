"""Reads ``equivalent.txt``: the mutants that change nothing a caller can see, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mutants.kits import KITS
from mutants.model import MutantError
from mutants.operators import every_mutant
from mutants.seeded import seeded_mutants

_FILE = Path(__file__).with_name("equivalent.txt")


def read_equivalent() -> Mapping[str, str]:
    """Returns the reasons of equivalent mutants by their ids.

    Raises:
        MutantError: A line is malformed, or its id is that of no mutant.
    """
    known = parse_equivalent(_FILE.read_text(encoding="utf-8"))
    ids = {one.id for kit in KITS.values() for one in (*every_mutant(kit), *seeded_mutants(kit))}
    if stale := sorted(known.keys() - ids):
        raise MutantError(f"{_FILE.name}: no mutant has the id {stale[0]}")
    return known


def parse_equivalent(text: str) -> Mapping[str, str]:
    """Reads lines of ``id | reason``; an id may contain `` | `` itself, a reason may not."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if malformed := [line for line in lines if " | " not in line]:
        raise MutantError(f"{_FILE.name}: not `id | reason`: {malformed[0]}")
    return dict(line.rsplit(" | ", 1) for line in lines)
