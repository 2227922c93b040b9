"""Loading a project and settings of a run; runs themselves are in the end-to-end tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance import api

CONFIGURATION = """
[project]
name = "slugs"

[runners.go]
command = ["go-runner"]

[runners.rust]
command = ["rust-runner"]
enabled = false
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "testingkit.toml").write_text(CONFIGURATION)
    return tmp_path


def test_project_is_loaded_from_its_file_or_its_folder(folder: Path) -> None:
    for path in (folder, str(folder), folder / "testingkit.toml"):
        project = api.load_project(path)
        assert (project.name, project.root, project.runners) == ("slugs", folder, ("go",))


def test_project_is_found_from_a_folder_below_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = folder / "src" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert api.load_project().root == folder


def test_missing_configuration_is_a_config_error(tmp_path: Path) -> None:
    with pytest.raises(api.ConfigError, match=r"testingkit\.toml"):
        api.load_project(tmp_path)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        (api.RunSettings(seed="xyz"), "seed 'xyz': expected up to 16 digits of 0-9 and a-f"),
        (api.RunSettings(shuffle="-1"), "shuffle '-1': expected up to 16 digits of 0-9 and a-f"),
        (api.RunSettings(repetitions=0), "repetitions 0: expected 1 to 10,000"),
        (api.RunSettings(jobs=-1), "jobs -1: expected 0 to "),
    ],
)
def test_setting_out_of_range_is_a_usage_error(
    folder: Path, settings: api.RunSettings, text: str
) -> None:
    with pytest.raises(api.UsageError, match=text):
        api.run(api.load_project(folder), settings=settings)


def test_unknown_runner_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(api.UsageError, match="there is no runner 'golang'"):
        api.run(api.load_project(folder), api.Selection(runners=["golang"]))


def test_unknown_run_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(api.UsageError, match="there is no run"):
        api.open_result(api.load_project(folder))
