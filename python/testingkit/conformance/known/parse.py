"""Reads the files of known divergences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from testingkit.conformance.cases.load.case_files import find_known_files, shown_path
from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.reading import ReadError, decode, read_file
from testingkit.conformance.cases.load.strings import read_string
from testingkit.conformance.cases.load.tokenizer import Field, Lines, TextError, fields, tokens
from testingkit.conformance.cases.load.typed import TypedMessages, parse_typed, to_canonical
from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.cases.patterns import CaseIndex
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.v1 import divergence_pb2

_OUTCOME = frozenset({"testingkit.conformance.v1.KnownDivergence.outcome"})


def load_known_divergences(
    folder: Path, root: Path, suites: Sequence[Suite], schema: Schema
) -> tuple[Sequence[KnownDivergence], Sequence[Problem]]:
    """Returns the entries of all files of a folder, and the problems of the files."""
    entries: list[KnownDivergence] = []
    files, unread = find_known_files(folder, root)
    # Reading all cases takes time, so do it only if there are files.
    cases = [case for suite in suites for case in suite.cases] if files else []
    problems = list(unread)
    for file in files:
        shown = shown_path(file, root)
        try:
            text = decode(read_file(file, shown), shown)
        except FileNotFoundError:
            problems.append(Problem(Place(shown), "the file no longer exists"))
        except ReadError as error:
            problems.append(error.problem)
        else:
            found, more = read_known_text(shown, text, file.stem, cases, schema)
            entries += found
            problems += more
    return entries, problems


def read_known_text(
    shown: str, text: str, runner: str, cases: Sequence[Case], schema: Schema
) -> tuple[Sequence[KnownDivergence], Sequence[Problem]]:
    """Returns the entries and problems of a runner's file; ``shown`` is its path in messages."""
    reader = _KnownFile(shown, text, cases, schema)
    reader.load(runner)
    return reader.entries, reader.problems


class _KnownFile:
    """One file of known divergences while it is being read."""

    def __init__(self, path: str, text: str, cases: Sequence[Case], schema: Schema) -> None:
        self._path = path
        self._text = text
        self._lines = Lines(text)
        self._cases = CaseIndex(cases)
        self._schema = schema
        self._typed = TypedMessages(schema)
        self.entries: list[KnownDivergence] = []
        self.problems: list[Problem] = []

    def load(self, stem: str) -> None:
        """Fills ``entries`` and ``problems``."""
        try:
            found = list(fields(self._text))
        except TextError as error:
            self._add(error.offset, str(error))
            return
        self._check_runner([field for field in found if field.name == "runner"], stem)
        for field in found:
            if field.name == "entries" and field.is_message:
                self._entry(field, stem)
            elif field.name != "runner" and not self._is_empty_list(field):
                self._add(field.start, f"a file of known divergences has no field {field.name}")

    def _check_runner(self, written: Sequence[Field], stem: str) -> None:
        try:
            name = self._string(written[0]) if written else ""
        except TextError as error:
            self._add(error.offset, str(error))
            return
        if name != stem:
            self._add(0, f'the file is named after its runner: expected runner: "{stem}"')
        for field in written[1:]:
            self._add(field.start, "runner is set twice: a file is for one runner")

    def _entry(self, field: Field, runner: str) -> None:
        try:
            inner = fields(self._text, field.value_start, field.value_end)
            pattern = next((self._string(f) for f in inner if f.name == "case"), "")
            covered = self._cases.matching(pattern)
            message = divergence_pb2.KnownDivergence()
            self._parse(field, covered, message)
        except TextError as error:
            self._add(error.offset, str(error))
            return
        ids = frozenset(case.id for case in covered)
        place = Place(self._path, *self._lines.at(field.start))
        self.entries.append(KnownDivergence(runner, place, message, ids))

    def _is_empty_list(self, field: Field) -> bool:
        """Returns whether a field is ``entries []``, which pruning leaves of a list."""
        value = list(tokens(self._text, field.value_start, field.value_end))
        return field.name == "entries" and [token.text for token in value] == ["[", "]"]

    def _parse(
        self, field: Field, covered: Sequence[Case], message: divergence_pb2.KnownDivergence
    ) -> None:
        methods = {case.method.name: case.method for case in covered}
        start, end, pool = field.value_start, field.value_end, self._schema.pool
        if not methods:
            # The type of the outcome is unknown without a case, and the entry is stale anyway.
            Parser(self._text, message, Rules(pool, skipped=_OUTCOME)).parse(start, end)
            return
        if len({method.response.full_name for method in methods.values()}) > 1:
            names = ", ".join(sorted(methods))
            raise TextError(start, f"cases of different response types: {names}")
        method = next(iter(methods.values()))
        typed = self._typed.new(divergence_pb2.KnownDivergence, method)
        parse_typed(self._text, typed, pool, start, end)
        to_canonical(typed, message, start)

    def _string(self, field: Field) -> str:
        return read_string(self._text, field.value_start, field.value_end)

    def _add(self, offset: int, message: str) -> None:
        self.problems.append(Problem(Place(self._path, *self._lines.at(offset)), message))
