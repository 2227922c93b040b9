"""Writes random cases of all assertions, on which the kits have to agree.

The seed is fixed, so every run has the same cases. Values are taken from small pools, so that
arguments often fit to what they are about: to be equal, to be contained, to be one too many. Texts
that have a meaning, such as patterns and paths, have pools of their own.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping, Sequence

from google.protobuf.proto import serialize_length_prefixed

from assertion_catalog.read import Catalog, Entry, Kinds, Parameter
from testingkit import lit
from testingkit.conformance.v1.case_pb2 import Case, CaseDefaults, Suite
from testingkit.kit_proto.v1.assertions_pb2 import (
    Argument,
    Assertion,
    EvaluateRequest,
    ListShape,
    MapShape,
    Shape,
)
from testingkit.kit_proto.v1.value_pb2 import NULL, ListValue, MapValue, SetValue, Value

PATH = "conformance_cases/assertions/random.binpb"
SEED = 20_261_130
CASES_OF_ONE = 10
_MAX_ITEMS = 4
_MAX_DEPTH = 3

_POOLS: Mapping[str, Sequence[str]] = {
    "null": ["null"],
    "bool": ["true", "false"],
    "int": [
        *("0", "1", "2", "3", "-1", "-2", "7", "10", "255", "-128"),
        *("9007199254740993", "9223372036854775808", "100000000000000000000"),
    ],
    "float": [
        *("0.0", "-0.0", "1.0", "2.0", "0.5", "-1.5", "0.1", "9007199254740992.0"),
        *("NaN", "inf", "-inf", "5e-324"),
    ],
    "text": [
        *('""', '"a"', '"A"', '"b"', '"ab"', '"aab"', '"ba"', '"a b"', '" a "', '"\\t"', '"1"'),
        *('"a\\nb"', '"a\\r\\nb\\n"', '"\\u{e9}"', '"e\\u{301}"', '"\\u{1f600}"', '"\\u{130}"'),
        *('"00ff"', '"{\\"a\\": 1}"', '"[1, 2.0]"', '"2026-01-02T03:04:05Z"', '"1.2.3"'),
    ],
    "bytes": ['b""', 'b"a"', 'b"ab"', 'b"\\xff"', 'b"\\x00\\xff"', 'b"\\xc3\\xa9"'],
    "record": ["P{x: 1, y: 2}", "P{x: 1}", "P{}", "record{x: 1}", 'Q{x: "a", y: null}'],
    "enum": ["Color.RED(1)", "Color.BLUE(2)", "Color(7)", "Size.RED(1)"],
    "error": [
        *('error(io, "no file")', 'error(io.full, "no space", code: 5)'),
        'error(load, "no settings", cause: error(io, "no file"))',
    ],
    "time": [
        *("time(2026-01-02T03:04:05Z)", "time(2026-01-02T03:00:00Z)"),
        *("time(2026-01-02T05:04:05+02:00)", "time(1969-12-31T23:59:59.999999999Z)"),
    ],
    "duration": ["duration(0s)", "duration(1s)", "duration(-1.5s)", "duration(0.000000001s)"],
    "outcome": [
        *("returned(1)", "returned([1, 2])", 'failed(error(io, "no file"))', 'panicked("a")'),
        *("cancelled", "pending"),
    ],
}
_KINDS = (*_POOLS, "list", "set", "map")
# Pools of the arguments that are more than a text, by the name of the argument.
_TEXTS: Mapping[str, Sequence[str]] = {
    "pattern": [
        "a",
        "a+",
        "[a-z]*",
        "(?i)AB",
        "^a$",
        "\\bb",
        "(?P<x>a)(?P<y>b)?",
        "a|b",
        "\\d",
        "(",
    ],
    "path": ["$", "$.a", "$.x", "$[0]", "$[1]", "$.a[0]", '$["a b"]', "${1}", "$.", "a"],
    "kind": [*_KINDS, "object", "array", "string", "number"],
    "unit": ["second", "minute", "hour", "day", "week"],
    "transform": ["length", "lower_ascii", "trim", "keys", "values", "sorted", "first", "last"],
    "hex": ["", "00ff", "00FF", "0"],
}
_SMALL = {"count", "index", "low", "high", "bits", "iso_day", "hour", "month", "day", "percent"}


class _Random:
    """Makes values, arguments and assertions."""

    def __init__(self, catalog: Catalog) -> None:
        # From the seed alone: `random.Random` gives the same in every version of Python.
        self._random = random.Random(SEED)
        self._entries = list(catalog.entries)

    def assertion(self, entry: Entry, depth: int) -> tuple[Assertion, Value]:
        """Returns an assertion, and a value that it is about."""
        actual = self._of_kinds(entry.actual, depth)
        given = [self._argument(parameter, actual, depth) for parameter in entry.parameters]
        return Assertion(name=entry.name, arguments=given), actual

    def _argument(self, parameter: Parameter, actual: Value, depth: int) -> Argument:
        if parameter.form == "check":
            return Argument(name=parameter.name, assertion=self._check(depth))
        if parameter.form == "checks":
            checks = [self._check(depth) for _ in range(self._random.randint(0, 3))]
            argument = Argument(name=parameter.name)
            argument.assertions.assertions.extend(checks)
            return argument
        if parameter.form == "shape":
            return Argument(name=parameter.name, shape=self._shape(actual, depth))
        return Argument(name=parameter.name, value=self._value(parameter, actual, depth))

    def _shape(self, actual: Value, depth: int) -> Shape:
        """Returns a shape that the value has, or nearly has."""
        chance = self._random.random()
        if chance < 0.1:
            return Shape(any=NULL)
        if chance < 0.2:
            return Shape(check=self._check(1))
        if chance < 0.3:
            return Shape(value=self._of_kinds((), depth - 1))
        match actual.WhichOneof("kind"):
            case "list":
                items = [self._shape(item, depth - 1) for item in actual.list.items]
                return Shape(list=ListShape(items=items))
            case "map":
                entries = [
                    MapShape.Entry(key=entry.key, value=self._shape(entry.value, depth - 1))
                    for entry in actual.map.entries
                    if chance < 0.9
                ]
                return Shape(map=MapShape(entries=entries, open=chance > 0.7))
            case _:
                return Shape(value=actual)

    def _check(self, depth: int) -> Assertion:
        plain = [one for one in self._entries if depth > 1 or _takes_values(one)]
        return self.assertion(self._random.choice(plain), depth - 1)[0]

    def _value(self, parameter: Parameter, actual: Value, depth: int) -> Value:
        chance = self._random.random()
        if parameter.name in _TEXTS and chance < 0.9:
            return Value(text=self._random.choice(_TEXTS[parameter.name]))
        if parameter.name in _SMALL and chance < 0.8:
            return Value(int=self._random.randint(0, 4))
        parts = [one for one in _parts(actual) if _is_of(one, parameter.kinds)]
        if parts and chance < 0.5:
            return self._random.choice(parts)
        if parameter.item_kinds and chance < 0.9:
            return self._list(parameter.item_kinds, depth)
        return self._of_kinds(parameter.kinds, depth)

    def _of_kinds(self, kinds: Kinds, depth: int) -> Value:
        if self._random.random() < 0.04:
            kinds = ()  # an ERROR now and then
        kind = self._random.choice(kinds or _KINDS)
        if kind == "list":
            return self._list(self._item_kinds(), depth)
        if kind == "set":
            return Value(set=SetValue(items=self._distinct(depth)))
        if kind == "map":
            return self._map(depth)
        return _literal(self._random.choice(_POOLS.get(kind) or _POOLS["null"]))

    def _item_kinds(self) -> Kinds:
        """Returns the kinds of items: more often one than a mixture."""
        return self._random.choice([("int",), ("int",), ("text",), ("int", "float"), ()])

    def _list(self, kinds: Kinds, depth: int) -> Value:
        if depth <= 0:
            return Value(list=ListValue())
        count = self._random.randint(0, _MAX_ITEMS)
        items = [self._of_kinds(kinds, depth - 1) for _ in range(count)]
        return Value(list=ListValue(items=items))

    def _map(self, depth: int) -> Value:
        entries = [
            MapValue.Entry(key=key, value=self._of_kinds(self._item_kinds(), depth - 1))
            for key in self._distinct(depth)
        ]
        return Value(map=MapValue(entries=entries))

    def _distinct(self, depth: int) -> Sequence[Value]:
        """Returns different simple values of one kind."""
        pool = [one for one in _POOLS[self._random.choice(["int", "text"])] if depth > 0]
        return [_literal(one) for one in self._random.sample(pool, min(len(pool), _MAX_ITEMS))][
            : self._random.randint(0, _MAX_ITEMS)
        ]


def _takes_values(entry: Entry) -> bool:
    return all(parameter.form == "value" for parameter in entry.parameters)


def _literal(text: str) -> Value:
    value = Value(lit=text)
    lit.expand(value)
    return value


def _parts(value: Value) -> Iterator[Value]:
    """Yields a value and what it is made of."""
    yield value
    yield from value.list.items
    yield from value.set.items
    for entry in value.map.entries:
        yield entry.key
        yield entry.value


def _is_of(value: Value, kinds: Kinds) -> bool:
    kind = value.WhichOneof("kind") or ""
    return not kinds or {"big_int": "int", "float_bits": "float"}.get(kind, kind) in kinds


def random_cases(catalog: Catalog) -> bytes:
    """Returns the suite, in binary form."""
    suite = Suite(
        name="assertions/random",
        description="Random assertions and values, on which the kits agree",
        service="testingkit.kit.v1.AssertionsService",
        defaults=CaseDefaults(method="Evaluate"),
    )
    make = _Random(catalog)
    file = io.BytesIO()
    serialize_length_prefixed(suite, file)
    for entry in catalog.entries:
        for number in range(CASES_OF_ONE):
            case = _case(entry.name, number, *make.assertion(entry, _MAX_DEPTH))
            serialize_length_prefixed(case, file)
    return file.getvalue()


def _case(name: str, number: int, assertion: Assertion, actual: Value) -> Case:
    case = Case(name=f"{name}.{number}", spec_ref="docs/kit/assertions.md")
    case.request.Pack(EvaluateRequest(assertion=assertion, actual=actual), deterministic=True)
    case.expect.agree.reason = "random, and the cases written by hand have what is expected"
    return case
