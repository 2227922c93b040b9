"""The fast path for the most common case: all runners answer exactly the expected bytes.

Equal bytes are equal messages, and loading the case parsed the expected bytes. So nothing has to be
parsed, compared field by field or added to the findings: the finished case is written in serialized
form. All other cases go through `Assessor`.
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
    """Returns whether an observation is a response with exactly the expected bytes."""
    # An empty response is a response; observations of other kinds have an empty one by default.
    return observation.response == expected and (bool(expected) or observation.HasField("response"))


class FastPath:
    """Serializes the finished cases in which all runners gave the expected bytes."""

    def __init__(self, runners: int) -> None:
        parity = parity_pb2.PARITY_SINGLE if runners == 1 else parity_pb2.PARITY_AGREE
        self._parity = FinishedCase(parity=parity).SerializeToString()
        first, *others = (_result(index) for index in range(runners))
        self._first = first
        # The bytes before the time of a runner, by the number of bytes of the time.
        self._others = [
            [_RESULT + varint(len(result) + size) + result for size in range(_LONGEST)]
            for result in others
        ]

    def event(self, call_id: int, response: bytes, elapsed: Sequence[int]) -> bytes:
        """Returns the serialized `finished_case` event of a case.

        Args:
            call_id: The id of its call.
            response: The response of every runner.
            elapsed: The nanoseconds that each runner took.
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
