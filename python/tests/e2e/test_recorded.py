"""``open_run`` opens recorded runs by name or path, with all results."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from testingkit.conformance.config import load_config
from testingkit.conformance.errors import OutputError, UsageError
from testingkit.conformance.project import Project as CoordinatorProject
from testingkit.conformance.record.recorded_run import open_run
from tests.e2e.project import Project


def _open(project: Project, *name: str) -> list[tuple[str, str, str | None]]:
    run = open_run(CoordinatorProject(load_config(project.folder / "testingkit.toml")), *name)
    return [
        (case.case_id, runner, observation.WhichOneof("kind"))
        for case, runner, _, observation in run.results()
    ]


def test_run_is_opened_by_name_or_path(honest: Project) -> None:
    honest.add_greeter("bad", "dies_midway")
    honest.run("run", "--seed", "abc")
    found = _open(honest)
    assert len(found) == 10
    assert [f for f in found if f[2] == "crash"] == [("greet/greets_trigger", "bad", "crash")]
    folder = (honest.folder / ".testingkit" / "runs" / "latest").resolve()
    for name in (folder.name, str(folder), str(folder / "events.binpb")):
        assert _open(honest, name) == found


def test_missing_runs_and_invalid_logs_are_errors(honest: Project, tmp_path: Path) -> None:
    honest.run("lint")
    with pytest.raises(UsageError, match="there is no run in"):
        _open(honest)
    honest.run("run", "--seed", "abc")
    with pytest.raises(UsageError, match=r"no run 'old'; the last ones are: .*-abc"):
        _open(honest, "old")
    honest.run("run", "--seed", "def")
    latest = (honest.folder / ".testingkit" / "runs" / "latest").resolve()
    shutil.rmtree(latest)
    text = rf"{latest.name}, the latest one, was removed; the last ones are: \S+-abc$"
    with pytest.raises(UsageError, match=text):
        _open(honest)
    (tmp_path / "log").write_bytes(b"no log")
    with pytest.raises(OutputError):
        _open(honest, str(tmp_path / "log"))
