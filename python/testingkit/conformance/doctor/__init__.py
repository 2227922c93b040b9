"""Checks a project and its runners, with advice on every problem.

Every runner is started three times, for checks that a run does not make: is its description true,
how does it answer calls that are not valid, are its answers deterministic, and how does it end.
`examine.CHECKS` is the table of checks.
"""

from testingkit.conformance.doctor.check_results import CheckResult, CheckStatus, exit_code
from testingkit.conformance.doctor.examine import examine

__all__ = ["CheckResult", "CheckStatus", "examine", "exit_code"]
