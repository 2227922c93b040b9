"""Reads the catalog of assertions, ``catalog/*.textproto``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from google.protobuf import descriptor_pool

from testingkit import lit
from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.load.tokenizer import TextError
from testingkit.kit_proto.v1 import assertions_pb2, sample_messages_pb2, value_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb

FOLDER = Path("catalog")
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")

Kinds = tuple[str, ...]
ANY: Kinds = ()

# Examples have its messages, so the reader has to find them in the pool.
_SAMPLES = sample_messages_pb2.DESCRIPTOR


class CatalogError(Exception):
    """The catalog is not valid; the message has the place."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an assertion: a value of some kinds, one or more assertions, or a shape.

    Attributes:
        name: Its name, such as ``low``.
        form: ``value``, ``check`` (an assertion), ``checks`` (a list of assertions) or ``shape``.
        kinds: Names of the kinds of a value, such as ``("int", "float")``; empty for every kind.
        item_kinds: Likewise of the items of a list.
    """

    name: str
    form: str
    kinds: Kinds
    item_kinds: Kinds


@dataclass(frozen=True, slots=True)
class Entry:
    """An assertion, with the name of its group. `AssertionEntry` in the proto says what each is."""

    group: str
    name: str
    rule: str
    parameters: tuple[Parameter, ...]
    actual: Kinds
    details: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    example: pb.AssertionExample
    since: str

    @property
    def linkless_rule(self) -> str:
        """The rule with the texts of its links, without their targets."""
        return _LINK.sub(r"\1", self.rule)

    @property
    def has_literals(self) -> bool:
        """Whether the example can be written in a language: no value is a protobuf message."""
        return not any(value.HasField("message") for value in _values(self.example))


@dataclass(frozen=True, slots=True)
class Group:
    """The assertions of one file."""

    name: str
    title: str
    rules: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All groups, in the order of the names of their files."""

    groups: tuple[Group, ...]

    @property
    def entries(self) -> Sequence[Entry]:
        """All assertions, sorted by name."""
        return sorted(
            (entry for group in self.groups for entry in group.entries), key=lambda one: one.name
        )


def read_catalog(root: Path) -> Catalog:
    """Returns the catalog of a checkout.

    Raises:
        CatalogError: A file is malformed, or two assertions have the same name.
    """
    groups = tuple(_read_group(path) for path in sorted((root / FOLDER).glob("*.textproto")))
    catalog = Catalog(groups)
    names = [entry.name for entry in catalog.entries]
    for name, following in pairwise(names):
        if name == following:
            raise CatalogError(f"{FOLDER}: {name} is in the catalog twice")
    return catalog


def _read_group(path: Path) -> Group:
    text = path.read_text(encoding="utf-8")
    message = pb.AssertionGroup()
    try:
        Parser(text, message, Rules(descriptor_pool.Default())).parse()
        if message.name != path.stem:
            raise CatalogError(f"{path}: the group is named {message.name}, the file {path.stem}")
        entries = tuple(_entry(message.name, entry) for entry in message.entries)
    except TextError as error:
        line = text.count("\n", 0, error.offset) + 1
        raise CatalogError(f"{path}:{line}: {error}") from error
    except ValueError as error:
        raise CatalogError(f"{path}: {error}") from error
    return Group(message.name, message.title, message.rules, entries)


def _entry(group: str, entry: pb.AssertionEntry) -> Entry:
    if len(entry.example.arguments) != len(entry.parameters):
        raise ValueError(f"the example of {entry.name} has not one value for each parameter")
    for value in _values(entry.example):
        lit.expand(value)
    return Entry(
        group=group,
        name=entry.name,
        rule=entry.rule,
        parameters=tuple(map(_parameter, entry.parameters)),
        actual=_kinds(entry.actual),
        details=tuple(entry.details),
        errors=tuple((_code(error.code), error.when) for error in entry.errors),
        example=entry.example,
        since=entry.since,
    )


def _parameter(parameter: pb.AssertionEntry.Parameter) -> Parameter:
    forms = {
        pb.AssertionEntry.FORM_UNSPECIFIED: "value",
        pb.AssertionEntry.FORM_CHECK: "check",
        pb.AssertionEntry.FORM_CHECKS: "checks",
        pb.AssertionEntry.FORM_SHAPE: "shape",
    }
    return Parameter(
        parameter.name,
        forms[parameter.form],
        _kinds(parameter.kinds),
        _kinds(parameter.item_kinds),
    )


def _kinds(kinds: Iterable[pb.Kind.ValueType]) -> Kinds:
    return tuple(pb.Kind.Name(kind).removeprefix("KIND_").lower() for kind in kinds)


def _code(code: value_pb2.ErrorCode.ValueType) -> str:
    return value_pb2.ErrorCode.Name(code).removeprefix("ERROR_CODE_").lower()


def _values(example: pb.AssertionExample) -> Iterator[value_pb2.Value]:
    for argument in example.arguments:
        yield from _argument_values(argument)
    yield example.passes
    yield example.fails


def _argument_values(argument: pb.AssertionExample.Argument) -> Iterator[value_pb2.Value]:
    match argument.WhichOneof("kind"):
        case "value":
            yield argument.value
        case "check":
            for inner in argument.check.arguments:
                yield from _argument_values(inner)
        case "checks":
            for check in argument.checks.items:
                for inner in check.arguments:
                    yield from _argument_values(inner)
        case "shape":
            yield from _shape_values(argument.shape)


def _shape_values(shape: assertions_pb2.Shape) -> Iterator[value_pb2.Value]:
    match shape.WhichOneof("kind"):
        case "value":
            yield shape.value
        case "check":
            for argument in shape.check.arguments:
                yield argument.value
        case "list":
            for item in shape.list.items:
                yield from _shape_values(item)
        case "map":
            for entry in shape.map.entries:
                yield entry.key
                yield from _shape_values(entry.value)
        case "record":
            for field in shape.record.fields:
                yield from _shape_values(field.value)
