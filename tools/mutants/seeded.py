"""Reads the mutants that are written by hand: ``seeded_KIT.toml``, one table for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutants.kits import Kit
from mutants.model import ROOT, Mutant, MutantError

_FOLDER = Path(__file__).parent
_KEYS = {"breaks", "path", "old", "new"}


def seeded_mutants(kit: Kit) -> Sequence[Mutant]:
    """Returns the mutants of a kit, in the order of their file.

    Raises:
        MutantError: A table is malformed, or its text is not in its file exactly once.
    """
    path = _FOLDER / f"seeded_{kit.name}.toml"
    tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return list(_read(kit, tables))


def _read(kit: Kit, tables: dict[str, Any]) -> Iterator[Mutant]:
    for name, table in tables.items():
        mutant_id = f"{kit.name}/{name}"
        if table.keys() != _KEYS:
            raise MutantError(f"{mutant_id}: has not the keys {', '.join(sorted(_KEYS))}")
        text = (ROOT / table["path"]).read_text(encoding="utf-8")
        times = text.count(table["old"])
        if times != 1:
            raise MutantError(f"{mutant_id}: its text is {times} times in {table['path']}")
        offset = text.index(table["old"])
        yield Mutant(
            mutant_id,
            kit.name,
            table["path"],
            offset,
            table["old"],
            table["new"],
            table["breaks"],
        )
