"""The assertions of sets (docs/kit/assertions.md, sets)."""

from __future__ import annotations

from testingkit.assertions.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
