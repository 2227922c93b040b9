"""A case that is not finished: what is observed of it so far."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.engine.fast_path import is_expected
from testingkit.conformance.judging.answers import ANSWERS
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.v1.observation_pb2 import Observation

_NOT_EXPECTED = -1
_IN_ORDER = ANSWERS | {"unsupported", "not_run"}


class PendingCase:
    """A case of which some runner has no observation yet.

    Of an answer that has exactly the expected bytes only the time is kept.
    """

    __slots__ = ("call", "elapsed", "expected", "left", "right", "seen")

    def __init__(self, call: Call, expected: bytes | None, runners: int, repetitions: int) -> None:
        """``expected`` is the response that passes if its bytes are equal; None if none does."""
        self.call = call
        self.expected = expected
        self.left = runners * repetitions  # observations
        self.right = 0  # expected answers
        self.elapsed = [_NOT_EXPECTED] * runners  # nanoseconds of expected answers
        self.seen: dict[int, list[Observation]] = {}  # everything else, by the runner

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
        """Whether a call ended in anything but an answer, or was not made."""
        kinds = (seen.WhichOneof("kind") for some in self.seen.values() for seen in some)
        return any(kind not in _IN_ORDER for kind in kinds)

    def observed(self) -> Sequence[Sequence[Observation]]:
        """Returns the observations of every runner."""
        return [
            self.seen.get(index, ()) if nanos == _NOT_EXPECTED else [self._expected(nanos)]
            for index, nanos in enumerate(self.elapsed)
        ]

    def mark_not_run(self, repetitions: int, text: str) -> None:
        """Marks calls without an observation as not run; ``text`` is the reason."""
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
