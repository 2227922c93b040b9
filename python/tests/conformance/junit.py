"""Reads JUnit XML: checks it against the strict schema, and adds up its counts."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

_SCHEMA = Path(__file__).with_name("junit_strict.xsd")
_STATUSES = {"failure": "failures", "error": "errors", "skipped": "skipped"}


@functools.cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(_SCHEMA))


def parse(data: bytes) -> Any:
    """Returns the root; a document type, entities and huge texts are errors."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    assert root.getroottree().docinfo.doctype == ""
    return root


def objections(root: Any) -> list[str]:
    """Returns the errors of the strict schema about a document."""
    schema = _schema()
    schema.validate(root)
    return [error.message for error in schema.error_log]


def status(testcase: Any) -> str:
    """Returns the attribute that counts a testcase; empty if it passed."""
    found = [_STATUSES[child.tag] for child in testcase if child.tag in _STATUSES]
    assert len(found) <= 1
    return found[0] if found else ""


def said(element: Any) -> dict[str, int]:
    """Returns the counts in the attributes of an element."""
    names = ("tests", *_STATUSES.values())
    return {name: int(element.get(name)) for name in names if name in element.attrib}


def added_up(element: Any) -> Mapping[str, int]:
    """Returns the counts of the testcases in an element."""
    counts = Counter({"tests": 0, **dict.fromkeys(_STATUSES.values(), 0)})
    for testcase in element.iter("testcase"):
        counts["tests"] += 1
        counts.update(filter(None, [status(testcase)]))
    return counts


def assert_sums_come_out(root: Any) -> None:
    """Asserts that testsuites and root count their testcases, and that none is there twice."""
    total: Counter[str] = Counter()
    for testsuite in root:
        assert testsuite.tag == "testsuite"
        assert said(testsuite) == added_up(testsuite), testsuite.get("name")
        total.update(said(testsuite))
        assert {case.get("classname") for case in testsuite.iter("testcase")} == {
            testsuite.get("name")
        }
    assert said(root) == {name: total[name] for name in said(root)}
    assert_all_different([testsuite.get("name") for testsuite in root])
    assert_all_different([(c.get("classname"), c.get("name")) for c in root.iter("testcase")])


def assert_all_different(names: list[Any]) -> None:
    """Asserts that names are unique: readers such as GitLab keep only the first of a name."""
    assert not [name for name, times in Counter(names).items() if times > 1]
