"""Reads the events of ``go test -json``, for sum_tests.py.

A test with subtests is not counted itself, only its subtests are, unless it failed without one of
them. A package that failed without a failed test (it does not compile, or its process died) is one
failure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One event: an action on a package, or on one of its tests."""

    action: str
    package: str
    test: str
    output: str


OUTCOMES = {"pass": "passed", "fail": "failed", "skip": "skipped"}


def parse(text: str) -> list[Event]:
    """Returns the events; a line that is not JSON is output of the go command itself."""
    events = []
    for line in text.splitlines():
        if not line.startswith("{"):
            events.append(Event("output", "", "", line + "\n"))
            continue
        fields = json.loads(line)
        events.append(
            Event(
                action=fields.get("Action", ""),
                package=fields.get("Package", fields.get("ImportPath", "")),
                test=fields.get("Test", ""),
                output=fields.get("Output", ""),
            )
        )
    return events


def outcomes(events: list[Event]) -> Iterator[tuple[str, str, str]]:
    """Yields outcome, name and reason of each test."""
    ended = {
        (event.package, event.test): OUTCOMES[event.action]
        for event in events
        if event.action in OUTCOMES
    }
    failed = {key for key, outcome in ended.items() if outcome == "failed"}
    parents = {(package, parent) for package, test in ended for parent in _ancestors(test)}
    for (package, test), outcome in ended.items():
        below = any(
            other_package == package and other != test and _is_under(other, test)
            for other_package, other in failed
        )
        if not test:
            if outcome == "failed" and not below:
                yield "failed", f"{package}: failed outside its tests", ""
        elif (package, test) not in parents or (outcome == "failed" and not below):
            reason = _reason(events, package, test) if outcome == "skipped" else ""
            yield outcome, f"{package} {test}", reason


def shown(events: list[Event]) -> str:
    """Returns a line for each package, after the output of its failed tests."""
    failed = {(event.package, event.test) for event in events if event.action == "fail"}
    lines = []
    for event in events:
        if not event.output:
            continue
        of_package = not event.test and event.output.startswith(("ok ", "FAIL", "?", "panic"))
        # Compiler errors are events of the build, which name no test and no outcome.
        of_build = event.action == "build-output" or not event.package
        if (event.package, event.test) in failed or of_package or of_build:
            lines.append(event.output)
    return "".join(lines).rstrip("\n")


def _ancestors(test: str) -> list[str]:
    """Returns the possible parents of a test; more than one, since names may contain a slash."""
    parts = test.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _is_under(test: str, ancestor: str) -> bool:
    return not ancestor or test.startswith(ancestor + "/")


def _reason(events: list[Event], package: str, test: str) -> str:
    """Returns the text of ``t.Skip``: the last output that is not a status line of go."""
    texts = [
        event.output.strip()
        for event in events
        if (event.package, event.test) == (package, test)
        and not event.output.lstrip().startswith(("===", "---"))
    ]
    return next((text for text in reversed(texts) if text), "no reason given")
