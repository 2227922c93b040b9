"""The assertions that combine others (docs/kit/assertions.md, composition)."""

from __future__ import annotations

from testingkit.assertions.entry import Check, EvaluationError, Finding, Rule
from testingkit.assertions.model import Assertion
from testingkit.assertions.nested import Evaluation, all_pass, any_passes, passing, satisfies
from testingkit.assertions.transforms import TRANSFORMS
from testingkit.value import ErrorCode, Int, Text, Value


def _each(checks: tuple[Check, ...], actual: Value) -> list[Evaluation]:
    return [(check, actual) for check in checks]


def _satisfies_all(actual: Value, checks: tuple[Check, ...]) -> Finding:
    return all_pass(_each(checks, actual))


def _satisfies_any(actual: Value, checks: tuple[Check, ...]) -> Finding:
    return any_passes(_each(checks, actual))


def _satisfies_none(actual: Value, checks: tuple[Check, ...]) -> Finding:
    found = passing(_each(checks, actual))
    return Finding(not found, tuple(("index", Int(index)) for index in found[:1]))


def _does_not_satisfy(actual: Value, check: Check) -> Finding:
    return Finding(not check.find(actual).passed)


def _satisfies_when(actual: Value, condition: Check, check: Check) -> Finding:
    if not condition.find(actual).passed:
        return Finding(passed=True)
    return satisfies(check, actual)


def _check_transform(transform: Text, _check: Assertion) -> None:
    if transform.value not in TRANSFORMS:
        raise EvaluationError(ErrorCode.BAD_ARGUMENT)


def _transformed_by(actual: Value, transform: Text, check: Check) -> Finding:
    transformed = TRANSFORMS[transform.value](actual)
    if transformed is None:
        return Finding(passed=False)
    finding = satisfies(check, transformed)
    return Finding(finding.passed, (("transformed", transformed), *finding.details))


RULES = {
    "satisfies_all": Rule(_satisfies_all),
    "satisfies_any": Rule(_satisfies_any),
    "satisfies_none": Rule(_satisfies_none),
    "does_not_satisfy": Rule(_does_not_satisfy),
    "satisfies_when": Rule(_satisfies_when),
    "transformed_by": Rule(_transformed_by, _check_transform),
}
