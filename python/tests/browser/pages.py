"""Reports for the tests in a browser, and a window that records requests and errors."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import ConsoleMessage, Page, Request

from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.report.html import write
from testingkit.conformance.v1 import run_pb2
from tests.conformance import run_logs
from tests.conformance.logs import agreed, crashed, diverged, finding, planned, record

_TIMEOUT = 10.0  # seconds
AGREED = 450  # cases of one suite: more than a table shows
HOSTILE = [
    "</script><script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    '"><svg onload=window.hurt=1>',
    "' onmouseover='window.hurt=1",
    "{{ 7 * 7 }} {% include 'x' %}",
    "javascript:window.hurt=1",
    "\x1b[31mred\u202eevil\u2066\x00\x7f",
    "]]>--><!--",
    "*/ } body { display: none } /*",
    "q",  # the id of the search
]


def red_run(folder: Path) -> RunLog:
    """Records two runners that agree in 450 cases, three divergences with two causes, a crash."""
    cases = [(planned(n, f"calm/case_{n:03}"), agreed(n)) for n in range(1, AGREED + 1)]
    names = ("delay/caps", "delay/caps_too", "delay/other")
    odd = [planned(AGREED + 1 + n, name, line=n) for n, name in enumerate(names)]
    cases += [(case, diverged(case.call_id)) for case in odd]
    dying = planned(AGREED + 10, "huge/line", description="A very long line")
    cases.append((dying, crashed(dying.call_id, stderr="thread 'main' panicked\nat lib.rs:88")))
    findings = [
        finding(dying, id="C1", kind=run_pb2.FINDING_KIND_CRASH, text="rust: crash: signal 6"),
        finding(odd[0]),
        finding(odd[2], id="D2"),
    ]
    findings[1].similar_case_ids.append(odd[1].case_id)
    return record(
        folder / "events.binpb", cases, findings, reasons=["4 cases are not as they should be"]
    )


def hostile_run(folder: Path) -> RunLog:
    """Records names, descriptions, values, output and findings that could be taken for markup."""
    cases, findings = [], []
    for number, text in enumerate(HOSTILE, start=1):
        case = planned(number, f"{text}/{text}", description=text, path=text)
        finished = (
            crashed(number, stderr=f"{text}\n{text}")
            if number % 2
            else diverged(number, text, text)
        )
        kind = run_pb2.FINDING_KIND_CRASH if number % 2 else run_pb2.FINDING_KIND_DIVERGENCE
        cases.append((case, finished))
        findings.append(finding(case, id=f"{text}{number}", kind=kind, text=text, advice=text))
    return record(
        folder / "events.binpb", cases, findings, runners=[HOSTILE[0], HOSTILE[8]], reasons=HOSTILE
    )


def every_kind_run(folder: Path) -> RunLog:
    """Records three runners with cases of every status."""
    return run_logs.record(folder, run_logs.every_kind())


def write_page(log: RunLog) -> Path:
    """Writes the report of a run next to its log, and returns its path."""
    path = log.path.with_name("report.html")
    with path.open("wb") as file:
        write(log, file)
    return path


@dataclass
class Opened:
    """A report in a window, with the requests and errors of the page."""

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._record_request)
        self.page.on("console", self._record_message)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.open()

    def open(self, address: str = "") -> None:
        """Loads the report again, at an address within it."""
        self.page.goto("about:blank")
        self.page.goto(self.path.as_uri() + address)

    def close(self) -> None:
        self.page.close()
        assert self.problems == []
        assert set(self.requests) <= {self.path.as_uri()}

    def search(self, query: str) -> None:
        """Types a query and waits for its result or error."""
        self.page.fill("#q", query)
        is_applied = f"new URLSearchParams(location.hash.slice(1)).get('q') === {json.dumps(query)}"
        self.until(f"{is_applied} || document.querySelector('#wrong').textContent")

    def until(self, expression: str) -> None:
        """Waits for a JavaScript expression from outside, since the page forbids `eval`."""
        deadline = time.monotonic() + _TIMEOUT
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            self.page.wait_for_timeout(20)

    @property
    def address(self) -> str:
        """The part of the address after the #."""
        return unquote(self.page.url.partition("#")[2])

    @property
    def shown(self) -> str:
        """The number of cases that the page reports as shown."""
        return self.page.text_content("#shown") or ""

    def cases(self) -> list[str]:
        """Returns the names of the filtered cases, in open and closed suites."""
        return self._texts(
            ".cases tr[id]:not([hidden])", "row => row.cells[0].firstChild.data.trim()"
        )

    def problems_shown(self) -> list[str]:
        return self._texts("details.problem:not([hidden])", "problem => problem.id")

    def _texts(self, selector: str, text: str) -> list[str]:
        script = f"found => found.map({text})"
        texts: list[str] = self.page.eval_on_selector_all(selector, script)
        return texts

    def _record_request(self, request: Request) -> None:
        if request.url != "about:blank":
            self.requests.append(request.url.partition("#")[0])

    def _record_message(self, message: ConsoleMessage) -> None:
        self.problems.append(f"console: {message.text}")
