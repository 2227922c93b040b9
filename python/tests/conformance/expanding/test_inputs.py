"""The declared inputs of expanders: files by pattern, and environment variables."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from testingkit.conformance.errors import ConfigError
from testingkit.conformance.expanding.inputs import read_inputs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("tables/a.csv", "tables/deep/b.csv", "tables/.hidden", "other.txt"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (tmp_path / "outside.csv").write_text("outside")
    return root


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("tables/a.csv", ["a.csv"]),
        ("tables/*.csv", ["a.csv"]),
        ("tables/**/*.csv", ["a.csv", "b.csv"]),
        ("tables", [".hidden", "a.csv", "b.csv"]),
        ("tables/", [".hidden", "a.csv", "b.csv"]),
        ("../outside.csv", ["outside.csv"]),
        ("{root}/other.txt", ["other.txt"]),
    ],
)
def test_patterns_name_files_and_folders(root: Path, pattern: str, names: list[str]) -> None:
    inputs = read_inputs("t.toml", root, [pattern.format(root=root)], [])
    assert [file.name for file in inputs.files] == names


@pytest.mark.parametrize("pattern", ["table/*.csv", "tables/*.tsv", "empty", ""])
def test_a_pattern_that_matches_no_file_is_refused(root: Path, pattern: str) -> None:
    (root / "empty").mkdir()
    with pytest.raises(ConfigError, match=r"load\.inputs\[1\]: no file matches"):
        read_inputs("t.toml", root, ["other.txt", pattern], [])


def test_a_file_that_is_not_regular_is_refused(root: Path) -> None:
    os.mkfifo(root / "tables" / "pipe")
    with pytest.raises(ConfigError, match="tables/pipe cannot be read: not a regular file"):
        read_inputs("t.toml", root, ["tables"], [])


def test_the_digest_depends_on_content_names_and_variables(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> bytes:
        return read_inputs("t.toml", root, ["tables"], ["RATE"]).digest

    monkeypatch.delenv("RATE", raising=False)
    seen = [digest()]
    assert digest() == seen[0]
    monkeypatch.setenv("RATE", "")
    seen.append(digest())
    monkeypatch.setenv("RATE", "2")
    seen.append(digest())
    (root / "tables" / "a.csv").write_text("changed")
    seen.append(digest())
    (root / "tables" / "a.csv").rename(root / "tables" / "c.csv")
    seen.append(digest())
    (root / "tables" / "deep" / "b.csv").unlink()
    seen.append(digest())
    assert len(set(seen)) == len(seen)


def test_a_change_since_the_files_were_read_is_noticed(root: Path) -> None:
    inputs = read_inputs("t.toml", root, ["tables/a.csv"], [])
    assert not inputs.have_changed()
    (root / "tables" / "a.csv").write_text("longer than before")
    assert inputs.have_changed()
    (root / "tables" / "a.csv").unlink()
    assert inputs.have_changed()
