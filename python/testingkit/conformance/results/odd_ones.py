"""Finds the runners that differ from the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testingkit.conformance.judging.verdicts import accepts_different
from testingkit.conformance.results.answer_classes import class_letter
from testingkit.conformance.results.voters import count_votes, voters_of
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import RunnerResult

_FEWEST = 3  # voters of which some can be a majority: two cannot outvote each other


def odd_ones_out(answered: Sequence[RunnerResult], families: Sequence[str] = ()) -> tuple[int, ...]:
    """Returns the runners that do not pass; if none or all are wrong, those outside the majority.

    Empty if there is no majority, such as for two runners that only have to agree. Runners of one
    family have one vote.
    """
    wrong = [r.runner for r in answered if r.verdict != verdict_pb2.VERDICT_PASS]
    if not accepts_different(answered) and len(wrong) < len(answered):
        return tuple(wrong)
    largest = majority_class(answered, families)
    return tuple(r.runner for r in answered if largest not in (None, r.answer_class))


def majority_class(answered: Sequence[RunnerResult], families: Sequence[str] = ()) -> int | None:
    """Returns the class of more than half of at least three voters; None if there is none."""
    voters = len(voters_of(answered, families))
    votes = count_votes(answered, families)
    # A family whose runners disagree can make two of them.
    found = [number for number, size in votes.items() if 2 * size > voters >= _FEWEST]
    return found[0] if len(found) == 1 else None


def unexplained_answers(results: Iterable[RunnerResult]) -> Sequence[RunnerResult]:
    """Returns results with one answer for which no known divergence accounts."""
    return [r for r in results if r.answer_class and not (r.outcomes or r.known)]


def describe_odd_ones(
    answered: Sequence[RunnerResult], runners: Sequence[str], families: Sequence[str] = ()
) -> str:
    """Returns a text that names the odd ones out, and says if no answer is right.

    If no expectation calls an answer wrong, it names the classes of equal answers.
    """
    if accepts_different(answered):
        return _describe_classes(answered, runners, families)
    names = ", ".join(runners[runner] for runner in odd_ones_out(answered, families))
    if not none_passes(answered):
        return f"odd one out: {names}" if names else "no odd one out"
    return f"no answer is the expected one; {f'odd one out: {names}' if names else 'no majority'}"


def none_passes(answered: Sequence[RunnerResult]) -> bool:
    """Returns whether no runner gave the expected answer."""
    return all(result.verdict != verdict_pb2.VERDICT_PASS for result in answered)


def _describe_classes(
    answered: Sequence[RunnerResult], runners: Sequence[str], families: Sequence[str]
) -> str:
    sides: dict[int, list[str]] = {}
    for result in sorted(answered, key=lambda result: result.answer_class):
        sides.setdefault(result.answer_class, []).append(runners[result.runner])
    texts = (f"{', '.join(names)} ({class_letter(number)})" for number, names in sides.items())
    largest = majority_class(answered, families)
    majority = "no majority" if largest is None else f"the majority is {class_letter(largest)}"
    return f"{' against '.join(texts)}; {majority}"
