"""Adds up the results of every test runner and prints the one closing line.

Usage: ``sum_tests.py FOLDER PART...`` after ``tools/test`` ran the parts, or
``sum_tests.py --show FILE.gojson`` for the output of the Go tests that failed.

``FOLDER/PART/exit`` holds the part's exit status, and its results are in the same folder:

* ``*.xml``: JUnit, as pytest writes it.
* ``*.cargo``: what ``cargo test`` printed.
* ``*.gojson``: the events of ``go test -json``.
* ``*.check``: lines of ``passed|failed|skipped <tab> name <tab> reason``.

A part without results is one check that passes on exit status 0. One that failed without a failed
test, or ran no test at all, counts as a failure: a crash must not look like a pass.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import go_events


@dataclass
class Tally:
    """How many tests passed, and by name which failed and which were skipped."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count the other's tests too."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    @property
    def total(self) -> int:
        """Number of tests, passed or not."""
        return self.passed + len(self.failed) + len(self.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {len(self.failed)} failed, {len(self.skipped)} skipped"


def read_junit(text: str) -> Tally:
    """Read pytest's JUnit report. A test whose teardown fails after a pass is one failed test."""
    tally = Tally()
    outcomes: dict[str, tuple[str, str]] = {}
    for case in ElementTree.fromstring(text).iter("testcase"):  # noqa: S314 - pytest's own file
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        broken = case.find("failure") is not None or case.find("error") is not None
        skip = case.find("skipped")
        if broken or outcomes.get(name, ("", ""))[0] == "failed":
            outcomes[name] = ("failed", "")
        elif skip is not None:
            outcomes[name] = ("skipped", skip.get("message", "no reason given"))
        else:
            outcomes[name] = ("passed", "")
    for name, (outcome, reason) in outcomes.items():
        _count(tally, outcome, name, reason)
    return tally


CARGO_RESULT = re.compile(
    r"^test result: \w+\. (?P<passed>\d+) passed; (?P<failed>\d+) failed; (?P<ignored>\d+) ignored"
)
CARGO_TEST = re.compile(
    r"^test (?P<name>.+?) \.\.\. (?P<outcome>FAILED|ignored)(, (?P<reason>.*))?$"
)


def read_cargo(text: str) -> Tally:
    """Read the output of ``cargo test``; the names are of the tests that failed or are ignored."""
    tally = Tally()
    failed = ignored = 0
    for line in text.splitlines():
        if result := CARGO_RESULT.match(line):
            tally.passed += int(result["passed"])
            failed += int(result["failed"])
            ignored += int(result["ignored"])
        elif test := CARGO_TEST.match(line):
            outcome = "failed" if test["outcome"] == "FAILED" else "skipped"
            _count(tally, outcome, test["name"], test["reason"] or "no reason given")
    # Output of a test between its name and its outcome hides the name, never the number.
    tally.failed += ["a Rust test"] * (failed - len(tally.failed))
    tally.skipped += ["a Rust test (no reason found)"] * (ignored - len(tally.skipped))
    return tally


def read_go(text: str) -> Tally:
    """Read the events of ``go test -json``."""
    tally = Tally()
    for outcome, name, reason in go_events.outcomes(go_events.parse(text)):
        _count(tally, outcome, name, reason)
    return tally


def read_check(text: str) -> Tally:
    """Read lines of outcome, name and reason, as the scripts in this folder write them."""
    tally = Tally()
    for line in text.splitlines():
        outcome, name, reason = [*line.split("\t"), "", ""][:3]
        _count(tally, outcome, name, reason)
    return tally


READERS = {".xml": read_junit, ".cargo": read_cargo, ".gojson": read_go, ".check": read_check}


def read_part(folder: Path) -> dict[str, Tally]:
    """Read all results of one part, by file; what does not add up is a failure of its own."""
    part = folder.name
    tallies = {}
    for path in sorted(folder.iterdir() if folder.is_dir() else []):
        if reader := READERS.get(path.suffix):
            label = f"{part} {path.stem}"
            try:
                tallies[label] = reader(path.read_text(encoding="utf-8", errors="replace"))
            except (ValueError, ElementTree.ParseError) as error:
                tallies[label] = Tally(failed=[f"{path} does not read: {error}"])
    exit_file = folder / "exit"
    status = exit_file.read_text().strip() if exit_file.is_file() else "unknown"
    if not tallies and status == "0":
        return {part: Tally(passed=1)}
    if status != "0" and not any(tally.failed for tally in tallies.values()):
        tallies[part] = Tally(failed=[f"{part}: exit status {status} without a failed test"])
    elif not sum(tally.total for tally in tallies.values()):
        tallies[part] = Tally(failed=[f"{part}: ran no test"])
    return tallies


def report(tallies: dict[str, Tally]) -> tuple[list[str], bool]:
    """Give the lines to print, the closing line last, and whether nothing failed."""
    width = max((len(label) for label in tallies), default=0)
    lines = [f"  {label:<{width}}  {tally}" for label, tally in tallies.items()]
    everything = Tally()
    for tally in tallies.values():
        everything.add(tally)
    for label, tally in tallies.items():
        lines += [f"  skipped: {label}: {name}" for name in tally.skipped]
    for label, tally in tallies.items():
        lines += [f"  FAILED: {label}: {name}" for name in tally.failed]
    lines.append(f"testingkit: {everything}")
    return lines, not everything.failed


def main(arguments: list[str]) -> int:
    """Run the command line; the exit status says whether anything failed."""
    first, *rest = arguments
    if first == "--show":
        text = Path(rest[0]).read_text(encoding="utf-8", errors="replace")
        print(go_events.shown(go_events.parse(text)))
        return 0
    tallies: dict[str, Tally] = {}
    for part in rest:
        tallies.update(read_part(Path(first) / part))
    lines, green = report(tallies)
    print("\n".join(lines))
    return 0 if green else 1


def _count(tally: Tally, outcome: str, name: str, reason: str) -> None:
    if outcome == "passed":
        tally.passed += 1
    elif outcome == "failed":
        tally.failed.append(name)
    elif outcome == "skipped":
        tally.skipped.append(f"{name}: {reason}" if reason else name)
    else:
        raise ValueError(f"unknown outcome {outcome!r} of {name!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
