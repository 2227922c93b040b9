"""The files for contributors use commands and versions that exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.documents import ROOT, documents

FILES = (
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    ".github/ISSUE_TEMPLATE/bug.yml",
    ".github/ISSUE_TEMPLATE/feature.yml",
    ".github/pull_request_template.md",
    ".github/workflows/ci.yml",
    ".pre-commit-config.yaml",
)
WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
)
JOBS: dict[str, Any] = WORKFLOW["jobs"]
HOOKS = [
    hook
    for repository in yaml.safe_load(
        (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    )["repos"]
    for hook in repository["hooks"]
]


def makefile_pythons() -> list[str]:
    found = re.search(r"^TEST_PYTHONS \?= (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert found
    return found[1].split()


def steps(job: str) -> Iterator[dict[str, Any]]:
    yield from JOBS[job]["steps"]


def scripts(job: str) -> list[str]:
    return [step["run"] for step in steps(job) if "run" in step]


@pytest.mark.parametrize("file", FILES)
def test_the_file_exists_and_is_not_empty(file: str) -> None:
    assert (ROOT / file).read_text(encoding="utf-8").strip()


def test_the_files_are_documents_with_tested_commands_and_paths() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in documents()}
    assert {file for file in FILES if file.endswith(".md")} <= names
    assert ".github/ISSUE_TEMPLATE/bug.yml" in names


def test_the_bug_template_asks_for_versions_and_the_doctor() -> None:
    text = (ROOT / ".github/ISSUE_TEMPLATE/bug.yml").read_text(encoding="utf-8")
    assert "`testingkit doctor`" in text
    assert "`testingkit --version`" in text


def test_every_yaml_file_of_github_can_be_read() -> None:
    files = sorted((ROOT / ".github").rglob("*.yml"))
    assert len(files) >= 4
    for file in files:
        assert yaml.safe_load(file.read_text(encoding="utf-8")), file


@pytest.mark.parametrize("job", JOBS)
def test_every_job_runs_the_script_of_ci(job: str) -> None:
    assert ".ci/run" in scripts(job)


def test_pull_requests_are_tested_on_every_python_of_the_makefile() -> None:
    environment = JOBS["test"]["env"]
    (setup,) = [step for step in steps("test") if "setup-python" in step.get("uses", "")]
    assert environment["TEST_PYTHONS"].split() == makefile_pythons()
    assert setup["with"]["python-version"].split() == makefile_pythons()
    assert environment["PYTHON"] == f"python{makefile_pythons()[0]}"


def test_each_python_of_the_makefile_has_a_nightly_job() -> None:
    assert "schedule" in WORKFLOW[True]  # YAML 1.1 parses the key `on` as true.
    assert JOBS["nightly"]["strategy"]["matrix"]["python"] == makefile_pythons()


def test_ci_generates_all_code_again() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.search(r"\bFULL=1 make\b.* test\b", script)


def test_the_oldest_python_of_the_makefile_is_the_oldest_supported_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={makefile_pythons()[0]}"


@pytest.mark.parametrize("job", JOBS)
def test_scripts_of_the_workflow_exist_and_have_no_expressions(job: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for script in scripts(job):
        assert "${{" not in script
        words = [word for word in shlex.split(script) if word != "sudo"]
        exists = words[1] in targets if words[0] == "make" else (ROOT / words[0]).is_file()
        assert exists, script


def test_the_workflow_has_few_rights_and_timeouts() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "secrets." not in (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    for job in JOBS.values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("job", JOBS)
def test_actions_are_pinned_and_come_from_github(job: str) -> None:
    used = [step["uses"] for step in steps(job) if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@v\d+", name)] == []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_calls_a_tool_of_this_project(hook: dict[str, Any]) -> None:
    assert hook["language"] == "system"
    command = shlex.split(hook["entry"])[0]
    requirements = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
    package = {"buf": "buf-bin", "python": "pytest"}
    if command.startswith(".venv/bin/"):
        name = command.removeprefix(".venv/bin/")
        assert f"\n{package.get(name, name)}==" in requirements
    else:
        assert command in {"cargo", "gofmt"}
    for word in shlex.split(hook["entry"])[1:]:
        if "/" in word:
            assert (ROOT / word).exists(), word


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_is_for_files_that_exist(hook: dict[str, Any]) -> None:
    if "files" not in hook:
        return
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    exclude = re.compile(hook.get("exclude", "^$"))
    names = [name for name in listed.stdout.splitlines() if not exclude.search(name)]
    assert any(re.search(hook["files"], name) for name in names)


def test_the_hooks_are_local() -> None:
    file = Path(ROOT / ".pre-commit-config.yaml")
    repositories = yaml.safe_load(file.read_text(encoding="utf-8"))["repos"]
    assert {repository["repo"] for repository in repositories} == {"local"}


def test_the_changelog_has_sections_of_keep_a_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert releases[0] == "Unreleased"
    for release in releases[1:]:
        assert re.fullmatch(r"\d+\.\d+\.\d+ - \d{4}-\d{2}-\d{2}", release)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
