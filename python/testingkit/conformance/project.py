"""A project on disk as the stages see it: configuration, schema, suites, known divergences."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.cases.load import (
    Expanders,
    Goldens,
    SuiteCache,
    TypedMessages,
    check_types,
    find_case_files,
    import_expanders,
    load_suites,
    stale_goldens,
)
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.validate import SuiteCheck, check_names, missing_goldens
from testingkit.conformance.config import Config, RunnerConfig
from testingkit.conformance.errors import (
    CasesError,
    ConfigError,
    NothingSelected,
    Problem,
    UsageError,
)
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.known.parse import load_known_divergences
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.text.suggestions import did_you_mean

Progress = Callable[[int, int], None]  # so many things of so many are done


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a project a command is about; empty is all of it."""

    paths: Sequence[Path] = ()
    runners: Sequence[str] = ()
    expression: str = ""
    config: str = ""  # what the command was given to find the project; empty is nothing


class Project:
    """A configured project."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def runners(self, names: Sequence[str]) -> Sequence[RunnerConfig]:
        """Returns the chosen runners in the order of the configuration.

        Raises:
            UsageError: A name is not that of a runner.
        """
        known = [runner.name for runner in self.config.runners]
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known) or f"; there are: {', '.join(known)}"
                raise UsageError(f"there is no runner {name!r}{hint}")
        return [
            runner
            for runner in self.config.runners
            if (runner.name in names if names else runner.enabled)
        ]

    def some_runners(self, names: Sequence[str]) -> Sequence[RunnerConfig]:
        """Returns the chosen runners, one at least.

        Raises:
            UsageError: A name is not that of a runner, or there is none to be asked.
        """
        chosen = self.runners(names)
        if not chosen:
            raise UsageError("no runner is enabled; select runners with -r")
        return chosen

    def schema(self) -> Schema | None:
        """Compiles the subjects' protos; None where the project has none to compile.

        Raises:
            ProtoError: They do not compile.
        """
        if not self.config.protos:
            return None
        roots = [self.config.root / folder for folder in self.config.protos]
        return Schema(compile_protos(roots, self.config.state / "cache"))

    def load(
        self, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
    ) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
        """Loads and validates case files, their goldens, and known divergences.

        Goldens that no case expects are looked for where all case files are loaded.

        Args:
            schema: The types.
            paths: Case files and folders of them; none are all of the project's.
            progress: Is told before each file how many were read, and how many there are.

        Raises:
            CasesError: Something in them is wrong; with all of it.
            ConfigError: An expander cannot be imported, or is for no type.
            UsageError: A path does not exist.
        """
        suites, entries, problems = self._load(schema, paths, progress)
        told = {problem.place.path for problem in problems}
        problems = [*problems, *missing_goldens(suites)]
        if not paths:
            problems += stale_goldens(self._case_folders(), self.config.root, suites, told)
        if problems:
            raise CasesError(problems)
        return suites, entries

    def load_for_accept(self, schema: Schema) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
        """Loads everything as `load` does; goldens may be missing, or left from other cases.

        Raises:
            CasesError: Something else is wrong; with all of it.
            ConfigError: An expander cannot be imported.
            UsageError: A folder of cases does not exist.
        """
        suites, entries, problems = self._load(schema, ())
        if problems:
            raise CasesError(problems)
        return suites, entries

    def goldens(self, schema: Schema) -> Goldens:
        """Returns what reads and prints the project's golden files.

        Raises:
            ConfigError: An expander cannot be imported.
        """
        return Goldens(schema, TypedMessages(schema), self._expanders())

    def _expanders(self) -> Expanders:
        return import_expanders(self.config.path, self.config.expanders)

    def _load(
        self, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
    ) -> tuple[Sequence[Suite], Sequence[KnownDivergence], Sequence[Problem]]:
        root, expanders = self.config.root, self._expanders()
        check_types(self.config.path, self.config.expanders, schema)
        files, unread = find_case_files(paths or self._case_folders(), root)
        if paths and not files and not unread:
            below = ", ".join(map(str, paths))
            raise NothingSelected(f"no case file (*.textproto, *.binpb) below {below}")
        cache = SuiteCache(self.config.state / "cache", schema, expanders.code_digest)
        told = files if progress is None else _told(files, progress)
        suites, problems = load_suites(told, root, schema, expanders, cache, SuiteCheck)
        cache.remove_unused()
        entries, more = self._known(suites, schema)
        return suites, entries, [*unread, *problems, *check_names(suites), *more]

    def _case_folders(self) -> Sequence[Path]:
        """Returns where the configuration says that cases are.

        Raises:
            ConfigError: There is nothing.
        """
        for index, folder in enumerate(self.config.cases):
            if not os.path.lexists(self.config.root / folder):
                key = f"project.cases[{index}]"
                raise ConfigError(self.config.path, key, f"no such file or folder: {folder}")
        return [self.config.root / folder for folder in self.config.cases]

    def book(self, entries: Sequence[KnownDivergence]) -> KnownBook:
        """Opens the book of known divergences for today."""
        return KnownBook(entries, datetime.datetime.now(datetime.UTC).date())

    def _known(
        self, suites: Sequence[Suite], schema: Schema
    ) -> tuple[Sequence[KnownDivergence], Sequence[Problem]]:
        folder = self.config.root / self.config.known_divergences
        return load_known_divergences(folder, self.config.root, suites, schema)


def _told(files: Sequence[Path], progress: Progress) -> Iterator[Path]:
    for number, file in enumerate(files):
        progress(number, len(files))
        yield file
