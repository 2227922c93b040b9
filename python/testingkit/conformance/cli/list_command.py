"""``testingkit list``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.cells import cell_len
from rich.console import Console

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cli.options import (
    config_option,
    expression_option,
    json_option,
    open_project,
    paths_argument,
)
from testingkit.conformance.engine.inspect import require_schema
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.report.terminal.lines import HANGING
from testingkit.conformance.report.terminal.run import make_console
from testingkit.conformance.text.escape import safe, safe_json
from testingkit.conformance.v1.case_pb2 import Level

_EXAMPLES = """\b
Examples:
  testingkit list
  testingkit list -k nan
  testingkit list conformance_cases/diff --json
"""


@click.command("list", epilog=_EXAMPLES)
@paths_argument
@expression_option
@json_option
@config_option
def command(
    paths: tuple[Path, ...],
    expression: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> None:
    """List the cases: id, file and line.

    PATHS are case files or folders. Without PATHS, all cases of the project are listed.
    """
    project = open_project(config)
    schema = require_schema(project)
    suites, _ = project.load(schema, paths, expression=expression)
    plan = make_plan(suites, [], expression, project.config.limits.call_timeout, filtered=False)
    cases = [call.case for call in plan.calls]
    click.echo(_as_json(cases) if as_json else _as_text(cases, make_console()))


def _as_text(cases: Sequence[Case], console: Console) -> str:
    """Returns one line for each case, or two on a terminal too narrow for id and place."""
    places = [f"{safe(case.place.path)}:{case.place.line}" for case in cases]
    width = max(len(case.id) for case in cases)
    gap = f"\n{HANGING}"
    if not console.is_terminal or width + 2 + max(map(cell_len, places)) <= console.width:
        gap = "  "
    ids = (f"{case.id:<{width}}" if gap == "  " else case.id for case in cases)
    return "\n".join(f"{name}{gap}{place}" for name, place in zip(ids, places, strict=True))


def _as_json(cases: Sequence[Case]) -> str:
    entries = [
        {
            "id": case.id,
            "path": case.place.path,
            "line": case.place.line,
            "method": case.method.name,
            "level": Level.Name(case.level),
            "tags": list(case.tags),
            "description": case.message.description,
        }
        for case in cases
    ]
    return safe_json(entries)
