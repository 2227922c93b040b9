"""Every fault in every language, run for real: ``make faults``.

Runs each fault among honest neighbours with the runners of the three kits and a stock server side
by side, once with one process of each and once with several, and holds what the event logs say to
`fault_table.py`. Then runs two thousand cases with crashes and hangs scattered in them, and leaves
runners alone that hang. Prints what came of it, and what was expected where that is wrong. Exit
status 1 says that something is.
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
    """Prints checks as they come, and keeps them."""

    def __init__(self) -> None:
        self.checks: list[Check] = []
        self._colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def head(self) -> None:
        """Prints the head of the table."""
        names = (*RUNNERS, "run")
        cells = "".join(f"{name:<{_CELL}}" for name in names)
        print((_LABEL.format("fault", "jobs") + cells).rstrip())

    def row(self, name: str, processes: int, checks: Sequence[Check]) -> None:
        """Prints a row of the table, and below it what is wrong in it."""
        label = name if processes == PROCESSES[0] else ""
        cells = "".join(self._painted(check, _CELL) for check in checks)
        print((_LABEL.format(label, processes) + cells).rstrip())
        self._keep(f"{name}, jobs = {processes}", checks)

    def line(self, name: str, text: str, checks: Sequence[Check]) -> None:
        """Prints a line of its own."""
        print(text)
        for check in checks:
            print(f"  {check.name:<8}{self._painted(check).rstrip()}")
        self._keep(name, checks)

    def _keep(self, name: str, checks: Sequence[Check]) -> None:
        for check in checks:
            for problem in check.problems:
                print(f"    {check.name}: {problem}")
            kept = Check(f"{name}: {check.name}", check.shown, check.problems)
            self.checks.append(kept)
        sys.stdout.flush()

    def _painted(self, check: Check, width: int = 1) -> str:
        text = f"{check.shown if check.is_right else check.shown + ' ✗':<{width - 1}} "
        if not self._colours:
            return text
        return f"{_GREEN if check.is_right else _RED}{text}{_PLAIN}"


def run_faults(project: Project, report: Report) -> None:
    """Runs every fault, with each number of processes."""
    report.head()
    for name, fault in FAULTS.items():
        for processes in PROCESSES:
            run = project.run(name, "--config", fault.configuration, "--jobs", str(processes))
            cells = [check_cell(run, name, fault, runner) for runner in RUNNERS]
            report.row(name, processes, [*cells, check_end(run, fault.exit)])


def run_mixed(project: Project, report: Report) -> None:
    """Runs many cases with some faults in them, and the same without."""
    only = ("--runners", ",".join(MIXED.runners))
    plain = project.run("plain", *only)
    mixed = project.run("mixed", *only)
    crashes = len(MIXED.faults) - MIXED.hangs
    deadlines = 2 * MIXED.hangs * (DEADLINE + GRACE)
    text = (
        f"\n{MIXED.cases:,} cases, {crashes} crashes and {MIXED.hangs} hangs in each language: "
        f"{mixed.seconds:.1f} s, and {plain.seconds:.1f} s without them.\n"
        f"{deadlines:.1f} s are deadlines: a hang passes its own twice, among others and alone."
    )
    checks = [check_mixed(mixed, runner) for runner in MIXED.runners]
    report.line("mixed", text, [*checks, check_end(mixed, 1)])
    report.line("mixed, without faults", "the same without them", [check_end(plain, 0)])


def run_alone(report: Report) -> None:
    """Takes the lease away from runners that hang, and nobody else ends them."""
    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        for fault in HANGS:
            text = f"\n{fault}, and the coordinator is gone"
            report.line(f"{fault}, alone", text, check_ends(fault, Path(folder)))


def write_results(checks: Sequence[Check]) -> None:
    """Writes the checks down for the sum of all tests."""
    lines = [
        "\t".join(["passed" if check.is_right else "failed", check.name, _one_line(check.problems)])
        for check in checks
    ]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "faults.check").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _one_line(texts: Sequence[str]) -> str:
    return " ".join("; ".join(texts).split())


def main() -> int:
    """Run the command line; the exit status says whether anything is wrong."""
    if not sys.platform.startswith("linux"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        reason = "memory limits and the search for orphans need Linux"
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
        report.line("run", "", [Check("run", "did not end well", [str(error)])])
    write_results(report.checks)
    wrong = sum(not check.is_right for check in report.checks)
    print(f"\nfaults: {len(report.checks) - wrong} right, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
