"""Starts the Chromium of the system for measurements and tests; never downloads one."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

MISSING = "chromium is not on the PATH: run tools/install-browser"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str | None:
    """Returns the path of the browser, or None if it is not installed."""
    return shutil.which("chromium")


@contextlib.contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Starts the browser with a new profile, and closes it at the end of the context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()
