"""Completes cases with the defaults of their suite."""

from __future__ import annotations

from testingkit.conformance.cases.model import Case, GoldenSource, Method
from testingkit.conformance.errors import Place
from testingkit.conformance.v1 import case_pb2, comparison_pb2
from testingkit.conformance.v1.expectation_pb2 import Expectation

Answer = tuple[
    Expectation, GoldenSource | None
]  # the expectation, and its golden file if it has one


class Defaults:
    """The defaults of one suite."""

    def __init__(self, suite: case_pb2.Suite) -> None:
        defaults = suite.defaults
        self._suite = suite.name
        self._level = defaults.level or case_pb2.LEVEL_REQUIRED
        self._tags = tuple(dict.fromkeys(defaults.tags))
        self._timeout = _seconds(defaults) if defaults.HasField("timeout") else None
        self._compare = defaults.compare

    def complete(
        self, message: case_pb2.Case, answer: Answer, method: Method, place: Place
    ) -> Case:
        """Returns a case from its message, with the defaults of the suite for unset fields."""
        compared = message.HasField("compare")
        return Case(
            id=f"{self._suite}/{message.name}",
            place=place,
            method=method,
            request=message.request_bytes or message.request.value,
            expect=answer[0],
            comparison=_merge(self._compare, message.compare) if compared else self._compare,
            level=message.level or self._level,
            tags=tuple(dict.fromkeys((*self._tags, *message.tags))),
            timeout=_seconds(message) if message.HasField("timeout") else self._timeout,
            message=message,
            golden=answer[1],
        )


def _seconds(timed: case_pb2.Case | case_pb2.CaseDefaults) -> float:
    return timed.timeout.ToNanoseconds() / 1e9


def _merge(
    defaults: comparison_pb2.Comparison, own: comparison_pb2.Comparison
) -> comparison_pb2.Comparison:
    """Returns the comparison of a case: each field that it sets replaces that of the suite."""
    merged = comparison_pb2.Comparison()
    merged.CopyFrom(defaults)
    for field, _ in own.ListFields():
        merged.ClearField(field.name)  # type: ignore[arg-type]  # The stub wants literals.
    merged.MergeFrom(own)
    return merged
