"""Names in text, quoted if they could not be parsed otherwise (docs/kit/render.md, names)."""

from __future__ import annotations

from testingkit.value.quote import is_identifier, quote

_VALUE_WORDS = {"null", "true", "false", "NaN", "inf", "cancelled", "pending"}
_OPENING_WORDS = {"set", "record", "error", "time", "duration", "returned", "failed", "panicked"}
RESERVED = frozenset(_VALUE_WORDS | _OPENING_WORDS)
"""Words that start other canonical texts."""


def type_name(name: str) -> str:
    """Returns the name of a record or enum type, quoted if necessary."""
    return quote(name) if name in RESERVED else error_type_name(name)


def error_type_name(name: str) -> str:
    """Returns the name of an error type, quoted if necessary. No word is reserved for it."""
    return name if all(map(is_identifier, name.split("."))) else quote(name)


def field_name(name: str) -> str:
    """Returns the name of a field or an enum member, quoted if necessary."""
    return name if is_identifier(name) else quote(name)
