"""Measures suites: judges the answers of liars to their cases, and lists gaps in requests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from testingkit.conformance.audit import (
    LIARS,
    NULL,
    Audit,
    CaseAudit,
    CoverageCollector,
    Inventory,
    Knowledge,
    ServiceAudit,
    SuiteAudit,
    Weakness,
)
from testingkit.conformance.cases.model import Case, Suite
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.plan.schedule import make_plan
from testingkit.conformance.project import Project, Selection
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.v1 import verdict_pb2


def audit(project: Project, schema: Schema, selection: Selection) -> Audit:
    """Audits the selected cases of a project, without starting a runner.

    Raises:
        NothingSelected: The selection matches no case.
        TestingKitError: The case files or the selection are wrong.
    """
    suites, _ = project.load(schema, selection.paths, expression=selection.expression)
    timeout = project.config.limits.call_timeout
    plan = make_plan(suites, [], selection.expression, timeout, filtered=bool(selection.paths))
    chosen = frozenset(call.case_id for call in plan.cases)
    inventory = Inventory(schema)
    audited = [audit_suite(suite, schema, inventory, chosen) for suite in suites]
    cases = [call.case for call in plan.cases]
    services = dict.fromkeys(_service(case) for case in cases)
    return Audit(
        suites=[suite for suite in audited if suite.cases],
        services=[_audit_service(name, cases, schema, inventory) for name in services],
        untouched=[] if plan.filtered else [s for s in schema.services if s not in services],
    )


def weaknesses(suites: Iterable[Suite], schema: Schema) -> Sequence[Weakness]:
    """Returns where suites are weaker than their limits; suites without limits are skipped."""
    inventory = Inventory(schema)
    limited = [suite for suite in suites if suite.message.HasField("audit")]
    return [w for suite in limited for w in audit_suite(suite, schema, inventory).weaknesses()]


def audit_suite(
    suite: Suite, schema: Schema, inventory: Inventory, chosen: Collection[str] | None = None
) -> SuiteAudit:
    """Audits a suite, or only its cases with the chosen ids."""
    every = list(suite.cases)
    known = Knowledge(every)
    collector = CoverageCollector(schema, inventory)
    cases = [case for case in every if chosen is None or case.id in chosen]
    for case in cases:
        collector.add(case)
    return SuiteAudit(
        suite=suite,
        cases=[CaseAudit(case, _passing(case, known)) for case in cases],
        coverage=collector.coverage(case.method.request for case in cases),
    )


def _passing(case: Case, known: Knowledge) -> Sequence[str]:
    """Returns the names of the liars that pass a case; equal answers are judged once."""
    judged: dict[bytes, bool] = {}
    passing = []
    for liar in LIARS:
        observation = liar.answer(case, known)
        key = observation.SerializeToString()
        if key not in judged:
            verdict = judge(case, observation).verdict
            judged[key] = verdict == verdict_pb2.VERDICT_PASS
        if judged[key]:
            passing.append(liar.name)
    if NULL in passing:
        raise RuntimeError(f"{case.id}: a missing answer passed")
    return passing


def _audit_service(
    name: str, cases: Iterable[Case], schema: Schema, inventory: Inventory
) -> ServiceAudit:
    """Audits one service with all of its methods, including those that no case calls."""
    collector = CoverageCollector(schema, inventory)
    called = set()
    for case in cases:
        if _service(case) == name:
            collector.add(case)
            called.add(case.method.name)
    methods = [
        method
        for method in schema.methods(name) or ()
        if not (
            method.client_streaming or method.server_streaming
        )  # Cases call only unary methods.
    ]
    return ServiceAudit(
        name=name,
        coverage=collector.coverage(method.input_type for method in methods),
        uncalled=[m.name for m in methods if f"{name}/{m.name}" not in called],
    )


def _service(case: Case) -> str:
    return case.method.name.rpartition("/")[0]
