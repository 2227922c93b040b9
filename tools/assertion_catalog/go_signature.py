"""Writes the names and types of the functions of the Go kit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assertion_catalog.read import Entry, Kinds, Parameter

# Parameters that count or number something, and so have the type int.
_COUNTS = frozenset({"bits", "count", "index", "ulps"})
# The types of values of some kinds. The type of all others is `any`.
_TYPES = {
    frozenset({"bool"}): "bool",
    frozenset({"text"}): "string",
    frozenset({"bytes"}): "[]byte",
    frozenset({"time"}): "time.Time",
    frozenset({"duration"}): "time.Duration",
}
# The constraints of package match on the types of values of some kinds.
_CONSTRAINTS = {
    frozenset({"int"}): "Integer",
    frozenset({"int", "float"}): "Number",
    frozenset({"int", "float", "text", "bytes", "time", "duration"}): "Ordered",
}
_FORMS = {"check": "Matcher", "checks": "[]Matcher"}
# Names that are words of Go, or that the functions use themselves.
_RESERVED = frozenset(
    {
        *("break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough"),
        *("for", "func", "go", "goto", "if", "import", "interface", "map", "package", "range"),
        *("return", "select", "struct", "switch", "type", "var"),
        *("any", "bool", "byte", "int", "string"),
        *("actual", "failure", "match", "note", "t", "time"),
    }
)


@dataclass(frozen=True, slots=True)
class TypeParameter:
    """A type parameter of a function.

    Attributes:
        name: Its name.
        constraint: Its constraint: one of package match, ``any`` or ``comparable``.
    """

    name: str
    constraint: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function.

    Attributes:
        name: Its name.
        type: Its type; types of package match are written without the package.
        type_parameters: The type parameters in its type.
    """

    name: str
    type: str
    type_parameters: tuple[TypeParameter, ...] = ()


def go_name(name: str) -> str:
    """Returns the name of the function: ``IsBetween`` for ``is_between``."""
    return "".join(word[0].upper() + word[1:] for word in name.split("_"))


def arguments_of(entry: Entry) -> tuple[Argument, ...]:
    """Returns the arguments of the function, in the order of the parameters."""
    arguments: list[Argument] = []
    taken = {"T"}  # The interface of a test.
    for parameter in entry.parameters:
        argument = _argument(parameter, taken)
        taken.update(one.name for one in argument.type_parameters)
        arguments.append(argument)
    return tuple(arguments)


def _argument(parameter: Parameter, taken: set[str]) -> Argument:
    name, kinds = _local_name(parameter.name), frozenset(parameter.kinds)
    if parameter.form in _FORMS:
        return Argument(name, _FORMS[parameter.form])
    if kinds == {"int"} and parameter.name in _COUNTS:
        return Argument(name, "int")
    if kinds in _TYPES:
        return Argument(name, _TYPES[kinds])
    if kinds in _CONSTRAINTS:
        own = TypeParameter(_letter(name, taken), _CONSTRAINTS[kinds])
        return Argument(name, own.name, (own,))
    if kinds == {"list"}:
        return _list_argument(name, parameter.item_kinds, taken)
    if kinds == {"map"}:
        key = TypeParameter(_letter("key", taken), "comparable")
        value = TypeParameter(_letter("value", taken | {key.name}), "any")
        return Argument(name, f"map[{key.name}]{value.name}", (key, value))
    return Argument(name, "any")


def _list_argument(name: str, item_kinds: Kinds, taken: set[str]) -> Argument:
    kinds = frozenset(item_kinds)
    if kinds in _TYPES:
        return Argument(name, f"[]{_TYPES[kinds]}")
    own = TypeParameter(_letter("element", taken), _CONSTRAINTS.get(kinds, "any"))
    return Argument(name, f"[]{own.name}", (own,))


def _letter(name: str, taken: set[str]) -> str:
    """Returns the first letter of a name that is not taken."""
    letters = (one for one in name.upper() + "ABCDEFG" if one.isalpha() and one not in taken)
    return next(letters)


def _local_name(name: str) -> str:
    first, *others = name.split("_")
    local = first + "".join(map(go_name, others))
    if local == "type":
        return "typ"
    return f"{local}Argument" if local in _RESERVED else local


def signature(
    entry: Entry,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    constraints: str = "match.",
    matchers: str = "",
) -> str:
    """Returns the function's name, type parameters and arguments.

    Args:
        entry: The assertion.
        before: The arguments in front of those of the assertion.
        after: The arguments after them.
        constraints: The package of the constraints, with a dot; empty in package match.
        matchers: Likewise of the matchers that are arguments.
    """
    arguments = arguments_of(entry)
    own = [f"{one.name} {_qualified(one.type, matchers)}" for one in arguments]
    types = [one for argument in arguments for one in argument.type_parameters]
    brackets = f"[{_type_parameters(types, constraints)}]" if types else ""
    return f"{go_name(entry.name)}{brackets}({', '.join(_grouped([*before, *own, *after]))})"


def _type_parameters(types: Sequence[TypeParameter], package: str) -> str:
    own = (f"{one.name} {_constraint(one.constraint, package)}" for one in types)
    return ", ".join(_grouped(list(own)))


def _grouped(declared: Sequence[str]) -> Iterator[str]:
    """Yields ``low, high int`` for ``low int`` and ``high int``."""
    for kind, group in groupby(declared, key=lambda one: one.split(" ", 1)[1]):
        yield f"{', '.join(one.split(' ', 1)[0] for one in group)} {kind}"


def _constraint(name: str, package: str) -> str:
    return name if name[0].islower() else package + name


def _qualified(kind: str, package: str) -> str:
    return re.sub(r"\bMatcher\b", f"{package}Matcher", kind)
