"""What counts as a run of everything, and how runs of a selection are recorded and read."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.e2e.project import Project

_NO_SUCH_CASE = """entries {
  case: "greet/no_such_case" kind: DIVERGENCE_KIND_BUG reason: "old"
  outcome { response { text: "x" } }
}
"""


@pytest.fixture
def four(project: Project) -> Project:
    """A project with the runners a, b, c, and d, which is disabled; c has a stale entry."""
    for name in "abc":
        project.add(name, "greeter.py")
    project.add("d", "greeter.py", enabled=False)
    project.write_known("c", _NO_SUCH_CASE)
    return project


def test_run_of_as_many_runners_is_a_selection_if_one_is_left_out(four: Project) -> None:
    for size in range(1, 5):
        for chosen in combinations("abcd", size):
            is_everything = {*"abc"} <= {*chosen}
            result = four.run("run", "-r", ",".join(chosen), "--json")
            # The entry is stale without a case, so only a run of everything finds it.
            assert result.exit == is_everything, (chosen, result.err)
            assert result.json["header"].get("filtered", False) is not is_everything, chosen


def test_runner_that_is_given_twice_is_one_runner(four: Project) -> None:
    twice = four.run("run", "-r", "a,b, a,b", "--json")
    assert twice.exit == 0
    assert twice.json["header"]["filtered"]
