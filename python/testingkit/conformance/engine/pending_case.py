"""A case that is not finished, with its observations so far."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.engine.fast_path import is_expected
from testingkit.conformance.judging.answers import ANSWERS
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.v1.observation_pb2 import Observation

_NOT_EXPECTED = -1
_NOT_BROKEN = ANSWERS | {"unsupported", "not_run"}


class PendingCase:
    """A case that still misses observations.

    Of an answer with exactly the expected bytes only the time is kept.
    """

    __slots__ = ("call", "elapsed", "expected", "left", "right", "seen")

    def __init__(self, call: Call, expected: bytes | None, runners: int, repetitions: int) -> None:
        """``expected`` are the bytes of a response that passes; None if no bytes suffice."""
        self.call = call
        self.expected = expected
        self.left = runners * repetitions  # observations
        self.right = 0  # expected answers
        self.elapsed = [
            _NOT_EXPECTED
        ] * runners  # nanoseconds of the expected answers, by the runner
        self.seen: dict[int, list[Observation]] = {}  # all others, by runner

    def add(self, runner: int, observation: Observation) -> None:
        """Takes the observation of one call of a runner."""
        if is_expected(self.expected, observation):
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
    def has_broken_call(self) -> bool:
        """Whether a call was sent and got no valid answer."""
        kinds = (seen.WhichOneof("kind") for some in self.seen.values() for seen in some)
        return any(kind not in _NOT_BROKEN for kind in kinds)

    def observed(self) -> Sequence[Sequence[Observation]]:
        """Returns the observations so far, for every runner."""
        return [
            self.seen.get(index, ()) if nanos == _NOT_EXPECTED else [self._expected(nanos)]
            for index, nanos in enumerate(self.elapsed)
        ]

    def mark_not_run(self, repetitions: int, text: str) -> None:
        """Adds a not-run observation for every missing one; ``text`` is the reason."""
        for index, nanos in enumerate(self.elapsed):
            seen = self.seen.setdefault(index, [])
            while nanos == _NOT_EXPECTED and len(seen) < repetitions:
                observation = Observation(call_id=self.call.id)
                observation.not_run.text = text
                seen.append(observation)

    def _expected(self, nanos: int) -> Observation:
        observation = Observation(call_id=self.call.id, elapsed_nanos=nanos)
        observation.response = self.expected or b""
        return observation
