"""Golden files that no case expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.cases.load import (
    Expanders,
    find_case_files,
    find_orphan_goldens,
    load_suites,
)
from tests.conformance.support import schema

SUITE = """\
name: "probe"
service: "probe.v1.ProbeService"
cases { name: "one" method: "Say" expect { golden {} } }
cases { name: "two" method: "Say" expect { golden { name: "shared" } } }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns the folder of a project with two goldens that are both expected."""
    cases = tmp_path.resolve() / "cases"
    write(cases / "probe.textproto", SUITE)
    for name in ("one", "shared"):
        write(cases / "goldens" / "probe" / f"{name}.textproto", "error {}")
    return cases


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def problems_of(folder: Path, *known: str) -> list[str]:
    root = folder.parent
    files = find_case_files([folder], root).files
    suites, problems = load_suites(files, root, schema(), Expanders({}))
    paths = {problem.place.path for problem in problems}
    return [str(p) for p in find_orphan_goldens([folder], root, suites, {*paths, *known})]


def test_expected_goldens_are_not_orphans(folder: Path) -> None:
    assert problems_of(folder) == []


def test_hidden_files_are_not_orphans(folder: Path) -> None:
    write(folder / "goldens" / ".gitattributes")
    write(folder / "goldens" / "probe" / ".one.textproto.swp")
    (folder / "goldens" / "probe" / ".#one.textproto").symlink_to("a@b.1")
    assert problems_of(folder) == []


def test_hidden_files_with_the_name_of_a_golden_are_orphans(folder: Path) -> None:
    write(folder / "goldens" / "probe" / ".two.textproto", "error {}")
    write(folder / "goldens" / ".three.textproto", "error {}")
    assert [text.partition(":")[0] for text in problems_of(folder)] == [
        "cases/goldens/.three.textproto",
        "cases/goldens/probe/.two.textproto",
    ]


def test_goldens_without_any_case_file_are_orphans(folder: Path) -> None:
    write(folder / "inner" / "goldens" / "none" / "one.textproto", "error {}")
    assert [text.partition(":")[0] for text in problems_of(folder)] == [
        "cases/inner/goldens/none",
    ]


def test_golden_of_a_removed_case_is_an_orphan(folder: Path) -> None:
    write(folder / "goldens" / "probe" / "two.textproto", "error {}")
    assert problems_of(folder) == [
        (
            "cases/goldens/probe/two.textproto:1:1: no case of cases/probe.textproto expects this "
            "golden: remove it, or fix the case"
        )
    ]


def test_goldens_of_a_removed_case_file_are_one_problem(folder: Path) -> None:
    for name in ("one", "two", "three"):
        write(folder / "deep" / "goldens" / "gone" / f"{name}.textproto")
    assert problems_of(folder) == [
        (
            "cases/deep/goldens/gone:1:1: goldens of cases/deep/gone.textproto, which does "
            "not exist: remove or rename the folder"
        )
    ]


def test_other_files_in_goldens_are_problems(folder: Path) -> None:
    write(folder / "goldens" / "one.textproto")
    write(folder / "goldens" / "probe" / "one.txt")
    write(folder / "goldens" / "probe" / "deeper" / "one.textproto")
    assert problems_of(folder) == [
        (
            "cases/goldens/one.textproto:1:1: not a golden: expected "
            "goldens/<case file>/<case>.textproto"
        ),
        "cases/goldens/probe/deeper:1:1: not a golden: expected <case>.textproto",
        "cases/goldens/probe/one.txt:1:1: not a golden: expected <case>.textproto",
    ]


def test_goldens_of_files_with_problems_are_not_reported(folder: Path) -> None:
    write(folder / "goldens" / "probe" / "one.textproto", "broken")
    assert problems_of(folder) == []
    write(folder / "goldens" / "probe" / "one.textproto", "error {}")
    write(folder / "probe.textproto", SUITE + "cases { nam: 1 }")
    write(folder / "goldens" / "probe" / "three.textproto", "error {}")
    assert problems_of(folder) == []


def test_case_file_can_be_named_goldens(folder: Path) -> None:
    write(folder / "goldens.textproto", SUITE.replace('probe"', 'other"', 1))
    for name in ("one", "shared"):
        write(folder / "goldens" / "goldens" / f"{name}.textproto", "error {}")
    assert problems_of(folder) == []
