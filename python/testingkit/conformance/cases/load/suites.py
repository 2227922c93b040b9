"""Loads suites from case files in text or binary form, or from the cache."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from testingkit.conformance.cases.load.binary_suites import BinarySuite
from testingkit.conformance.cases.load.cache import SuiteCache
from testingkit.conformance.cases.load.case_files import shown_path
from testingkit.conformance.cases.load.context import LoadContext
from testingkit.conformance.cases.load.expanders import Expanders
from testingkit.conformance.cases.load.other_files import BINARY_SUFFIX
from testingkit.conformance.cases.load.reading import (
    ReadError,
    digest_of,
    digest_of_stream,
    open_file,
    read_file,
)
from testingkit.conformance.cases.load.store import StoreWriter, read_store
from testingkit.conformance.cases.load.text_suites import TextSuite
from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.v1 import case_pb2

# Up to so many bytes of a project's cases are kept in memory; the others are read when they are
# needed. A small case takes 500 bytes.
_BYTES_IN_MEMORY = 32 << 20
_SPOOLED_BYTES = 32 << 20

_Loaded = tuple[Suite | None, Sequence[Problem]]


class SuiteCheck(Protocol):
    """Validates one suite while it is loaded."""

    def case(self, case: Case) -> Sequence[Problem]:
        """Returns the problems of the next case."""

    def suite(self, header: case_pb2.Suite, place: Place) -> Sequence[Problem]:
        """Returns the problems of the suite as a whole; called after all cases."""


class _SuiteReader(Protocol):
    """A case file while it is being read."""

    header: case_pb2.Suite
    place: Place
    problems: list[Problem]

    def cases(self) -> Iterator[Case]:
        """Yields the cases that load; the others are in ``problems``."""


def load_suites(
    files: Iterable[Path],
    root: Path,
    schema: Schema,
    expanders: Expanders,
    cache: SuiteCache | None = None,
    check: Callable[[Schema], SuiteCheck] | None = None,
) -> tuple[Sequence[Suite], Sequence[Problem]]:
    """Returns the suites of case files, and problems; files with problems have suites as well.

    Args:
        files: The files.
        root: The project's folder.
        schema: The types.
        expanders: The expanders of the project.
        cache: The cache for suites in which ``check`` finds no problem.
        check: Makes the validator of one suite; without it, no suite is validated or cached.

    Raises:
        OutputError: The loaded cases cannot be stored.
    """
    loader = _Loader(root, LoadContext(schema, expanders), cache, check)
    suites: list[Suite] = []
    problems: list[Problem] = []
    for file in files:
        suite, found = loader.load(file)
        problems += found
        if suite is not None:
            suites.append(suite)
    return suites, problems


class _Loader:
    def __init__(
        self,
        root: Path,
        context: LoadContext,
        cache: SuiteCache | None,
        check: Callable[[Schema], SuiteCheck] | None,
    ) -> None:
        self._root = root
        self._context = context
        self._cache = cache
        self._check = check
        self._bytes_left = _BYTES_IN_MEMORY

    def load(self, file: Path) -> _Loaded:
        shown = shown_path(file, self._root)
        try:
            if file.suffix == BINARY_SUFFIX:
                return self._load_binary(file, shown)
            content = read_file(file, shown)
            digest = digest_of(content)
            if (kept := self._kept(digest, shown)) is not None:
                return kept
            return self._load(TextSuite(file, shown, content, self._context), shown, digest)
        except FileNotFoundError:
            return None, [Problem(Place(shown), "the file no longer exists")]
        except ReadError as error:
            return None, [error.problem]

    def _load_binary(self, file: Path, shown: str) -> _Loaded:
        with open_file(file, shown) as stream:
            digest = digest_of_stream(stream)
            if (kept := self._kept(digest, shown)) is not None:
                return kept
            stream.seek(0)
            binary = BinarySuite(stream, shown, self._context)
            return self._load(binary, shown, digest, binary.digest)

    def _kept(self, digest: bytes, shown: str) -> _Loaded | None:
        if self._cache is None:
            return None
        suite = self._cache.get(digest, shown, self._context.methods.find, self._bytes_left)
        return None if suite is None else (self._counted(suite), [])

    def _load(
        self,
        reader: _SuiteReader,
        shown: str,
        digest: bytes,
        digest_now: Callable[[], bytes] | None = None,
    ) -> _Loaded:
        """Loads a suite; ``digest_now`` digests a file again that may have changed since."""
        check = None if self._check is None else self._check(self._context.schema)
        problems: list[Problem] = []
        expanders, calls = self._context.expanders, self._context.expanders.calls
        folder = None if self._cache is None else self._cache.folder_for_scratch()
        with tempfile.SpooledTemporaryFile(_SPOOLED_BYTES, dir=folder) as scratch:
            stored: BinaryIO = scratch  # type: ignore[assignment]  # It has the methods that are used.
            writer = StoreWriter(stored, reader.header)
            for case in reader.cases():
                problems += check.case(case) if check else ()
                writer.add(case)
            writer.finish(reader.place)
            problems += reader.problems
            problems += check.suite(reader.header, reader.place) if check else ()
            is_same = digest_now is None or digest_now() == digest
            is_sound = check is not None and not problems and is_same
            # Golden files, and what expanders read, may change without the case file.
            is_repeatable = expanders.calls == calls or expanders.are_repeatable
            is_complete = not writer.goldens and is_repeatable
            if is_sound and is_complete and (kept := self._keep(stored, shown, digest)):
                return kept
            stored.seek(0)
            suite = read_store(stored.read(), shown, self._context.methods.find, writer.goldens)
        return self._counted(suite), problems

    def _keep(self, stored: BinaryIO, shown: str, digest: bytes) -> _Loaded | None:
        """Adds a loaded suite to the cache, and returns it as read from there."""
        if self._cache is None:
            return None
        stored.seek(0)
        self._cache.put(digest, shown, stored)
        return self._kept(digest, shown)

    def _counted(self, suite: Suite) -> Suite:
        """Counts the memory of a suite, and returns it."""
        self._bytes_left = max(0, self._bytes_left - suite.cases.bytes_in_memory)
        return suite
