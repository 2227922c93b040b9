"""Writes the matchers of the Rust kit: a function for each assertion, a module for each group."""

from __future__ import annotations

import keyword
import re
import subprocess
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from assertion_catalog.kind_sets import kinds_text
from assertion_catalog.read import Catalog, Entry, Group, Parameter
from assertion_catalog.rust_literals import matcher_code, native_code
from testingkit.kit_runner.proto_value import from_proto

SOURCE = "rust/crates/testingkit/src"
EDITION = "2024"
WIDTH = 95

# Traits of `testingkit::matching::takes`, by the kinds that an argument takes. An argument of other
# kinds takes every native value; the assertion itself refuses what it does not take.
_TRAITS = {
    frozenset({"int"}): "takes::Integer",
    frozenset({"int", "float"}): "takes::Number",
    frozenset({"text"}): "takes::Text",
    frozenset({"int", "float", "text", "bytes", "time", "duration"}): "takes::Ordered",
    frozenset({"time"}): "takes::Time",
    frozenset({"duration"}): "takes::Duration",
    frozenset({"list"}): "takes::List",
    frozenset({"set"}): "takes::Set",
    frozenset({"map"}): "takes::Map",
    frozenset({"list", "set"}): "takes::Items",
    frozenset({"text", "bytes", "list", "set", "map"}): "takes::Sizable",
}
_BYTES = frozenset({"bytes"})
_BOOL = frozenset({"bool"})
_KEYWORDS = {
    *("as", "box", "const", "crate", "dyn", "enum", "extern", "fn", "impl", "let", "loop", "match"),
    *("mod", "move", "mut", "priv", "pub", "ref", "static", "struct", "super", "trait", "type"),
    *("unsafe", "use", "where", "yield", "gen", "do", "final", "virtual", "typeof", "unsized"),
    *(word.lower() for word in keyword.kwlist),
}
_HEADER = "// Generated from `catalog/` by `make generate`. Do not edit.\n"
_MODULE = """\
//! A function for each assertion, which returns a [`Matcher`](crate::matching::Matcher).
//!
//! The rules are in `docs/kit/assertions.md`.
"""


