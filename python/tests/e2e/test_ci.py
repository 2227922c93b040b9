"""``testingkit ci`` reports a recorded run to the CI system that it runs in."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from testingkit.conformance.protobuf.wire import delimited
from tests.e2e.project import Project


@pytest.fixture
def recorded(honest: Project) -> Project:
    honest.add_greeter("bad", "answers_wrong")
    assert honest.run("run").exit == 1
    return honest


def _files(project: Project) -> set[str]:
    return {path.name for path in (project.folder / ".testingkit" / "ci").iterdir()}


def test_github_gets_annotations_and_a_step_summary(recorded: Project, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# of another step\n")
    shown = recorded.run(
        "ci", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary), GITHUB_WORKSPACE=""
    )
    assert shown.exit == 0
    assert shown.out.startswith("::error file=cases/greet.textproto,line=18,")
    assert _files(recorded) == {"junit.xml", "ctrf.json", "report.html"}
    text = summary.read_text()
    assert text.startswith("# of another step\n")
    assert "greet/greets" in text


@pytest.mark.parametrize(
    ("folder", "file"), [("..", "{name}/cases"), (".", "cases"), ("x", "cases")]
)
def test_annotations_have_paths_within_the_repository(
    recorded: Project, folder: str, file: str
) -> None:
    workspace = str((recorded.folder / folder).resolve())
    shown = recorded.run("ci", "--as", "github", GITHUB_WORKSPACE=workspace)
    expected = f"::error file={file.format(name=recorded.folder.name)}/greet.textproto,line=18,"
    assert shown.out.startswith(expected)


def test_step_summary_without_space_left_is_not_changed(recorded: Project, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("x" * (1 << 20))
    shown = recorded.run("ci", "--as", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert (shown.exit, summary.stat().st_size) == (0, 1 << 20)
    assert "the step summary has no space left for the summary of this run" in shown.err


@pytest.mark.smoke
@pytest.mark.parametrize(("gitlab", "title"), [("true", "GitLab CI"), ("", "a CI")])
def test_other_ci_systems_get_files(recorded: Project, gitlab: str, title: str) -> None:
    shown = recorded.run("ci", GITHUB_ACTIONS="", GITLAB_CI=gitlab)
    assert (shown.exit, shown.out) == (0, "")
    which, what = shown.err.splitlines()
    assert re.fullmatch(r"run [0-9TZ]+-[0-9a-f]+, [0-9]+ s ago: NOT CONFORMANT", which)
    assert what == f"for {title}: junit.xml, summary.md, report.html in .testingkit/ci"
    assert _files(recorded) == {"junit.xml", "summary.md", "report.html"}
    assert recorded.run("show", ".testingkit/ci/report.html").out == recorded.run("show").out


def test_files_are_written_to_the_output_folder(recorded: Project, tmp_path: Path) -> None:
    assert recorded.run("ci", "-o", str(tmp_path / "reports"), "--as", "plain").exit == 0
    files = {path.name for path in (tmp_path / "reports").iterdir()}
    assert files == {"junit.xml", "summary.md", "report.html"}


def test_name_to_leaves_an_empty_file_if_no_run_is_recorded(honest: Project) -> None:
    file = honest.folder / ".testingkit" / "run.txt"
    assert honest.run("run", "--name-to", str(file)).exit == 0
    name = (honest.folder / ".testingkit" / "runs" / "latest").resolve().name
    assert file.read_text() == f"{name}\n"
    shown = honest.run("ci", file.read_text().strip())
    assert (shown.exit, shown.err.startswith(f"run {name}, ")) == (0, True)
    text = honest.suite.read_text()
    honest.suite.write_text("no suite")
    assert honest.run("run", "--name-to", str(file)).exit == 3
    honest.suite.write_text(text)
    for words, code in ((["-k", "nothing"], 4), (["--seed", "xyz"], 2)):
        assert honest.run("run", "--name-to", str(file), *words).exit == code
        assert file.read_text() == ""
    shown = honest.run("ci", "")
    assert (shown.exit, shown.out) == (2, "")
    assert "RUN is empty: no run was recorded, so there is nothing to report" in shown.err


@pytest.mark.parametrize(("age", "text"), [(61, "1 min"), (7200, "2 h"), (10**6, "11 d")])
def test_age_of_the_run_is_printed(recorded: Project, age: int, text: str) -> None:
    log = recorded.folder / ".testingkit" / "runs" / "latest" / "events.binpb"
    events = recorded.events()
    events[-1].footer.finished.FromNanoseconds(time.time_ns() - age * 10**9)
    log.write_bytes(b"".join(delimited(event.SerializeToString()) for event in events))
    assert f", {text} ago: " in recorded.run("ci").err
