"""TestingKit's version is the same in every file that holds it."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

import set_version
from testingkit import __version__

ROOT = Path(__file__).parents[3]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Returns a folder with a copy of every file that holds the version."""
    for found in set_version.find_all(ROOT):
        target = tmp_path / found.file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / found.file, target)
    return tmp_path


def test_every_version_is_that_of_the_python_package() -> None:
    different = [str(found) for found in set_version.find_all(ROOT) if found.version != __version__]
    assert different == [], f"{set_version.SOURCE} has {__version__}: run make set-version"


def test_pyproject_reads_the_version_from_the_python_package() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in settings["project"]
    assert settings["project"]["dynamic"] == ["version"]
    source = settings["tool"]["setuptools"]["dynamic"]["version"]
    assert source == {"attr": "testingkit.__version__"}


@pytest.mark.parametrize("place", set_version.PLACES, ids=lambda place: place.files)
def test_every_place_of_the_version_is_found(place: set_version.Place) -> None:
    texts = [path.read_text(encoding="utf-8") for path in set_version.files(ROOT, place)]
    assert any(place.pattern.search(text) for text in texts), place


def test_set_version_writes_every_place(copy: Path) -> None:
    before = list(set_version.find_all(copy))
    changed = set_version.write_all(copy, "12.3.4-rc.1")
    assert changed == before
    assert {found.version for found in set_version.find_all(copy)} == {"12.3.4-rc.1"}
    assert len(list(set_version.find_all(copy))) == len(before)


def test_a_version_that_differs_is_reported_with_file_and_line(copy: Path) -> None:
    cargo = copy / "rust/Cargo.toml"
    text = cargo.read_text(encoding="utf-8")
    line = text[: text.index("version = ")].count("\n") + 1
    cargo.write_text(text.replace(__version__, "9.9.9", 1), encoding="utf-8")
    different = [str(found) for found in set_version.find_all(copy) if found.version == "9.9.9"]
    assert different == [f"rust/Cargo.toml:{line}: 9.9.9"]


@pytest.mark.parametrize("arguments", [[], ["1.2"], ["v1.2.3"], ["1.2.3", "1.2.4"]])
def test_set_version_refuses_what_is_not_a_version(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert set_version.main(arguments) == 2
    assert "usage: make set-version" in capsys.readouterr().err
