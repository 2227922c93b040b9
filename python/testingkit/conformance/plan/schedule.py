"""Makes the plan of a run: stage 3."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.selection import Predicate, predicate_of
from testingkit.conformance.errors import NothingSelected
from testingkit.conformance.plan.calls import Order
from testingkit.conformance.plan.plan import Plan, PlannedSuite

_AS_WRITTEN = Order()


def make_plan(
    suites: Sequence[Suite],
    runners: Sequence[str],
    expression: str,
    call_timeout: float,
    *,
    filtered: bool,
    order: Order = _AS_WRITTEN,
) -> Plan:
    """Returns the plan of the selected cases.

    Args:
        suites: The loaded suites.
        runners: The runners of the run, in order.
        expression: A selection such as ``equal and not nan``; empty selects everything.
        call_timeout: Deadline of the cases that state none, in seconds.
        filtered: Whether paths or runners are already left out.
        order: How often the cases are called, and in which order.

    Raises:
        NothingSelected: The selection matches no case.
        UsageError: The expression is not well formed.
    """
    total = sum(len(suite.cases) for suite in suites)
    matches = predicate_of(expression, suites)
    parts = [_part(suite, matches) for suite in suites]
    selected = sum(map(len, parts))
    if not selected:
        what = f"-k {expression!r} matches none of {total} cases" if total else "there are no cases"
        raise NothingSelected(what)
    return Plan(parts, runners, call_timeout, order, filtered=filtered or selected < total)


def _part(suite: Suite, matches: Predicate | None) -> PlannedSuite:
    if matches is None:
        return PlannedSuite(suite, suite.cases.weak)
    chosen, weak = set(), 0
    for position, record in enumerate(suite.cases.records()):
        if matches(record.restore()):
            chosen.add(position)
            weak += record.is_weak
    return PlannedSuite(suite, weak, None if len(chosen) == len(suite.cases) else chosen)
