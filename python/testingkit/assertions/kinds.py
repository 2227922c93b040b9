"""The assertions of kinds (docs/kit/assertions.md, kinds)."""

from __future__ import annotations

from testingkit.assertions.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
