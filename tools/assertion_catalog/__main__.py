"""Writes everything that is generated from the catalog of assertions: `make generate` runs it.

With ``--check`` it writes nothing, and fails if a file is not as it would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assertion_catalog import go_code, list_case, page, python_code, random_cases, rust_code
from assertion_catalog.read import Catalog, CatalogError, read_catalog

ROOT = Path(__file__).parents[2]

Files = Iterator[tuple[str, str | bytes]]
"""Paths, relative to the checkout, and contents."""


def _page_files(root: Path, catalog: Catalog) -> Files:
    rules = (root / page.RULES).read_text(encoding="utf-8")
    yield page.RULES, page.with_tables(rules, catalog)
    yield page.REFERENCE, page.reference(catalog, page.groups_with_tables(rules))


def _case_files(_root: Path, catalog: Catalog) -> Files:
    yield list_case.PATH, list_case.list_case(catalog)
    yield random_cases.PATH, random_cases.random_cases(catalog)


def _python_files(_root: Path, catalog: Catalog) -> Files:
    return python_code.python_files(catalog)


def _go_files(_root: Path, catalog: Catalog) -> Files:
    return go_code.go_files(catalog)


def _rust_files(_root: Path, catalog: Catalog) -> Files:
    return rust_code.rust_files(_root, catalog)


# One writer for each language or document.
WRITERS: Sequence[Callable[[Path, Catalog], Files]] = (
    _page_files,
    _case_files,
    _python_files,
    _go_files,
    _rust_files,
)


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Writes or checks all files; returns the exit code."""
    try:
        catalog = read_catalog(root)
        files = {
            path: _bytes(content) for writer in WRITERS for path, content in writer(root, catalog)
        }
    except (CatalogError, ValueError) as error:
        print(f"catalog: {error}", file=sys.stderr)
        return 1
    stale = {path: content for path, content in files.items() if _content(root / path) != content}
    if list(arguments) == ["--check"]:
        for path in stale:
            print(f"catalog: {path} is not as `make generate` writes it", file=sys.stderr)
        return 1 if stale else 0
    for path, content in stale.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return 0


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
