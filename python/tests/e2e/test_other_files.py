"""What lies among the cases and is not run is named by run and lint."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.e2e.project import Project


@pytest.mark.parametrize("command", ["run", "lint"])
@pytest.mark.parametrize(
    "name", ["more.TEXTPROTO", "more.txtpb", "more.json", "more.yaml", "deep/.textproto"]
)
def test_a_file_that_looks_like_cases_exits_with_3(
    honest: Project, command: str, name: str
) -> None:
    file = honest.folder / "cases" / name
    file.parent.mkdir(exist_ok=True)
    shutil.copy(honest.suite, file)
    shown = honest.run(command)
    assert (shown.exit, shown.out) == (3, "")
    assert shown.err.startswith(f"cases/{name}:1:1: ")
    honest.project = {"cases_ignore": [f"cases/{name}"]}
    shown = honest.run(command)
    assert (shown.exit, shown.err) == (0, "")


@pytest.mark.parametrize("command", [["run"], ["run", "--json"], ["lint"], ["lint", "--json"]])
def test_other_files_are_noted(honest: Project, command: list[str]) -> None:
    for number in range(12):
        (honest.folder / "cases" / f"greet.textproto.{number:02}").touch()
    (honest.folder / "cases" / "README.md").touch()
    shown = honest.run(*command)
    assert shown.exit == 0
    assert "note: 12 files among the cases are not read: cases/greet.textproto.00, " in shown.err
    assert "cases/greet.textproto.09 and 2 more; name what belongs there in " in shown.err
    assert "README" not in shown.err
    honest.project = {"cases_ignore": ["greet.textproto.*"]}
    assert "note: " not in honest.run(*command).err


@pytest.mark.parametrize("command", ["run", "lint", "list"])
def test_cases_in_another_folder_of_known_divergences_are_read(
    honest: Project, command: str
) -> None:
    file = honest.folder / "cases" / "deep" / "known_divergences" / "more.textproto"
    file.parent.mkdir(parents=True)
    file.write_text(honest.suite.read_text().replace('name: "greet"', 'name: "more"', 1))
    assert "more/greets" in honest.run("list").out
    file.write_text('runner: "good"\n')
    assert honest.run(command).exit == 3


@pytest.mark.parametrize("command", ["run", "lint"])
def test_a_carriage_return_cannot_hide_cases(honest: Project, command: str) -> None:
    text = honest.suite.read_bytes().replace(b"\ncases", b"\n# comment\rcases", 1)
    honest.suite.write_bytes(text)
    shown = honest.run(command)
    assert (shown.exit, shown.out) == (3, "")
    assert "a carriage return without a line feed" in shown.err


@pytest.mark.parametrize("end", ["\u0085", "\u2028", "\u2029"])
def test_a_line_end_that_only_some_editors_know_cannot_hide_cases(
    honest: Project, end: str
) -> None:
    text = honest.suite.read_text()
    honest.suite.write_text(text + f"# a comment{end}cases {{ name: 'more' }}")
    shown = honest.run("lint")
    assert shown.exit == 3
    assert f"U+{ord(end):04X} is not text format" in shown.out + shown.err


def test_cases_in_a_folder_with_the_name_of_the_state_are_read(honest: Project) -> None:
    folder = honest.folder / "cases" / ".testingkit"
    folder.mkdir()
    text = honest.suite.read_text().replace('"greet"', '"more"', 1)
    (folder / "more.textproto").write_text(text)
    assert "more/greets" in honest.run("list").out


def test_recorded_runs_among_the_cases_are_not_cases(honest: Project) -> None:
    honest.suite.rename(honest.folder / "greet.textproto")
    honest.cases = (".",)
    honest.project["cases_ignore"] = ["*"]
    for _ in range(2):
        shown = honest.run("run")
        assert shown.exit == 0, shown


@pytest.mark.parametrize(
    "kind", ["empty", "not text", "binary", "pipe", "outward", "broken", "loop"]
)
def test_no_file_is_left_out_silently(honest: Project, kind: str) -> None:
    name = "more.binpb" if kind == "binary" else "more.textproto"
    file = honest.folder / "cases" / name
    match kind:
        case "outward":
            outside = honest.folder / "outside.textproto"
            outside.write_text(honest.suite.read_text().replace('"greet"', '"more"', 1))
            file.symlink_to("../outside.textproto")
            assert "more/greets" in honest.run("list").out
            return
        case "broken":
            file.symlink_to("nowhere")
        case "loop":
            file.symlink_to(name)
        case "pipe":
            os.mkfifo(file)
        case "not text":
            file.write_bytes(b"\xff\xfe")
        case _:
            file.touch()
    shown = honest.run("run")
    assert (shown.exit, shown.out) == (3, "")
    assert f"cases/{name}:1:1: " in shown.err
