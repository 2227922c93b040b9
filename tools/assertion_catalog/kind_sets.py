"""Names of sets of kinds, for the pages and for the signatures of the three languages."""

from __future__ import annotations

from collections.abc import Iterable

from assertion_catalog.read import ANY, Catalog, Entry, Kinds

# Sets of kinds with a name of their own (docs/kit/assertions.md, Errors).
NAMED_KINDS = {
    frozenset[str](): "any",
    frozenset({"int", "float"}): "number",
    frozenset({"int", "float", "text", "bytes", "time", "duration"}): "ordered",
    frozenset({"text", "bytes", "list", "set", "map"}): "sized",
    frozenset({"list", "set"}): "items",
}


def kinds_text(kinds: Kinds) -> str:
    """Returns the name of a set of kinds, or the names of the kinds."""
    return NAMED_KINDS.get(frozenset(kinds), " or ".join(kinds))


def constant(kinds: Kinds) -> str:
    """Returns the name of the constant that holds a set of kinds, such as ``MAP_OR_RECORD``."""
    return kinds_text(kinds).upper().replace(" ", "_")


def kind_sets(catalog: Catalog) -> list[tuple[str, Kinds]]:
    """Returns the sets that the signatures need, with their constants, sorted by these."""
    sets = {constant(kinds): kinds for entry in catalog.entries for kinds in _sets(entry)}
    return sorted(sets.items(), key=lambda one: (one[1] != ANY, one[0]))


def _sets(entry: Entry) -> Iterable[Kinds]:
    yield entry.actual
    yield from (one.kinds for one in entry.parameters if one.form == "value")
