"""Injects every fault into every runner, and checks the reports: ``make faults``.

Runs each fault between calls that answer correctly, with the runners of the three kits and a stock
server, once with one process of each and once with several. Compares the event logs with
`fault_table.py`. Then runs two thousand cases with crashes and hangs scattered in them, and checks
that hanging runners end without a coordinator. Prints the results, and what was expected if they
differ. The exit status is 1 if anything is wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fault_checks import Check, check_cell, check_end, check_mixed
from fault_ends import HANGS, check_ends
from fault_project import ROOT, Project, RunError
from fault_table import DEADLINE, FAULTS, GRACE, MIXED, RUNNERS

PROCESSES = (1, 3)
RESULTS = ROOT / ".build/results/faults"
FOLDER = ROOT / ".build/faults"
_GREEN, _RED, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[0m"
_LABEL = "{:<22}{:>4}  "
_CELL = 26


class Report:
    """Prints checks, and collects them for the sum."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self._colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def head(self) -> None:
        """Prints the head of the table."""
        names = (*RUNNERS, "run")
        cells = "".join(f"{name:<{_CELL}}" for name in names)
        print((_LABEL.format("fault", "jobs") + cells).rstrip())

    def row(self, name: str, processes: int, checks: Sequence[Check]) -> None:
        """Prints a row of the table, and its problems below it."""
        label = name if processes == PROCESSES[0] else ""
        cells = "".join(self._coloured(check, _CELL) for check in checks)
        print((_LABEL.format(label, processes) + cells).rstrip())
        self._add(f"{name}, jobs = {processes}", checks)

    def line(self, name: str, text: str, checks: Sequence[Check]) -> None:
        """Prints a text with checks below it."""
        print(text)
        for check in checks:
            print(f"  {check.name:<8}{self._coloured(check).rstrip()}")
        self._add(name, checks)

    def _add(self, name: str, checks: Sequence[Check]) -> None:
        for check in checks:
            for problem in check.problems:
                print(f"    {check.name}: {problem}")
            self.checks.append(Check(f"{name}: {check.name}", check.shown, check.problems))
        sys.stdout.flush()

    def _coloured(self, check: Check, width: int = 1) -> str:
        text = f"{check.shown if check.is_right else check.shown + ' ✗':<{width - 1}} "
        if not self._colours:
            return text
        return f"{_GREEN if check.is_right else _RED}{text}{_PLAIN}"


def run_faults(project: Project, report: Report) -> None:
    """Runs every fault with each number of processes."""
    report.head()
    for name, fault in FAULTS.items():
        for processes in PROCESSES:
            run = project.run(name, "--config", fault.configuration, "--jobs", str(processes))
            cells = [check_cell(run, name, fault, runner) for runner in RUNNERS]
            report.row(name, processes, [*cells, check_end(run, fault.exit)])


def run_mixed(project: Project, report: Report) -> None:
    """Runs many cases with some faults, and the same cases without faults."""
    only = ("--runners", ",".join(MIXED.runners))
    plain = project.run("plain", *only)
    mixed = project.run("mixed", *only)
    crashes = len(MIXED.faults) - MIXED.hangs
    deadlines = 2 * MIXED.hangs * (DEADLINE + GRACE)
    text = (
        f"\n{MIXED.cases:,} cases, {crashes} crashes and {MIXED.hangs} hangs in each language: "
        f"{mixed.seconds:.1f} s, and {plain.seconds:.1f} s without them.\n"
        f"{deadlines:.1f} s are deadlines: "
        "each hang reaches its deadline twice, with other calls and alone."
    )
    checks = [check_mixed(mixed, runner) for runner in MIXED.runners]
    report.line("mixed", text, [*checks, check_end(mixed, 1)])
    report.line("mixed, without faults", "the same cases without faults", [check_end(plain, 0)])


def run_alone(report: Report) -> None:
    """Ends the leases of runners that hang, which must then end by themselves."""
    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        for fault in HANGS:
            text = f"\n{fault}, after the coordinator has ended"
            report.line(f"{fault}, alone", text, check_ends(fault, Path(folder)))


def write_results(checks: Sequence[Check]) -> None:
    """Writes the checks for the sum of all tests."""
    lines = [
        "\t".join(["passed" if check.is_right else "failed", check.name, _one_line(check.problems)])
        for check in checks
    ]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "faults.check").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _one_line(texts: Sequence[str]) -> str:
    return " ".join("; ".join(texts).split())


def main() -> int:
    """Runs the command line; returns 1 if anything is wrong, else 0."""
    if not sys.platform.startswith("linux"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        reason = "memory limits and the search for processes left behind need Linux"
        (RESULTS / "faults.check").write_text(f"skipped\tfaults\t{reason}\n", encoding="utf-8")
        print(f"skipped: {reason}")
        return 0
    shutil.rmtree(FOLDER, ignore_errors=True)
    project, report = Project(FOLDER), Report()
    try:
        run_faults(project, report)
        run_mixed(project, report)
        run_alone(report)
    except RunError as error:
        report.line("run", "", [Check("run", "failed", [str(error)])])
    write_results(report.checks)
    wrong = sum(not check.is_right for check in report.checks)
    print(f"\nfaults: {len(report.checks) - wrong} right, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
