"""`make new-module` writes every place of a module, or nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import module_places
import new_module
from module_places import KIT_PROTO, LISTINGS, PLACES, PROTOS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Returns a folder with a copy of the files that a new module reads or changes."""
    files = [path.relative_to(ROOT) for path in (ROOT / PROTOS).glob("*.proto")]
    for file in [*files, *{Path(listing.file) for listing in LISTINGS}]:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def contents(project: Path) -> dict[str, str]:
    return {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for path in project.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        # A `make test` that runs this test must not pass its goals and flags on.
        env={**os.environ, "MAKEFLAGS": "", "MAKELEVEL": ""},
    )


def refusal(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Returns the error for a module, after checking that nothing was written."""
    before = contents(project)
    assert new_module.main([name], project) == 1
    assert contents(project) == before
    return capsys.readouterr().err


# First, in the middle and last in every sorted list.
@pytest.mark.parametrize("name", ["aaa", "sample", "zzz"])
def test_a_new_module_is_in_every_place(project: Path, name: str) -> None:
    assert new_module.main([name], project) == 0
    assert name in module_places.modules(project)
    assert [p.what for p in PLACES if module_places.missing_file(project, p, name)] == []
    assert [m.what for m in LISTINGS if module_places.missing_entry(project, m, name)] == []


@pytest.mark.parametrize("name", ["aaa", "sample", "zzz"])
def test_lists_that_are_sorted_stay_sorted(project: Path, name: str) -> None:
    names = module_places.modules(project)
    before = contents(project)
    new_module.main([name], project)
    after = contents(project)
    for listing in LISTINGS:
        for old, new in zip(
            module_places.blocks(before[listing.file], listing, names),
            module_places.blocks(after[listing.file], listing, names),
            strict=True,
        ):
            assert len(new.keys) == len(old.keys) + 1
            assert (new.keys == sorted(new.keys)) or (old.keys != sorted(old.keys))


def test_written_and_changed_files_and_the_next_commands_are_printed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    assert new_module.main(["sample"], project) == 0
    printed = capsys.readouterr().out
    after = contents(project)
    assert set(re.findall(r"^wrote +(\S+)$", printed, re.MULTILINE)) == set(after) - set(before)
    assert set(re.findall(r"^changed (\S+)$", printed, re.MULTILINE)) == {
        file for file, text in before.items() if after[file] != text
    }
    for command in ("make generate", "make build", "make conformance"):
        assert command in printed


def test_every_placeholder_of_the_templates_is_replaced(project: Path) -> None:
    new_module.main(["sample"], project)
    assert [file for file, text in contents(project).items() if re.search(r"\$\{", text)] == []


@pytest.mark.parametrize(
    ("ending", "command"),
    [
        (".py", [str(Path(sys.executable).with_name("ruff")), "format", "--check"]),
        (".py", [str(Path(sys.executable).with_name("ruff")), "check"]),
        (".go", ["gofmt", "-l"]),
        (".rs", ["rustfmt", "--check", "--edition", "2024", "--config", "skip_children=true"]),
    ],
    ids=["ruff format", "ruff check", "gofmt", "rustfmt"],
)
# A short name and the longest one.
@pytest.mark.parametrize("name", ["zzz", "abcdefghijkl"])
def test_written_files_pass_the_formatters_and_ruff(
    project: Path, name: str, ending: str, command: list[str]
) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    shutil.copy(ROOT / "pyproject.toml", project)
    for package in ("python/testingkit", "python/testingkit/kit_runner"):
        (project / package / "__init__.py").write_text('"""A package."""\n', encoding="utf-8")
    new_module.main([name], project)
    files = [str(path) for path in project.rglob(f"*{ending}")]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout if ending == ".go" else "") == (0, ""), done


def test_every_file_ends_with_one_line_end(project: Path) -> None:
    new_module.main(["sample"], project)
    ends = {file: text[-2:] for file, text in contents(project).items()}
    assert [file for file, end in ends.items() if end[1] != "\n" or end == "\n\n"] == []


def test_a_second_module_of_the_same_name_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new_module.main(["sample"], project) == 0
    capsys.readouterr()
    assert "already has SampleService" in refusal(project, "sample", capsys)


def test_a_second_module_of_another_name_is_written(project: Path) -> None:
    assert new_module.main(["sample"], project) == 0
    assert new_module.main(["another"], project) == 0


def test_a_file_that_exists_is_not_overwritten(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = project / "docs/kit/sample.md"
    rules.parent.mkdir(exist_ok=True)
    rules.write_text("mine", encoding="utf-8")
    assert "docs/kit/sample.md already exists" in refusal(project, "sample", capsys)


@pytest.mark.parametrize(
    "name",
    ["", "ab", "Sample", "two_words", "two-words", "1st", "a/b", "../up", "a" * 13, "größe", "x\n"],
)
def test_a_name_of_other_characters_is_refused(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is not a module name" in refusal(project, name, capsys)


@pytest.mark.parametrize("name", ["class", "crate", "range", "runner", "conformance", "request"])
def test_a_reserved_word_is_refused(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is a reserved word" in refusal(project, name, capsys)


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.what)
def test_a_list_that_is_missing_is_reported_with_its_file(
    project: Path, listing: module_places.Listing, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / listing.file
    text = re.sub(listing.like, "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    assert f"{listing.file} has no list of all modules" in refusal(project, "sample", capsys)


def test_uncommitted_changes_are_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    subprocess.run(["git", "-C", str(project), "add", "--all"], check=True)
    with (project / "docs/README.md").open("a", encoding="utf-8") as file:
        file.write("mine\n")
    before = contents(project)
    assert new_module.main(["sample"], project) == 1
    assert contents(project) == before
    assert "commit or stash your changes first:" in capsys.readouterr().err


def test_nothing_is_written_if_one_file_cannot_be_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = project / "docs/kit"
    kit.mkdir(exist_ok=True)
    kit.rmdir()
    kit.write_text("a file where a folder belongs", encoding="utf-8")
    assert "docs/kit" in refusal(project, "sample", capsys)


def test_the_adapters_import_the_generated_code_that_services_imports() -> None:
    services = ROOT / "python/testingkit/kit_runner/services.py"
    assert f"from {KIT_PROTO} import (" in services.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["new-module", "sample"], "sample"),
        (["new-module", "NAME=sample"], "sample"),
        (["new-module", "NAME=bench"], "bench"),
    ],
)
def test_make_takes_the_name_as_a_goal_and_as_a_variable(arguments: list[str], given: str) -> None:
    done = make("--dry-run", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"tools/new_module.py {given}" in done.stdout.splitlines()[0]


def test_make_refuses_a_goal_that_is_a_command() -> None:
    done = make("--dry-run", "new-module", "bench")
    assert done.returncode == 2
    assert "bench is also a command: write make new-module NAME=bench" in done.stderr
