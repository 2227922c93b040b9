"""Compares answers of recorded runs as a run does: under the comparison of the case.

All that is needed is in the log: the types, the comparison and the expectation.
"""

from __future__ import annotations

from collections import Counter

from testingkit.conformance.cases.model import Case, Method
from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.judging.peers import peer_differences, same_answer
from testingkit.conformance.record.run_log import RunLog, read_schema
from testingkit.conformance.results.answer_classes import NOT_THERE
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import PlannedCase
from testingkit.conformance.v1.verdict_pb2 import Difference

_OTHER_BYTES = "other bytes"


class RecordedAnswers:
    """Compares answers with the types of one log.

    Attributes:
        untyped: The number of answers that were compared as bytes, by the name of the method, of
            which the log has no types.
    """

    def __init__(self, log: RunLog) -> None:
        """Reads the types.

        Raises:
            OutputError: The types of the log contradict each other.
        """
        self._schema = read_schema(log.path, log.header)
        self.untyped: Counter[str] = Counter()

    def difference(self, planned: PlannedCase, old: Observation, new: Observation) -> str:
        """Returns how two answers to a case differ, in a few words; empty if they are equal."""
        if old.HasField("response") and old.response == new.response:
            return ""  # An answer does not differ from itself, even if NaN differs from NaN.
        are_responses = old.HasField("response") and new.HasField("response")
        method = self._method(planned.method)
        if method is None and are_responses:
            self.untyped[planned.method] += 1
            return _OTHER_BYTES
        case = _case(planned, method or _untyped(planned.method))
        if same_answer(case, old, new):
            return ""
        if are_responses:
            return _first_difference(case, old, new)
        sides = describe(old), describe(new)
        if sides[0] == sides[1]:  # They differ in what the texts leave out.
            return next(map(_format, peer_differences(case, old, new)), _OTHER_BYTES)
        return " → ".join(sides)

    def _method(self, name: str) -> Method | None:
        found = self._schema.method(name)
        return None if found is None else Method(name, found.input_type, found.output_type)


def _untyped(name: str) -> Method:
    """Returns a method for errors and panics, which are compared without its types."""
    return Method(name, PlannedCase.DESCRIPTOR, PlannedCase.DESCRIPTOR)


def _case(planned: PlannedCase, method: Method) -> Case:
    return Case(
        id=planned.case_id,
        place=Place(planned.path, planned.line),
        method=method,
        request=planned.request,
        expect=planned.expect,
        comparison=planned.compare,
        level=planned.level,
        tags=tuple(planned.tags),
        timeout=None,
        message=case_pb2.Case(name=planned.case_id.rpartition("/")[2], expect=planned.expect),
    )


def _first_difference(case: Case, old: Observation, new: Observation) -> str:
    left, right = (case.method.parse_response(side.response) for side in (old, new))
    if left is None or right is None:
        return _OTHER_BYTES
    policy = policy_of(case.comparison, case.method.response)
    for found in differences(left, right, policy):
        return _format(found)
    return _OTHER_BYTES


def _format(found: Difference) -> str:
    sides = (side or NOT_THERE for side in (found.expected, found.actual))
    return f"{found.field_path or 'answer'}: {' → '.join(sides)}"
