"""Measures how weak suites are: which liars pass their cases, and what no request exercises.

A liar is an implementation that computes nothing. Its answers are made in the coordinator, as the
observations that a runner would send, and judged as in a run. No process is started.
"""

from testingkit.conformance.audit.coverage import Coverage, CoverageCollector
from testingkit.conformance.audit.inventory import Inventory, Item
from testingkit.conformance.audit.liars import LIARS, NULL, Knowledge, Liar
from testingkit.conformance.audit.result import Audit, CaseAudit, ServiceAudit, SuiteAudit, Weakness

__all__ = [
    "LIARS",
    "NULL",
    "Audit",
    "CaseAudit",
    "Coverage",
    "CoverageCollector",
    "Inventory",
    "Item",
    "Knowledge",
    "Liar",
    "ServiceAudit",
    "SuiteAudit",
    "Weakness",
]
