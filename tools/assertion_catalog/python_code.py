"""Writes the methods of `Subject` and the functions of `match`, the assertions in Python."""

from __future__ import annotations

import keyword
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from assertion_catalog.python_literals import argument_literal, literal
from assertion_catalog.read import Catalog, Entry, Kinds, Parameter
from testingkit.kit_runner.proto_value import from_proto
from testingkit.render import truncated

_FOLDER = "python/testingkit/native"
_WIDTH = 100

_ANY = "object"
# Kinds of which every native type has a name of its own. All others are `object`.
_TYPES = {
    "null": "None",
    "bool": "bool",
    "int": "int",
    "float": "float",
    "text": "str",
    "bytes": "Octets",
    "list": "ListOf[object]",
    "set": "SetOf[Any]",
    "map": "AnyMap",
    "time": "datetime",
    "duration": "timedelta",
    "error": "BaseException",
}
_NAMED_TYPES = {
    frozenset({"int", "float"}): "Number",
    frozenset({"int", "float", "text", "bytes", "time", "duration"}): "Ordered",
    frozenset({"text", "bytes", "list", "set", "map"}): "Sized",
    frozenset({"list", "set"}): "ItemsOrSet",
}
_IMPORTS = {
    "Any": "from typing import Any",
    "Self": "from typing import Self",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "BaseSubject": "from testingkit.native.base import BaseSubject",
    "Checks": "from testingkit.native.assertion import Checks",
    "NativeShape": "from testingkit.native.assertion import NativeShape",
    "Matcher": "from testingkit.native.matcher import Matcher",
    **{
        name: f"from testingkit.native.types import {name}"
        for name in ("AnyMap", "ItemsOrSet", "ListOf", "Number", "Octets", "Ordered", "SetOf")
    },
    "Sized": "from testingkit.native.types import Sized",
    **{
        name: f"from testingkit.native.shapes import {name}"
        for name in ("AnyMark", "OpenMark", "RecordMark")
    },
}
# The classes of arguments that are not one value or matcher.
_WRAPPERS = {"checks": "Checks", "shape": "NativeShape"}
_SUBJECT_HEAD = '''

class Subject(BaseSubject):
    """A value with an assertion for each method."""

    __slots__ = ()
'''
_MATCH_HEAD = '''
anything = Matcher("matches_shape", NativeShape(AnyMark()))
"""Passes for every value."""


def open_map(entries: AnyMap) -> Matcher:
    """Passes for a map with these entries, which can be matchers, and any others.

    >>> {"id": 7, "name": "Ada"} == match.open_map({"id": match.is_positive()})
    True
    >>> {"name": "Ada"} == match.open_map({"id": match.anything})
    False
    """
    return Matcher("matches_shape", NativeShape(OpenMark(entries)))


def record(name: str = "", /, **fields: object) -> Matcher:
    """Passes for a record with these fields, which can be matchers, and no others.

    Without a name, that of the record does not count.

    >>> SimpleNamespace(id=7) == match.record(id=match.is_positive())
    True
    >>> {"id": 7} == match.record(id=match.is_positive())
    False
    """
    return Matcher("matches_shape", NativeShape(RecordMark(name, fields)))
'''


def python_files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yields the path and the content of each generated module."""
    methods = "".join(f"\n{_method(entry)}" for entry in catalog.entries)
    yield (
        f"{_FOLDER}/subject.py",
        _module("The assertions as methods of a value.", _SUBJECT_HEAD + methods),
    )
    functions = "".join(f"\n\n{_function(entry)}" for entry in catalog.entries)
    yield (
        f"{_FOLDER}/match.py",
        _module("The assertions as matchers. Each function returns one.", _MATCH_HEAD + functions),
    )


def _module(summary: str, body: str) -> str:
    return "\n".join(
        [
            f'"""{summary}',
            "",
            "Generated from catalog/ by `make generate`.",
            '"""',
            "",
            "from __future__ import annotations",
            "",
            *_imports(body),
            "",
            "__tracebackhide__ = True",
            body,
        ]
    )


def _imports(body: str) -> Iterator[str]:
    """Yields the imports of the names in a body, as ruff sorts them."""
    modules: dict[str, list[str]] = {}
    for name, line in _IMPORTS.items():
        if re.search(rf"\b{name}\b", _without_docstrings(body)):
            modules.setdefault(line.split()[1], []).append(name)
    standard = sorted(module for module in modules if "." not in module)
    own = sorted(module for module in modules if "." in module)
    for module in standard:
        yield _import(module, modules[module])
    if standard:
        yield ""
    for module in own:
        yield _import(module, modules[module])


