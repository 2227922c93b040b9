"""Serializes what a run needs of a case, once, when the case is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from testingkit.conformance.cases.model import Case, CaseRecord, CaseStore, GoldenSource
from testingkit.conformance.cases.patterns import names
from testingkit.conformance.comparison.policy import policy_of
from testingkit.conformance.v1.expectation_pb2 import ERROR_AGREEMENT_ANY, ERROR_AGREEMENT_CODE
from testingkit.conformance.v1.run_pb2 import PlannedCase
from testingkit.conformance.v1.runner_pb2 import Call

_LESS_THAN_FULL = frozenset({ERROR_AGREEMENT_ANY, ERROR_AGREEMENT_CODE})


def record_of(case: Case) -> CaseRecord:
    """Returns the record of a case."""
    policy = policy_of(case.comparison, case.method.response)
    # Equal bytes are equal messages, unless NaN is not equal to itself.
    passes_if_equal = case.expect.HasField("response") and policy.nan_equal
    return CaseRecord(
        name=case.message.name,
        method=case.method.name,
        timeout=case.timeout,
        call=Call(method=case.method.name, request=case.request).SerializeToString(),
        planned=_planned(case).SerializeToString(),
        expected=case.expect.response.value if passes_if_equal else None,
        is_weak=_is_weak(case),
        restore=lambda: case,
    )


class CasesInMemory(CaseStore):
    """Cases that are kept in memory in full."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases

    def __len__(self) -> int:
        return len(self._cases)

    def __iter__(self) -> Iterator[Case]:
        return iter(self._cases)

    def records(self) -> Iterator[CaseRecord]:
        """Yields what a run needs of each case."""
        return map(record_of, self._cases)

    @property
    def goldens(self) -> Sequence[GoldenSource]:
        """The golden files that cases expect."""
        return [case.golden for case in self._cases if case.golden is not None]

    @property
    def weak(self) -> int:
        """Number of cases that are compared more weakly than by default."""
        return sum(map(_is_weak, self._cases))

    @property
    def digest(self) -> bytes:
        """A digest of the content of the cases, the same on every machine."""
        digest = hashlib.sha256()
        for case in self._cases:
            message = case.message.SerializeToString(deterministic=True)
            for part in (record_of(case).planned, message):
                digest.update(b"%d:%b" % (len(part), part))
        return digest.digest()


def _is_weak(case: Case) -> bool:
    """Returns whether a case is compared more weakly than by default."""
    policy = policy_of(case.comparison, case.method.response)
    return policy.is_weak or case.expect.agree.errors in _LESS_THAN_FULL


def _planned(case: Case) -> PlannedCase:
    planned = PlannedCase(
        case_id=case.id,
        path=case.place.path,
        line=case.place.line,
        method=case.method.name,
        request=case.request,
        expect=case.expect,
        level=case.level,
        tags=case.tags,
        description=case.message.description,
    )
    if case.comparison.ListFields():
        planned.compare.CopyFrom(case.comparison)
    planned.former_ids.extend(names(case)[1:])
    if case.golden is not None and case.golden.provenance is not None:
        planned.provenance.CopyFrom(case.golden.provenance)
    return planned
