"""The result of an audit, for reports and for the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testingkit.conformance.audit.coverage import Coverage
from testingkit.conformance.audit.liars import LIARS
from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.errors import Place
from testingkit.conformance.v1.case_pb2 import AuditLimits


@dataclass(frozen=True, slots=True)
class Weakness:
    """A limit that a suite exceeds."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class CaseAudit:
    """One case, and the names of the liars that pass it."""

    case: Case
    liars: Sequence[str]


@dataclass(frozen=True, slots=True)
class SuiteAudit:
    """The result for one suite, or for its selected cases."""

    suite: Suite
    cases: Sequence[CaseAudit]
    coverage: Coverage

    def passed(self, liar: str) -> int:
        """Returns the number of cases that a liar passes."""
        return sum(liar in audit.liars for audit in self.cases)

    @property
    def is_whole(self) -> bool:
        """Whether all of the suite's cases were audited."""
        return len(self.cases) == len(self.suite.cases)

    @property
    def limits(self) -> AuditLimits:
        """The limits that the suite sets; empty if only some of its cases were audited."""
        return self.suite.message.audit if self.is_whole else AuditLimits()

    @property
    def liars_over_limit(self) -> Sequence[str]:
        """Names of the liars that pass more cases than the suite allows."""
        if not self.limits.HasField("max_liar_share"):
            return []
        most = self.limits.max_liar_share
        return [liar.name for liar in LIARS if self.passed(liar.name) / len(self.cases) > most]

    @property
    def is_under_coverage(self) -> bool:
        """Whether the cases exercise less than the suite requires."""
        return self.coverage.share < self.limits.min_coverage  # 0 if it requires nothing

    def weaknesses(self) -> Iterator[Weakness]:
        """Yields a weakness for each limit that the suite exceeds."""
        limits, total = self.limits, len(self.cases)
        if self.liars_over_limit:
            passed = {liar: self.passed(liar) for liar in self.liars_over_limit}
            actual = ", ".join(
                f"{liar} passes {n} ({_exact(n / total)})" for liar, n in passed.items()
            )
            allowed = f"a liar may pass {_exact(limits.max_liar_share)} of its {total} cases"
            yield self._weakness(f"{allowed}; {actual}")
        if self.is_under_coverage:
            coverage = self.coverage
            actual = f"{coverage.exercised} of {len(coverage.items)} ({_exact(coverage.share)})"
            required = _exact(limits.min_coverage)
            yield self._weakness(
                f"its cases must exercise {required} of the fields, enum values and oneof arms "
                f"of their requests; they exercise {actual}"
            )

    def _weakness(self, text: str) -> Weakness:
        return Weakness(self.suite.place, f"suite {self.suite.name}: {text}")


@dataclass(frozen=True, slots=True)
class ServiceAudit:
    """The result for one service."""

    name: str
    coverage: Coverage
    uncalled: Sequence[str]  # names of unary methods that no case calls


@dataclass(frozen=True, slots=True)
class Audit:
    """The result for all selected cases."""

    suites: Sequence[SuiteAudit]
    services: Sequence[ServiceAudit]
    untouched: Sequence[str]  # services that no case calls; empty if cases were selected

    @property
    def cases(self) -> int:
        """Number of audited cases."""
        return sum(len(suite.cases) for suite in self.suites)

    def passed(self, liar: str) -> int:
        """Returns the number of cases that a liar passes."""
        return sum(suite.passed(liar) for suite in self.suites)

    def weakest_cases(self) -> Sequence[CaseAudit]:
        """Returns the cases that a liar passes, those with the most such liars first."""
        passed = (case for suite in self.suites for case in suite.cases if case.liars)
        return sorted(passed, key=lambda case: -len(case.liars))

    def weaknesses(self) -> Sequence[Weakness]:
        """Returns the weaknesses of all suites."""
        return [weakness for suite in self.suites for weakness in suite.weaknesses()]


def _exact(share: float) -> str:
    """Returns a share with four digits, enough to show that it differs from its limit."""
    return f"{100 * share:.4g} %"
