"""What the runners of the kits answer to the cases of each assertion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from testingkit.conformance import api
from testingkit.conformance.config import load_config
from testingkit.conformance.project import Project
from testingkit.kit_proto.v1.assertions_pb2 import EvaluateRequest

_METHOD = "testingkit.kit.v1.AssertionsService/Evaluate"
_CASES = "conformance_cases/assertions"
_FEWEST = 4  # cases of one assertion: it passes, fails, is an ERROR, and a trap


@dataclass(slots=True)
class Answers:
    """The cases of the assertions, and which of them each runner answers as expected.

    Attributes:
        cases: The number of cases by the name of the assertion.
        passed: Likewise of those that pass, by the name of the runner.
    """

    cases: Counter[str] = field(default_factory=Counter)
    passed: Mapping[str, Counter[str]] = field(default_factory=dict)

    def is_answered(self, runner: str, assertion: str) -> bool:
        """Returns whether a runner answers all cases of an assertion, and they are enough."""
        return _FEWEST <= self.cases[assertion] == self.passed[runner][assertion]


def run_cases(root: Path) -> Answers:
    """Runs the cases of the assertions against all runners."""
    names = _assertions(root)
    project = api.load_project(root)
    result = api.run(project, api.Selection(paths=[root / _CASES]))
    answers = Answers(Counter(names.values()), {name: Counter() for name in project.runners})
    for case in result.cases():
        for runner, one in case.results.items():
            if case.id in names and one.verdict is api.Verdict.PASS:
                answers.passed[runner][names[case.id]] += 1
    return answers


def _assertions(root: Path) -> Mapping[str, str]:
    """Returns the name of the outermost assertion of each case, by its id."""
    project = Project(load_config(root / "testingkit.toml"))
    schema = project.schema()
    if schema is None:
        return {}
    suites, _ = project.load(schema, [root / _CASES])
    return {
        case.id: EvaluateRequest.FromString(case.request).assertion.name
        for suite in suites
        for case in suite.cases
        if case.method.name == _METHOD
    }
