"""``testingkit doctor``."""

from __future__ import annotations

import asyncio
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
from testingkit.conformance.doctor import Diagnosis, examine, exit_code
from testingkit.conformance.errors import UsageError
from testingkit.conformance.project import Project
from testingkit.conformance.text.escape import safe_json, shorten

_LONGEST = 4_000  # characters of a text in JSON

_EXAMPLES = """\b
Examples:
  testingkit doctor
  testingkit doctor -r rust
  testingkit doctor --json > doctor.json

\b
Exit codes: 0 where there are warnings at most; 2 and 3 for configuration,
protos and case files, as in a run; then 1 for anything wrong with a runner
that starts, and 5 for one that does not.
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
    """Examines the project and every runner, and says what to do about what it finds.

    Every runner is started three times: it is asked what it serves and from which protos it was
    built, for a method that does not exist and with bytes that are no message, whether it answers
    a few cases the same again, and to end.
    """
    project = open_project(config)
    chosen = project.runners(make_selection((), runners, "").runners)
    if not chosen:
        raise UsageError("no runner is enabled; name one with -r")
    found: list[Diagnosis] = []
    if as_json:
        asyncio.run(examine(project, chosen, found.extend))
        click.echo(_as_json(found))
        return exit_code(found)
    from testingkit.conformance.report.terminal.doctor import print_section, print_summary
    from testingkit.conformance.report.terminal.run import make_console

    console = make_console()

    def report(section: Sequence[Diagnosis]) -> None:
        found.extend(section)
        print_section(console, _title(project, section), section)

    asyncio.run(examine(project, chosen, report))
    print_summary(console, found)
    return exit_code(found)


def _title(project: Project, section: Sequence[Diagnosis]) -> str:
    runner = section[0].runner
    return f"runner {runner}" if runner else f"project {project.config.name}"


def _as_json(found: Sequence[Diagnosis]) -> str:
    entries = [
        {
            "runner": diagnosis.runner or None,
            "check": diagnosis.check,
            "outcome": diagnosis.remark.outcome.value,
            "found": shorten(diagnosis.remark.found, _LONGEST),
            "advice": shorten(diagnosis.remark.advice, _LONGEST),
            "log": [shorten(line, _LONGEST) for line in diagnosis.remark.log],
        }
        for diagnosis in found
    ]
    return safe_json(entries)
