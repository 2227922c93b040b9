"""Describes the result of a runner, and an expectation that no runner meets, in one line."""

from __future__ import annotations

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.results.answer_classes import NOT_THERE
from testingkit.conformance.results.outcome_text import outcome_texts
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1.expectation_pb2 import Expectation
from testingkit.conformance.v1.run_pb2 import RunnerResult

_MAX_BRIEF = 60  # characters of one side; reports show all of it field by field


RIGHT = "as expected"


def right_text(expect: Expectation) -> str:
    """Returns the text of an answer that passes; empty if nothing is expected."""
    return "" if expect.HasField("agree") else RIGHT


def describe_result(result: RunnerResult, right: str = RIGHT) -> str:
    """Returns a result in one line; for ``right`` see `right_text`."""
    if result.outcomes:
        texts = outcome_texts(result.outcomes, right)
        times = (count(outcome.times, "time") for outcome in result.outcomes)
        return cut("; ".join(map(" ".join, zip(times, texts, strict=True))))
    text = result.differences[0].actual if result.differences else describe(result.observation)
    return text.partition("\n")[0]


def describe_contradiction(case: Case, result: RunnerResult, runners: str) -> str:
    """Returns a text about an expectation that no runner meets, with its provenance.

    Args:
        case: The case.
        result: The result of one of the runners.
        runners: How many runners give this answer, such as ``all 3 runners``.
    """
    if case.golden is None:
        return f"{runners} give the same answer, but the case expects another"
    text = f"{runners} give the same answer, but the golden has another"
    if result.differences:
        first = result.differences[0]
        place = f"{first.field_path}: " if first.field_path else ""
        actual, golden = (_brief(side) for side in (first.actual, first.expected))
        text = f"{runners} answer {place}{actual} · the golden has {place}{golden}"
        more = len(result.differences) - 1
        text += f", and {more} more field{'s' * (more > 1)}" if more else ""
    if case.golden.provenance is None:
        return f"{text} (written by hand)"
    return f"{text} ({format_provenance(case.golden.provenance)})"


def _brief(text: str) -> str:
    line = text.partition("\n")[0] or NOT_THERE
    return line if len(line) <= _MAX_BRIEF else f"{line[:_MAX_BRIEF]}…"
