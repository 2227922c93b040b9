"""The assertions of texts (docs/kit/assertions.md, text)."""

from __future__ import annotations

from testingkit.assertions.entry import TEXT, Entry, Finding, opposite, plain
from testingkit.value import Int, Text

_PART = (("part", TEXT),)
_PREFIX = (("prefix", TEXT),)


def _contains(actual: Text, part: Text) -> bool:
    return part.value in actual.value


def _not_contains(actual: Text, part: Text) -> Finding:
    index = actual.value.find(part.value)
    return Finding(index < 0, (("index", Int(index)),))


def _starts_with(actual: Text, prefix: Text) -> bool:
    return actual.value.startswith(prefix.value)


ENTRIES = (
    Entry("contains_text", _PART, TEXT, (), plain(_contains)),
    Entry("not_contains_text", _PART, TEXT, ("index",), _not_contains),
    Entry("starts_with", _PREFIX, TEXT, (), plain(_starts_with)),
    Entry("not_starts_with", _PREFIX, TEXT, (), opposite(_starts_with)),
)
