"""The assertions of bytes (docs/kit/assertions.md, bytes)."""

from __future__ import annotations

from testingkit.assertions.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
