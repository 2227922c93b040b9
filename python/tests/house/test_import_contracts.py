"""Every module is in an import contract of pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS: dict[str, dict[str, Any]] = {
    contract["name"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]
}
# Packages that are not modules of the kit, and the module that all but the kit use.
BOXES = {"conformance", "extras", "kit_proto", "kit_runner", "lit", "protobuf", "runner"}


def modules(folder: str) -> set[str]:
    """Returns the names of the modules and packages of a folder."""
    entries = (ROOT / "python" / folder).iterdir()
    return {
        entry.stem
        for entry in entries
        if (entry.suffix == ".py" and not entry.stem.startswith("__"))
        or (entry / "__init__.py").is_file()
    }


def listed(name: str, key: str) -> set[str]:
    return {module.rpartition(".")[2] for module in CONTRACTS[name][key]}


def test_every_kit_module_is_in_the_contract_of_the_kit() -> None:
    kit = listed("The kit knows nothing of protobuf, gRPC and the harness", "source_modules")
    assert kit == modules("testingkit") - BOXES


def test_every_kit_module_is_forbidden_to_the_coordinator() -> None:
    graded = listed("The coordinator never imports what it grades", "forbidden_modules")
    assert graded == modules("testingkit") - {"conformance", "extras"}


def test_the_kit_may_import_no_other_box() -> None:
    forbidden = listed(
        "The kit knows nothing of protobuf, gRPC and the harness", "forbidden_modules"
    )
    assert modules("testingkit") & BOXES <= forbidden


def test_every_room_has_a_place_in_the_layers() -> None:
    """`exhaustive` makes import-linter refuse a room that is not listed."""
    contract = CONTRACTS["A room of the coordinator imports only rooms below it"]
    assert contract["exhaustive"]
    assert contract["exhaustive_ignores"] == ["__main__"]
    rooms = {room.strip() for layer in contract["layers"] for room in layer.split("|")}
    assert rooms == modules("testingkit/conformance")
