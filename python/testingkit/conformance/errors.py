"""The errors that end a command, each with its exit code.

::

    TestingKitError
    ├── UsageError          2   an option or argument is not valid
    ├── ConfigError         2   testingkit.toml is not valid; names the key
    ├── ProtoError          2   the subjects' protos do not compile, or are not available
    ├── CasesError          3   case files are not valid; lists all problems
    ├── NothingSelected     4   the selection matches no case
    ├── RunnersError        5   no runner provides the descriptors or answers that are needed
    └── OutputError         2   a file that TestingKit keeps cannot be written or read

Every other exception is a bug of TestingKit; the command exits with 70.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from testingkit.conformance.exit_codes import ExitCode


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file: ``path`` as it is printed, ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """A mistake in a file that a person wrote."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class TestingKitError(Exception):
    """Base of the errors that end a command with a message and an exit code."""

    __test__ = False  # pytest takes the name for that of a test class
    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL


class UsageError(TestingKitError):
    """An option or argument is not valid."""

    exit_code = ExitCode.USAGE


class ConfigError(TestingKitError):
    """The configuration is not valid.

    Attributes:
        path: The configuration file.
        key: Dotted key, such as ``runners.rust.command``; empty for the file as a whole.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, path: str, key: str, message: str) -> None:
        self.path = path
        self.key = key
        super().__init__(f"{path}: {key}: {message}" if key else f"{path}: {message}")


class ProtoError(TestingKitError):
    """The descriptors of the subjects are not available: the protos do not compile, for example."""

    exit_code = ExitCode.USAGE


class OutputError(TestingKitError):
    """A file that TestingKit keeps cannot be written or read."""

    exit_code = ExitCode.USAGE


class CasesError(TestingKitError):
    """Case files are not valid.

    Attributes:
        problems: All problems, sorted by path and place.
    """

    exit_code = ExitCode.INVALID_CASES

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NothingSelected(TestingKitError):  # noqa: N818 - named like StopIteration
    """The selection matches no case."""

    exit_code = ExitCode.NOTHING_RAN


class RunnersError(TestingKitError):
    """Runners that a command needs did not start."""

    exit_code = ExitCode.INCOMPLETE
