"""The ``testingkit`` command: parses arguments, prints, and ends the process.

The only place that prints to the terminal by itself and that exits. Data goes to standard output,
diagnostics to standard error. Every command lives in a module of its own that is imported when it
is asked for, so that ``--help`` does not wait for gRPC.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

import click

from testingkit import __version__
from testingkit.conformance.cli import streams
from testingkit.conformance.cli.groups import SuggestingGroup
from testingkit.conformance.errors import CasesError, OutputError, TestingKitError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.text.escape import safe, safe_lines

_COMMANDS = {
    "run": "Run the cases against the runners and judge them.",
    "merge": "Merge the logs of all shards of a run into that run.",
    "list": "List the cases.",
    "lint": "Check case files, goldens and known divergences.",
    "accept": "Write golden files: what the runners answer becomes what is expected.",
    "audit": "Say how weak the suites are: liars that pass them, gaps in their requests.",
    "runners": "Start every runner and say what it is.",
    "doctor": "Examine the project and every runner, and say what to do.",
    "known": "Add and prune known divergences, by what a run found.",
    "show": "Show a recorded run again, or one case of it in full.",
    "diff": "Compare two recorded runs: regressed, changed, new, gone, fixed.",
    "ci": "Show a recorded run in the CI that it runs in.",
    "repro": "Write what it takes to see one problem again, as files.",
    "history": "Keep what became of cases in run after run, and say how they do.",
    "report": "Write a recorded run in the formats of other tools.",
    "convert": "Print a case file as canonical text, binary or JSON.",
}
_FEW_COLLECTIONS = (50_000, 20, 50)
_MAX_PROBLEMS = 1000  # that are listed
_MAX_PROBLEM = 2000  # characters of one
_EXAMPLES = """\b
Examples:
  testingkit run                         everything, as in CI
  testingkit run conformance_cases/diff  one folder of cases
  testingkit run -k "equal and not nan"  cases by id or tag
  testingkit run -r rust,go              some runners
  testingkit lint                        are the case files well formed?
  testingkit doctor                      are the runners well?

\b
Exit codes:
  0 conformant   1 not conformant   2 usage or configuration
  3 case files   4 nothing ran      5 incomplete   70 a bug   130 interrupted
"""


class _Commands(SuggestingGroup):
    """Knows the commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    epilog=_EXAMPLES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="testingkit")
@click.pass_context
def _group(context: click.Context) -> int:
    """Conformance and parity of implementations in several languages."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
    return ExitCode.USAGE


def main() -> None:
    """Runs the command line and exits with one of `ExitCode`."""
    streams.prepare()
    # What a command loads lives as long as it does: looking through it for garbage again and again
    # took a seventh of the time of a run of 50,000 cases.
    gc.set_threshold(*_FEW_COLLECTIONS)
    # Whoever asks politely, such as a CI that cancels a job, gets a log with its footer as well.
    signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
    code = _run(sys.argv[1:])
    streams.finish()
    # The result is out; an impatient Ctrl+C now would print a traceback of the interpreter's end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        code = _group.main(arguments, prog_name="testingkit", standalone_mode=False)
        streams.flush()
    except streams.StreamError as error:
        _say(f"standard output cannot be written: {error.strerror}")
        return OutputError.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        if isinstance(error, click.UsageError) and error.ctx is not None:
            print(f"Try {error.ctx.command_path} --help", file=sys.stderr)
        return ExitCode.USAGE
    except CasesError as error:
        _list_problems(error)
        return error.exit_code
    except TestingKitError as error:
        _say(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        print("testingkit: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a bug must be said to be one
        return _say_bug(error)
    return code if isinstance(code, int) else ExitCode.CONFORMANT


def _say(text: str) -> None:
    print("testingkit:", "\n".join(safe_lines(text)), file=sys.stderr)


def _list_problems(error: CasesError) -> None:
    """Every line starts with its place, where editors look for it."""
    for problem in error.problems[:_MAX_PROBLEMS]:
        line = safe(str(problem))
        rest = f"…+{len(line) - _MAX_PROBLEM}" if len(line) > _MAX_PROBLEM else ""
        print(line[:_MAX_PROBLEM] + rest, file=sys.stderr)
    number = len(error.problems)
    left_out = f", of which {_MAX_PROBLEMS:,} are listed" if number > _MAX_PROBLEMS else ""
    plural = "s" * (number > 1)
    print(f"testingkit: {number:,} problem{plural} in the case files{left_out}", file=sys.stderr)


def _say_bug(error: Exception) -> int:
    number, name = tempfile.mkstemp(prefix="testingkit-bug-", suffix=".txt", text=True)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(f"testingkit {__version__}, Python {sys.version}\n{sys.argv}\n\n")
        traceback.print_exception(error, file=file)
    print(
        f"testingkit: internal error: {type(error).__name__}: {safe(str(error))}\n"
        f"This is a bug of TestingKit, not of your project. Please report it with {Path(name)}",
        file=sys.stderr,
    )
    return ExitCode.INTERNAL
