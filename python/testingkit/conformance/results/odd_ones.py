"""Which runners differ from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.run_pb2 import RunnerResult


def odd_ones_out(answered: Sequence[RunnerResult]) -> tuple[int, ...]:
    """Returns the runners that stand alone: against the expectation, else against the majority.

    Nothing where neither names one, such as two runners that only have to agree.
    """
    wrong = [r.runner for r in answered if r.verdict != verdict_pb2.VERDICT_PASS]
    if wrong and len(wrong) < len(answered):
        return tuple(wrong)
    sizes = Counter(result.answer_class for result in answered)
    (largest, size), *others = sizes.most_common()
    if others and others[0][1] < size:
        return tuple(r.runner for r in answered if r.answer_class != largest)
    return ()


def unexplained_answers(deeds: Iterable[RunnerResult]) -> Sequence[RunnerResult]:
    """What runners did that is one answer, for which nothing known accounts."""
    return [deed for deed in deeds if deed.answer_class and not (deed.outcomes or deed.known)]


def describe_odd_ones(answered: Sequence[RunnerResult], runners: Sequence[str]) -> str:
    """Who is the odd one out of those that diverge, and whether anybody is right."""
    odd = odd_ones_out(answered)
    names = ", ".join(runners[runner] for runner in odd)
    text = f"odd one out: {names}" if odd else "no two sides agree on who is odd"
    return f"no answer is the expected one; {text}" if none_passes(answered) else text


def none_passes(answered: Sequence[RunnerResult]) -> bool:
    """Returns whether no runner gave the expected answer."""
    return all(result.verdict != verdict_pb2.VERDICT_PASS for result in answered)
