"""The ``testingkit`` command: parses arguments, prints results, and exits.

No other room of the coordinator prints or exits by itself. Data goes to standard output,
diagnostics to standard error. Each command is a module that is imported only when it is used, so
that ``--help`` does not wait for gRPC.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
import tempfile
import traceback
from types import FrameType

import click

from testingkit import __version__
from testingkit.conformance.cli import inherited, streams
from testingkit.conformance.cli.groups import SuggestingGroup
from testingkit.conformance.errors import CasesError, OutputError, TestingKitError
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.text.escape import safe, safe_lines

_COMMANDS = {
    "run": "Run the cases against the runners and judge the answers.",
    "merge": "Merge the shards of a run into one run.",
    "list": "List the cases: id, file and line.",
    "lint": "Check case files, golden files and known divergences.",
    "accept": "Write golden files from the answers of the runners.",
    "audit": "Find weak suites: trivial implementations that pass, unset fields.",
    "runners": "Start every runner and print its version and methods.",
    "doctor": "Check the project and every runner, and suggest fixes.",
    "known": "Add and remove known divergences, based on a recorded run.",
    "show": "Show a recorded run, or one case of it.",
    "diff": "Compare two recorded runs, case by case.",
    "ci": "Write reports, summary and annotations of a run for a CI system.",
    "repro": "Write files that reproduce one finding or case.",
    "history": "Track results over time; show pass and flake rates.",
    "report": "Write a recorded run as HTML, JUnit, CTRF or other formats.",
    "convert": "Print a case file as canonical text, binary or JSON.",
}
_FEW_COLLECTIONS = (50_000, 20, 50)
_MAX_PROBLEMS = 1000  # listed
_MAX_PROBLEM = 2000  # characters of one problem
_EXAMPLES = """\b
Examples:
  testingkit run                         # everything, as in CI
  testingkit run conformance_cases/diff  # one folder of cases
  testingkit run -k "equal and not nan"  # cases by id or tag
  testingkit run -r rust,go              # two of the runners
  testingkit lint                        # check the case files
  testingkit doctor                      # check the runners

\b
Exit codes:
    0 conformant
    1 not conformant
    2 wrong option, configuration or protos
    3 problems in case files
    4 no case ran
    5 incomplete: a runner did not start, or left calls unanswered
   70 internal error: a bug of TestingKit
  130 interrupted
"""


class _Commands(SuggestingGroup):
    """Lists the commands by name, and imports one when it is used."""

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
    """Test that implementations in several languages conform and agree."""
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
    return ExitCode.USAGE


def main() -> None:
    """Runs the command line and exits with one of `ExitCode`."""
    inherited.take_over()
    streams.prepare()
    # What a command loads is used until it ends. With the default thresholds, garbage collection
    # took a seventh of the time of a run of 50,000 cases.
    gc.set_threshold(*_FEW_COLLECTIONS)
    try:
        _raise_at_interrupts()
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # A second one, while the first was being reported.
        code = ExitCode.INTERRUPTED
    _ignore_interrupts()
    streams.finish()
    sys.exit(code)


def _raise_at_interrupts() -> None:
    """Has signals end the command in good order: SIGTERM, as from a CI, as well as SIGINT.

    A SIGINT that the parent ignores, as a shell does for ``command &``, stays ignored.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ignore_interrupts() -> None:
    """Ignores further signals: they would only print a traceback, or change the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _run(arguments: list[str]) -> int:
    try:
        code = _group.main(arguments, prog_name="testingkit", standalone_mode=False)
        streams.flush()
    except streams.StreamError as error:
        _print_error(f"standard output cannot be written: {error.strerror}")
        return OutputError.exit_code
    except click.ClickException as error:
        _print_error(_in_own_style(error.format_message()))
        if isinstance(error, click.UsageError) and error.ctx is not None:
            print(f"Try {error.ctx.command_path} --help", file=sys.stderr)
        return ExitCode.USAGE
    except CasesError as error:
        _print_problems(error)
        return error.exit_code
    except TestingKitError as error:
        _print_error(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _ignore_interrupts()
        print("testingkit: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - any other error is reported as a bug
        if problem := _problem_of_the_system(error):
            _print_error(problem)
            return ExitCode.USAGE
        return _print_bug(error)
    return code if isinstance(code, int) else ExitCode.CONFORMANT


def _problem_of_the_system(error: Exception) -> str:
    """Returns what is wrong with the system that the command runs in; empty for other errors."""
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many open files; raise the limit, as with ulimit -n 1024"
    return inherited.working_folder_problem()


def _in_own_style(message: str) -> str:
    """Returns a message of click in lower case and without its full stop, as all others are."""
    return message[:1].lower() + message[1:].removesuffix(".")


def _print_error(text: str) -> None:
    print("testingkit:", "\n".join(safe_lines(text)), file=sys.stderr)


def _print_problems(error: CasesError) -> None:
    """Prints a line for each problem that starts with its place, so that editors find it."""
    for problem in error.problems[:_MAX_PROBLEMS]:
        line = safe(str(problem))
        rest = f"…+{len(line) - _MAX_PROBLEM}" if len(line) > _MAX_PROBLEM else ""
        print(line[:_MAX_PROBLEM] + rest, file=sys.stderr)
    number = len(error.problems)
    left_out = f", of which {_MAX_PROBLEMS:,} are listed" if number > _MAX_PROBLEMS else ""
    plural = "s" * (number > 1)
    print(f"testingkit: {number:,} problem{plural} in the case files{left_out}", file=sys.stderr)


def _print_bug(error: Exception) -> int:
    """Writes a traceback to a temporary file, and prints its name; or else the traceback."""
    text = f"testingkit {__version__}, Python {sys.version}\n{sys.argv}\n\n"
    text += "".join(traceback.format_exception(error))
    try:
        number, name = tempfile.mkstemp(prefix="testingkit-bug-", suffix=".txt")
        with os.fdopen(number, "wb") as file:
            file.write(text.encode(errors="backslashreplace"))
    except OSError:
        name = f"this text:\n{text}"
    print(
        f"testingkit: internal error: {type(error).__name__}: {safe(str(error))}\n"
        f"This is a bug of TestingKit, not of your project. Please report it with {name}",
        file=sys.stderr,
    )
    return ExitCode.INTERNAL
