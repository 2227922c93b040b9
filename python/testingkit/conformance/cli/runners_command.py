"""``testingkit runners``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from google.protobuf import json_format
from rich.text import Text

from testingkit.conformance.cli.options import (
    config_option,
    json_option,
    make_selection,
    open_project,
    runner_option,
)
from testingkit.conformance.engine.inspect import start_runners
from testingkit.conformance.engine.interrupts import run_interruptibly
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.report.terminal.lines import HANGING, print_words
from testingkit.conformance.report.terminal.run import make_console
from testingkit.conformance.text.escape import safe, safe_json, safe_lines, shorten
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.run_pb2 import RunnerReady

_MAX_BRIEF = 200  # characters of a text that a runner reports
_EXAMPLES = """\b
Examples:
  testingkit runners
  testingkit runners -r rust --json
"""


@click.command("runners", epilog=_EXAMPLES)
@runner_option
@json_option
@config_option
def command(
    runners: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    config: Path | None,
) -> int:
    """Start every runner and print its version and methods.

    Language, runtime and start-up time are printed, too.

    Exit code 5 if a runner does not start.
    """
    project = open_project(config)
    chosen = project.require_runners(make_selection((), runners, "").runners)
    names = [runner.name for runner in chosen]
    ready = run_interruptibly(start_runners(project, chosen))
    if as_json:
        click.echo(_as_json(names, ready))
    else:
        console = make_console()
        for line in _as_text(names, ready, project.families(names)):
            print_words(console, Text(line), HANGING)
    return ExitCode.INCOMPLETE if any(r.problem for r in ready) else ExitCode.CONFORMANT


def _as_text(
    names: Sequence[str], ready: Sequence[RunnerReady], families: Sequence[str]
) -> Sequence[str]:
    width = max(len(name) for name in names)
    lines = []
    for index, (name, runner) in enumerate(zip(names, ready, strict=True)):
        description = runner.description
        kin = f" · family {families[index]}" if families and families[index] != name else ""
        methods = count(len(description.methods), "method")
        if runner.problem:
            first, *rest = safe_lines(runner.problem)
            lines.append(f"{name:<{width}}  does not start: {first}")
            lines += [HANGING + line for line in rest]
        elif runner.plain_server:
            shown = methods if description.methods else "no reflection"
            lines.append(f"{name:<{width}}  plain gRPC server · {shown}{kin}")
        else:
            lines.append(
                f"{name:<{width}}  {_brief(description.version)} · "
                f"{_brief(description.language)}, {_brief(description.runtime)} · "
                f"{methods} · ready in {runner.start_nanos / 1e9:.2f}s{kin}"
            )
    return lines


def _brief(text: str) -> str:
    return safe(shorten(text, _MAX_BRIEF))


def _as_json(names: Sequence[str], ready: Sequence[RunnerReady]) -> str:
    entries = [
        {"name": name, **json_format.MessageToDict(runner, preserving_proto_field_name=True)}
        for name, runner in zip(names, ready, strict=True)
    ]
    return safe_json(entries)
