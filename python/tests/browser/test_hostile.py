"""What comes from outside stays text, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from testingkit.conformance.safe_text import safe
from tests.browser.pages import HOSTILE, Opened


@pytest.fixture
def shown(browser: Browser, hostile: Path) -> Opened:
    return Opened(browser.new_page(), hostile)


def test_nothing_runs_and_all_is_to_be_read(shown: Opened) -> None:
    page = shown.page
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, iframe, object, embed, link, base").count() == 0
    assert page.locator("script").count() == 2  # ours, and the log
    attributes = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())"
    )
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert page.evaluate("[...document.links].every(link => link.hash)")
    text = page.locator("body").text_content() or ""
    for hostile in HOSTILE:
        assert text.count(safe(hostile)) >= 3
    for char in "\x1b\u202e\u2066\x7f\x00":
        assert char not in text
    shown.close()


def test_names_of_runners_are_text_in_the_style_as_well(shown: Opened) -> None:
    page = shown.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.eval_on_selector_all("details.suite", "all => all.forEach(one => { one.open = true; })")
    cell = page.locator("tr[id] td:nth-child(3)").first
    said = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert HOSTILE[0] in said
    assert page.locator("body").is_visible()
    shown.close()


@pytest.mark.parametrize("number", range(1, len(HOSTILE) + 1))
def test_a_hostile_problem_opens_by_its_address(shown: Opened, number: int) -> None:
    link = shown.page.locator("details.problem").nth(number - 1)
    link.locator("summary").first.click()
    shown.until("location.hash.includes('open=')")
    shown.page.reload()
    assert shown.page.locator("details.problem").nth(number - 1).locator(".body").is_visible()
    shown.close()
