"""The catalog of all assertions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from testingkit.assertions.entry import Entry, Rule, Signature
from testingkit.assertions.signatures import SIGNATURES

_GROUPS = (
    equality.RULES,
    ordering.RULES,
    numbers.RULES,
    closeness.RULES,
    measurements.RULES,
    texts.RULES,
    text_equality.RULES,
    case_folding.RULES,
    text_forms.RULES,
    text_formats.RULES,
    regex.RULES,
    octets.RULES,
    sizes.RULES,
    collection.RULES,
    sequences.RULES,
    sets.RULES,
    maps.RULES,
    times.RULES,
    outcomes.RULES,
    timed_outcomes.RULES,
    kinds.RULES,
    messages.RULES,
    collection_checks.RULES,
    composition.RULES,
    structure.RULES,
    shapes.RULES,
    json_texts.RULES,
)


def joined(
    signatures: Mapping[str, Signature], groups: Iterable[Mapping[str, Rule]]
) -> dict[str, Entry]:
    """Returns the entries of these signatures and rules, in the order of the signatures.

    Raises:
        ValueError: A signature has no rule, or a rule no signature, or an assertion two rules.
    """
    rules: dict[str, Rule] = {}
    for name, rule in (named for group in groups for named in group.items()):
        if name in rules or name not in signatures:
            wrong = "two rules" if name in rules else "a rule, but no signature"
            raise ValueError(f"the assertion {name} has {wrong}")
        rules[name] = rule
    if missing := signatures.keys() - rules.keys():
        raise ValueError(f"assertions without a rule: {', '.join(sorted(missing))}")
    return {name: Entry.of(name, one, rules[name]) for name, one in signatures.items()}


# Joined on import: an incomplete catalog ends the program at once.
CATALOG: dict[str, Entry] = joined(SIGNATURES, _GROUPS)
"""All assertions by name, in the order of their names."""
