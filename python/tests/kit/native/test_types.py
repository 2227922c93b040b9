"""mypy accepts right arguments, and refuses wrong ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PYTHON = Path(__file__).parents[3]
RIGHT = """
from collections import deque
from datetime import timedelta
from testingkit import AssertionFailed, Matcher, expect, match, require

require(5).is_between(1, 10).is_odd()
require({"a": 1}).has_keys(["a"]).has_keys(("a",)).has_keys(deque("a")).has_entries({"a": 1})
require("abc").contains_all_text({"a": 1}.values() if 0 else ["a"]).starts_with("a")
require([1]).is_subset_of({1, 2}).is_subset_of(range(3)).contains_all({"a": 1}.values())
require(timedelta(1)).is_less_than(timedelta(2))
require(b"a").starts_with_bytes(bytearray(b"a"))
expect(1.5, note="ratio").is_close_to(1, 0.5)
matcher: Matcher = match.is_between(1.5, "z")
with expect.group():
    expect([1]).equal([match.is_odd()])
"""
WRONG = """
from testingkit import match, require

require("a").starts_with(1)  # E
require([1]).has_length("1")  # E
require([1]).contains_all("ab")  # E
require([1]).contains_all({1})  # E
require([1]).contains_all(b"ab")  # E
require("a").contains_all_text([1])  # E
require({}).has_entries([1])  # E
require([1]).is_subset_of("ab")  # E
require(1).is_between(1)  # E
require(1).is_between([1], 2)  # E
require(1, "note")  # E
match.is_multiple_of(1.5)  # E
match.no_such_assertion()  # E
"""


def test_mypy_refuses_exactly_the_marked_lines(tmp_path: Path) -> None:
    for name, program in (("right", RIGHT), ("wrong", WRONG)):
        (tmp_path / f"{name}.py").write_text(program, encoding="utf-8")
    # A process of its own, because mypy changes the recursion limit.
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        "",
        "--cache-dir",
        "cache",
    ]
    shown = subprocess.run(
        [*command, "--follow-imports", "silent", "right.py", "wrong.py"],
        cwd=tmp_path,
        env=os.environ | {"MYPYPATH": str(PYTHON)},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    refused = set(re.findall(r"^(\w+)\.py:(\d+): error", shown, re.MULTILINE))
    marked = {
        ("wrong", str(number))
        for number, line in enumerate(WRONG.splitlines(), start=1)
        if line.endswith("# E")
    }
    assert refused == marked, shown
