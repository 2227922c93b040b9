"""The commonest case by far: every runner answers, byte for byte, what the case expects.

Equal bytes are equal messages, the expected bytes were read back when the case was loaded, and so
there is nothing to parse, to compare field by field, or to find. What is true of such a case is
written down here at once; every other case goes the whole way through `Assessor`.
"""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.comparison_policy import policy_of
from testingkit.conformance.model import Case
from testingkit.conformance.v1 import parity_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import FinishedCase


def is_unanimous(case: Case, observed: Sequence[Sequence[Observation]]) -> bool:
    """Tells whether every runner was asked once and answered with the expected bytes."""
    if not case.expect.HasField("response") or not policy_of(case.comparison).nan_equal:
        return False
    expected = case.expect.response.value
    for observations in observed:
        if len(observations) != 1:
            return False
        (observation,) = observations
        # A response of no bytes is one all the same, and no other kind is.
        if observation.response != expected or not observation.HasField("response"):
            return False
    return True


def write_unanimous(
    finished: FinishedCase, call_id: int, observed: Sequence[Sequence[Observation]]
) -> None:
    """Fills in what is true of a unanimous case."""
    finished.call_id = call_id
    alone = len(observed) == 1
    finished.parity = parity_pb2.PARITY_SINGLE if alone else parity_pb2.PARITY_AGREE
    for index, (observation,) in enumerate(observed):
        result = finished.results.add(
            runner=index,
            answer_class=1,
            verdict=verdict_pb2.VERDICT_PASS,
            elapsed_nanos=observation.elapsed_nanos,
        )
        if index == 0:
            result.observation.CopyFrom(observation)
