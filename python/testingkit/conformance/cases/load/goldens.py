"""Reads and prints golden files: expected answers in files next to the case files.

The golden of the case ``rejects_empty`` in ``cases/slug.textproto`` is
``cases/goldens/slug/rejects_empty.textproto``, the text of a `GoldenFile`. The response is written
as in a case. ``accept`` writes golden files, a run reads them.
"""

from __future__ import annotations

from pathlib import Path

from testingkit.conformance.cases.load.expanders import Expanders
from testingkit.conformance.cases.load.reading import ReadError, decode, read_file
from testingkit.conformance.cases.load.tokenizer import Lines, TextError
from testingkit.conformance.cases.load.typed import (
    TypedMessages,
    parse_typed,
    to_canonical,
    to_typed,
)
from testingkit.conformance.cases.model import Method
from testingkit.conformance.errors import Place, Problem
from testingkit.conformance.expanding.client import ExpanderError
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.protobuf.text_format import print_source
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.golden_pb2 import GoldenFile

FOLDER = "goldens"
_HEADER = """\
# proto-file: testingkit/conformance/v1/golden.proto
# proto-message: testingkit.conformance.v1.GoldenFile

"""


class GoldenError(Exception):
    """A golden file is not valid."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def golden_path(case_file: Path, name: str) -> Path:
    """Returns the path of a golden file."""
    return case_file.parent / FOLDER / case_file.stem / f"{name}.textproto"


class Goldens:
    """Reads and prints the golden files of one project."""

    def __init__(self, schema: Schema, typed: TypedMessages, expanders: Expanders) -> None:
        self._schema = schema
        self._typed = typed
        self._expanders = expanders

    def read(self, file: Path, shown: str, method: Method) -> GoldenFile | None:
        """Returns a golden file; None if it does not exist.

        Raises:
            GoldenError: It cannot be read, does not parse, or has no answer.
        """
        try:
            text = decode(read_file(file, shown), shown)
        except FileNotFoundError:
            return None
        except ReadError as error:
            raise GoldenError(error.problem) from error
        return self.parse(text, shown, method)

    def parse(self, text: str, shown: str, method: Method) -> GoldenFile:
        """Returns a golden file from its text.

        Raises:
            GoldenError: It does not parse, or has no answer.
        """
        golden = GoldenFile()
        message = self._typed.new(GoldenFile, method)
        try:
            parse_typed(text, message, self._schema.pool)
            self._expanders.expand(message)
            to_canonical(message, golden, 0)
        except TextError as error:
            raise _error(shown, str(error), *Lines(text).at(error.offset)) from error
        except ValueError as error:
            raise _error(shown, str(error)) from error
        except ExpanderError as error:
            raise error.at(Place(shown)) from None
        if golden.WhichOneof("answer") is None:
            raise _error(shown, "expected response {...} or error {...}")
        return golden

    def text(self, golden: GoldenFile, method: Method) -> str:
        """Returns the text of a golden file. The text of some answers cannot be parsed again."""
        message = self._typed.new(GoldenFile, method)
        to_typed(golden, message)
        return _HEADER + print_source(message, self._schema.pool, as_one_line=False)


def expectation_of(golden: GoldenFile) -> Expectation:
    """Returns the answer of a golden file as an expectation."""
    if golden.HasField("response"):
        return Expectation(response=golden.response)
    return Expectation(error=golden.error)


def _error(shown: str, message: str, line: int = 1, column: int = 1) -> GoldenError:
    return GoldenError(Problem(Place(shown, line, column), message))
