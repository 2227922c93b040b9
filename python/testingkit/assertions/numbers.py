"""The assertions of numbers (docs/kit/assertions.md, numbers)."""

from __future__ import annotations

from testingkit.assertions.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
