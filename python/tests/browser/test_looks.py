"""The HTML report on narrow screens and in dark mode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import every_kind_run, write_page

_OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
# The text and background colour of every text.
_COLOURS = """() => {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility() || element.closest("script, style, dialog"))
      continue;
    let behind = element;
    const see = (one) => getComputedStyle(one).backgroundColor;
    while (behind && see(behind) === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    const pair = [getComputedStyle(element).color, behind ? see(behind) : "rgb(255, 255, 255)"];
    found.set(pair.join("|"), [...pair, node.data.trim().slice(0, 40)]);
  }
  return [...found.values()];
}"""


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(every_kind_run(tmp_path_factory.mktemp("every")))


@pytest.mark.parametrize("width", [360, 800, 1400])
@pytest.mark.parametrize("name", ["red", "hostile", "every_kind"])
def test_the_page_is_not_wider_than_the_screen(
    browser: Browser, request: pytest.FixtureRequest, name: str, width: int
) -> None:
    path: Path = request.getfixturevalue(name)
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    for _ in range(2):  # folded and open
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(_OPEN)
    page.close()


def test_cells_name_their_runner_on_a_narrow_screen(browser: Browser, red: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(red.as_uri())
    page.evaluate(_OPEN)
    labels = page.eval_on_selector_all(
        "#c1 td", "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert labels == ['"line "', '"go "', '"rust "', '"parity "']
    page.close()


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["red", "every_kind"])
def test_every_text_has_enough_contrast(
    browser: Browser, request: pytest.FixtureRequest, name: str, scheme: Any
) -> None:
    """WCAG 2.1, 1.4.3: a contrast of 4.5."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(request.getfixturevalue(name).as_uri())
    page.evaluate(_OPEN)
    page.evaluate("document.querySelector('#q').value = 'x:'")
    page.evaluate("document.querySelector('#q').dispatchEvent(new Event('input', {bubbles: true}))")
    page.wait_for_selector("#wrong:not(:empty)")
    pairs = page.evaluate(_COLOURS)
    page.close()
    assert len(pairs) > 5
    weak = [(text, one, other) for one, other, text in pairs if _contrast(one, other) < 4.5]
    assert weak == []


def test_the_background_is_dark_in_dark_mode(browser: Browser, red: Path) -> None:
    found = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(red.as_uri())
        found.append(_luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")))
        page.close()
    light, dark = found
    assert light > 0.9
    assert dark < 0.02


def test_styles_of_the_table_of_cases_do_not_apply_to_tables_inside_it(
    browser: Browser, every_kind: Path
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(every_kind.as_uri())
    page.evaluate(_OPEN)
    labels = page.eval_on_selector_all(
        ".more .fields td", "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert set(labels) == {"none"}
    page.close()
