"""Measures the HTML report of a large red run: time to write it, size, and speed in a browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from benchmark import browser, harness
from benchmark.errors import BenchError
from benchmark.lines import Samples
from benchmark.red_run import write_red_run
from benchmark.settings import Settings

_DIVERGING = 200
_FINDINGS = 12
_PAINT_TIMEOUT = 30.0  # seconds
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# From the last key to the frame that shows the result, including the wait for the end of a word.
_FILTER = """query => new Promise(done => {
  const input = document.querySelector("#q");
  const shown = document.querySelector("#shown");
  const [before, start] = [shown.textContent, performance.now()];
  const look = () => shown.textContent === before ? requestAnimationFrame(look)
    : requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  input.value = query;
  input.dispatchEvent(new Event("input", {bubbles: true}));
  look();
})"""


def measure(settings: Settings) -> Iterator[Samples]:
    """Writes the page, and opens it in a browser if one is installed."""
    folder = settings.folder / "page"
    folder.mkdir()
    log, page = folder / "events.binpb", folder / "report.html"
    write_red_run(log, settings.page_cases, _DIVERGING, _FINDINGS)
    (folder / "testingkit.toml").write_text(
        '[project]\nname = "page"\n[runners.x]\ncommand = ["x"]\n', encoding="utf-8"
    )
    path = browser.program()
    if path is None:
        print(f"bench: the page was not opened: {browser.MISSING}", file=sys.stderr)
    for _ in range(settings.rounds):
        seconds = harness.timed(folder, "report", str(log), "--html", str(page))
        size = page.stat().st_size / 1e6
        times = {} if path is None else _in_browser(path, page)
        yield {"page.write": seconds, "page.size": size, **times}


def _in_browser(path: str, page: Path) -> Samples:
    with browser.launched(path) as started:
        return _times(started, page)


def _times(started: Browser, path: Path) -> Samples:
    page = started.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    deadline = time.monotonic() + _PAINT_TIMEOUT
    while (paint := page.evaluate(_PAINT)) is None:
        if time.monotonic() > deadline:
            raise BenchError(f"the browser did not paint the page within {_PAINT_TIMEOUT:.0f} s")
        page.wait_for_timeout(20)
    first = page.evaluate(_FILTER, "is:different")
    again = page.evaluate(_FILTER, "rust:fail and not 99")
    return {
        "page.paint": paint / 1000,
        "page.first_filter": first / 1000,
        "page.filter": again / 1000,
    }
