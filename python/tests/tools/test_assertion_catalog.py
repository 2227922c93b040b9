"""Tests of what is generated from the catalog of assertions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assertion_catalog import go_signatures, page, python_signatures, rust_signatures
from assertion_catalog.__main__ import main
from assertion_catalog.read import FOLDER, CatalogError, read_catalog

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the catalog and what is written from it."""
    root = tmp_path_factory.mktemp("written")
    shutil.copytree(ROOT / FOLDER, root / FOLDER)
    (root / page.RULES).parent.mkdir(parents=True)
    shutil.copy(ROOT / page.RULES, root / page.RULES)
    assert main([], root) == 0
    return root


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    """A copy of that checkout for one test."""
    return shutil.copytree(written, tmp_path / "copy")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_everything_is_as_generated() -> None:
    assert main(["--check"]) == 0


def test_every_group_has_a_table_of_the_rules() -> None:
    rules = (ROOT / page.RULES).read_text(encoding="utf-8")
    names = sorted(group.name for group in read_catalog(ROOT).groups)
    assert sorted(page.groups_with_tables(rules)) == names


def test_a_changed_rule_is_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy / FOLDER / "maps.textproto", "no key of the map equals", "none equals")
    assert main(["--check"], copy) == 1
    assert "docs/kit/assertions.md is not as `make generate` writes it" in capsys.readouterr().err
    assert main([], copy) == 0
    assert main(["--check"], copy) == 0


def test_a_changed_signature_is_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy / FOLDER / "maps.textproto", 'details: ["keys"]', 'details: ["found"]')
    assert main(["--check"], copy) == 1
    stale = capsys.readouterr().err
    for path in (python_signatures.PATH, go_signatures.PATH, rust_signatures.PATH):
        assert f"{path} is not as `make generate` writes it" in stale


def test_signatures_are_written_before_the_kit_is_imported() -> None:
    # A signature without a rule keeps the Python kit from being imported.
    code = "import assertion_catalog.__main__, sys; print('testingkit.assertions' in sys.modules)"
    path = os.pathsep.join([str(ROOT / "python"), str(ROOT / "tools")])
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout == "False\n"


def test_an_example_that_does_not_fail(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(copy / FOLDER / "numbers.textproto", 'fails { lit: "-1" }', 'fails { lit: "1" }')
    assert main([], copy) == 1
    assert "the example of is_positive does not fail" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('lit: "1"', 'lit: "[1"', "numbers.textproto: "),
        ("rule:", "rules:", "numbers.textproto:"),
        ('name: "is_zero"', 'name: "is_positive"', "catalog: is_positive is in the catalog twice"),
        ('name: "numbers"', 'name: "number"', "the group is named number, the file numbers"),
    ],
)
def test_a_malformed_catalog(copy: Path, old: str, new: str, message: str) -> None:
    edit(copy / FOLDER / "numbers.textproto", old, new)
    with pytest.raises(CatalogError) as raised:
        read_catalog(copy)
    assert message in str(raised.value)
