"""``testingkit convert``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click

from testingkit.conformance.cli.options import config_option, open_project
from testingkit.conformance.cli.paths import PathOf
from testingkit.conformance.engine.inspect import canonical_suite, schema_for

_EXAMPLES = """\b
Examples:
  testingkit convert conformance_cases/diff/lines.textproto
  testingkit convert conformance_cases/diff/lines.textproto --to json
  testingkit convert conformance_cases/diff/lines.textproto --to binary -o lines.pb
  testingkit convert conformance_cases/diff/lines.textproto --to delimited -o lines.binpb
"""


@click.command("convert", epilog=_EXAMPLES)
@click.argument("file", type=PathOf(dir_okay=False))
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "binary", "json", "delimited"]),
    default="text",
    help="Default: text.",
)
@click.option(
    "-o",
    "--output",
    type=PathOf(dir_okay=False),
    help="File to write. Default: standard output.",
)
@config_option
def command(file: Path, form: str, output: Path | None, config: Path | None) -> None:
    """Prints a case file in its canonical form, in which `Any` wrappers say every type.

    The result is a `testingkit.conformance.v1.Suite` that any protobuf tool can read. In its
    delimited form, the suite without its cases and then each case, it is a case file as well.
    """
    project = open_project(config)
    data = canonical_suite(project, asyncio.run(schema_for(project)), file, form)
    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error
    else:
        sys.stdout.buffer.write(data)
