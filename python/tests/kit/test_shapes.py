import pytest

from testingkit.assertions import (
    AnyShape,
    Assertion,
    CheckShape,
    ListShape,
    MapShape,
    RecordShape,
    Shape,
    Status,
    ValueShape,
    Verdict,
    evaluate,
    verdict_text,
)
from testingkit.value import ErrorCode, Int, List, Map, Record, Text, Value, to_value

POSITIVE = CheckShape(Assertion("is_positive"))
NUMBERS = to_value([1, 2])


def verdict(shape: Shape, actual: Value) -> Verdict:
    return evaluate(Assertion.of("matches_shape", shape=shape), actual)


def nested(levels: int, innermost: Shape) -> tuple[Shape, Value]:
    """Returns a shape with that many levels of shapes, and a value around 1 for it."""
    value: Value = Int(1)
    for _ in range(min(levels, 100) - 1):
        value = List((value,))
    for _ in range(levels - 1):
        innermost = ListShape((innermost,))
    return innermost, value


@pytest.mark.parametrize("innermost", [AnyShape(), POSITIVE, ValueShape(Int(1))])
def test_levels_of_shapes_are_limited(innermost: Shape) -> None:
    assert verdict(*nested(63, innermost)).status is Status.PASS
    assert verdict(*nested(64, innermost)).code is ErrorCode.TOO_LARGE
    assert verdict(*nested(100_000, innermost)).code is ErrorCode.TOO_LARGE


def test_a_shape_on_a_level_too_deep_is_not_shown() -> None:
    shape, value = nested(64, POSITIVE)
    text = verdict_text(verdict(shape, value))
    assert text.startswith(f"matches_shape(shape: {'[' * 63}…{']' * 63}) error: too_large\n")


def test_levels_of_assertions_and_shapes_add_up() -> None:
    shape: Shape = POSITIVE
    for _ in range(62):
        shape = CheckShape(Assertion.of("matches_shape", shape=shape))
    assert verdict(shape, Int(1)).status is Status.PASS
    shape = CheckShape(Assertion.of("matches_shape", shape=shape))
    assert verdict(shape, Int(1)).code is ErrorCode.TOO_LARGE


@pytest.mark.parametrize("shape", [AnyShape(), ValueShape(NUMBERS), ListShape((AnyShape(),) * 2)])
def test_one_assertion_can_compare_many_values(shape: Shape) -> None:
    matches = Assertion.of("matches_shape", shape=shape)
    all_match = Assertion.of("all_satisfy", check=matches)
    assert evaluate(all_match, List((NUMBERS, NUMBERS))).status is Status.PASS


def test_the_path_leads_through_all_kinds_of_shapes() -> None:
    record = RecordShape("P", (("odd name", ListShape((AnyShape(), POSITIVE))),))
    shape = MapShape(((Text("a"), record),), is_open=True)
    numbers = List((Int(1), Int(-2)))
    actual = Map(((Text("a"), Record("P", (("odd name", numbers),))),))
    text = verdict_text(verdict(shape, actual))
    assert '\n  path: $.a["odd name"][1]\n  failure:\n' in text
