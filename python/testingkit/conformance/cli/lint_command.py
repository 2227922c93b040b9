"""``testingkit lint``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cli.notes import note_other_files
from testingkit.conformance.cli.options import (
    config_option,
    json_option,
    open_project,
    paths_argument,
)
from testingkit.conformance.engine.inspect import require_schema
from testingkit.conformance.errors import CasesError, Problem
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.text.escape import safe_json
from testingkit.conformance.text.numbers import count

_EXAMPLES = """\b
Examples:
  testingkit lint
  testingkit lint conformance_cases/diff/lines.textproto
"""


@click.command("lint", epilog=_EXAMPLES)
@paths_argument
@json_option
@config_option
def command(
    paths: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Check case files, golden files and known divergences.

    Every problem is printed with its file, line and column. PATHS are case files or folders.
    Without PATHS, all files of the project are checked.

    Exit code 3 if there are problems.
    """
    project = open_project(config)
    schema = require_schema(project)
    try:
        suites, known = _load(project, schema, paths)
    except CasesError as error:
        if not as_json:
            raise
        click.echo(_as_json(error))
        return error.exit_code
    note_other_files(project)
    if as_json:
        click.echo("[]")
    else:
        cases = sum(len(suite.cases) for suite in suites)
        text = f"{count(cases, 'case')} in {count(len(suites), 'suite')}"
        click.echo(f"{text}, {count(len(known), 'known divergence')}: no problems")
    return ExitCode.CONFORMANT


def _load(
    project: Project, schema: Schema, paths: Sequence[Path]
) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
    """Loads everything, and checks known divergences as far as that needs no run.

    Raises:
        CasesError: There are problems, with all of them.
    """
    suites, known = project.load(schema, paths)
    runners = [runner.name for runner in project.config.runners]
    book = project.book(known)
    untrue = {*book.stale(runners, complete=not paths), *book.flawed()}
    if untrue:
        raise CasesError([Problem(entry.place, entry.text) for entry in untrue])
    return suites, known


def _as_json(error: CasesError) -> str:
    entries = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "message": problem.message,
        }
        for problem in error.problems
    ]
    return safe_json(entries)
