"""Writes the tables of docs/kit/assertions.md, and the reference page of all assertions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assertion_catalog.kind_sets import kinds_text
from assertion_catalog.read import Catalog, Entry, Group, Parameter
from testingkit.assertions import Argument, Assertion, evaluate, verdict_text
from testingkit.kit_proto.v1 import assertions_pb2
from testingkit.kit_proto.v1 import catalog_pb2 as pb
from testingkit.kit_runner.proto_value import from_proto
from testingkit.kit_runner.shape import read_shape
from testingkit.render import canonical

RULES = "docs/kit/assertions.md"
REFERENCE = "docs/kit/assertion_reference.md"

_HEAD = (
    "| assertion | arguments | actual | passes when | details |",
    "|---|---|---|---|---|",
)
_MARKED = re.compile(r"(<!-- begin catalog/(\w+)\.textproto -->\n).*?(<!-- end -->\n)", re.DOTALL)


def with_tables(page: str, catalog: Catalog) -> str:
    """Returns the page of the rules with the tables of the catalog between its marks."""
    groups = {group.name: group for group in catalog.groups}
    return _MARKED.sub(lambda mark: mark[1] + _table(groups[mark[2]]) + mark[3], page)


def groups_with_tables(page: str) -> list[str]:
    """Returns the names of the groups whose tables are on the page, in its order."""
    return [mark[2] for mark in _MARKED.finditer(page)]


def _table(group: Group) -> str:
    rows = (_row(entry) for entry in group.entries)
    return "\n".join(["", *_HEAD, *rows, "", ""])


def _row(entry: Entry) -> str:
    parameters = ", ".join(f"`{one.name}`: {_takes(one)}" for one in entry.parameters)
    details = ", ".join(f"`{name}`" for name in entry.details)
    cells = (f"`{entry.name}`", parameters or "-", kinds_text(entry.actual), entry.rule)
    return f"| {' | '.join(cells)} | {details or '-'} |"


def _takes(parameter: Parameter) -> str:
    items = f" of {kinds_text(parameter.item_kinds)}" if parameter.item_kinds else ""
    return (kinds_text(parameter.kinds) if parameter.form == "value" else parameter.form) + items


def reference(catalog: Catalog, order: list[str]) -> str:
    """Returns the reference page: what each assertion is about, its rule, errors and an example."""
    groups = {group.name: group for group in catalog.groups}
    return "\n".join(_reference_lines(catalog, [groups[name] for name in order])) + "\n"


def _reference_lines(catalog: Catalog, groups: list[Group]) -> Iterator[str]:
    entries = {entry.name: entry for entry in catalog.entries}
    yield "# All assertions"
    yield ""
    yield f"The {len(entries)} assertions of the kits, generated from `catalog/`."
    yield "The full rules are on [the page of the rules](assertions.md)."
    yield "Python has the names as written here, Rust too, and Go has `IsBetween` for `is_between`."
    for group in groups:
        yield from ("", f"## {group.title}", "", f"The rules: [{group.title}]({group.rules}).")
        for entry in group.entries:
            yield from _entry_lines(entry, entries)


def _entry_lines(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[str]:
    yield from ("", f"### {entry.name}", "")
    yield f"Takes {kinds_text(entry.actual)}."
    yield f"Passes when {entry.rule}."
    if entry.parameters or entry.errors:
        yield ""
    for parameter in entry.parameters:
        yield f"- Argument `{parameter.name}`: {_takes(parameter)}."
    for code, when in entry.errors:
        yield f"- ERROR `{code}`: {when}."
    passes = canonical(from_proto(entry.example.passes))
    yield from ("", f"It passes for `{passes}`, and fails so:", "", "```")
    yield failing_text(entry, entries)
    yield "```"


def failing_text(entry: Entry, entries: Mapping[str, Entry]) -> str:
    """Returns the failure text of the example.

    Raises:
        ValueError: The assertion does not pass and fail as the example has it.
    """
    assertion = example_assertion(entry, entries)
    if text := verdict_text(evaluate(assertion, from_proto(entry.example.passes))):
        raise ValueError(f"the example of {entry.name} does not pass:\n{text}")
    text = verdict_text(evaluate(assertion, from_proto(entry.example.fails)))
    if not text.split("\n")[0].endswith(" failed"):
        raise ValueError(f"the example of {entry.name} does not fail:\n{text}")
    return text


def example_assertion(entry: Entry, entries: Mapping[str, Entry]) -> Assertion:
    """Returns the assertion of the example; ``entries`` has those that it may nest."""
    return _assertion(entry, entry.example.arguments, entries)


def _assertion(
    entry: Entry,
    arguments: Iterable[pb.AssertionExample.Argument],
    entries: Mapping[str, Entry],
) -> Assertion:
    named = zip(entry.parameters, arguments, strict=True)
    return Assertion(entry.name, tuple((one.name, _argument(a, entries)) for one, a in named))


def _argument(argument: pb.AssertionExample.Argument, entries: Mapping[str, Entry]) -> Argument:
    if argument.HasField("value"):
        return from_proto(argument.value)
    if argument.HasField("check"):
        return _nested(argument.check, entries)
    if argument.HasField("shape"):
        return read_shape(argument.shape, from_proto, _named)
    return tuple(_nested(check, entries) for check in argument.checks.items)


def _named(assertion: assertions_pb2.Assertion) -> Assertion:
    """Returns an assertion in a shape, whose arguments are values."""
    arguments = ((one.name, from_proto(one.value)) for one in assertion.arguments)
    return Assertion(assertion.name, tuple(arguments))


def _nested(check: pb.AssertionExample.Nested, entries: Mapping[str, Entry]) -> Assertion:
    return _assertion(entries[check.name], check.arguments, entries)
