"""How weak a suite is: the built-in liars that pass it, and what none of its requests says.

Everything here is a pure function of loaded cases. No process is started: a liar's answer is made
in the coordinator, as the observation that a runner would send. `pipeline.audit` has the answers
judged by the judge of every run.
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
