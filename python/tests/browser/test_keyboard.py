"""The HTML report can be used with the keyboard only."""

from __future__ import annotations

from tests.browser.pages import Opened

_AT = "document.activeElement.closest('details')?.id ?? document.activeElement.id"


def test_slash_focuses_the_search_and_escape_leaves_it(opened: Opened) -> None:
    opened.page.keyboard.press("/")
    assert opened.page.evaluate(_AT) == "q"
    opened.page.keyboard.type("j?/k")  # typed as text, not as keys of the page
    assert opened.page.input_value("#q") == "j?/k"
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate(_AT) != "q"


def test_j_and_k_move_between_problems(opened: Opened) -> None:
    seen = []
    for key in ("j", "j", "j", "j", "k", "ArrowUp", "ArrowDown"):
        opened.page.keyboard.press(key)
        seen.append(opened.page.evaluate(_AT))
    assert seen == ["C1", "D1", "D2", "D2", "D1", "C1", "D1"]


def test_j_skips_hidden_problems(opened: Opened) -> None:
    opened.search("suite:delay")
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("j")
    assert opened.page.evaluate(_AT) == "D1"


def test_enter_opens_a_problem_and_escape_closes_it(opened: Opened) -> None:
    opened.page.keyboard.press("j")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#C1 > .body").is_visible()
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#C1 > .body").is_visible()
    assert opened.page.evaluate(_AT) == "C1"


def test_question_mark_shows_the_help(opened: Opened) -> None:
    opened.page.keyboard.press("?")
    assert opened.page.locator("#keys").is_visible()
    assert opened.page.locator("#keys kbd").count() > 4
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("#keys").is_visible()


def test_the_first_tab_is_a_link_that_skips_the_filter(opened: Opened) -> None:
    opened.page.keyboard.press("Tab")
    assert opened.page.locator(".skip").is_visible()
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate(_AT) == "C1"