def _import(module: str, names: Sequence[str]) -> str:
    listed = sorted(names)
    line = f"from {module} import {', '.join(listed)}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in listed), ")"])


def _without_docstrings(body: str) -> str:
    return re.sub(r'r?"""(?!\n\nclass).*?"""', "", body, flags=re.DOTALL)


def _method(entry: Entry) -> str:
    indent = "    "
    lines = [
        *_signature(entry, ["self"], "Self", indent),
        *_docstring(entry, _method_example, indent * 2),
        *_call(entry, "self._check", indent * 2),
    ]
    return "".join(f"{line}\n" for line in lines)


def _method_example(entry: Entry) -> Iterator[str]:
    passes = from_proto(entry.example.passes)
    yield f">>> require({literal(passes)}).{_example_call(entry)}"
    yield f"require({truncated(passes)})"


def _function(entry: Entry) -> str:
    lines = [
        *_signature(entry, [], "Matcher", ""),
        *_docstring(entry, _function_example, "    "),
        *_call(entry, "Matcher", "    "),
    ]
    return "".join(f"{line}\n" for line in lines)


def _function_example(entry: Entry) -> Iterator[str]:
    for value, answer in ((entry.example.passes, True), (entry.example.fails, False)):
        yield f">>> {literal(from_proto(value))} == match.{_example_call(entry)}"
        yield str(answer)


def _signature(entry: Entry, first: Sequence[str], returns: str, indent: str) -> Sequence[str]:
    name = _identifier(entry.name)
    parameters = [*first, *(f"{_identifier(p.name)}: {_type(p)}" for p in entry.parameters)]
    joined = ", ".join(parameters)
    line = f"{indent}def {name}({joined}) -> {returns}:"
    if len(line) <= _WIDTH:
        return [line]
    inner = f"{indent}    {joined}"
    if len(inner) > _WIDTH:
        inner = "\n".join(f"{indent}    {parameter}," for parameter in parameters)
    return [f"{indent}def {name}(", inner, f"{indent}) -> {returns}:"]


def _docstring(
    entry: Entry, write_example: Callable[[Entry], Iterator[str]], indent: str
) -> Iterator[str]:
    example = list(write_example(entry)) if entry.has_literals else []
    summary = f"Passes when {entry.linkless_rule}."
    quotes = 'r"""' if any("\\" in text for text in (summary, *example)) else '"""'
    *lines, last = textwrap.wrap(
        quotes + summary,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from lines
    if not lines and not example and len(last) <= _WIDTH - len('"""'):
        yield f'{last}"""'
        return
    yield last
    if example:
        yield ""
        yield from (indent + line for line in example)
    yield f'{indent}"""'


def _call(entry: Entry, called: str, indent: str) -> Sequence[str]:
    given = ", ".join([f'"{entry.name}"', *map(_passed, entry.parameters)])
    line = f"{indent}return {called}({given})"
    if len(line) <= _WIDTH:
        return [line]
    return [f"{indent}return {called}(", f"{indent}    {given}", f"{indent})"]


def _passed(parameter: Parameter) -> str:
    name = _identifier(parameter.name)
    wrapper = _WRAPPERS.get(parameter.form)
    return f"{wrapper}({name})" if wrapper else name


def _type(parameter: Parameter) -> str:
    if parameter.form == "check":
        return "Matcher"
    if parameter.form == "checks":
        return "ListOf[Matcher]"
    if parameter.kinds == ("list",) and parameter.item_kinds:
        return f"ListOf[{_type_of(parameter.item_kinds)}]"
    return _type_of(parameter.kinds)


def _type_of(kinds: Kinds) -> str:
    if named := _NAMED_TYPES.get(frozenset(kinds)):
        return named
    if not kinds or not set(kinds) <= _TYPES.keys():
        return _ANY
    return " | ".join(_TYPES[kind] for kind in kinds)


def _example_call(entry: Entry) -> str:
    arguments = ", ".join(map(argument_literal, entry.example.arguments))
    return f"{_identifier(entry.name)}({arguments})"


def _identifier(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name
