"""No committed file has a path or package index of the machine that it was written on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# The patterns do not match themselves. A folder must be at the beginning of a path, because
# `docs/root/` is not absolute.
FOLDERS = re.compile("(?:^|(?<=[\\s\"'`=:(<>,]))/(?:work|root|opt)/")
HOMES = re.compile("(?<![\\w.])/(?:home|Users)/[a-z]")
HOSTS = re.compile(
    "|".join(
        (
            re.escape(f"files.python{'hosted'}.org"),
            re.escape(f"{'pypi'}.org/simple"),
            re.escape(f"proxy.{'golang'}.org"),
            re.escape(f"index.{'crates'}.io"),
            f"--{'find'}-links",
            f"--(?:extra-)?{'index'}-url",
        )
    )
)


def committed_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def found(pattern: re.Pattern[str]) -> list[str]:
    places = []
    for path in committed_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        places += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if pattern.search(line)
        ]
    return places


@pytest.mark.parametrize("pattern", [FOLDERS, HOMES], ids=["folders", "homes"])
def test_no_file_has_a_path_of_a_machine(pattern: re.Pattern[str]) -> None:
    assert found(pattern) == []


def test_no_file_names_a_package_index() -> None:
    assert found(HOSTS) == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ('path = "/ro' + 'ot/x"', True),
        ("see /wo" + "rk/main", True),
        ("docs/root/index.md", False),
        ("{folder}/root/", False),
    ],
)
def test_the_pattern_of_folders_matches_only_absolute_paths(text: str, *, caught: bool) -> None:
    assert bool(FOLDERS.search(text)) is caught
