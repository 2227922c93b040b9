"""A fixture with the log of a real run, which has findings of many kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import conftest as e2e
from tests.e2e.project import Project

generated = e2e.generated


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Project:
    """Returns a project after a run with a good runner, a wrong one and one that dies."""
    project = Project(tmp_path_factory.mktemp("recorded"), generated)
    project.add_greeter("good")
    project.add_greeter("wrong", "answers_wrong")
    project.add_greeter("dead", "dies_midway")
    assert project.run("run", "--repeat", "2").exit == 1
    return project
