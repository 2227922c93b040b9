"""Which runners a selection of a project leaves out: sets are compared, not numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from testingkit.conformance.config import load_config
from testingkit.conformance.project import Project

NAMES = ("a", "b", "c", "d")


def subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def project_of(folder: Path, enabled: Sequence[str] = NAMES) -> Project:
    lines = ["[project]", 'cases = ["cases"]']
    for name in NAMES:
        state = "true" if name in enabled else "false"
        lines += [f"[runners.{name}]", 'command = ["x"]', f"enabled = {state}"]
    (folder / "testingkit.toml").write_text("\n".join([*lines, ""]))
    return Project(load_config(folder / "testingkit.toml"))


def test_run_has_all_runners_if_it_has_every_enabled_one(tmp_path: Path) -> None:
    for enabled in subsets(NAMES):
        project = project_of(tmp_path, enabled)
        for chosen in subsets(NAMES):
            expected = set(enabled) <= set(chosen)
            assert project.has_all_runners(chosen) is expected, (enabled, chosen)
