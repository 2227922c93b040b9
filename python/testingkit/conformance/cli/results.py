"""How commands that come to the result of a whole run show it."""

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
        help="Findings to show in full.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No progress, only the result."),
    json_option,
)


def result_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of `show_result`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def show_result(
    come_to: Callable[[Sink], ExitCode], *, max_findings: int, quiet: bool, as_json: bool
) -> ExitCode:
    """Shows what ``come_to`` tells the sink that it is given, and returns what it returns."""
    if as_json:
        from testingkit.conformance.report.json_run import JsonRun

        renderer = JsonRun()
        code = come_to(renderer)
        click.echo(renderer.text())
        return code
    from testingkit.conformance.report.terminal.run import TerminalRun, make_console

    terminal = TerminalRun(make_console(), progress=not quiet, max_findings=max_findings)
    with contextlib.closing(terminal):
        return come_to(terminal)
