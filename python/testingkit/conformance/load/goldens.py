"""Reads golden files: expected answers that are kept beside the case files.

The golden of the case ``rejects_empty`` in ``cases/slug.textproto`` is
``cases/goldens/slug/rejects_empty.textproto``, the text of an `Expectation` with a response or an
error, in which the response is written as in a case.
"""

from __future__ import annotations

from pathlib import Path

from testingkit.conformance.descriptors import Schema
from testingkit.conformance.load.expanders import Expanders
from testingkit.conformance.load.typed import TypedMessages, parse_typed, to_canonical
from testingkit.conformance.model import Method, Place, Problem
from testingkit.conformance.textproto import TextError
from testingkit.conformance.v1 import expectation_pb2

FOLDER = "goldens"


class GoldenError(Exception):
    """A golden file that is missing or makes no sense."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def golden_path(case_file: Path, name: str) -> Path:
    """Returns the path of a golden file."""
    return case_file.parent / FOLDER / case_file.stem / f"{name}.textproto"


def read_golden(
    path: Path,
    shown: str,
    method: Method,
    typed: TypedMessages,
    schema: Schema,
    expanders: Expanders,
) -> expectation_pb2.Expectation:
    """Reads one golden file.

    Raises:
        GoldenError: It does not exist, does not parse, or holds no answer.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise GoldenError(Problem(Place(shown), "there is no such golden file")) from error
    except (OSError, ValueError) as error:
        raise GoldenError(Problem(Place(shown), f"cannot be read: {error}")) from error
    message = typed.new(expectation_pb2.Expectation, method)
    try:
        parse_typed(text, message, schema.pool)
        expanders.expand(message)
        golden = expectation_pb2.Expectation()
        to_canonical(message, golden)
    except TextError as error:
        place = Place(shown, error.line, error.column)
        raise GoldenError(Problem(place, str(error))) from error
    except ValueError as error:
        raise GoldenError(Problem(Place(shown), str(error))) from error
    if golden.WhichOneof("kind") not in {"response", "error"}:
        raise GoldenError(Problem(Place(shown), "expected response {...} or error {...}"))
    return golden
