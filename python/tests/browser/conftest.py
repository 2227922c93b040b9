"""A browser for the tests of the HTML report: Debian's, never one that is downloaded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmark.browser import MISSING, launched, program
from tests.browser.pages import Opened, hostile_run, red_run, write_page


# One for each module: as long as it runs, no other test of the process can have an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = program()
    if path is None:
        # What is skipped at a desk must not be skipped where nobody looks.
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with launched(path) as started:
        yield started


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run with a crash and two divergences."""
    return write_page(red_run(tmp_path_factory.mktemp("red")))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run in which everything that can be is hostile."""
    return write_page(hostile_run(tmp_path_factory.mktemp("hostile")))


@pytest.fixture
def opened(browser: Browser, red: Path) -> Iterator[Opened]:
    """The report of the red run in a window of its own; what went wrong in it fails the test."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    shown = Opened(page, red)
    yield shown
    shown.close()


@pytest.fixture
def plain(browser: Browser, red: Path) -> Iterator[Page]:
    """The same without JavaScript."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(red.as_uri())
    yield page
    page.close()
