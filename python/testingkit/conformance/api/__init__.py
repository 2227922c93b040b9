"""The Python API of the conformance harness: load a project, run its cases, read the result.

::

    from testingkit.conformance import api

    project = api.load_project("testingkit.toml")
    result = api.run(project, api.Selection(runners=["go", "rust"], expression="slug"))
    if result.decision is not api.Decision.CONFORMANT:
        for finding in result.findings:
            print(finding.id, finding.text)

Nothing here prints, exits, or reads the command line. The names in ``__all__`` are the public API
of ``testingkit.conformance``; every other name and module in it may change with any release.
"""

# ruff: noqa: E402 - what to install is printed before an import fails
from testingkit.extras import require

require("conformance")

from testingkit.conformance.api.result import RunResult
from testingkit.conformance.api.running import (
    Project,
    RunSettings,
    Selection,
    list_cases,
    load_project,
    open_result,
    run,
    run_async,
)
from testingkit.conformance.api.types import (
    Case,
    CaseResult,
    Decision,
    Difference,
    Finding,
    FindingKind,
    Level,
    Parity,
    Runner,
    RunnerResult,
    Verdict,
)
from testingkit.conformance.errors import (
    CasesError,
    ConfigError,
    NothingSelected,
    OutputError,
    Place,
    Problem,
    ProtoError,
    RunnersError,
    TestingKitError,
    UsageError,
)
from testingkit.conformance.exit_codes import ExitCode

__all__ = [
    "Case",
    "CaseResult",
    "CasesError",
    "ConfigError",
    "Decision",
    "Difference",
    "ExitCode",
    "Finding",
    "FindingKind",
    "Level",
    "NothingSelected",
    "OutputError",
    "Parity",
    "Place",
    "Problem",
    "Project",
    "ProtoError",
    "RunResult",
    "RunSettings",
    "Runner",
    "RunnerResult",
    "RunnersError",
    "Selection",
    "TestingKitError",
    "UsageError",
    "Verdict",
    "list_cases",
    "load_project",
    "open_result",
    "run",
    "run_async",
]
