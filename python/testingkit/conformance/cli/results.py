"""The options and the output of the commands that end with the result of a run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from testingkit.conformance.cli.options import Decorator, json_option
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.report.terminal import MAX_FINDINGS

if TYPE_CHECKING:
    from testingkit.conformance.engine.sinks import Sink

_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--max-findings",
        type=click.IntRange(0),
        default=MAX_FINDINGS,
        show_default=True,
        metavar="N",
        help="Print at most N findings in full.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print no progress, only the result."),
    json_option,
)


def result_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of `show_result` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def show_result(
    execute: Callable[[Sink], ExitCode], *, max_findings: int, quiet: bool, as_json: bool
) -> ExitCode:
    """Prints the events that a function sends to its sink, and returns its exit code."""
    if as_json:
        from testingkit.conformance.report.json_run import JsonRun

        renderer = JsonRun()
        code = execute(renderer)
        click.echo(renderer.text())
        return code
    from testingkit.conformance.report.terminal.run import TerminalRun, make_console

    terminal = TerminalRun(make_console(), progress=not quiet, max_findings=max_findings)
    with contextlib.closing(terminal):
        return execute(terminal)
