"""Names in text: bare where they can be read back, quoted elsewhere (docs/kit/render.md, names)."""

from __future__ import annotations

from testingkit.value.quote import is_identifier, quote

_VALUE_WORDS = {"null", "true", "false", "NaN", "inf", "cancelled", "pending"}
_OPENING_WORDS = {"set", "record", "error", "time", "duration", "returned", "failed", "panicked"}
RESERVED = frozenset(_VALUE_WORDS | _OPENING_WORDS)
"""What begins or is a canonical text already."""


def type_name(name: str) -> str:
    """The name of a record or enum type."""
    return quote(name) if name in RESERVED else error_type_name(name)


def error_type_name(name: str) -> str:
    """The name of an error type. Nothing else stands in its place, so no word is reserved."""
    return name if all(map(is_identifier, name.split("."))) else quote(name)


def field_name(name: str) -> str:
    """The name of a field or of an enum member."""
    return name if is_identifier(name) else quote(name)
