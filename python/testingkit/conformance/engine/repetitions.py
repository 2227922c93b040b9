"""Groups equal observations of one runner and case; more than one group makes the runner flaky.

A runner is FLAKY even if most of its observations are right: repetitions never hide a divergence.
If one call is unanswered, the case is unanswered; its other outcomes are kept and count too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.expectation import why_invalid
from testingkit.conformance.judging.peers import same_answer
from testingkit.conformance.v1.observation_pb2 import Observation

# Kinds of calls without a valid answer.
_UNANSWERED = frozenset({"protocol_error", "no_result", "not_run"})
# Kinds with a group for each different answer; every other kind has one group.
_COMPARED = frozenset({"response", "error"})

MAX_GROUPS = 16


@dataclass(slots=True)
class OutcomeGroup:
    """Equal observations of one runner.

    Attributes:
        observation: The first of them.
        kind: Its kind; empty if the case is called once.
        times: How many there are.
        includes_others: Whether different answers are counted here, beyond `MAX_GROUPS` groups.
    """

    observation: Observation
    kind: str = ""
    times: int = 1
    includes_others: bool = False

    @property
    def is_unanswered(self) -> bool:
        """Whether these calls got no valid answer."""
        return self.kind in _UNANSWERED


def group_outcomes(case: Case, observations: Sequence[Observation]) -> Sequence[OutcomeGroup]:
    """Returns the groups of a runner's observations of one case: unanswered first, then by size.

    There are at most `MAX_GROUPS` groups of answers, since every answer is compared with every
    group. The last of them then also counts the answers that equal none of the others.
    """
    if len(observations) == 1:
        return [OutcomeGroup(observations[0])]
    groups: list[OutcomeGroup] = []
    for observation in observations:
        kind = _kind(case, observation)
        alike = (
            [group for group in groups if group.kind in _COMPARED] if kind in _COMPARED else groups
        )
        for group in alike:
            if _same(case, group, kind, observation):
                group.times += 1
                break
        else:
            if kind not in _COMPARED or len(alike) < MAX_GROUPS:
                groups.append(OutcomeGroup(observation, kind))
            else:
                alike[-1].times += 1
                alike[-1].includes_others = True
    return sorted(groups, key=lambda group: (not group.is_unanswered, -group.times))


def _kind(case: Case, observation: Observation) -> str:
    kind = observation.WhichOneof("kind")
    if kind is None or why_invalid(case, observation):
        return "protocol_error"
    return kind


def _same(case: Case, group: OutcomeGroup, kind: str, observation: Observation) -> bool:
    if group.kind != kind:
        return False
    return kind not in _COMPARED or same_answer(case, group.observation, observation)
