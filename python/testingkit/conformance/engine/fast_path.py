"""The commonest case by far: every runner answers, byte for byte, what the case expects.

Equal bytes are equal messages, the expected bytes were read back when the case was loaded, and so
there is nothing to parse, to compare field by field, or to find. What is true of such a case is
written down here at once, serialized; every other case goes the whole way through `Assessor`.
"""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.protobuf.wire import delimited, delimited_tag, varint, varint_tag
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunEvent, RunnerResult

_EVENT = delimited_tag(RunEvent.FINISHED_CASE_FIELD_NUMBER)
_CALL_ID = varint_tag(FinishedCase.CALL_ID_FIELD_NUMBER)
_RESULT = delimited_tag(FinishedCase.RESULTS_FIELD_NUMBER)
_OBSERVATION = delimited_tag(RunnerResult.OBSERVATION_FIELD_NUMBER)
_RESULT_ELAPSED = varint_tag(RunnerResult.ELAPSED_NANOS_FIELD_NUMBER)
_LONGEST = 12  # one more than the bytes of a time with its tag
_OBSERVED_CALL_ID = varint_tag(Observation.CALL_ID_FIELD_NUMBER)
_RESPONSE = delimited_tag(Observation.RESPONSE_FIELD_NUMBER)
_ELAPSED = varint_tag(Observation.ELAPSED_NANOS_FIELD_NUMBER)


def is_expected(expected: bytes | None, observation: Observation) -> bool:
    """Tells whether an observation is the one response that passes by being equal."""
    # A response of no bytes is one all the same, and no other kind is.
    return observation.response == expected and (bool(expected) or observation.HasField("response"))


class FastPath:
    """Writes down what is true of the unanimous cases of a run."""

    def __init__(self, runners: int) -> None:
        parity = parity_pb2.PARITY_SINGLE if runners == 1 else parity_pb2.PARITY_AGREE
        self._parity = FinishedCase(parity=parity).SerializeToString()
        first, *others = (_result(index) for index in range(runners))
        self._first = first
        # What stands before the time that a runner took, by the bytes of that.
        self._others = [
            [_RESULT + varint(len(result) + size) + result for size in range(_LONGEST)]
            for result in others
        ]

    def event(self, call_id: int, response: bytes, elapsed: Sequence[int]) -> bytes:
        """Returns the serialized event of such a case.

        Args:
            call_id: Id of its call.
            response: What every runner answered.
            elapsed: Nanoseconds that each of them took.
        """
        number = varint(call_id)
        nanos = elapsed[0]
        observation = _OBSERVED_CALL_ID + number + _RESPONSE + delimited(response)
        taken = b""
        if nanos:
            observation += _ELAPSED + varint(nanos)
            taken = _RESULT_ELAPSED + varint(nanos)
        first = self._first + _OBSERVATION + delimited(observation) + taken
        event = _CALL_ID + number + self._parity + _RESULT + delimited(first)
        for starts, nanos in zip(self._others, elapsed[1:], strict=True):
            taken = _RESULT_ELAPSED + varint(nanos) if nanos else b""
            event += starts[len(taken)] + taken
        return _EVENT + delimited(event)


def _result(index: int) -> bytes:
    return RunnerResult(
        runner=index, verdict=verdict_pb2.VERDICT_PASS, answer_class=1
    ).SerializeToString()
