"""The errors that end a command, each with its exit code.

::

    TestingKitError
    ├── UsageError          2   an option or argument makes no sense
    ├── ConfigError         2   testingkit.toml, with the key
    ├── ProtoError          2   the subject's protos do not compile, or cannot be had
    ├── CasesError          3   case files, with every problem found
    ├── NothingSelected     4   the selection matched nothing
    ├── RunnersError        5   no descriptors or answers could be had from the runners
    └── OutputError         2   a file of ours cannot be written

Anything else that escapes is a bug of TestingKit and ends with 70.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from testingkit.conformance.exit_codes import ExitCode


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place in a file: ``path`` as shown to people, ``line`` and ``column`` from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong in a file that a person wrote."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class TestingKitError(Exception):
    """Base of the errors that end a command with one clear message."""

    __test__ = False  # Not a test class, whatever pytest reads into the name.
    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL


class UsageError(TestingKitError):
    """An option or argument makes no sense."""

    exit_code = ExitCode.USAGE


class ConfigError(TestingKitError):
    """The configuration is wrong.

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
    """The subject's descriptors cannot be had."""

    exit_code = ExitCode.USAGE


class OutputError(TestingKitError):
    """A file that TestingKit keeps for itself cannot be written or read."""

    exit_code = ExitCode.USAGE


class CasesError(TestingKitError):
    """Case files do not load or validate.

    Attributes:
        problems: All of them, in the order of path and place.
    """

    exit_code = ExitCode.INVALID_CASES

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NothingSelected(TestingKitError):  # noqa: N818 - says what happened, like StopIteration
    """The selection matched no case."""

    exit_code = ExitCode.NOTHING_RAN


class RunnersError(TestingKitError):
    """Runners that a command cannot do without did not start."""

    exit_code = ExitCode.INCOMPLETE
