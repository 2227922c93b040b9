"""What one runner did with the repetitions of one case: one thing, or several.

A runner that does not do the same every time is FLAKY, whatever it did most often: a divergence is
never retried away. Where one of the calls got no valid answer, that is what became of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.compare import same_answer
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.expectations import fault
from testingkit.conformance.model import Case
from testingkit.conformance.v1.observation_pb2 import Observation

# Kinds that are no behaviour of the runner's: the case was not, or not validly, answered.
_GAPS = frozenset({"unsupported", "protocol_error", "no_result", "not_run"})

MAX_TURNS = 16


@dataclass(slots=True)
class Turn:
    """One of the things that a runner did with a case, and how often."""

    observation: Observation
    times: int = 1
    stands_for_others: bool = False  # some of the times it did something else again


def settle(case: Case, observations: Sequence[Observation], schema: Schema) -> Sequence[Turn]:
    """Groups a runner's observations of one case, the commonest first; one group is steady.

    There are `MAX_TURNS` groups at most. The last of them then stands for all that is like none of
    the others, since every group is compared with every observation.
    """
    if len(observations) == 1:
        return [Turn(observations[0])]
    gap = next((o for o in observations if _is_gap(case, o, schema)), None)
    if gap is not None:
        return [Turn(gap, len(observations))]
    turns: list[Turn] = []
    for observation in observations:
        for turn in turns:
            if _same(case, turn.observation, observation, schema):
                turn.times += 1
                break
        else:
            if len(turns) < MAX_TURNS:
                turns.append(Turn(observation))
            else:
                turns[-1].times += 1
                turns[-1].stands_for_others = True
    return sorted(turns, key=lambda turn: -turn.times)


def _is_gap(case: Case, observation: Observation, schema: Schema) -> bool:
    kind = observation.WhichOneof("kind")
    return kind is None or kind in _GAPS or bool(fault(case, observation, schema))


def _same(case: Case, left: Observation, right: Observation, schema: Schema) -> bool:
    kinds = left.WhichOneof("kind"), right.WhichOneof("kind")
    if kinds[0] in {"crash", "timeout"}:
        return kinds[0] == kinds[1]
    return same_answer(case, left, right, schema)
