"""Validates loaded suites: stage 2 of a run.

Loading reports what does not parse; this module reports what parses and is not valid.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from google.rpc import code_pb2

from testingkit.conformance.cases.comparison_rules import ComparisonRules
from testingkit.conformance.cases.model import MAX_NAME, NAME, SUITE_NAME, Case, Suite
from testingkit.conformance.cases.selection import Predicate
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.text.numbers import count
from testingkit.conformance.text.reasons import is_reason
from testingkit.conformance.v1 import case_pb2, expectation_pb2, golden_pb2

_TAG = re.compile(rf"[a-z0-9_-]{{1,{MAX_NAME}}}")
_AT_MOST = f"at most {MAX_NAME} characters"
_LETTERS = "a-z, 0-9, _, - and ."
_ENDS = "not beginning with - or ., not ending with ., and without .."
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_TIMEOUT = 3600.0  # seconds
_LEVELS = frozenset(case_pb2.Level.values())
_MAX_REQUEST = (64 << 20) - (64 << 10)  # bytes; the limit of gRPC, less the envelope of a call


class SuiteValidator:
    """Validates one suite, case by case."""

    def __init__(self, schema: Schema) -> None:
        self._comparisons = ComparisonRules(schema.message_types)
        self._places: dict[str, Place] = {}  # of the cases, by name
        self._former: list[tuple[str, str, Place]] = []  # id, former name and place of a case
        self._first_former: dict[str, Place] = {}  # of the first case with a former name
        self._inherited: dict[str, list[str]] = {}  # ids of cases, by what the defaults give them

    def case(self, case: Case) -> Sequence[Problem]:
        """Returns the problems of the next case."""
        messages = list(self._messages(case))
        own = {*self._messages(_without_defaults(case))} if messages else ()
        for message in messages:
            if message not in own:
                self._inherited.setdefault(message, []).append(case.id)
        problems = [Problem(case.place, f"{case.id}: {text}") for text in messages if text in own]
        if case.golden is not None and case.golden.provenance is not None:
            place = Place(case.golden.path)
            problems += [Problem(place, text) for text in _provenance(case.golden.provenance)]
        first = self._places.setdefault(case.message.name, case.place)
        if first is not case.place:
            text = f"duplicate case {case.id}: the first is at {first}"
            problems.append(Problem(case.place, text))
        for name in dict.fromkeys(case.message.former_names):
            self._former.append((case.id, name, case.place))
            first = self._first_former.setdefault(name, case.place)
            if first is not case.place:
                text = f"former name {name!r} is also one of the case at {first}"
                problems.append(Problem(case.place, f"{case.id}: {text}"))
        return problems

    def _messages(self, case: Case) -> Iterator[str]:
        yield from _case(case)
        yield from self._comparisons.problems(case.comparison, case.method.response)

    def suite(self, header: case_pb2.Suite, place: Place) -> Sequence[Problem]:
        """Returns the problems of the suite as a whole; call it after all cases."""
        inherited = (
            f"defaults: {message}, in {count(len(ids), 'case')}: {format_list(ids)}"
            for message, ids in self._inherited.items()
        )
        messages = [*_suite(header), *inherited]
        return [*(Problem(place, message) for message in messages), *self._taken_names()]

    def _taken_names(self) -> Iterator[Problem]:
        """Yields a problem for every former name that is the name of another case."""
        for case_id, name, place in self._former:
            if self._places.get(name, place) is not place:
                text = f"former name {name!r} is the name of the case at {self._places[name]}"
                yield Problem(place, f"{case_id}: {text}")


def check_names(suites: Sequence[Suite]) -> Iterator[Problem]:
    """Yields a problem for every suite that has the name of another."""
    places: dict[str, Place] = {}
    for suite in suites:
        first = places.setdefault(suite.name, suite.place)
        if first is not suite.place:
            yield Problem(suite.place, f"suite {suite.name} is also the name of {first.path}")


def missing_goldens(
    suites: Sequence[Suite], selected: Predicate | None = None
) -> Sequence[Problem]:
    """Returns a problem for every golden file that a case expects and that does not exist.

    Args:
        suites: The loaded suites.
        selected: Selects the cases whose golden files are needed; None selects all.
    """
    return [
        Problem(
            case.place,
            f"{case.id}: there is no golden file {case.golden.path}: "
            f"testingkit accept {case.id} writes it",
        )
        for suite in suites
        if any(not golden.exists for golden in suite.cases.goldens)
        for case in suite.cases
        if case.golden is not None
        and not case.golden.exists
        and (selected is None or selected(case))
    ]


def _without_defaults(case: Case) -> Case:
    """Returns a case with what it states itself: its other problems are those of the defaults."""
    message = case.message
    return replace(
        case,
        comparison=message.compare,
        timeout=case.timeout if message.HasField("timeout") else None,
        level=message.level or case_pb2.LEVEL_REQUIRED,
    )


def _suite(header: case_pb2.Suite) -> Iterator[str]:
    if len(header.name) > 2 * MAX_NAME:
        yield f"the suite's name is longer than {2 * MAX_NAME} characters"
    elif not SUITE_NAME.fullmatch(header.name):
        yield (
            f"suite name {header.name!r}: expected words of {_LETTERS}, {_ENDS}, "
            'grouped with /, such as name: "checks/equal"'
        )
    yield from _tags(header.defaults.tags)
    for field, share in header.audit.ListFields():
        if not 0 <= share <= 1:  # also for NaN
            yield f"audit.{field.name}: {share:g} is not a share: expected 0 to 1"


def _case(case: Case) -> Iterator[str]:
    if case.message.HasField("request") and case.message.HasField("request_bytes"):
        yield "has request and request_bytes: write one of them"
    if len(case.request) > _MAX_REQUEST:
        yield f"the request has {len(case.request):,} bytes: expected {_MAX_REQUEST:,} at most"
    if not NAME.fullmatch(case.message.name):
        yield f"case name {case.message.name!r}: {_expected(case.message.name)}"
    for name in case.message.former_names:
        if not NAME.fullmatch(name):
            yield f"former name {name!r}: {_expected(name)}"
    yield from _tags(case.message.tags)
    if case.message.expect.HasField("golden"):
        yield from _golden(case.message.expect.golden)
    yield from _expectation(case.expect)
    if case.timeout is not None and not 0 < case.timeout <= _MAX_TIMEOUT:
        yield f"timeout of {case.timeout:g} s: expected more than 0 and at most {_MAX_TIMEOUT:g}"
    if case.level not in _LEVELS:
        yield f"level {case.level} is not known"


def _expected(name: str) -> str:
    """Returns what is expected in place of a name that is not valid."""
    if NAME.fullmatch(name.lower()):
        return f"expected lower-case letters, such as {name.lower()}"
    return f"expected {_LETTERS}, {_AT_MOST}, {_ENDS}"


def _tags(tags: Sequence[str]) -> Iterator[str]:
    for tag in tags:
        if not _TAG.fullmatch(tag):
            yield f"tag {tag!r}: expected a-z, 0-9, _ and -, {_AT_MOST}"


def _expectation(expect: expectation_pb2.Expectation) -> Iterator[str]:
    kind = expect.WhichOneof("kind")
    if kind is None:
        yield (
            "expects nothing: write expect { response {...} }, { error {...} }, or, with a reason, "
            '{ agree { reason: "..." } }'
        )
    elif kind == "agree":
        yield from _agreement(expect.agree)
    elif kind == "error":
        yield from _error(expect.error)
    elif kind == "any_of":
        yield from _any_of(expect.any_of)


def _agreement(agree: expectation_pb2.Agreement) -> Iterator[str]:
    if not is_reason(agree.reason):
        yield "expect { agree } needs a reason: agreement alone proves less than an answer does"
    if agree.errors not in expectation_pb2.ErrorAgreement.values():
        yield f"expect.agree.errors: {agree.errors} is not known"


def _golden(golden: expectation_pb2.Golden) -> Iterator[str]:
    if golden.name and not NAME.fullmatch(golden.name):
        yield f"golden name {golden.name!r}: {_expected(golden.name)}"


def _provenance(provenance: golden_pb2.Provenance) -> Iterator[str]:
    if not _is_day(provenance.accepted):
        yield f"provenance.accepted {provenance.accepted!r} is not a date such as 2027-01-31"
    if not provenance.witnesses or not all(w.runner for w in provenance.witnesses):
        yield "provenance.witnesses: expected the runners that gave the answer, each with its name"


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _any_of(any_of: expectation_pb2.AnyOf) -> Iterator[str]:
    if len(any_of.choices) < 2:
        yield f"expect {{ any_of }} needs two choices or more, and has {len(any_of.choices)}"
    for index, choice in enumerate(any_of.choices):
        kind = choice.WhichOneof("kind")
        if kind not in ("response", "error"):
            yield f"expect.any_of.choices[{index}] is {kind or 'empty'}: expected response or error"
        else:
            yield from _expectation(choice)


def _error(error: expectation_pb2.ErrorExpectation) -> Iterator[str]:
    if error.other_codes and error.code == code_pb2.OK:
        yield "expect.error has other_codes but no code"
    for code in (error.code, *error.other_codes):
        if code not in code_pb2.Code.values():
            yield f"expect.error: {code} is not a gRPC status code"
    if code_pb2.OK in error.other_codes:
        yield "expect.error.other_codes: OK is not an error"
