"""Finds the runners that differ from the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testingkit.conformance.results.voters import count_votes
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import RunnerResult


def odd_ones_out(answered: Sequence[RunnerResult], families: Sequence[str] = ()) -> tuple[int, ...]:
    """Returns the runners that do not pass; if all or none pass, those outside the majority.

    Empty if there is no majority, such as for two runners that only have to agree. Runners of one
    family have one vote.
    """
    wrong = [r.runner for r in answered if r.verdict != verdict_pb2.VERDICT_PASS]
    if wrong and len(wrong) < len(answered):
        return tuple(wrong)
    (largest, size), *others = count_votes(answered, families).most_common()
    if others and others[0][1] < size:
        return tuple(r.runner for r in answered if r.answer_class != largest)
    return ()


def unexplained_answers(results: Iterable[RunnerResult]) -> Sequence[RunnerResult]:
    """Returns results with one answer for which no known divergence accounts."""
    return [r for r in results if r.answer_class and not (r.outcomes or r.known)]


def describe_odd_ones(
    answered: Sequence[RunnerResult], runners: Sequence[str], families: Sequence[str] = ()
) -> str:
    """Returns a text that names the odd ones out, and says if no answer is right."""
    odd = odd_ones_out(answered, families)
    names = ", ".join(runners[runner] for runner in odd)
    text = f"odd one out: {names}" if odd else "no odd one out, as no answer has a majority"
    return f"no answer is the expected one; {text}" if none_passes(answered) else text


def none_passes(answered: Sequence[RunnerResult]) -> bool:
    """Returns whether no runner gave the expected answer."""
    return all(result.verdict != verdict_pb2.VERDICT_PASS for result in answered)
