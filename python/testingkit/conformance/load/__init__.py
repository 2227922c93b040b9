"""Stage 1: case files and descriptors become suites.

The only reader of case files. Every mistake of a file is found in one go, each with its place.
"""

from testingkit.conformance.load.cache import SuiteCache
from testingkit.conformance.load.case_files import find_case_files
from testingkit.conformance.load.expanders import Expanders, check_types, import_expanders
from testingkit.conformance.load.goldens import GoldenError, Goldens
from testingkit.conformance.load.known import load_known_divergences, read_known_text
from testingkit.conformance.load.known_edit import with_entries, without_entries
from testingkit.conformance.load.stale_goldens import stale_goldens
from testingkit.conformance.load.suites import SuiteCheck, load_suites
from testingkit.conformance.load.typed import TypedMessages

__all__ = [
    "Expanders",
    "GoldenError",
    "Goldens",
    "SuiteCache",
    "SuiteCheck",
    "TypedMessages",
    "check_types",
    "find_case_files",
    "import_expanders",
    "load_known_divergences",
    "load_suites",
    "read_known_text",
    "stale_goldens",
    "with_entries",
    "without_entries",
]
