"""A case while it is under way: what the runners did with it so far."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.engine.fast_path import is_expected
from testingkit.conformance.judging.answers import ANSWERS
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.v1.observation_pb2 import Observation

_NOT_EXPECTED = -1
_IN_ORDER = ANSWERS | {"unsupported", "not_run"}


class PendingCase:
    """A case that some runner has not done with: what they did so far.

    An answer that is just the expected one is not kept, but for the time that it took.
    """

    __slots__ = ("call", "elapsed", "left", "right", "seen")

    def __init__(self, call: Call, runners: int, repetitions: int) -> None:
        self.call = call
        self.left = runners * repetitions  # observations
        self.right = 0  # expected answers
        self.elapsed = [_NOT_EXPECTED] * runners  # nanoseconds of expected answers
        self.seen: dict[int, list[Observation]] = {}  # everything else, by the runner

    def add(self, runner: int, call: Call, observation: Observation) -> None:
        """Takes in what a runner did with one of its calls."""
        if is_expected(call.expected, observation):
            self.elapsed[runner] = observation.elapsed_nanos
            self.right += 1
        else:
            self.seen.setdefault(runner, []).append(observation)
        self.left -= 1

    @property
    def is_unanimous(self) -> bool:
        """Whether every runner gave the expected answer, byte for byte."""
        return self.right == len(self.elapsed)

    @property
    def broke(self) -> bool:
        """Whether something else became of a call than that it was answered, or not made."""
        kinds = (seen.WhichOneof("kind") for some in self.seen.values() for seen in some)
        return any(kind not in _IN_ORDER for kind in kinds)

    def observed(self) -> Sequence[Sequence[Observation]]:
        """Returns everything that the runners did."""
        return [
            self.seen.get(index, ()) if nanos == _NOT_EXPECTED else [self._expected(nanos)]
            for index, nanos in enumerate(self.elapsed)
        ]

    def give_up(self, repetitions: int, text: str) -> None:
        """Fills in that calls without an observation were not run; ``text`` says why."""
        for index, nanos in enumerate(self.elapsed):
            seen = self.seen.setdefault(index, [])
            while nanos == _NOT_EXPECTED and len(seen) < repetitions:
                observation = Observation(call_id=self.call.id)
                observation.not_run.text = text
                seen.append(observation)

    def _expected(self, nanos: int) -> Observation:
        observation = Observation(call_id=self.call.id, elapsed_nanos=nanos)
        observation.response = self.call.expected or b""
        return observation
