"""Reads case files in text format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from testingkit.conformance.cases.load.context import LoadContext
from testingkit.conformance.cases.load.defaults import Answer, Defaults
from testingkit.conformance.cases.load.goldens import (
    GoldenError,
    Goldens,
    expectation_of,
    golden_path,
)
from testingkit.conformance.cases.load.methods import MethodError, ServiceError
from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.reading import (
    MAX_PROBLEMS,
    NO_CASE,
    TOO_MANY_PROBLEMS,
    decode,
)
from testingkit.conformance.cases.load.strings import read_string
from testingkit.conformance.cases.load.tokenizer import Field, Lines, TextError, fields
from testingkit.conformance.cases.load.typed import parse_typed, to_canonical
from testingkit.conformance.cases.model import NAME, Case, GoldenSource, Method
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.expanding.client import ExpanderError
from testingkit.conformance.v1 import case_pb2


class _CaseProblemError(Exception):
    """A case does not load because of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _AlreadyReportedError(Exception):
    """A case does not load because of its suite, which an earlier case has reported."""


class TextSuite:
    """One case file in text format while it is being read."""

    def __init__(self, file: Path, path: str, content: bytes, context: LoadContext) -> None:
        """``path`` is the path of the file in messages.

        Raises:
            ReadError: The content is not UTF-8 text.
        """
        self._file = file
        self._path = path
        self._text = text = decode(content, path)
        self._lines = Lines(text)
        self._context = context
        self._goldens = Goldens(context.schema, context.typed, context.expanders)
        self.problems: list[Problem] = []
        self._reported: set[str] = set()  # problems that cases have because of their suite
        header_fields, self._case_fields = self._split()
        self.place = self._place(header_fields[0].start if header_fields else 0)
        self.header = self._header(header_fields)
        self._defaults = Defaults(self.header)

    def cases(self) -> Iterator[Case]:
        """Yields the cases that load; the others are in ``problems``."""
        for field in self._case_fields:
            if self._has_too_many_problems(field):
                return
            if (case := self._case(field)) is not None:
                yield case
        if not self._case_fields and not self.problems:
            self.problems.append(Problem(self.place, NO_CASE))

    def _split(self) -> tuple[list[Field], list[Field]]:
        header: list[Field] = []
        cases: list[Field] = []
        try:
            for field in fields(self._text):
                (cases if field.name == "cases" and field.is_message else header).append(field)
        except TextError as error:
            self._add(error.offset, str(error))
        return header, cases

    def _header(self, header_fields: Sequence[Field]) -> case_pb2.Suite:
        """Returns the suite without its cases, parsed field by field to report all problems."""
        suite = case_pb2.Suite()
        parser = Parser(self._text, suite, Rules(self._context.schema.pool))
        for field in header_fields:
            if self._has_too_many_problems(field):
                break
            try:
                parser.parse(field.start, field.end)
            except TextError as error:
                self._add(error.offset, str(error))
        return suite

    def _has_too_many_problems(self, field: Field) -> bool:
        """Returns whether there are too many problems; adds one that reports it."""
        if len(self.problems) == MAX_PROBLEMS:
            self._add(field.start, TOO_MANY_PROBLEMS)
        return len(self.problems) > MAX_PROBLEMS

    def _case(self, field: Field) -> Case | None:
        try:
            return self._load_case(field)
        except _AlreadyReportedError:
            return None
        except (_CaseProblemError, GoldenError) as error:
            self.problems.append(error.problem)
        except TextError as error:
            self._add(error.offset, str(error))
        return None

    def _load_case(self, field: Field) -> Case:
        method = self._method(field)
        typed = self._context.typed.new(case_pb2.Case, method)
        message = case_pb2.Case()
        try:
            pool = self._context.schema.pool
            parse_typed(self._text, typed, pool, field.value_start, field.value_end)
            self._context.expanders.expand(typed)
            to_canonical(typed, message, field.value_start)
        except ValueError as error:
            raise _CaseProblemError(Problem(self._place(field.start), str(error))) from error
        except ExpanderError as error:
            raise error.at(self._place(field.start)) from None
        answer = self._answer(message, method)
        place = self._place(field.start)
        return self._defaults.complete(message, answer, method, place)

    def _answer(self, message: case_pb2.Case, method: Method) -> Answer:
        """Returns the expectation of a case, if necessary from its golden file.

        If the file does not exist or its name is not valid, the case still expects a golden:
        `validate` reports it, and ``accept`` writes it.
        """
        name = message.expect.golden.name or message.name
        if not message.expect.HasField("golden") or not NAME.fullmatch(name):
            return message.expect, None
        file = golden_path(self._file, name)
        shown = str(golden_path(Path(self._path), name))
        golden = self._goldens.read(file, shown, method)
        if golden is None:
            return message.expect, GoldenSource(file, shown, exists=False)
        provenance = golden.provenance if golden.HasField("provenance") else None
        return expectation_of(golden), GoldenSource(file, shown, exists=True, provenance=provenance)

    def _method(self, case: Field) -> Method:
        inner = fields(self._text, case.value_start, case.value_end)
        written = next((field for field in inner if field.name == "method"), None)
        offset = case.start
        name = ""
        if written is not None:
            offset = written.start
            name = read_string(self._text, written.value_start, written.value_end)
        try:
            return self._context.methods.of_case(name, self.header)
        except MethodError as error:
            of_suite = not written or (isinstance(error, ServiceError) and "/" not in name)
            if of_suite and str(error) in self._reported:
                raise _AlreadyReportedError from error
            self._reported.add(str(error))
            raise self._case_problem(offset, str(error)) from error

    def _place(self, offset: int) -> Place:
        return Place(self._path, *self._lines.at(offset))

    def _add(self, offset: int, message: str) -> None:
        self.problems.append(Problem(self._place(offset), message))

    def _case_problem(self, offset: int, message: str) -> _CaseProblemError:
        return _CaseProblemError(Problem(self._place(offset), message))
