"""A project on disk as the stages see it: configuration, schema, suites, known divergences."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.config import Config, RunnerConfig
from testingkit.conformance.descriptors import Schema, compile_protos
from testingkit.conformance.errors import CasesError, UsageError
from testingkit.conformance.known import KnownBook
from testingkit.conformance.load import (
    SuiteCache,
    find_case_files,
    import_expanders,
    load_known_divergences,
    load_suites,
)
from testingkit.conformance.model import Case, KnownDivergence, Problem, Suite
from testingkit.conformance.suggestions import did_you_mean
from testingkit.conformance.validate import validate


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a project a command is about; empty is all of it."""

    paths: Sequence[Path] = ()
    runners: Sequence[str] = ()
    expression: str = ""


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
        self, schema: Schema, paths: Sequence[Path]
    ) -> tuple[Sequence[Suite], Sequence[KnownDivergence]]:
        """Loads and validates case files and known divergences.

        Raises:
            CasesError: Something in them is wrong; with all of it.
            ConfigError: An expander cannot be imported.
            UsageError: A path does not exist.
        """
        root = self.config.root
        places = paths or [root / folder for folder in self.config.cases]
        expanders = import_expanders(self.config.path, self.config.expanders)
        files = find_case_files(places)
        cache = SuiteCache(self.config.state / "cache", schema, expanders.code_digest)
        suites, problems = load_suites(files, root, schema, expanders, cache)
        cases = [case for suite in suites for case in suite.cases]
        entries, more = self._known(cases, schema)
        problems = [*problems, *validate(suites), *more]
        if problems:
            raise CasesError(problems)
        return suites, entries

    def book(self, entries: Sequence[KnownDivergence]) -> KnownBook:
        """Opens the book of known divergences for today."""
        return KnownBook(entries, datetime.datetime.now(datetime.UTC).date())

    def _known(
        self, cases: Sequence[Case], schema: Schema
    ) -> tuple[Sequence[KnownDivergence], Sequence[Problem]]:
        folder = self.config.root / self.config.known_divergences
        return load_known_divergences(folder, self.config.root, cases, schema)
