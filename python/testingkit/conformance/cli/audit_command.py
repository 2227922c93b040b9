"""``testingkit audit``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from testingkit.conformance.audit import LIARS, Audit, CaseAudit, Coverage, ServiceAudit, SuiteAudit
from testingkit.conformance.audit.measure import audit
from testingkit.conformance.cli.options import (
    config_option,
    expression_option,
    json_option,
    make_selection,
    open_project,
    paths_argument,
)
from testingkit.conformance.engine.inspect import require_schema
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.text.escape import safe_json

_EXAMPLES = """\b
Examples:
  testingkit audit
  testingkit audit conformance_cases/diff/lines.textproto
  testingkit audit --all                # every weak case and every gap
  testingkit audit --json > audit.json
"""


@click.command("audit", epilog=_EXAMPLES)
@paths_argument
@expression_option
@click.option("--all", "show_all", is_flag=True, help="Print long lists in full.")
@json_option
@config_option
def command(
    paths: tuple[Path, ...],
    expression: str,
    show_all: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Find weak suites: trivial implementations that pass, unset fields.

    Liars are built-in implementations that compute nothing. They answer with nothing, a default,
    the request, or what the suite expects elsewhere. Coverage counts the fields, enum values and
    oneof arms that the requests use. No case is sent to a runner.

    PATHS are case files or folders. Without PATHS, all cases of the project are audited.

    Exit code 1 if a suite is weaker than its own limits.
    """
    project = open_project(config)
    schema = require_schema(project)
    result = audit(project, schema, make_selection(paths, "", expression))
    if as_json:
        click.echo(_as_json(result))
    else:
        from testingkit.conformance.report.terminal.audit import print_audit
        from testingkit.conformance.report.terminal.run import make_console

        print_audit(make_console(), result, show_all=show_all)
    return ExitCode.NOT_CONFORMANT if result.weaknesses() else ExitCode.CONFORMANT


def _as_json(result: Audit) -> str:
    document = {
        "cases": result.cases,
        "liars": {liar.name: _passed(result.passed(liar.name), result.cases) for liar in LIARS},
        "suites": [_suite(suite) for suite in result.suites],
        "weakest_cases": [_case(case) for case in result.weakest_cases()],
        "services": [_service(service) for service in result.services],
        "untouched_services": list(result.untouched),
    }
    return safe_json(document)


def _suite(suite: SuiteAudit) -> dict[str, Any]:
    total = len(suite.cases)
    return {
        "name": suite.suite.name,
        "path": suite.suite.place.path,
        "line": suite.suite.place.line,
        "cases": total,
        "whole": suite.is_whole,
        "liars": {liar.name: _passed(suite.passed(liar.name), total) for liar in LIARS},
        "coverage": _coverage(suite.coverage),
        "limits": {field.name: value for field, value in suite.limits.ListFields()},
        "weaknesses": [weakness.text for weakness in suite.weaknesses()],
    }


def _passed(number: int, total: int) -> dict[str, Any]:
    return {"passed": number, "share": number / total}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "exercised": coverage.exercised,
        "total": len(coverage.items),
        "share": coverage.share,
        "missing": [str(item) for item in coverage.missing],
    }


def _case(weak: CaseAudit) -> dict[str, Any]:
    place = weak.case.place
    return {
        "id": weak.case.id,
        "path": place.path,
        "line": place.line,
        "liars": list(weak.liars),
    }


def _service(service: ServiceAudit) -> dict[str, Any]:
    return {
        "name": service.name,
        "coverage": _coverage(service.coverage),
        "uncalled_methods": list(service.uncalled),
    }
