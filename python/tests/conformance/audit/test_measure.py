"""Limits of suites: when they are exceeded, and the texts of weaknesses."""

from __future__ import annotations

import pytest

from testingkit.conformance.audit import CaseAudit, Coverage, Item, SuiteAudit
from testingkit.conformance.audit.measure import weaknesses
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.records import CasesInMemory
from testingkit.conformance.errors import Place
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.case_pb2 import AuditLimits
from tests.conformance.support import make_case, says, schema


def audited(limits: AuditLimits, passed: int, total: int, exercised: int, items: int) -> SuiteAudit:
    """Returns the audit of a suite: `echo` passes some cases, `swap` one less."""
    cases = [make_case(says("x"), name=f"slug/n{number}") for number in range(total)]
    message = case_pb2.Suite(name="slug", audit=limits)
    every = [Item("a.B", f"f{number}") for number in range(items)]
    liars = [["echo"] * (n < passed) + ["swap"] * (n < passed - 1) for n in range(total)]
    return SuiteAudit(
        Suite("slug", Place("slug.textproto", 3), message, CasesInMemory(cases)),
        [CaseAudit(case, names) for case, names in zip(cases, liars, strict=True)],
        Coverage(every, every[exercised:]),
    )


def texts(suite: SuiteAudit) -> list[str]:
    return [weakness.text for weakness in suite.weaknesses()]


@pytest.mark.parametrize("total", [1, 3, 7, 10, 29, 100])
def test_reached_limit_is_not_exceeded(total: int) -> None:
    """Shares are compared as they are written: 29 of 100 is 0.29, although 0.29 * 100 is not 29."""
    for number in range(total + 1):
        limits = AuditLimits(max_liar_share=number / total, min_coverage=number / total)
        assert texts(audited(limits, number, total, number, total)) == []
        if 0 < number < total:
            found = texts(audited(limits, number + 1, total, number - 1, total))
            assert [text[:11] for text in found] == ["suite slug:"] * 2


def test_weakness_names_liars_over_the_limit() -> None:
    limits = AuditLimits(max_liar_share=0.5)
    may = "suite slug: a liar may pass 50 % of its 41 cases; "
    passes = "echo passes 26 (63.41 %), swap passes 25 (60.98 %)"
    assert texts(audited(limits, 26, 41, 0, 9)) == [may + passes]
    assert texts(audited(limits, 21, 41, 0, 9)) == [may + "echo passes 21 (51.22 %)"]


def test_weakness_has_coverage_under_the_limit() -> None:
    limits = AuditLimits(min_coverage=0.905)
    (weakness,) = audited(limits, 5, 5, 9, 10).weaknesses()
    assert weakness.place == Place("slug.textproto", 3)
    assert weakness.text == (
        "suite slug: its cases must exercise 90.5 % of the fields, enum values and oneof arms "
        "of their requests; they exercise 9 of 10 (90 %)"
    )


@pytest.mark.parametrize("limits", [None, AuditLimits()])
def test_suite_without_limits_has_no_weakness(limits: AuditLimits | None) -> None:
    assert texts(audited(limits or AuditLimits(), 5, 5, 0, 5)) == []


def test_limits_apply_to_whole_suites_only() -> None:
    whole = audited(AuditLimits(max_liar_share=0, min_coverage=1), 2, 3, 0, 5)
    part = SuiteAudit(whole.suite, whole.cases[:2], whole.coverage)
    assert len(texts(whole)) == 2
    assert texts(part) == []


def test_suites_without_limits_are_not_audited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A project without limits loses no time."""
    case = make_case(says("x"))
    idle = Suite("idle", Place("i.textproto"), case_pb2.Suite(name="idle"), CasesInMemory([case]))
    message = case_pb2.Suite(name="slug", audit=AuditLimits(max_liar_share=0.5))
    limited = Suite("slug", Place("slug.textproto"), message, CasesInMemory([case]))
    found = weaknesses([idle, limited], schema())
    assert [weakness.place.path for weakness in found] == ["slug.textproto"]
    monkeypatch.delattr("testingkit.conformance.audit.measure.Knowledge")
    assert weaknesses([idle], schema()) == []
    with pytest.raises(NameError):
        weaknesses([limited], schema())
