"""The folders of runs: their names, which of them are removed, and the links to the last ones."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.run_folder import (
    KEPT_RUNS,
    new_run_folder,
    point_at,
    remove_old_runs,
)

NAMES = [f"2027010{day}T1200{minute:02}Z-7f3a" for day in (1, 2) for minute in range(20)]
_HOLD = """
import sys, time
from pathlib import Path
from testingkit.conformance.record.run_folder import new_run_folder
with new_run_folder(Path(sys.argv[1]), sys.argv[2]) as folder:
    print(folder.name, flush=True)
    time.sleep(600)
"""


def make_runs(runs: Path, names: list[str]) -> None:
    for name in names:
        (runs / name).mkdir(parents=True)
        (runs / name / "events.binpb").touch()


def names_in(runs: Path) -> list[str]:
    return sorted(path.name for path in runs.iterdir())


def test_run_folders_have_unique_names(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    with contextlib.ExitStack() as stack:
        folders = [stack.enter_context(new_run_folder(runs, "noon")) for _ in range(12)]
        names = ["noon", *(f"noon-{number}" for number in range(2, 13))]
        assert [folder.name for folder in folders] == names
    assert names_in(runs) == sorted(names)
    with new_run_folder(runs, "noon") as another:
        assert another.name == "noon-13"


@pytest.mark.parametrize("kind", ["empty folder", "file", "link to nothing", "link to a folder"])
def test_name_that_is_taken_is_not_replaced(tmp_path: Path, kind: str) -> None:
    taken = tmp_path / "noon"
    (tmp_path / "other").mkdir()
    match kind:
        case "empty folder":
            taken.mkdir()
        case "file":
            taken.write_text("mine")
        case _:
            taken.symlink_to("other" if kind == "link to a folder" else "nothing")
    before = os.lstat(taken)
    with new_run_folder(tmp_path, "noon") as folder:
        assert folder.name == "noon-2"
    assert os.path.samestat(os.lstat(taken), before)


def test_folder_of_a_run_that_ended_has_no_lock(tmp_path: Path) -> None:
    with new_run_folder(tmp_path, "noon") as folder:
        (folder / "events.binpb").touch()
        assert len(names_in(folder)) == 2
    assert names_in(folder) == ["events.binpb"]


def test_run_folder_that_cannot_be_created_is_an_error(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    runs.touch()
    with pytest.raises(OutputError, match="cannot be created"), new_run_folder(runs, "noon"):
        pass


def test_only_old_runs_are_removed(tmp_path: Path) -> None:
    make_runs(tmp_path, NAMES)
    (tmp_path / "mine").mkdir()
    (tmp_path / "latest").symlink_to(NAMES[-1])
    remove_old_runs(tmp_path)
    assert names_in(tmp_path) == sorted([*NAMES[-KEPT_RUNS:], "mine", "latest"])
    remove_old_runs(tmp_path / "not there")


@pytest.mark.parametrize("link", ["latest", "last"])
def test_run_that_a_link_names_is_kept(tmp_path: Path, link: str) -> None:
    make_runs(tmp_path, NAMES)
    (tmp_path / link).symlink_to(NAMES[0])
    remove_old_runs(tmp_path)
    assert names_in(tmp_path) == sorted([NAMES[0], *NAMES[-KEPT_RUNS:], link])


def test_run_that_goes_on_is_kept_until_it_ends(tmp_path: Path) -> None:
    oldest = "20260101T000000Z-7f3a"
    with new_run_folder(tmp_path, oldest):
        make_runs(tmp_path, NAMES)
        remove_old_runs(tmp_path)
        assert (tmp_path / oldest).exists()
    remove_old_runs(tmp_path)
    assert not (tmp_path / oldest).exists()


def test_run_of_another_process_is_kept_until_the_process_is_killed(tmp_path: Path) -> None:
    oldest = "20260101T000000Z-7f3a"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _HOLD, str(tmp_path), oldest]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == oldest
        make_runs(tmp_path, NAMES)
        remove_old_runs(tmp_path)
        assert (tmp_path / oldest).exists()
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / oldest / ".lock").exists()
    remove_old_runs(tmp_path)
    assert not (tmp_path / oldest).exists()


def test_many_runs_that_start_in_one_second_are_all_kept(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        for seed in range(KEPT_RUNS + 20, 0, -1):
            stack.enter_context(new_run_folder(tmp_path, f"20270101T120000Z-{seed:04x}"))
            remove_old_runs(tmp_path)
        assert len(names_in(tmp_path)) == KEPT_RUNS + 20


def test_target_of_a_link_with_the_name_of_a_run_is_kept(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").touch()
    runs = tmp_path / "runs"
    make_runs(runs, NAMES)
    (runs / "20260101T000000Z-7f3a").symlink_to(tmp_path / "elsewhere")
    remove_old_runs(runs)
    assert (tmp_path / "elsewhere" / "mine").exists()


def test_links_name_the_last_run_and_the_last_of_everything(tmp_path: Path) -> None:
    make_runs(tmp_path, ["one", "two", "three"])
    point_at(tmp_path / "one", is_latest=False)
    assert not (tmp_path / "latest").is_symlink()
    assert (tmp_path / "last").resolve().name == "one"
    point_at(tmp_path / "two", is_latest=True)
    point_at(tmp_path / "three", is_latest=False)
    assert (tmp_path / "latest").resolve().name == "two"
    assert (tmp_path / "last").resolve().name == "three"


def test_link_that_cannot_be_changed_is_an_error(tmp_path: Path) -> None:
    make_runs(tmp_path, ["one", "last"])
    with pytest.raises(OutputError, match="last cannot point at the run"):
        point_at(tmp_path / "one", is_latest=False)
