"""Filters of the HTML report select cases and problems, and are in the address."""

from __future__ import annotations

import pytest

from tests.browser.pages import AGREED, Opened

_ALL = AGREED + 4
_DELAY = ["caps", "caps_too", "other"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rust:fail", _DELAY),
        ("rust:fail and not other", ["caps", "caps_too"]),
        ("rust:crash", ["line"]),
        ("any:crash or other", ["other", "line"]),
        ("go:fail", []),
        ("is:different", _DELAY),
        ("is:single", ["line"]),
        ("is:problem caps", ["caps", "caps_too"]),
        ("not (is:agree or huge)", _DELAY),
        ("not (is:identical or huge)", _DELAY),  # the former name of agree
        ("suite:huge", ["line"]),
        ("case_007", ["case_007"]),
        ("DELAY/CAPS", ["caps", "caps_too"]),
        ("not not rust:crash", ["line"]),
    ],
)
def test_query_finds_cases(opened: Opened, query: str, found: list[str]) -> None:
    opened.search(query)
    assert opened.cases() == found
    assert opened.shown == f"{len(found)} of {_ALL} cases"
    assert opened.page.locator("#nothing").is_visible() == (not found)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (
            "ruby:fail",
            "unknown runner “ruby”; use one of: any, go, rust, is, suite",
        ),
        ("rust:fial", "unknown status “fial”; use one of: pass, "),
        ("is:odd", "unknown word “odd” after “is:”; use one of: problem, different, "),
        ("(rust:fail", "a “)” is missing"),
        ("rust:fail)", "“)” has nothing to close"),
        ("rust:fail and", "something is missing after “and”"),
        ("or x", "something is missing before “or”"),
        ("not", "something is missing after “not”"),
        ("(" * 60 + "x" + ")" * 60, "nested more than 50 times"),
        ("x" * 1001, "longer than 1000 characters"),
    ],
)
def test_a_query_that_is_not_valid_shows_the_reason(
    opened: Opened, query: str, reason: str
) -> None:
    opened.search("rust:crash")
    opened.page.fill("#q", query)
    opened.until("document.querySelector('#wrong').textContent")
    assert (opened.page.text_content("#wrong") or "").startswith(f"Invalid query: {reason}")
    assert opened.page.get_attribute("#q", "aria-invalid") == "true"
    # The result of the last valid query is still shown.
    assert opened.cases() == ["line"]


def test_filter_applies_to_problems(opened: Opened) -> None:
    assert opened.problems_shown() == ["C1", "D1", "D2"]
    opened.search("caps_too")
    assert opened.problems_shown() == ["D1"]
    opened.search("calm")
    assert opened.problems_shown() == []
    assert opened.page.locator("#no-problem").is_visible()


def test_menus_narrow_the_result(opened: Opened) -> None:
    opened.page.select_option("#runner", label="rust")
    opened.page.select_option("#status", label="fail")
    opened.until("location.hash.includes('status')")
    assert opened.cases() == _DELAY
    opened.page.select_option("#suite", label="huge")
    opened.until("location.hash.includes('suite')")
    assert opened.cases() == []


def test_the_address_has_the_whole_filter_and_restores_it(opened: Opened) -> None:
    opened.search("caps and not is:agree")
    opened.page.select_option("#runner", label="rust")
    opened.page.select_option("#status", label="fail")
    opened.page.click("#D1 > summary")
    opened.until("location.hash.includes('open=D1')")
    address, found = opened.address, opened.cases()
    assert address == "q=caps+and+not+is:agree&runner=rust&status=failed&open=D1"
    opened.open(f"#{opened.page.url.partition('#')[2]}")
    assert (opened.address, opened.cases()) == (address, found)
    assert opened.page.input_value("#q") == "caps and not is:agree"
    assert opened.page.locator("#D1 > .body").is_visible()
    opened.page.reload()
    assert (opened.address, opened.cases()) == (address, found)


def test_the_filter_follows_the_history_of_the_browser(opened: Opened) -> None:
    opened.page.evaluate("location.hash = '#q=rust:crash'")
    opened.until("document.querySelector('#q').value === 'rust:crash'")
    assert opened.cases() == ["line"]
    opened.page.go_back()
    opened.until("document.querySelector('#q').value === ''")
    assert len(opened.cases()) == _ALL


def test_an_address_with_unknown_names_shows_all_cases(opened: Opened) -> None:
    for address in ("#runner=ruby&status=odd&suite=none&open=X9", "#%E0%A4%A", "#=&=&q", "#q=("):
        opened.open(address)
        assert len(opened.cases()) == _ALL


def test_clear_removes_the_filter(opened: Opened) -> None:
    assert not opened.page.locator("#clear").is_visible()
    opened.search("rust:crash")
    opened.page.click("#clear")
    assert len(opened.cases()) == _ALL
    assert opened.address == ""
    assert opened.page.locator("details.suite[open]").count() == 0


def test_suites_with_few_results_open_by_themselves_and_large_ones_do_not(opened: Opened) -> None:
    opened.search("rust:fail")
    assert opened.page.locator("tr[id]:visible").count() == 3
    opened.search("calm")
    assert opened.page.locator("tr[id]:visible").count() == 0
    assert ", 450 found" in opened.page.inner_text("details.suite >> nth=0")
