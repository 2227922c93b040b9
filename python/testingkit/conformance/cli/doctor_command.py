"""``testingkit doctor``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from testingkit.conformance.cli.options import (
    config_option,
    json_option,
    make_selection,
    open_project,
    runner_option,
)
from testingkit.conformance.doctor import CheckResult, examine, exit_code
from testingkit.conformance.engine.interrupts import run_interruptibly
from testingkit.conformance.project import Project
from testingkit.conformance.text.escape import safe_json, shorten

_MAX_TEXT = 4_000  # characters of a text in JSON

_EXAMPLES = """\b
Examples:
  testingkit doctor
  testingkit doctor -r rust
  testingkit doctor --json > doctor.json

\b
Exit codes, the first that applies:
  2 problems in configuration or protos
  3 problems in case files
  1 problems of a runner that starts
  5 a runner does not start
  0 no problems, or only warnings
"""


@click.command("doctor", epilog=_EXAMPLES)
@runner_option
@json_option
@config_option
def command(
    runners: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Check the project and every runner, and suggest fixes.

    Every runner is started three times. The checks: its services and the protos that it was built
    from; an unknown method; a request that is not a valid message; a few cases, several times each,
    for equal answers; shutdown.
    """
    project = open_project(config)
    chosen = project.require_runners(make_selection((), runners, "").runners)
    results: list[CheckResult] = []
    if as_json:
        run_interruptibly(examine(project, chosen, results.extend))
        click.echo(_as_json(results))
        return exit_code(results)
    from testingkit.conformance.report.terminal.doctor import print_section, print_summary
    from testingkit.conformance.report.terminal.run import make_console

    console = make_console()

    def report(section: Sequence[CheckResult]) -> None:
        results.extend(section)
        print_section(console, _title(project, section), section)

    run_interruptibly(examine(project, chosen, report))
    print_summary(console, results)
    return exit_code(results)


def _title(project: Project, section: Sequence[CheckResult]) -> str:
    runner = section[0].runner
    return f"runner {runner}" if runner else f"project {project.config.name}"


def _as_json(results: Sequence[CheckResult]) -> str:
    entries = [
        {
            "runner": result.runner or None,
            "check": result.check,
            "outcome": result.note.status.value,
            "found": shorten(result.note.text, _MAX_TEXT),
            "advice": shorten(result.note.advice, _MAX_TEXT),
            "log": [shorten(line, _MAX_TEXT) for line in result.note.log],
        }
        for result in results
    ]
    return safe_json(entries)
