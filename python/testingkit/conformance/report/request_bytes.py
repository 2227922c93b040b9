"""Shows the bytes of messages whose fields do not show them."""

from __future__ import annotations


def as_field(data: bytes, limit: int) -> str:
    """Returns bytes as the field of a case; if they are few, it can be copied into a case file."""
    return f"request_bytes: {escaped(data, limit)}"


def escaped(data: bytes, limit: int) -> str:
    """Returns bytes as a string in text format, of which so many bytes are shown at most."""
    digits = "".join(f"\\x{byte:02x}" for byte in data[:limit])
    rest = f" … and {len(data) - limit:,} more bytes" if len(data) > limit else ""
    return f'"{digits}"{rest}'
