import pytest

from testingkit.assertions import Argument, Assertion, Status, evaluate, verdict_text
from testingkit.value import ErrorCode, Int, List, Null, Value, to_value

POSITIVE = Assertion.of("is_positive")


def nested(levels: int, innermost: Assertion = POSITIVE) -> Assertion:
    """Returns an assertion with that many levels of assertions."""
    for _ in range(levels - 1):
        innermost = Assertion.of("satisfies_all", checks=(innermost,))
    return innermost


def code(assertion: Assertion, actual: Value) -> ErrorCode | None:
    return evaluate(assertion, actual).code


def test_levels_of_assertions_are_limited() -> None:
    assert evaluate(nested(64), Int(1)).status is Status.PASS
    assert code(nested(65), Int(1)) is ErrorCode.TOO_LARGE
    assert code(nested(100_000), Int(1)) is ErrorCode.TOO_LARGE


def test_too_many_levels_come_before_every_other_rule() -> None:
    assert code(nested(65, Assertion("is_splendid")), Null()) is ErrorCode.TOO_LARGE


def test_the_deepest_assertion_gets_the_deepest_value() -> None:
    deep: Value = Int(1)
    other: Value = Int(2)
    for _ in range(127):
        deep, other = List((deep,)), List((other,))
    same = nested(64, Assertion.of("equal", expected=deep))
    assert evaluate(same, deep).status is Status.PASS
    assert evaluate(same, other).status is Status.FAIL


def test_an_assertion_on_a_level_too_deep_is_not_shown() -> None:
    short = Assertion.of("not_contains", item=POSITIVE)
    for _ in range(63):
        short = Assertion("a", (("b", short),))
    text = verdict_text(evaluate(short, Int(1)))
    assert text.startswith("a(b: a(b: ")
    assert "a(b: not_contains(item: …)))" in text


@pytest.mark.parametrize(
    ("transform", "check", "actual", "expected"),
    [
        ("first", POSITIVE, [], Status.FAIL),
        ("first", POSITIVE, [1, "a"], Status.PASS),
        ("sorted", Assertion.of("is_sorted"), [3, 1.5], Status.PASS),
        ("sorted", Assertion.of("is_sorted"), [3, "a"], Status.ERROR),
        ("path", POSITIVE, [1], Status.ERROR),
    ],
)
def test_transforms(transform: str, check: Assertion, actual: object, expected: Status) -> None:
    arguments: dict[str, Argument] = {"transform": to_value(transform), "check": check}
    verdict = evaluate(Assertion.of("transformed_by", **arguments), to_value(actual))
    assert verdict.status is expected


def test_every_choice_of_pairs_is_tried() -> None:
    # Each check but the last takes the item of the next one first.
    options = [[1, 2], [2, 3], [3, 4], [4, 5], [1]]
    checks = tuple(Assertion.of("is_one_of", options=to_value(each)) for each in options)
    for actual in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [3, 1, 5, 2, 4]):
        verdict = evaluate(Assertion.of("each_in_any_order", checks=checks), to_value(actual))
        assert verdict.status is Status.PASS
