"""Reads case files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from testingkit.conformance.descriptors import Schema
from testingkit.conformance.load.blocks import BlockError, Field, Lines, fields, plain_string
from testingkit.conformance.load.cache import ParsedFile, SuiteCache
from testingkit.conformance.load.case_files import shown_path
from testingkit.conformance.load.expanders import Expanders
from testingkit.conformance.load.goldens import (
    GoldenError,
    Goldens,
    expected_by,
    golden_path,
)
from testingkit.conformance.load.parsing import parse_within_bounds
from testingkit.conformance.load.reading import ReadError, decode, read_file
from testingkit.conformance.load.typed import TypedMessages, parse_typed, to_canonical
from testingkit.conformance.load.wrappers import WrongTypeError, unwrap
from testingkit.conformance.model import NAME, Case, GoldenSource, Method, Place, Problem, Suite
from testingkit.conformance.suggestions import did_you_mean
from testingkit.conformance.textproto import TextError
from testingkit.conformance.v1 import case_pb2, comparison_pb2, expectation_pb2

MAX_PROBLEMS = 1000  # of one file
_Answer = tuple[expectation_pb2.Expectation, GoldenSource | None]


def load_suites(
    files: Sequence[Path],
    root: Path,
    schema: Schema,
    expanders: Expanders,
    cache: SuiteCache | None = None,
) -> tuple[Sequence[Suite], Sequence[Problem]]:
    """Loads case files; what loads of a file with problems is returned as well."""
    typed = TypedMessages(schema)
    suites: list[Suite] = []
    problems: list[Problem] = []
    for file in files:
        suite, found = load_suite_file(file, root, typed, schema, expanders, cache)
        problems += found
        if suite is not None:
            suites.append(suite)
    return suites, problems


def load_suite_file(
    file: Path,
    root: Path,
    typed: TypedMessages,
    schema: Schema,
    expanders: Expanders,
    cache: SuiteCache | None = None,
) -> tuple[Suite | None, Sequence[Problem]]:
    """Loads one case file."""
    shown = shown_path(file, root)
    try:
        content = read_file(file, shown)
        text = decode(content, shown)
    except FileNotFoundError:
        return None, [Problem(Place(shown), "is gone")]
    except ReadError as error:
        return None, [error.problem]
    reader = _SuiteFile(file, shown, text, typed, schema, expanders)
    parsed = cache.get(content) if cache is not None else None
    if parsed is not None:
        return reader.restore(parsed), []
    suite, problems = reader.load()
    if cache is not None and suite is not None and not problems and not _has_goldens(suite):
        cache.put(content, _as_parsed(suite))
    return suite, problems


def _has_goldens(suite: Suite) -> bool:
    """What a golden file says may change without the case file."""
    return any(case.message.expect.HasField("golden") for case in suite.cases)


def _as_parsed(suite: Suite) -> ParsedFile:
    message = case_pb2.Suite()
    message.CopyFrom(suite.message)
    message.cases.extend(case.message for case in suite.cases)
    return ParsedFile(message, [(case.place.line, case.place.column) for case in suite.cases])


class _MisfitError(Exception):
    """A case that does not load: a problem on its way to the list."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _SuiteFile:
    """One case file while it is being read."""

    def __init__(
        self,
        file: Path,
        path: str,
        text: str,
        typed: TypedMessages,
        schema: Schema,
        expanders: Expanders,
    ) -> None:
        self._file = file
        self._path = path
        self._text = text
        self._lines = Lines(text)
        self._typed = typed
        self._schema = schema
        self._expanders = expanders
        self._goldens = Goldens(schema, typed, expanders)
        self._problems: list[Problem] = []
        self._methods: dict[str, Method] = {}

    def load(self) -> tuple[Suite | None, Sequence[Problem]]:
        header_fields, case_fields = self._split()
        suite = self._header(header_fields)
        cases = self._cases(case_fields, suite)
        place = self._place(header_fields[0].start if header_fields else 0)
        if not case_fields and not self._problems:
            self._problems.append(Problem(place, "the suite has no case"))
        return Suite(suite.name, place, suite, cases), self._problems

    def restore(self, parsed: ParsedFile) -> Suite:
        """Returns what `load` returned when a file of the same content was parsed."""
        whole = parsed.suite
        suite = _header_of(whole)
        defaults = _Defaults(suite)
        cases = []
        for message, (line, column) in zip(whole.cases, parsed.places, strict=True):
            place = Place(self._path, line, column)
            name = message.method or suite.defaults.method
            method = self._resolve(name if "/" in name else f"{suite.service}/{name}", 0)
            cases.append(_finish(message, (message.expect, None), defaults, method, place))
        start = next((f.start for f in fields(self._text) if f.name != "cases"), 0)
        return Suite(suite.name, self._place(start), suite, cases)

    def _split(self) -> tuple[list[Field], list[Field]]:
        header: list[Field] = []
        cases: list[Field] = []
        try:
            for field in fields(self._text):
                (cases if field.name == "cases" and field.is_message else header).append(field)
        except BlockError as error:
            self._add(error.offset, str(error))
        return header, cases

    def _header(self, header_fields: Sequence[Field]) -> case_pb2.Suite:
        """Parses everything but the cases, field by field: a mistake in one hides no other."""
        suite = case_pb2.Suite()
        for field in header_fields:
            if self._is_hopeless(field):
                break
            try:
                parse_within_bounds(self._text[field.start : field.end], suite, self._schema.pool)
            except TextError as error:
                self._problems.append(self._problem_in(field.start, error))
        return suite

    def _cases(self, case_fields: Sequence[Field], suite: case_pb2.Suite) -> Sequence[Case]:
        cases = []
        for field in case_fields:
            if self._is_hopeless(field):
                break
            if (case := self._case(field, suite)) is not None:
                cases.append(case)
        return cases

    def _is_hopeless(self, field: Field) -> bool:
        """Whether there are so many problems that nobody would read more; says where it ends."""
        if len(self._problems) == MAX_PROBLEMS:
            self._add(field.start, f"the file is not read on after {MAX_PROBLEMS:,} problems")
        return len(self._problems) > MAX_PROBLEMS

    def _case(self, field: Field, suite: case_pb2.Suite) -> Case | None:
        try:
            return self._load_case(field, suite)
        except (_MisfitError, GoldenError) as misfit:
            self._problems.append(misfit.problem)
        except (BlockError, WrongTypeError) as error:
            self._add(field.value_start + error.offset, str(error))
        return None

    def _load_case(self, field: Field, suite: case_pb2.Suite) -> Case:
        body = self._text[field.value_start : field.value_end]
        method = self._method(field, body, suite)
        typed = self._typed.new(case_pb2.Case, method)
        body = unwrap(body, method.request.full_name, method.response.full_name)
        message = case_pb2.Case()
        try:
            parse_typed(body, typed, self._schema.pool)
            self._expanders.expand(typed)
            to_canonical(typed, message)
        except TextError as error:
            raise _MisfitError(self._problem_in(field.value_start, error)) from error
        except ValueError as error:
            raise _MisfitError(Problem(self._place(field.start), str(error))) from error
        answer = self._answer(message, method)
        place = self._place(field.start)
        return _finish(message, answer, _Defaults(suite), method, place)

    def _answer(self, message: case_pb2.Case, method: Method) -> _Answer:
        """Returns the expectation, read from its golden file where that is where it is.

        Where the file is missing, or its name is none, the case still expects a golden: `validate`
        says so, and ``accept`` makes it.
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
        return expected_by(golden), GoldenSource(file, shown, exists=True, provenance=provenance)

    def _method(self, case: Field, body: str, suite: case_pb2.Suite) -> Method:
        written = next((f for f in fields(body) if f.name == "method"), None)
        offset = case.start
        name = suite.defaults.method
        if written is not None:
            offset = case.value_start + written.start
            name = plain_string(body[written.value_start : written.value_end])
        if not name:
            raise self._misfit(offset, 'names no method: write method: "Name" of the service')
        if "/" not in name:
            if not suite.service:
                raise self._misfit(
                    offset,
                    f"method {name}: the suite names no service; "
                    "add service: or write package.Service/Method",
                )
            name = f"{suite.service}/{name}"
        return self._resolve(name, offset)

    def _resolve(self, name: str, offset: int) -> Method:
        """Returns a method by its full name; most cases of a file have the same few."""
        if name not in self._methods:
            self._methods[name] = self._find_method(name, offset)
        return self._methods[name]

    def _find_method(self, name: str, offset: int) -> Method:
        service, _, method_name = name.rpartition("/")
        methods = self._schema.methods(service)
        if methods is None:
            hint = did_you_mean(service, self._schema.services)
            raise self._misfit(offset, f"there is no service {service}{hint}")
        method = next((m for m in methods if m.name == method_name), None)
        if method is None:
            hint = did_you_mean(method_name, [m.name for m in methods])
            raise self._misfit(offset, f"{service} has no method {method_name}{hint}")
        if method.client_streaming or method.server_streaming:
            raise self._misfit(offset, f"{name} streams; cases call unary methods only")
        return Method(name, method.input_type, method.output_type)

    def _place(self, offset: int) -> Place:
        return Place(self._path, *self._lines.at(offset))

    def _add(self, offset: int, message: str) -> None:
        self._problems.append(Problem(self._place(offset), message))

    def _misfit(self, offset: int, message: str) -> _MisfitError:
        return _MisfitError(Problem(self._place(offset), message))

    def _problem_in(self, start: int, error: TextError) -> Problem:
        """The problem of a text that starts at an offset of the file."""
        place = Place(self._path, *self._lines.within(start, error.line, error.column))
        return Problem(place, str(error))


def _header_of(whole: case_pb2.Suite) -> case_pb2.Suite:
    """Everything but the cases, which may be many: they are not copied."""
    header = case_pb2.Suite()
    for field, value in whole.ListFields():
        if field.message_type is None:
            setattr(header, field.name, value)
        elif field.name != "cases":
            getattr(header, field.name).CopyFrom(value)
    return header


class _Defaults:
    """What a suite says for all of its cases, looked up once."""

    def __init__(self, suite: case_pb2.Suite) -> None:
        defaults = suite.defaults
        self.suite = suite.name
        self.level = defaults.level or case_pb2.LEVEL_REQUIRED
        self.tags = tuple(dict.fromkeys(defaults.tags))
        self.timeout = _seconds(defaults) if defaults.HasField("timeout") else None
        self.compare = defaults.compare


def _seconds(timed: case_pb2.Case | case_pb2.CaseDefaults) -> float:
    return timed.timeout.ToNanoseconds() / 1e9


def _finish(
    message: case_pb2.Case,
    answer: _Answer,
    defaults: _Defaults,
    method: Method,
    place: Place,
) -> Case:
    """Adds what the suite's defaults say."""
    compared = message.HasField("compare")
    return Case(
        id=f"{defaults.suite}/{message.name}",
        place=place,
        method=method,
        request=message.request.value,
        expect=answer[0],
        comparison=_merge(defaults.compare, message.compare) if compared else defaults.compare,
        level=message.level or defaults.level,
        tags=tuple(dict.fromkeys((*defaults.tags, *message.tags))),
        timeout=_seconds(message) if message.HasField("timeout") else defaults.timeout,
        message=message,
        golden=answer[1],
    )


def _merge(
    defaults: comparison_pb2.Comparison, own: comparison_pb2.Comparison
) -> comparison_pb2.Comparison:
    """A field that the case sets replaces the suite's."""
    merged = comparison_pb2.Comparison()
    merged.CopyFrom(defaults)
    for field, _ in own.ListFields():
        merged.ClearField(field.name)  # type: ignore[arg-type]  # The stub knows literals.
    merged.MergeFrom(own)
    return merged
