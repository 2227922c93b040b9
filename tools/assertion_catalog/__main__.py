"""Writes everything that is generated from the catalog of assertions: `make generate` runs it.

With ``--check`` it writes nothing, and fails if a file is not as it would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assertion_catalog import (
    go_signatures,
    list_case,
    python_code,
    python_signatures,
    random_cases,
    rust_code,
    rust_signatures,
)
from assertion_catalog.read import Catalog, CatalogError, read_catalog

ROOT = Path(__file__).parents[2]

Files = Iterator[tuple[str, str | bytes]]
"""Paths, relative to the checkout, and contents."""


def _signature_files(_root: Path, catalog: Catalog) -> Files:
    yield python_signatures.PATH, python_signatures.signatures(catalog)
    yield go_signatures.PATH, go_signatures.signatures(catalog)
    yield rust_signatures.PATH, rust_signatures.signatures(catalog)


def _case_files(_root: Path, catalog: Catalog) -> Files:
    yield list_case.PATH, list_case.list_case(catalog)
    yield random_cases.PATH, random_cases.random_cases(catalog)


def _python_files(_root: Path, catalog: Catalog) -> Files:
    return python_code.python_files(catalog)


def _rust_files(root: Path, catalog: Catalog) -> Files:
    return rust_code.rust_files(root, catalog)


# The modules that are imported late evaluate examples with the Python kit. It can be imported only
# if every signature has a rule, so signatures are written before.
def _page_files(root: Path, catalog: Catalog) -> Files:
    from assertion_catalog import page  # noqa: PLC0415

    rules = (root / page.RULES).read_text(encoding="utf-8")
    yield page.RULES, page.with_tables(rules, catalog)
    yield page.REFERENCE, page.reference(catalog, page.groups_with_tables(rules))


def _go_files(_root: Path, catalog: Catalog) -> Files:
    from assertion_catalog import go_code  # noqa: PLC0415

    return go_code.go_files(catalog)


# One writer for each language or document, in this order.
WRITERS: Sequence[Callable[[Path, Catalog], Files]] = (
    _signature_files,
    _case_files,
    _python_files,
    _rust_files,
    _page_files,
    _go_files,
)


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Writes or checks all files; returns the exit code."""
    checks = list(arguments) == ["--check"]
    stale = False
    try:
        catalog = read_catalog(root)
        for path, content in (file for writer in WRITERS for file in writer(root, catalog)):
            if _content(root / path) == _bytes(content):
                continue
            if checks:
                print(f"catalog: {path} is not as `make generate` writes it", file=sys.stderr)
                stale = True
            else:
                _write(root / path, _bytes(content))
    except (CatalogError, ValueError) as error:
        print(f"catalog: {error}", file=sys.stderr)
        return 1
    return 1 if stale else 0


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
