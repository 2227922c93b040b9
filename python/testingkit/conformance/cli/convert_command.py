"""``testingkit convert``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from testingkit.conformance.cases.convert import canonical_suite
from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.paths import STANDARD_OUTPUT, PathOf
from testingkit.conformance.engine.inspect import require_schema
from testingkit.conformance.files import write_stream

_EXAMPLES = """\b
Examples:
  testingkit convert conformance_cases/slug.textproto
  testingkit convert conformance_cases/slug.textproto --to json
  testingkit convert conformance_cases/slug.textproto --to binary -o slug.pb
  testingkit convert conformance_cases/slug.textproto --to delimited > s.binpb
"""


@click.command("convert", epilog=_EXAMPLES)
@click.argument("file", type=PathOf(dir_okay=False))
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "binary", "json", "delimited"]),
    default="text",
    show_default=True,
    help="Form of the output.",
)
@click.option(
    "-o",
    "--output",
    type=PathOf(dir_okay=False, allow_dash=True),
    help="File to write. Default, and -: standard output.",
)
@config_option
def command(file: Path, form: str, output: Path | None, config: Path | None) -> None:
    """Print a case file as canonical text, binary or JSON.

    FILE is a case file. In canonical form, an `Any` wrapper names the type of every message. The
    output is a `testingkit.conformance.v1.Suite`, which any protobuf tool can read. The delimited
    form has the suite without its cases, then each case; it is a case file, too. A case that the
    form cannot hold exactly is refused, with its place and the reason.
    """
    project = open_project(config)
    schema = require_schema(project)
    suites, _ = project.load(schema, [file])
    data = canonical_suite(suites[0], schema, form)
    if output is None or str(output) == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
    else:
        write_stream(output, lambda file: file.write(data))
