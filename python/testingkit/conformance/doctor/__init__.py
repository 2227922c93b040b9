"""Examines a project and its runners: what is wrong, and what to do about it.

A runner is started three times and asked what no run asks: whether what it says of itself is so,
what it does with nonsense, whether it answers the same again, and how it ends. `checks` is the
table of what is looked at.
"""

from testingkit.conformance.doctor.check_results import CheckResult, CheckStatus, exit_code
from testingkit.conformance.doctor.examine import examine

__all__ = ["CheckResult", "CheckStatus", "examine", "exit_code"]
