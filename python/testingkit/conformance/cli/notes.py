"""Notes for people, on standard error: the result does not include them."""

from __future__ import annotations

import click

from testingkit.conformance.project import Project
from testingkit.conformance.text.escape import safe
from testingkit.conformance.text.numbers import count

_LISTED = 10  # files


def note_other_files(project: Project) -> None:
    """Prints the files among the case files that were not read, and are not expected there."""
    others = project.other_files
    if not others:
        return
    more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
    verb = "is" if len(others) == 1 else "are"
    names = ", ".join(map(safe, others[:_LISTED]))
    text = f"{count(len(others), 'file')} among the cases {verb} not read: {names}{more}"
    click.echo(f"note: {text}; name what belongs there in project.cases_ignore", err=True)
