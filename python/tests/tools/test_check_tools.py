"""tools/check-tools lists everything that is missing or too old, with the versions, at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[3] / "tools"
GOOD = {
    "python3": f'exec "{sys.executable}" "$@"',
    "go": "echo go version go1.24.3 linux/amd64",
    "cargo": "echo 'cargo 1.88.0 (873a06493 2025-05-10)'",
}


def check(folder: Path, commands: dict[str, str], **environment: str) -> tuple[int, str]:
    """Runs tools/check-tools with only these commands; returns the exit status and the output."""
    for name, body in commands.items():
        command = folder / name
        command.write_text(f"#!{shutil.which('sh')}\n{body}\n")
        command.chmod(0o755)
    shell = shutil.which("sh")
    assert shell is not None
    done = subprocess.run(
        [shell, str(TOOLS / "check-tools")],
        env={"PATH": str(folder), "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_machine_with_all_tools_prints_nothing(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == (0, "")


def test_all_missing_tools_are_listed_at_once(tmp_path: Path) -> None:
    status, output = check(tmp_path, {})
    assert status == 1
    assert output.splitlines() == [
        "Tools that are missing or too old:",
        "  python3 3.11 or newer is needed; found: nothing on the PATH",
        "  go 1.24 or newer is needed; found: nothing on the PATH",
        "  cargo 1.88 or newer is needed; found: nothing on the PATH",
    ]


@pytest.mark.parametrize(
    ("tool", "body", "needed", "found"),
    [
        ("go", "echo go version go1.23.9 linux/amd64", "1.24", "1.23.9"),
        ("cargo", "echo 'cargo 1.87.0 (abc 2025-01-01)'", "1.88", "1.87.0"),
        ("python3", "echo 3.9.18", "3.11", "3.9.18"),
    ],
)
def test_a_tool_that_is_too_old_is_listed_with_both_versions(
    tmp_path: Path, tool: str, body: str, needed: str, found: str
) -> None:
    status, output = check(tmp_path, {**GOOD, tool: body})
    assert status == 1
    assert f"  {tool} {needed} or newer is needed; found: {found} ({tmp_path / tool})" in output
    assert len(output.splitlines()) == 2


def test_a_release_candidate_and_a_newer_major_version_are_new_enough(tmp_path: Path) -> None:
    commands = {
        **GOOD,
        "go": "echo go version go1.24rc2 linux/amd64",
        "cargo": "echo 'cargo 2.0.0 (abc 2030-01-01)'",
    }
    assert check(tmp_path, commands) == (0, "")


def test_a_tool_that_does_not_print_its_version_is_listed(tmp_path: Path) -> None:
    status, output = check(tmp_path, {**GOOD, "cargo": "echo no default toolchain >&2; exit 1"})
    assert status == 1
    assert "cargo 1.88 or newer is needed; found: one that does not print its version" in output


def test_a_newer_python_is_found_if_the_default_is_too_old(tmp_path: Path) -> None:
    commands = {**GOOD, "python3": "echo 3.9", "python3.12": GOOD["python3"]}
    assert check(tmp_path, commands) == (0, "")


def test_the_python_of_the_variable_is_not_replaced_by_another(tmp_path: Path) -> None:
    status, output = check(tmp_path, {**GOOD, "old": "echo 3.9.1"}, PYTHON="old")
    assert status == 1
    assert "old 3.11 or newer is needed; found: 3.9.1" in output


def test_a_python_without_venv_is_listed(tmp_path: Path) -> None:
    no_venv = f'case "$2" in *ensurepip*) exit 1;; esac; exec "{sys.executable}" "$@"'
    status, output = check(tmp_path, {**GOOD, "python3": no_venv})
    assert status == 1
    assert "python3 needs its venv and ensurepip modules" in output


def test_find_python_prints_exactly_the_requested_version(tmp_path: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    check(tmp_path, {"python3": GOOD["python3"]})
    shell = shutil.which("sh")
    assert shell is not None
    answers = {
        asked: subprocess.run(
            [shell, str(TOOLS / "find-python"), asked],
            env={"PATH": str(tmp_path), "HOME": str(tmp_path), "PYENV_ROOT": os.devnull},
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
        for asked in (version, "3.2")
    }
    assert answers == {version: str(tmp_path / "python3"), "3.2": ""}
