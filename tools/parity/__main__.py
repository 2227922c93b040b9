"""`make parity`: compares the catalog of assertions with what each kit has.

``--write`` writes docs/kit/parity.md; without it, a page that differs from the report is an error.
The exit status is 0 if every kit has every assertion, 1 if one is missing or the page differs, and
2 if a kit cannot be read.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assertion_catalog.read import CatalogError, read_catalog
from parity.answers import run_cases
from parity.exports import EXPORTS, ROOT, ExportError
from parity.report import Parity, page, text
from testingkit.conformance.errors import TestingKitError

PAGE = "docs/kit/parity.md"


def main(arguments: Sequence[str]) -> int:
    """Prints the report, and writes or checks the page; returns the exit status."""
    try:
        catalog = read_catalog(ROOT)
        exports = {kit: find(catalog) for kit, find in EXPORTS.items()}
        parity = Parity(catalog, exports, run_cases(ROOT))
    except (CatalogError, ExportError, TestingKitError) as error:
        print(f"parity: {error}", file=sys.stderr)
        return 2
    print(text(parity))
    if list(arguments) == ["--write"]:
        (ROOT / PAGE).write_text(page(parity), encoding="utf-8")
    elif not _is_written(page(parity)):
        print(f"parity: {PAGE} is not as `make parity ARGS=--write` writes it", file=sys.stderr)
        return 1
    return 0 if parity.has_all() else 1


def _is_written(content: str) -> bool:
    path = ROOT / PAGE
    return path.exists() and path.read_text(encoding="utf-8") == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
