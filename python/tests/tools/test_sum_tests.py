"""The closing line of `make test` is a true sum, and nothing that broke can look like a pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import sum_tests
from sum_tests import Tally

if TYPE_CHECKING:
    from pathlib import Path

JUNIT = """<?xml version="1.0"?>
<testsuites><testsuite name="pytest" tests="4">
  <testcase classname="a" name="passes"/>
  <testcase classname="a" name="fails"><failure message="assert 1 == 2"/></testcase>
  <testcase classname="a" name="does_not_set_up"><error message="fixture"/></testcase>
  <testcase classname="a" name="skips"><skipped message="no such Python"/></testcase>
  <testcase classname="a" name="tears_down_badly"/>
  <testcase classname="a" name="tears_down_badly"><error message="teardown"/></testcase>
</testsuite></testsuites>
"""

CARGO = """
running 3 tests
test value::tests::orders ... ok
test value::tests::hashes ... FAILED
test value::tests::slow ... ignored, needs a big machine

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

   Doc-tests testingkit

test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s
"""


def go_events(*events: dict[str, str]) -> str:
    return "\n".join(json.dumps(event) for event in events)


def part(folder: Path, exit_status: str, **files: str) -> dict[str, Tally]:
    """Read a part that left these result files, named like ``rust_cargo`` for rust.cargo."""
    (folder / "exit").write_text(exit_status + "\n")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return sum_tests.read_part(folder)


def failures(tallies: dict[str, Tally]) -> list[str]:
    return [name for tally in tallies.values() for name in tally.failed]


def test_junit_counts_errors_as_failures_and_keeps_the_reason_of_a_skip() -> None:
    tally = sum_tests.read_junit(JUNIT)
    assert tally.passed == 1
    assert tally.failed == ["a::fails", "a::does_not_set_up", "a::tears_down_badly"]
    assert tally.skipped == ["a::skips: no such Python"]


def test_cargo_adds_up_every_result_line() -> None:
    tally = sum_tests.read_cargo(CARGO)
    assert tally.passed == 5
    assert tally.failed == ["value::tests::hashes"]
    assert tally.skipped == ["value::tests::slow: needs a big machine"]


def test_cargo_counts_failures_whose_name_it_cannot_read() -> None:
    tally = sum_tests.read_cargo("test result: FAILED. 0 passed; 2 failed; 1 ignored; 0 measured")
    assert len(tally.failed) == 2
    assert len(tally.skipped) == 1


def test_go_counts_subtests_in_place_of_their_parent() -> None:
    text = go_events(
        {"Action": "pass", "Package": "p", "Test": "TestTable/first"},
        {"Action": "pass", "Package": "p", "Test": "TestTable/with/slash"},
        {"Action": "pass", "Package": "p", "Test": "TestTable"},
        {"Action": "pass", "Package": "p", "Test": "TestAlone"},
        {"Action": "pass", "Package": "p"},
    )
    assert sum_tests.read_go(text) == Tally(passed=3)


def test_go_counts_a_parent_that_failed_by_itself() -> None:
    text = go_events(
        {"Action": "pass", "Package": "p", "Test": "TestTable/first"},
        {"Action": "fail", "Package": "p", "Test": "TestTable"},
        {"Action": "fail", "Package": "p"},
    )
    assert sum_tests.read_go(text) == Tally(passed=1, failed=["p TestTable"])


def test_go_counts_a_failed_subtest_once() -> None:
    text = go_events(
        {"Action": "fail", "Package": "p", "Test": "TestTable/first"},
        {"Action": "fail", "Package": "p", "Test": "TestTable"},
        {"Action": "fail", "Package": "p"},
    )
    assert sum_tests.read_go(text) == Tally(failed=["p TestTable/first"])


def test_go_counts_a_package_that_does_not_compile() -> None:
    text = go_events(
        {"Action": "build-output", "ImportPath": "p", "Output": "p.go:1:1: no\n"},
        {"Action": "build-fail", "ImportPath": "p"},
        {"Action": "fail", "Package": "p"},
    )
    assert sum_tests.read_go(text) == Tally(failed=["p: failed outside its tests"])


def test_go_skips_keep_their_reason() -> None:
    text = go_events(
        {"Action": "output", "Package": "p", "Test": "T", "Output": "=== RUN   T\n"},
        {"Action": "output", "Package": "p", "Test": "T", "Output": "    t.go:3: no socket\n"},
        {"Action": "output", "Package": "p", "Test": "T", "Output": "--- SKIP: T (0.00s)\n"},
        {"Action": "skip", "Package": "p", "Test": "T"},
    )
    assert sum_tests.read_go(text).skipped == ["p T: t.go:3: no socket"]


def test_a_part_without_results_is_one_check(tmp_path: Path) -> None:
    assert part(tmp_path, "0") == {tmp_path.name: Tally(passed=1)}


@pytest.mark.parametrize("status", ["1", "2", "139"])
def test_a_part_that_ended_badly_without_a_failed_test_is_a_failure(
    tmp_path: Path, status: str
) -> None:
    tallies = part(tmp_path, status, rust_cargo="test result: ok. 5 passed; 0 failed; 0 ignored")
    assert failures(tallies) == [f"{tmp_path.name}: exit status {status} without a failed test"]


def test_a_part_that_never_ran_is_a_failure(tmp_path: Path) -> None:
    assert failures(sum_tests.read_part(tmp_path / "absent")) == [
        "absent: exit status unknown without a failed test"
    ]


def test_a_part_that_ran_no_test_is_a_failure(tmp_path: Path) -> None:
    assert failures(part(tmp_path, "0", go_gojson="")) == [f"{tmp_path.name}: ran no test"]


def test_a_result_that_does_not_read_is_a_failure(tmp_path: Path) -> None:
    (failure,) = failures(part(tmp_path, "0", python_xml="<testsuites><cut"))
    assert "does not read" in failure


def test_a_failed_test_fails_the_part_though_it_exited_well(tmp_path: Path) -> None:
    tallies = part(tmp_path, "0", lint_check="failed\tmypy\t\npassed\truff\t\n")
    assert failures(tallies) == ["mypy"]


def test_the_closing_line_is_the_sum_and_comes_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, files in {"rust": {"rust_cargo": CARGO}, "python": {"3_xml": JUNIT}}.items():
        (tmp_path / name).mkdir()
        part(tmp_path / name, "1", **files)
    assert sum_tests.main([str(tmp_path), "rust", "python"]) == 1
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == "testingkit: 6 passed, 4 failed, 2 skipped"
    assert "  FAILED: rust rust: value::tests::hashes" in printed


def test_all_green_exits_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "check").mkdir()
    part(tmp_path / "check", "0")
    assert sum_tests.main([str(tmp_path), "check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "testingkit: 1 passed, 0 failed, 0 skipped"