def rust_files(_root: Path, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yields paths and contents of the modules, formatted by rustfmt."""
    yield f"{SOURCE}/matchers.rs", _formatted(_module(catalog.groups))
    entries = {entry.name: entry for entry in catalog.entries}
    for group in catalog.groups:
        code = _group_code(group, entries)
        yield f"{SOURCE}/matchers/{group.name}.rs", _formatted(code)


def _formatted(code: str) -> str:
    """Returns the code as `cargo fmt` has it.

    Raises:
        ValueError: rustfmt cannot be run, or cannot read the code.
    """
    command = ("rustfmt", "--edition", EDITION, "--emit", "stdout")
    try:
        done = subprocess.run(command, input=code, capture_output=True, check=True, text=True)
    except FileNotFoundError as error:
        raise ValueError("rustfmt is not installed: rustup component add rustfmt") from error
    except subprocess.CalledProcessError as error:
        raise ValueError(f"rustfmt: {error.stderr}") from error
    return done.stdout


def _module(groups: Sequence[Group]) -> str:
    names = [group.name for group in groups]
    modules = "".join(f"mod {name};\n" for name in names)
    uses = "".join(f"pub use {name}::*;\n" for name in names)
    return f"{_HEADER}\n{_MODULE}\n{modules}\n{uses}"


Entries = Mapping[str, Entry]


def _group_code(group: Group, entries: Entries) -> str:
    functions = "\n".join(_function(entry, entries) for entry in group.entries)
    code = _without_docs(functions)
    used = re.findall(r"\b(NativeShape|Nested|NestedList|takes)\b", code)
    from_matching = sorted({"Definition", "Matcher", *used})
    values = sorted(set(re.findall(r"\b(Octets|ToValue)\b", code)))
    uses = [f"use crate::matching::{{{', '.join(from_matching)}}};"]
    if values:
        uses.append(f"use crate::value::{{{', '.join(values)}}};")
    lines = "\n".join(uses)
    return f"{_HEADER}\n//! {group.title}.\n\n{lines}\n\n{functions}"


def _without_docs(code: str) -> str:
    return "\n".join(line for line in code.splitlines() if not line.startswith("///"))


def _function(entry: Entry, entries: Entries) -> str:
    taken = [_Taken(parameter) for parameter in entry.parameters]
    bounds = ", ".join(f"{one.generic}: {one.bound}" for one in taken if one.bound)
    generics = f"<{bounds}>" if bounds else ""
    parameters = ", ".join(f"{one.name}: {one.type}" for one in taken)
    types = _tuple(one.stored_type for one in taken)
    values = _tuple(one.stored for one in taken)
    names = ", ".join(f'"{parameter.name}"' for parameter in entry.parameters)
    return "\n".join(
        (
            *(f"/// {line}".rstrip() for line in _documentation(entry, entries)),
            f"pub const fn {entry.name}{generics}({parameters}) -> Matcher<{types}> {{",
            f'static DEFINITION: Definition = Definition::new("{entry.name}", &[{names}]);',
            f"Matcher::new(&DEFINITION, {values})",
            "}",
            "",
        )
    )


def _tuple(parts: Iterable[str]) -> str:
    listed = list(parts)
    return f"({listed[0]},)" if len(listed) == 1 else f"({', '.join(listed)})"


class _Taken:
    """A parameter as the function takes it and the matcher keeps it.

    Attributes:
        name: Name of the parameter.
        generic: Name of its type, if that is generic.
        bound: What the generic type has to be; empty if the type is not generic.
        type: Type of the parameter.
        stored_type: Type in the matcher.
        stored: The expression of the matcher's argument.
    """

    def __init__(self, parameter: Parameter) -> None:
        self.name = parameter.name + "_" * (parameter.name in _KEYWORDS)
        self.generic = "".join(part.capitalize() for part in parameter.name.split("_"))
        self.bound = _bound(parameter)
        self.type = self.generic if self.bound else _plain_type(parameter)
        wrapper = _wrapper(parameter)
        self.stored_type = f"{wrapper}<{self.type}>" if wrapper else self.type
        self.stored = f"{wrapper}({self.name})" if wrapper else self.name


def _plain_type(parameter: Parameter) -> str:
    return "NativeShape" if parameter.form == "shape" else "bool"


def _bound(parameter: Parameter) -> str:
    kinds = frozenset(parameter.kinds)
    if parameter.form != "value":
        return {"check": "takes::Check", "checks": "takes::Checks", "shape": ""}[parameter.form]
    if kinds in (_BYTES, _BOOL):
        return "AsRef<[u8]>" if kinds == _BYTES else ""
    if parameter.item_kinds and kinds == {"list"}:
        item = _TRAITS.get(frozenset(parameter.item_kinds), "ToValue")
        return f"takes::List<Item: {item}>"
    return _TRAITS.get(kinds, "ToValue")


def _wrapper(parameter: Parameter) -> str:
    if parameter.form != "value":
        return {"check": "Nested", "checks": "NestedList", "shape": ""}[parameter.form]
    return "Octets" if frozenset(parameter.kinds) == _BYTES else ""


def _documentation(entry: Entry, entries: Entries) -> Iterator[str]:
    yield from textwrap.wrap(f"Passes when {entry.linkless_rule}.", WIDTH, break_on_hyphens=False)
    yield ""
    yield f"`actual` is {kinds_text(entry.actual)}."
    if entry.has_literals:
        yield ""
        yield "```"
        yield from _example(entry, entries)
        yield "```"


def _example(entry: Entry, entries: Entries) -> Iterator[str]:
    example = entry.example
    call = matcher_code(entry, example.arguments, entries)
    passes, fails = (native_code(from_proto(one)) for one in (example.passes, example.fails))
    code = f"{passes} {fails} {call}"
    yield "use testingkit::prelude::*;"
    collections = re.findall(r"\b(BTreeMap|BTreeSet)::", code)
    for name in sorted(set(collections)):
        yield f"use std::collections::{name};"
    values = sorted(set(re.findall(r"\bvalue::(\w+)", code)))
    if values:
        yield "use testingkit::value;"
    yield ""
    yield f"require!({passes}, {call});"
    borrowed = f"({fails})" if fails.startswith("std::time::UNIX_EPOCH +") else fails
    yield f"assert!(!{call}.matches(&{borrowed}));"
    if "?" in re.sub(r'"[^"]*"', "", code):
        yield "# Ok::<(), value::ConversionError>(())"
