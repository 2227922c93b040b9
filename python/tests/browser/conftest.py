"""Fixtures with the Chromium of the system, which opens HTML reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmark.browser import MISSING, launched, program
from tests.browser.pages import Opened, hostile_run, red_run, write_page


# One for each module, because no other test of the process can have an event loop while it runs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = program()
    if path is None:
        # In CI a skip would not be noticed.
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with launched(path) as started:
        yield started


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the report of a run with a crash and two divergences."""
    return write_page(red_run(tmp_path_factory.mktemp("red")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the report of a run in which every text is hostile."""
    return write_page(hostile_run(tmp_path_factory.mktemp("hostile")))


@pytest.fixture
def opened(browser: Browser, red: Path) -> Iterator[Opened]:
    """Yields the report of the red run in its own window; errors in the window fail the test."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    shown = Opened(page, red)
    yield shown
    shown.close()


@pytest.fixture
def plain(browser: Browser, red: Path) -> Iterator[Page]:
    """Yields the report of the red run without JavaScript."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(red.as_uri())
    yield page
    page.close()
