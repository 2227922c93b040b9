"""Counts the votes of runners: runners of one family share code, so they have one vote together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from testingkit.conformance.v1.run_pb2 import RunnerResult


def voter_of(runner: int, families: Sequence[str]) -> str:
    """Returns who votes for a runner: its family; without families, the runner itself."""
    return families[runner] if families else str(runner)


def voters_of(results: Iterable[RunnerResult], families: Sequence[str]) -> frozenset[str]:
    """Returns who votes with some results."""
    return frozenset(voter_of(result.runner, families) for result in results)


def count_votes(answered: Iterable[RunnerResult], families: Sequence[str]) -> Counter[int]:
    """Returns the votes of each answer class.

    A family whose runners disagree votes for each of their answers.

    Args:
        answered: Results with an answer.
        families: The family of each runner; empty if every runner is its own.
    """
    voters: defaultdict[int, set[str]] = defaultdict(set)
    for result in answered:
        voters[result.answer_class].add(voter_of(result.runner, families))
    return Counter({number: len(names) for number, names in voters.items()})
