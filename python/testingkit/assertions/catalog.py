"""The catalog of all assertions."""

from __future__ import annotations

from testingkit.assertions import (
    closeness,
    collection,
    equality,
    kinds,
    maps,
    numbers,
    octets,
    ordering,
    regex,
    sequences,
    sets,
    sizes,
    text_equality,
    text_formats,
    text_forms,
    texts,
)
from testingkit.assertions.entry import Entry

_GROUPS = (
    equality.ENTRIES,
    ordering.ENTRIES,
    numbers.ENTRIES,
    closeness.ENTRIES,
    texts.ENTRIES,
    text_equality.ENTRIES,
    text_forms.ENTRIES,
    text_formats.ENTRIES,
    regex.ENTRIES,
    octets.ENTRIES,
    sizes.ENTRIES,
    collection.ENTRIES,
    sequences.ENTRIES,
    sets.ENTRIES,
    maps.ENTRIES,
    kinds.ENTRIES,
)

CATALOG: dict[str, Entry] = {
    entry.name: entry
    for entry in sorted((entry for group in _GROUPS for entry in group), key=lambda one: one.name)
}
"""All assertions by name, in the order of their names."""
