"""The browser in which pages are measured and tested: Debian's, never one that is downloaded."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

MISSING = "there is no chromium here: tools/install-browser installs it"
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
    """Where the browser is; None where there is none."""
    return shutil.which("chromium")


@contextlib.contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Starts it, with a folder of its own for all that it keeps, and ends it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()
