"""The result of a runner in words, and an expectation that no runner meets."""

from __future__ import annotations

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.results.provenance import format_provenance
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import Outcome, RunnerResult

_MAX_BRIEF = 60  # characters of one side; reports show all of it field by field


def describe_result(result: RunnerResult, right: str = "as expected") -> str:
    """What a runner did, in one line; ``right`` is said of an outcome without a difference."""
    if result.outcomes:
        said = (f"{count(o.times, 'time')} {describe_outcome(o, right)}" for o in result.outcomes)
        return cut("; ".join(said))
    text = result.differences[0].actual if result.differences else describe(result.observation)
    return text.partition("\n")[0]


def describe_outcome(outcome: Outcome, right: str) -> str:
    """Returns one outcome of a flaky runner in one line; ``right`` stands for a plain pass."""
    if outcome.verdict == verdict_pb2.VERDICT_PASS and not outcome.differences:
        return right
    if not outcome.differences:
        return describe(outcome.observation).partition("\n")[0]
    first = outcome.differences[0]
    text = first.actual.partition("\n")[0] or "(not there)"
    return f"{first.field_path}: {text}" if first.field_path else text


def describe_contradiction(case: Case, result: RunnerResult, who: str) -> str:
    """What is said of an expectation that no runner meets, and where it came from."""
    if case.golden is None:
        return f"{who} give the same answer, and the case expects another"
    text = f"{who} give the same answer, and the golden says another"
    if result.differences:
        first = result.differences[0]
        place = f"{first.field_path}: " if first.field_path else ""
        actual, golden = (_brief(side) for side in (first.actual, first.expected))
        text = f"{who} answer {place}{actual} · the golden says {place}{golden}"
        more = len(result.differences) - 1
        text += f", and {more} more field{'s' * (more > 1)}" if more else ""
    if case.golden.provenance is None:
        return f"{text} (written by hand)"
    return f"{text} ({format_provenance(case.golden.provenance)})"


def _brief(text: str) -> str:
    line = text.partition("\n")[0] or "(not there)"
    return line if len(line) <= _MAX_BRIEF else f"{line[:_MAX_BRIEF]}…"
