"""The checks module: it evaluates assertions. The rules are in docs/kit/checks.md.

An `Assertion` names a check of the `CATALOG` and its arguments, and `evaluate` returns whether it
holds for a value of `testingkit.value`.
"""

from testingkit.checks.catalog import CATALOG
from testingkit.checks.entry import Entry
from testingkit.checks.evaluate import evaluate
from testingkit.checks.model import Assertion, Status, Verdict
from testingkit.checks.text import verdict_text

__all__ = ["CATALOG", "Assertion", "Entry", "Status", "Verdict", "evaluate", "verdict_text"]
