"""Texts of cases and runners are never run or taken for markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from testingkit.conformance.text.escape import safe
from tests.browser.pages import HOSTILE, Opened


@pytest.fixture
def shown(browser: Browser, hostile: Path) -> Opened:
    return Opened(browser.new_page(), hostile)


def test_hostile_texts_do_not_run_and_are_shown_escaped(shown: Opened) -> None:
    page = shown.page
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert page.evaluate("window.hurt") is None
    assert page.locator("img, iframe, object, embed, link, base").count() == 0
    assert page.locator("script").count() == 2  # that of the page, and the log
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


def test_commands_with_shell_syntax_are_not_offered_for_copying(shown: Opened) -> None:
    shown.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    offered = shown.page.locator(".again code").all_text_contents()
    assert offered == ["testingkit repro javascript:window.hurt=16", "testingkit repro q10"]
    assert shown.page.locator(".to-do").count() == len(HOSTILE)
    shown.close()


def test_ids_of_findings_do_not_collide_with_ids_of_the_page(shown: Opened) -> None:
    ids = shown.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in ids)
    shown.close()


def test_names_of_runners_are_text_in_css_too(shown: Opened) -> None:
    page = shown.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.eval_on_selector_all("details.suite", "all => all.forEach(one => { one.open = true; })")
    cell = page.locator("tr[id] td:nth-child(3)").first
    content = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert HOSTILE[0] in content
    assert page.locator("body").is_visible()
    shown.close()


@pytest.mark.parametrize("number", range(1, len(HOSTILE) + 1))
def test_problem_with_a_hostile_id_opens_by_its_address(shown: Opened, number: int) -> None:
    link = shown.page.locator("details.problem").nth(number - 1)
    link.locator("summary").first.click()
    shown.until("location.hash.includes('open=')")
    shown.page.reload()
    assert shown.page.locator("details.problem").nth(number - 1).locator(".body").is_visible()
    shown.close()
