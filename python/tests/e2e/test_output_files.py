"""Options that name a file to write take what people name, and refuse what would be destroyed."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.e2e.project import COMMAND, Project

WRITERS = {
    "run": "run --name-to {}",
    "convert": "convert cases/greet.textproto -o {}",
    "report": "report --markdown {}",
    "two reports": "report --jsonl other.jsonl --html {}",
    "summary": "ci --as github",  # the file is in an environment variable
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Project:
    project = Project(tmp_path_factory.mktemp("outputs"), generated)
    project.add_greeter("good")
    assert project.run("run").exit == 0
    return project


@pytest.fixture
def project(recorded: Project, tmp_path: Path) -> Project:
    return recorded.copy(tmp_path)


def _words(writer: str, file: str) -> list[str]:
    return [word.format(file) for word in WRITERS[writer].split()]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("kind", ["pipe", "device", "endless device"])
def test_what_is_not_a_regular_file_is_refused_and_stays(
    project: Project, writer: str, kind: str
) -> None:
    file = project.folder / "target"
    match kind:
        case "pipe":
            os.mkfifo(file)
        case "device":
            file.symlink_to("/dev/null")
        case _:
            file.symlink_to("/dev/zero")
    shown = project.run(*_words(writer, "target"), GITHUB_STEP_SUMMARY=str(file))
    assert (shown.exit, shown.out) == (2, "")
    expected = f"target cannot be written: a {kind.rsplit(maxsplit=1)[-1]}, not a regular file"
    assert expected in shown.err
    assert not stat.S_ISREG(os.stat(file).st_mode)  # noqa: PTH116
    assert not (project.folder / "other.jsonl").exists() or writer == "two reports"


@pytest.mark.parametrize("writer", WRITERS)
def test_a_link_stays_and_its_target_is_written(project: Project, writer: str) -> None:
    link = project.folder / "link"
    link.symlink_to("target")
    (project.folder / "target").write_text("")
    (project.folder / "target").chmod(0o600)
    shown = project.run(*_words(writer, "link"), GITHUB_STEP_SUMMARY=str(link))
    assert shown.exit == 0, shown.err
    assert link.is_symlink()
    assert (project.folder / "target").stat().st_size
    assert (project.folder / "target").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("writer", ["run", "convert", "report"])
@pytest.mark.parametrize("place", ["/dev/fd/9", "/dev/stderr"])
def test_a_descriptor_is_written_to_as_a_shell_does(
    project: Project, writer: str, place: str
) -> None:
    project.write_config()
    redirect = "9> written" if place == "/dev/fd/9" else "2> written"
    line = f'"$0" {WRITERS[writer].format(place)} {redirect}'
    shown = subprocess.run(
        ["bash", "-c", line, COMMAND],
        cwd=project.folder,
        env=project.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert shown.returncode == 0, shown.stderr
    assert (project.folder / "written").stat().st_size


@pytest.mark.parametrize("writer", ["convert", "report"])
@pytest.mark.parametrize("place", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_has_these_names(project: Project, writer: str, place: str) -> None:
    file = project.folder / "file"
    assert project.run(*_words(writer, str(file))).exit == 0
    shown = project.run(*_words(writer, place))
    assert (shown.exit, shown.out) == (0, file.read_text())
    assert not (project.folder / "-").exists()


def test_the_name_of_a_run_does_not_go_to_standard_output_by_a_dash(project: Project) -> None:
    shown = project.run("run", "--name-to", "-")
    assert (shown.exit, shown.out) == (2, "")
    assert "--name-to -: standard output has the result of the run; name a file" in shown.err


@pytest.mark.parametrize("writer", ["run", "convert", "report"])
def test_a_file_can_have_the_name_of_a_dash(project: Project, writer: str) -> None:
    assert project.run(*_words(writer, "./-")).exit == 0
    assert (project.folder / "-").stat().st_size


@pytest.mark.parametrize("writer", ["run", "convert", "report"])
def test_a_folder_that_cannot_be_made_is_named(project: Project, writer: str) -> None:
    shown = project.run(*_words(writer, "testingkit.toml/below/file"))
    assert (shown.exit, shown.out) == (2, "")
    assert "testingkit.toml/below/file cannot be written: Not a directory" in shown.err


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_a_configuration_that_is_not_a_regular_file_is_refused(project: Project, name: str) -> None:
    os.mkfifo(project.folder / "pipe")
    shown = project.run("list", "--config", name)
    assert (shown.exit, shown.out) == (2, "")
    assert f"{name}: not a regular file" in shown.err


def test_known_divergences_that_are_not_a_regular_file_are_not_opened(project: Project) -> None:
    (project.folder / "cases" / "known_divergences").mkdir()
    os.mkfifo(project.folder / "cases" / "known_divergences" / "good.textproto")
    shown = project.run("known", "add", "--reason", "x", "-r", "good", "greet/greets")
    assert shown.exit != 0
    assert "not a regular file" in shown.err


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("cases/loop.textproto", "run"),
        ("cases/loop", "lint"),
        ("cases/known_divergences", "lint"),
        ("loop", "report --html loop"),
        ("loop", "repro D1 -o loop"),
        ("loop", "run --config loop"),
        (".testingkit/runs/last", "show last"),
        (".testingkit/runs/latest", "show"),
    ],
)
def test_a_link_to_itself_does_not_end_with_70(project: Project, place: str, words: str) -> None:
    project.add_greeter("wrong", "answers_wrong")
    assert project.run("run").exit == 1
    (project.folder / place).unlink(missing_ok=True)
    (project.folder / place).symlink_to(Path(place).name)
    shown = project.run(*words.split())
    assert shown.exit in {0, 2, 3}, shown
    if ".testingkit" in place:
        assert project.run("run").exit == 1
        assert project.run(*words.split()).exit == 0
