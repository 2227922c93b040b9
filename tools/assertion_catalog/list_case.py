"""Writes the case that holds what `ListAssertions` of every kit answers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from assertion_catalog.read import Catalog, Entry

PATH = "conformance_cases/assertions/list.textproto"
_WIDTH = 100  # of a line, as in every case file

_HEAD = """\
# proto-file: testingkit/conformance/v1/case.proto
# proto-message: testingkit.conformance.v1.Suite
# Written by `make generate` from catalog/.

name: "assertions/list_assertions"
description: "The assertions of a kit"
service: "testingkit.kit.v1.AssertionsService"
defaults {
  method: "ListAssertions"
}

cases {
  name: "every_assertion_by_name"
  description: "Sorted by name; arguments and details in the order of their texts."
  spec_ref: "docs/kit/assertions.md#service"
  expect {
    response {
"""
_TAIL = """\
    }
  }
}
"""


def list_case(catalog: Catalog) -> str:
    """Returns the text of the suite."""
    return _HEAD + "".join(f"{line}\n" for e in catalog.entries for line in _entry(e)) + _TAIL


def _entry(entry: Entry) -> Iterator[str]:
    fields = [f'name: "{entry.name}"']
    if entry.parameters:
        fields.append(f"arguments: {_list([one.name for one in entry.parameters])}")
    if entry.details:
        fields.append(f"details: {_list(entry.details)}")
    line = f"      entries {{ {' '.join(fields)} }}"
    if len(line) <= _WIDTH:
        yield line
        return
    yield "      entries {"
    for field in fields:
        yield from textwrap.wrap(
            field,
            _WIDTH,
            initial_indent=" " * 8,
            subsequent_indent=" " * 10,
            break_on_hyphens=False,
        )
    yield "      }"


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
