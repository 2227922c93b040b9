"""The assertions module: it evaluates assertions. The rules are in docs/kit/assertions.md.

An `Assertion` names an entry of the `CATALOG` and its arguments, and `evaluate` returns whether it
holds for a value of `testingkit.value`.
"""

from testingkit.assertions.catalog import CATALOG
from testingkit.assertions.entry import Entry
from testingkit.assertions.evaluate import evaluate
from testingkit.assertions.model import Argument, Assertion, Status, Verdict
from testingkit.assertions.shape import (
    AnyShape,
    CheckShape,
    ListShape,
    MapShape,
    RecordShape,
    Shape,
    ValueShape,
)
from testingkit.assertions.text import verdict_text

__all__ = [
    "CATALOG",
    "AnyShape",
    "Argument",
    "Assertion",
    "CheckShape",
    "Entry",
    "ListShape",
    "MapShape",
    "RecordShape",
    "Shape",
    "Status",
    "ValueShape",
    "Verdict",
    "evaluate",
    "verdict_text",
]
