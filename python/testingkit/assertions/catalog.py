"""The catalog of all assertions."""

from __future__ import annotations

from testingkit.assertions import (
    case_folding,
    closeness,
    collection,
    collection_checks,
    composition,
    equality,
    json_texts,
    kinds,
    maps,
    measurements,
    messages,
    numbers,
    octets,
    ordering,
    outcomes,
    regex,
    sequences,
    sets,
    shapes,
    sizes,
    structure,
    text_equality,
    text_formats,
    text_forms,
    texts,
    timed_outcomes,
    times,
)
from testingkit.assertions.entry import Entry

_GROUPS = (
    equality.ENTRIES,
    ordering.ENTRIES,
    numbers.ENTRIES,
    closeness.ENTRIES,
    measurements.ENTRIES,
    texts.ENTRIES,
    text_equality.ENTRIES,
    case_folding.ENTRIES,
    text_forms.ENTRIES,
    text_formats.ENTRIES,
    regex.ENTRIES,
    octets.ENTRIES,
    sizes.ENTRIES,
    collection.ENTRIES,
    sequences.ENTRIES,
    sets.ENTRIES,
    maps.ENTRIES,
    times.ENTRIES,
    outcomes.ENTRIES,
    timed_outcomes.ENTRIES,
    kinds.ENTRIES,
    messages.ENTRIES,
    collection_checks.ENTRIES,
    composition.ENTRIES,
    structure.ENTRIES,
    shapes.ENTRIES,
    json_texts.ENTRIES,
)

CATALOG: dict[str, Entry] = {
    entry.name: entry
    for entry in sorted((entry for group in _GROUPS for entry in group), key=lambda one: one.name)
}
"""All assertions by name, in the order of their names."""
