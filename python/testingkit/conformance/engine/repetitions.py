"""What one runner did with the repetitions of one case: one thing, or several.

A runner that does not do the same every time is FLAKY, whatever it did most often: a divergence is
never retried away. Where one of the calls got no valid answer, that is what became of the case;
what the runner did beside that is kept, for it counts all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.expectation import fault
from testingkit.conformance.judging.parity import same_answer
from testingkit.conformance.v1.observation_pb2 import Observation

# Kinds that are no behaviour of the runner's: the case was not, or not validly, answered.
_NO_DEEDS = frozenset({"protocol_error", "no_result", "not_run"})
# Kinds of which there are as many as there are answers; of every other there is one group.
_MANIFOLD = frozenset({"response", "error"})

MAX_GROUPS = 16


@dataclass(slots=True)
class OutcomeGroup:
    """One of the things that a runner did with a case, and how often."""

    observation: Observation
    kind: str = ""  # not looked at where the case is called once
    times: int = 1
    includes_others: bool = False  # some of the times it did something else again

    @property
    def is_deed(self) -> bool:
        """Whether it is something that the runner did, and no lack of a valid answer."""
        return self.kind not in _NO_DEEDS


def group_outcomes(case: Case, observations: Sequence[Observation]) -> Sequence[OutcomeGroup]:
    """Groups a runner's observations of one case, the commonest first; one group is steady.

    Groups of calls without a valid answer come before all others. There are `MAX_GROUPS` groups of
    answers at most. The last of them then stands for all that are like none of the others, since
    every group is compared with every answer. Nothing but answers is ever stood for.
    """
    if len(observations) == 1:
        return [OutcomeGroup(observations[0])]
    groups: list[OutcomeGroup] = []
    for observation in observations:
        kind = _kind(case, observation)
        alike = (
            [group for group in groups if group.kind in _MANIFOLD] if kind in _MANIFOLD else groups
        )
        for group in alike:
            if _same(case, group, kind, observation):
                group.times += 1
                break
        else:
            if kind not in _MANIFOLD or len(alike) < MAX_GROUPS:
                groups.append(OutcomeGroup(observation, kind))
            else:
                alike[-1].times += 1
                alike[-1].includes_others = True
    return sorted(groups, key=lambda group: (group.is_deed, -group.times))


def _kind(case: Case, observation: Observation) -> str:
    kind = observation.WhichOneof("kind")
    if kind is None or fault(case, observation):
        return "protocol_error"
    return kind


def _same(case: Case, group: OutcomeGroup, kind: str, observation: Observation) -> bool:
    if group.kind != kind:
        return False
    return kind not in _MANIFOLD or same_answer(case, group.observation, observation)
