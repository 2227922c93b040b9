"""One class name means one thing in the coordinator."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

CONFORMANCE = Path(__file__).parents[2] / "testingkit" / "conformance"
# The public API names its records as users know them; generated code is the contract.
OWN_NAMES = {"api", "v1"}


def test_no_two_rooms_define_a_class_of_the_same_name() -> None:
    places = defaultdict(list)
    for file in CONFORMANCE.rglob("*.py"):
        path = file.relative_to(CONFORMANCE)
        if path.parts[0] not in OWN_NAMES:
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(path.as_posix())
    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
