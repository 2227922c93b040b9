"""The assertions of maps (docs/kit/assertions.md, maps)."""

from __future__ import annotations

from testingkit.assertions.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
