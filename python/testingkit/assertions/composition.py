"""The assertions that combine others (docs/kit/assertions.md, composition)."""

from __future__ import annotations

from testingkit.assertions.entry import (
    ANY,
    CHECK,
    CHECKS,
    TEXT,
    Check,
    Entry,
    EvaluationError,
    Finding,
)
from testingkit.assertions.model import Assertion
from testingkit.assertions.nested import Evaluation, all_pass, any_passes, passing, satisfies
from testingkit.assertions.transforms import TRANSFORMS
from testingkit.value import ErrorCode, Int, Text, Value

_CHECK = (("check", CHECK),)
_CHECKS = (("checks", CHECKS),)
_CONDITION = (("condition", CHECK), ("check", CHECK))
_TRANSFORM = (("transform", TEXT), ("check", CHECK))


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


ENTRIES = (
    Entry("satisfies_all", _CHECKS, ANY, ("failures",), _satisfies_all),
    Entry("satisfies_any", _CHECKS, ANY, ("failures",), _satisfies_any),
    Entry("satisfies_none", _CHECKS, ANY, ("index",), _satisfies_none),
    Entry("does_not_satisfy", _CHECK, ANY, (), _does_not_satisfy),
    Entry("satisfies_when", _CONDITION, ANY, ("failure",), _satisfies_when),
    Entry(
        "transformed_by",
        _TRANSFORM,
        ANY,
        ("transformed", "failure"),
        _transformed_by,
        _check_transform,
    ),
)
