"""Loads suites from case files and descriptors: stage 1 of a run.

This is the only reader of case files. It reports all problems of a file at once, with their places.
"""

from testingkit.conformance.cases.load.cache import SuiteCache
from testingkit.conformance.cases.load.case_files import find_case_files
from testingkit.conformance.cases.load.expanders import Expanders, import_expanders
from testingkit.conformance.cases.load.goldens import GoldenError, Goldens
from testingkit.conformance.cases.load.orphan_goldens import find_orphan_goldens
from testingkit.conformance.cases.load.other_files import ExpectedFiles
from testingkit.conformance.cases.load.suites import SuiteCheck, load_suites
from testingkit.conformance.cases.load.typed import TypedMessages

__all__ = [
    "Expanders",
    "ExpectedFiles",
    "GoldenError",
    "Goldens",
    "SuiteCache",
    "SuiteCheck",
    "TypedMessages",
    "find_case_files",
    "find_orphan_goldens",
    "import_expanders",
    "load_suites",
]
