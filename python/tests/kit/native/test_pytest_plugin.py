"""What pytest and unittest print, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

PLUGIN = "testingkit.native.pytest_plugin"
TESTS = """
import unittest
import pytest
from testingkit import expect, match, require

def check(total):
    require(total, note="total").is_between(1, 10)

def test_require():
    check(12)

def test_expect():
    expect(1).equal(2)
    expect("x" * 300).is_empty()

def test_assert():
    assert 12 == match.is_between(1, 10)

def test_skip_does_not_lose_failures():
    expect(1).equal(2)
    pytest.skip("no")

@pytest.mark.xfail
def test_xfail():
    expect(1).equal(2)

@pytest.fixture
def total():
    yield 5
    expect(5).is_even()

def test_teardown(total):
    pass

def test_fixtures(require, expect):
    require(1).equal(1)
    with expect.group():
        expect([1]).is_empty()

class TestInUnittest(unittest.TestCase):
    def test_fails_too(self):
        expect(1).equal(2)
        self.fail("of unittest")

    def test_skips(self):
        expect(1).equal(3)
        self.skipTest("no")

    def test_only_expect(self):
        expect(1).equal(4)

def test_passes():
    require(1).equal(1)
"""
UNITTEST = """
import unittest
from testingkit import expect, require

class Tests(unittest.TestCase):
    def test_require(self):
        require(12).is_between(1, 10)

    def test_group(self):
        with expect.group():
            expect(1).equal(2)
            expect(3).equal(4)

unittest.main()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "test_x.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "in_unittest.py").write_text(UNITTEST, encoding="utf-8")
    return tmp_path


def run(project: Path, *command: str) -> str:
    completed = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # Other plugins take a second.
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 1, completed.stdout + completed.stderr
    return completed.stdout + completed.stderr


def run_pytest(project: Path, *options: str) -> str:
    plugins = ("-p", PLUGIN, "-p", "no:cacheprovider")
    return run(project, "-m", "pytest", "-W", "error", *plugins, *options)


def sections(output: str) -> Iterator[tuple[str, str]]:
    """Yields the name and the text of every failure."""
    for part in output.split("\n____")[1:]:
        title, _, text = part.partition("\n")
        yield title.strip("_ "), text.partition("\n====")[0]


def test_pytest_finds_the_plugin() -> None:
    (found,) = entry_points(group="pytest11", name="testingkit")
    assert found.value == PLUGIN
    assert callable(found.load().pytest_runtest_call)


def test_failures_are_shown_as_texts_with_the_lines_of_the_tests(project: Path) -> None:
    # In a worker of xdist, which sends reports to the main process as data.
    output = run_pytest(project, "-q", "-p", "xdist", "-n", "1")
    texts = {
        name: "\n".join(line for line in text.split("\n") if not line.startswith("[gw"))
        for name, text in sections(output)
    }
    assert texts["test_require"] == (
        "test_x.py:10: in test_require\n"
        "    check(12)\n"
        "test_x.py:7: in check\n"
        '    require(total, note="total").is_between(1, 10)\n'
        "E   is_between(low: 1, high: 10) failed\n"
        "E     actual: 12\n"
        "E     note: total"
    )
    assert texts["test_expect"].startswith(
        "E   2 expectations failed\n"
        "E   \n"
        "E   1) test_x.py:13\n"
        "E   equal(expected: 2) failed\n"
        "E     actual: 1\n"
        "E   \n"
        "E   2) test_x.py:14\n"
        "E   is_empty() failed\n"
    )
    assert "E       assert is_between(low: 1, high: 10) failed\n" in texts["test_assert"]
    for name, expected in (("fails_too", 2), ("skips", 3), ("only_expect", 4)):
        shown = texts[f"TestInUnittest.test_{name}"]
        assert f"\nequal(expected: {expected}) failed" in shown.replace("E   ", "")
    assert "AssertionError: of unittest" in texts["TestInUnittest.test_fails_too"]
    assert "1 expectation failed, then Skipped was raised" in output
    assert "E   is_even() failed" in texts["ERROR at teardown of test_teardown"]
    assert "test_x.py:37: in test_fixtures\n    with expect.group():\n" in texts["test_fixtures"]
    assert "FAILED test_x.py::test_require - is_between(low: 1, high: 10) failed\n" in output
    assert "FAILED test_x.py::test_expect - 2 expectations failed\n" in output
    assert "8 failed, 2 passed, 1 xfailed, 1 error" in output
    assert "testingkit" not in output


def test_very_verbose_output_has_whole_values(project: Path) -> None:
    output = run_pytest(project, "-vv", "-k", "test_expect or test_require")
    assert "x" * 300 in output
    assert "- whole values -" in output
    assert "actual:\n12\nlow:\n1\nhigh:\n10\n" in output


def test_unittest_shows_the_texts(project: Path) -> None:
    output = run(project, "in_unittest.py")
    assert "testingkit.AssertionFailed: is_between(low: 1, high: 10) failed\n  actual: 12" in output
    assert "testingkit.ExpectationsFailed: 2 expectations failed" in output
    assert "2) in_unittest.py:12\nequal(expected: 4) failed" in output
