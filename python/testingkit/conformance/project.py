"""A project on disk: configuration, schema, suites, known divergences."""

from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.cases.load import (
    ExpectedFiles,
    Goldens,
    SuiteCache,
    TypedMessages,
    find_case_files,
    find_orphan_goldens,
    import_expanders,
    load_suites,
)
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.selection import predicate_of
from testingkit.conformance.cases.validate import SuiteValidator, check_names, missing_goldens
from testingkit.conformance.config import Config, RunnerConfig
from testingkit.conformance.errors import (
    CasesError,
    ConfigError,
    NothingSelected,
    Problem,
    UsageError,
)
from testingkit.conformance.expanding.inputs import matching_files
from testingkit.conformance.known.book import KnownBook
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.known.parse import load_known_divergences
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.text.suggestions import did_you_mean

Progress = Callable[[int, int], None]  # takes the number of files read, and of all files


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a project that a command uses; an empty field means everything."""

    paths: Sequence[Path] = ()
    runners: Sequence[str] = ()
    expression: str = ""


class Project:
    """A configured project."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.other_files: Sequence[str] = ()  # among the case files, as paths; set by `load`

    def runners(self, names: Sequence[str]) -> Sequence[RunnerConfig]:
        """Returns the named runners, or all enabled ones, in the order of the configuration.

        Raises:
            UsageError: There is no runner of a name.
        """
        known = [runner.name for runner in self.config.runners]
        for name in names:
            if name not in known:
                hint = did_you_mean(name, known) or f"; the runners are: {', '.join(known)}"
                raise UsageError(f"there is no runner {name!r}{hint}")
        return [
            runner
            for runner in self.config.runners
            if (runner.name in names if names else runner.enabled)
        ]

    def require_runners(self, names: Sequence[str]) -> Sequence[RunnerConfig]:
        """Returns what `runners` returns: at least one runner.

        Raises:
            UsageError: There is no runner of a name, or no runner is enabled.
        """
        chosen = self.runners(names)
        if not chosen:
            raise UsageError("no runner is enabled; select runners with -r")
        return chosen

    def has_all_runners(self, names: Collection[str]) -> bool:
        """Returns whether every enabled runner is among some runners."""
        return {runner.name for runner in self.config.runners if runner.enabled}.issubset(names)

    def families(self, names: Sequence[str]) -> Sequence[str]:
        """Returns the family of each of some runners; empty if no two are of one family."""
        voters = {runner.name: runner.voter for runner in self.config.runners}
        families = [voters[name] for name in names]
        return families if len({*families}) < len(families) else []

    def schema(self) -> Schema | None:
        """Returns the schema of the subjects' protos; None if the project has no protos.

        Raises:
            ProtoError: The protos do not compile.
        """
        if not self.config.protos:
            return None
        roots = [self.config.root / folder for folder in self.config.protos]
        return Schema(compile_protos(roots, self.config.state / "cache"))

    def load(
        self,
        schema: Schema,
        paths: Sequence[Path],
        progress: Progress | None = None,
        expression: str = "",
    ) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
        """Loads and validates case files, their goldens, and known divergences.

        Without a selection, goldens that no case expects are problems, too. With one, a golden that
        does not exist is a problem of the selected cases alone.

        Args:
            schema: The types.
            paths: Case files and folders; empty means all of the project.
            progress: Called before each file with the number of files read, and of all files.
            expression: The cases that the command uses, as of ``-k``; empty means all.

        Raises:
            CasesError: The files have problems; with all of them.
            ConfigError: An expander cannot be imported, or its type does not exist.
            UsageError: A path does not exist, or the expression does not parse.
        """
        suites, entries, problems = self._load(schema, paths, progress)
        reported = {problem.place.path for problem in problems}
        problems = [*problems, *missing_goldens(suites, predicate_of(expression, suites))]
        if not paths and not expression:
            problems += find_orphan_goldens(
                self._case_folders(), self.config.root, suites, reported
            )
        if problems:
            raise CasesError(problems)
        return suites, entries

    def load_for_accept(self, schema: Schema) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
        """Loads everything as `load` does, except that goldens may be missing or unused.

        Raises:
            CasesError: The files have other problems; with all of them.
            ConfigError: An expander cannot be imported.
            UsageError: A folder of cases does not exist.
        """
        suites, entries, problems = self._load(schema, ())
        if problems:
            raise CasesError(problems)
        return suites, entries

    def goldens(self, schema: Schema) -> Goldens:
        """Returns the reader and printer of the project's golden files.

        Raises:
            ConfigError: An expander cannot be imported.
        """
        return Goldens(schema, TypedMessages(schema), import_expanders(self.config, schema))

    def _load(
        self, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
    ) -> tuple[Sequence[Suite], Sequence[KnownDivergence], Sequence[Problem]]:
        root = self.config.root
        known, expected = root / self.config.known_divergences, self._expected_files()
        places = paths or self._case_folders()
        files, unread, self.other_files = find_case_files(places, root, known, expected)
        if paths and not files and not unread:
            folders = ", ".join(map(str, paths))
            raise NothingSelected(f"no case file (*.textproto, *.binpb) below {folders}")
        reporting = files if progress is None else _with_progress(files, progress)
        with contextlib.closing(import_expanders(self.config, schema)) as expanders:
            cache = SuiteCache(self.config.state / "cache", schema, expanders.key)
            suites, problems = load_suites(
                reporting, root, schema, expanders, cache, SuiteValidator
            )
        cache.remove_unused()
        entries, more = self._known(suites, schema)
        return suites, entries, [*unread, *problems, *check_names(suites), *more]

    def _expected_files(self) -> ExpectedFiles:
        """Returns the files that are meant to be among the case files."""
        declared = self.config.inputs
        patterns = () if declared is None else declared.files
        inputs = [file for p in patterns for _, file in matching_files(self.config.root, p)]
        return ExpectedFiles(self.config.cases_ignore, inputs)

    def _case_folders(self) -> Sequence[Path]:
        """Returns the case files and folders of the configuration.

        Raises:
            ConfigError: One of them does not exist.
        """
        for index, folder in enumerate(self.config.cases):
            if not os.path.lexists(self.config.root / folder):
                key = f"project.cases[{index}]"
                raise ConfigError(self.config.path, key, f"no such file or folder: {folder}")
        return [self.config.root / folder for folder in self.config.cases]

    def book(self, entries: Sequence[KnownDivergence], *, drafts: bool = False) -> KnownBook:
        """Returns a book of known divergences, in which entries expire by today's date."""
        return KnownBook(entries, datetime.datetime.now(datetime.UTC).date(), drafts=drafts)

    def _known(
        self, suites: Sequence[Suite], schema: Schema
    ) -> tuple[Sequence[KnownDivergence], Sequence[Problem]]:
        folder = self.config.root / self.config.known_divergences
        return load_known_divergences(folder, self.config.root, suites, schema)


def _with_progress(files: Sequence[Path], progress: Progress) -> Iterator[Path]:
    """Yields the files, and reports the progress before each."""
    for number, file in enumerate(files):
        progress(number, len(files))
        yield file
