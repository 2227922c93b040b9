"""Files among the case files that are not read are problems if they look like cases, or listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from testingkit.conformance.cases.load import ExpectedFiles, find_case_files
from testingkit.conformance.cases.load.other_files import mistake_of

MISTAKES = {
    "x.TEXTPROTO": "case files must end with .textproto, in lower case and without blanks",
    "x.TextProto": "case files must end with .textproto",
    "x.textproto ": "case files must end with .textproto",
    "x.textproto\n": "case files must end with .textproto",
    "x.BINPB": "case files must end with .binpb",
    ".textproto": "a case file needs a name before .textproto",
    ".binpb": "a case file needs a name before .binpb",
    ".hidden.TEXTPROTO": "case files must end with .textproto",
    "x.txtpb": "text format files must end with .textproto",
    "x.TXTPB": "text format files must end with .textproto",
    "x.textpb": "text format files must end with .textproto",
    "x.pbtxt": "text format files must end with .textproto",
    "x.prototxt": "text format files must end with .textproto",
    "x.json": "case files are text format",
    "x.JSON": "case files are text format",
    "x.jsonl": "case files are text format",
    "x.yaml": "case files are text format",
    "x.yml": "case files are text format",
    "x.pb": "case files are text format",
}
OTHERS = ["x.textproto.bak", "x.textproto.disabled", "x.textproto.gz", "x.csv", "x", "x.textprot"]
USUAL = ["README.md", "README", "x.py", "x.proto", ".gitignore", ".x.textproto.swp", "x.textproto~"]
USUAL += ["LICENSE-MIT", "BUILD.bazel", "__pycache__/x.pyc", ".idea/x.xml", "docs/notes.rst"]


def _write(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()


@pytest.mark.parametrize(("name", "message"), MISTAKES.items())
@pytest.mark.parametrize("place", ["", "deep/known_divergences/"])
def test_files_that_look_like_cases_are_problems(
    tmp_path: Path, place: str, name: str, message: str
) -> None:
    _write(tmp_path, place + name)
    files, (problem,), others = find_case_files([tmp_path], tmp_path)
    assert (files, others) == ([], [])
    assert problem.place.path == place + name
    assert problem.message.startswith(message)


@pytest.mark.parametrize("name", ["x.textproto", "x.binpb", ".x.textproto", "é.binpb"])
def test_names_of_case_files_are_accepted(name: str) -> None:
    assert mistake_of(name) == ""


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_listed(tmp_path: Path, name: str) -> None:
    _write(tmp_path, f"deep/{name}")
    assert find_case_files([tmp_path], tmp_path) == ([], [], [f"deep/{name}"])


@pytest.mark.parametrize("name", USUAL)
def test_usual_files_are_not_listed(tmp_path: Path, name: str) -> None:
    _write(tmp_path, f"deep/{name}")
    assert find_case_files([tmp_path], tmp_path) == ([], [], [])


@pytest.mark.parametrize(
    "pattern",
    ["x.json", "*.json", "cases/a/x.json", "cases/**/x.json", "cases/a", "a/", "./cases", "**"],
)
@pytest.mark.parametrize("name", ["x.json", "x.json.bak"])
def test_patterns_name_files_that_are_expected(tmp_path: Path, pattern: str, name: str) -> None:
    _write(tmp_path, f"cases/a/{name}")
    found = find_case_files([tmp_path / "cases"], tmp_path, None, ExpectedFiles([pattern]))
    assert bool(found.problems or found.others) == (name == "x.json.bak" and "json" in pattern)


@pytest.mark.parametrize("pattern", ["y.json", "*.yaml", "a/x.json", "b/", "x"])
def test_other_patterns_do_not_match(tmp_path: Path, pattern: str) -> None:
    _write(tmp_path, "cases/a/x.json")
    assert find_case_files([tmp_path], tmp_path, None, ExpectedFiles([pattern])).problems


def test_case_files_are_read_even_if_a_pattern_names_them(tmp_path: Path) -> None:
    _write(tmp_path, "x.textproto")
    found = find_case_files([tmp_path], tmp_path, None, ExpectedFiles(["**"]))
    assert found.files == [tmp_path / "x.textproto"]


def test_inputs_of_expanders_are_expected(tmp_path: Path) -> None:
    _write(tmp_path, "table.json")
    (tmp_path / "link.json").symlink_to("table.json")
    expected = ExpectedFiles([], [(tmp_path / "table.json").resolve()])
    assert find_case_files([tmp_path], tmp_path, None, expected) == ([], [], [])


def test_only_the_configured_folder_of_known_divergences_is_left_out(tmp_path: Path) -> None:
    for folder in ("known_divergences", "inner/known_divergences", "known"):
        _write(tmp_path, f"{folder}/x.textproto")
    for known in ("known_divergences", "inner/known_divergences", "known", "inner/../known"):
        files = find_case_files([tmp_path], tmp_path, tmp_path / known).files
        left_out = os.path.normpath(tmp_path / known / "x.textproto")
        assert len(files) == 2
        assert Path(left_out) not in files


def test_broken_hidden_links_are_problems_unless_an_editor_made_them(tmp_path: Path) -> None:
    (tmp_path / ".#x.textproto").symlink_to("a@b.1")
    (tmp_path / ".x.textproto").symlink_to("nowhere")
    files, problems, others = find_case_files([tmp_path], tmp_path)
    assert (files, others) == ([], [])
    assert [p.place.path for p in problems] == [".x.textproto"]
