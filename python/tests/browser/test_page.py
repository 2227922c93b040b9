"""The HTML report in a browser is complete, also without JavaScript, and loads nothing."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from tests.browser.pages import AGREED, Opened

_ALL = AGREED + 4


def test_the_decision_and_the_failing_runners_are_at_the_top(opened: Opened) -> None:
    assert "NOT CONFORMANT" in (opened.page.text_content("h1") or "")
    lead = re.sub(r"\s+", " ", opened.page.inner_text(".lead"))
    assert lead == "3 problems. Failing: rust in 3."
    assert opened.page.title() == "NOT CONFORMANT · 3 problems · TestingKit"


def test_an_open_problem_shows_all_details(opened: Opened) -> None:
    opened.page.click("#D1 > summary")
    text = opened.page.inner_text("#D1")
    for part in ("delay/caps", "odd one out: rust", '"30s"', '"0s"', 'text: "why"'):
        assert part in text
    assert "testingkit repro D1" in text
    opened.until("location.hash === '#open=D1'")


def test_a_crash_shows_the_output_of_the_process(opened: Opened) -> None:
    opened.page.click("#C1 > summary")
    text = opened.page.inner_text("#C1")
    assert "thread 'main' panicked\nat lib.rs:88" in text
    assert "The others: go ✓" in text


def test_the_page_makes_no_other_request(browser: Browser, red: Path) -> None:
    page = browser.new_page()
    requested: list[str] = []
    refused: list[str | None] = []

    def record(request: Request) -> None:
        requested.append(request.url)

    def add_refused(request: Request) -> None:
        refused.append(request.failure)

    page.on("request", record)
    page.on("requestfailed", add_refused)
    page.goto(red.as_uri())
    # Its policy also refuses requests of scripts that were added to it.
    outcome = page.evaluate(
        """() => fetch("https://example.com/").then(() => "fetched", () => "refused")"""
    )
    assert (outcome, requested) == ("refused", [red.as_uri()])
    page.evaluate("""() => { new Image().src = "https://example.com/x.png"; }""")
    page.wait_for_timeout(100)
    page.close()
    assert refused == ["csp"] * (len(requested) - 1)


def test_injected_script_and_style_do_not_run(browser: Browser, red: Path) -> None:
    page = browser.new_page()
    page.goto(red.as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.hurt = 1"; } catch { window.refused = 1; }
          document.body.append(script);
          document.body.setAttribute("style", "display: none");
        }"""
    )
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    page.close()


def test_the_page_is_complete_without_javascript(plain: Page) -> None:
    assert plain.locator("tr[id]").count() == _ALL
    assert plain.locator("details.problem").count() == 3
    assert not plain.locator("#filter").is_visible()
    suite = plain.locator("details.suite").nth(1)
    suite.locator("summary").first.click()
    row = suite.locator("tr[id]").first
    assert row.is_visible()
    assert row.inner_text().split() == [
        "caps",
        "D1",
        "451",
        "✓",
        "pass",
        "✗",
        "fail",
        "≠",
        "diverge",
    ]
    plain.click("#D1 > summary")
    assert plain.locator("#D1 .fields").is_visible()


def test_an_address_opens_its_suite_without_javascript(browser: Browser, red: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{red.as_uri()}#c1")
    assert page.locator("#c1").is_visible()
    page.close()


def test_link_to_a_problem_opens_it(opened: Opened) -> None:
    opened.page.click("table.ledgers a >> text=D2")
    assert opened.page.locator("#D2 > .body").is_visible()
    assert opened.page.evaluate("document.activeElement.closest('details').id") == "D2"
    assert opened.address == "open=D2"


def test_a_link_to_a_similar_case_shows_its_row(opened: Opened) -> None:
    opened.page.click("#D1 > summary")
    opened.page.click("#D1 .similar > summary")
    opened.page.click("#D1 .similar a")
    row = opened.page.locator("tr.target")
    assert row.is_visible()
    assert "caps_too" in (row.text_content() or "")


def test_a_command_can_be_copied(opened: Opened) -> None:
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.click("#D1 > summary")
    opened.page.click("#D1 .again dd:last-of-type .copy-button")
    opened.page.wait_for_selector("#D1 .copy-button >> text=copied")
    assert opened.page.evaluate("navigator.clipboard.readText()") == "testingkit repro D1"
