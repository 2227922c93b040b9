import pytest

from testingkit.assertions import CATALOG, Assertion, Status, Verdict, evaluate, verdict_text
from testingkit.assertions.catalog import joined
from testingkit.assertions.entry import plain
from testingkit.assertions.signatures import SIGNATURES
from testingkit.value import (
    Bool,
    ErrorCode,
    Float,
    Int,
    List,
    Null,
    Record,
    Text,
    Value,
    map_of,
    set_of,
    to_value,
)

HUGE = Int(10**4000 - 1)


def verdict(name: str, actual: object, **arguments: object) -> Verdict:
    converted = {key: to_value(native) for key, native in arguments.items()}
    return evaluate(Assertion.of(name, **converted), to_value(actual))


def details(name: str, actual: object, **arguments: object) -> dict[str, Value]:
    found = verdict(name, actual, **arguments)
    assert found.status is Status.FAIL
    assert [detail for detail, _ in found.details] == [
        detail for detail in CATALOG[name].details if detail in dict(found.details)
    ]
    return dict(found.details)


def code(name: str, actual: object, **arguments: object) -> ErrorCode | None:
    found = verdict(name, actual, **arguments)
    assert (found.status is Status.ERROR) == (found.code is not None)
    return found.code


def path(name: str, actual: object, expected: object) -> tuple[object, object, object]:
    """Path, left and right of a failed assertion of equality."""
    found = details(name, actual, expected=expected)
    return tuple(found.get(detail) for detail in ("path", "left", "right"))  # type: ignore[return-value]


def test_the_catalog_has_every_signature_sorted_by_name() -> None:
    assert list(CATALOG) == list(SIGNATURES)
    assert list(CATALOG) == sorted(CATALOG)


def test_every_signature_has_one_rule() -> None:
    signature, rule = SIGNATURES["is_null"], plain(lambda _actual: True)
    entries = joined({"a": signature, "b": signature}, [{"b": rule}, {"a": rule}])
    assert list(entries) == ["a", "b"]
    with pytest.raises(ValueError, match="assertions without a rule: a, b"):
        joined({"a": signature, "b": signature}, [])
    with pytest.raises(ValueError, match="the assertion b has a rule, but no signature"):
        joined({"a": signature}, [{"a": rule, "b": rule}])
    with pytest.raises(ValueError, match="the assertion a has two rules"):
        joined({"a": signature}, [{"a": rule}, {"a": rule}])


@pytest.mark.parametrize(
    ("arguments", "actual", "expected"),
    [
        ((), Int(1), ErrorCode.BAD_ARGUMENT),
        ((("low", Int(1)),), Int(1), ErrorCode.BAD_ARGUMENT),
        ((("low", Int(1)), ("low", Int(1))), Int(1), ErrorCode.BAD_ARGUMENT),
        ((("low", Int(1)), ("high", Int(1)), ("x", Int(1))), Int(1), ErrorCode.BAD_ARGUMENT),
        ((("low", Int(1)), ("high", Null())), Int(1), ErrorCode.BAD_ARGUMENT),
        ((("high", Int(1)), ("low", Int(2))), Null(), ErrorCode.BAD_ARGUMENT),
        ((("high", Text("z")), ("low", Int(2))), Null(), ErrorCode.NOT_COMPARABLE),
        ((("high", Int(3)), ("low", Int(2))), Null(), ErrorCode.WRONG_KIND),
        ((("high", Int(3)), ("low", Int(2))), Text("2"), ErrorCode.NOT_COMPARABLE),
        ((("high", Int(3)), ("low", Int(2))), Float(2.5), None),
    ],
)
def test_the_first_violated_rule_determines_the_error_code(
    arguments: tuple[tuple[str, Value], ...], actual: Value, expected: ErrorCode | None
) -> None:
    for name in ("is_between", "is_not_between"):
        assert evaluate(Assertion(name, arguments), actual).code is expected


def test_the_first_difference_is_found_at_any_depth() -> None:
    assert path("equal", {"a": [1, {"b c": 2}]}, {"a": [1, {"b c": 3}]}) == (
        Text('$.a[1]["b c"]'),
        Int(2),
        Int(3),
    )
    assert path("equal", [1, 2], [1, 2, 3]) == (Text("$[2]"), None, Int(3))
    assert path("equal", [1, 2], [1]) == (Text("$[1]"), Int(2), None)
    assert path("equal", {1: 2}, {2: 2}) == (Text("${1}"), Int(2), None)
    assert path("equal", {1: 2}, {1: 2, "x": 1}) == (Text("$.x"), None, Int(1))
    assert path("equal", {1, 2}, {1}) == (None, None, None)
    assert path("identical", [0.0], [-0.0]) == (Text("$[0]"), Float(0.0), Float(-0.0))
    assert path("equivalent", {1: "a"}, {1.0: "b"}) == (Text("${1}"), Text("a"), Text("b"))


def test_records_are_compared_by_name_then_by_fields() -> None:
    left = Record("A", (("x", Int(1)), ("y", Int(2))))
    assert path("equal", left, Record("B", left.fields)) == (None, None, None)
    assert path("equal", left, Record("", (("y", Int(2)),))) == (Text("$.x"), Int(1), None)
    assert path("equal", left, Record("A", (*left.fields, ("z", Null())))) == (
        Text("$.z"),
        None,
        Null(),
    )


def test_a_text_difference_has_the_code_points() -> None:
    assert details("equal", "e\u0301", expected="\u00e9") == {
        "index": Int(0),
        "left_code_point": Text("U+0065"),
        "right_code_point": Text("U+00E9"),
    }
    assert details("equal", "a\U0001f600", expected="a") == {
        "index": Int(1),
        "left_code_point": Text("U+1F600"),
    }


def test_only_bools_are_true_or_false() -> None:
    values: list[object] = [0, "", [], None, 1, "true"]
    for actual in values:
        assert verdict("is_true", actual).status is Status.FAIL
        assert verdict("is_false", actual).status is Status.FAIL
    assert verdict("is_false", Bool(False)).status is Status.PASS


def test_ints_and_floats_are_ordered_exactly() -> None:
    assert verdict("is_less_than", 2**53, limit=2**53 + 1).status is Status.PASS
    assert verdict("is_less_than", float(2**53), limit=2**53 + 1).status is Status.PASS
    assert verdict("is_at_least", float(2**53), limit=2**53 + 1).status is Status.FAIL
    assert code("is_less_than", float("nan"), limit=1) is ErrorCode.NOT_COMPARABLE
    assert code("is_at_least", True, limit=1) is ErrorCode.WRONG_KIND


def test_closeness_is_exact_for_ints_and_otherwise_binary64() -> None:
    assert details("is_close_to", 2**53 + 1, expected=2**53, tolerance=0) == {"delta": Int(1)}
    assert verdict("is_close_to", 2**53 + 1, expected=2**53, tolerance=0.0).status is Status.PASS
    assert details("is_close_to", 0.3, expected=0.1, tolerance=0.1) == {
        "delta": Float(0.19999999999999998)
    }
    infinite = float("inf")
    assert verdict("is_close_to", infinite, expected=infinite, tolerance=0).status is Status.PASS
    assert verdict("is_close_to", HUGE, expected=infinite, tolerance=1).status is Status.PASS
    assert details("is_close_to", infinite, expected=1, tolerance=5)["delta"] == Float(infinite)
    nan = float("nan")
    assert details("is_close_to", nan, expected=nan, tolerance=infinite)["delta"] == Float(nan)
    assert code("is_not_close_to", nan, expected=1, tolerance=1) is ErrorCode.NOT_COMPARABLE
    assert code("is_close_to", nan, expected=1, tolerance=-1) is ErrorCode.BAD_ARGUMENT
    assert code("is_close_to", 1, expected=1, tolerance=nan) is ErrorCode.BAD_ARGUMENT
    below = Int(-HUGE.value)
    assert code("is_close_to", HUGE, expected=below, tolerance=1) is ErrorCode.TOO_LARGE
    assert code("all_close_to", [HUGE], expected=[below], tolerance=1) is ErrorCode.TOO_LARGE
    assert code("map_close_to", {1: HUGE}, expected={1: below}, tolerance=1) is ErrorCode.TOO_LARGE


def test_collection_checks_and_their_details() -> None:
    assert details("not_contains", [1.0, 1], item=1) == {"index": Int(1)}
    assert details("not_contains", {1}, item=1) == {}
    assert details("contains_all", [1], items=[2, 1, 2]) == {"missing": List((Int(2), Int(2)))}
    assert details("has_length", "e\u0301\U0001f600", count=4) == {"length": Int(3)}
    assert details("has_key", {"b": 1, "a": 2}, key=1)["keys"] == List((Text("a"), Text("b")))
    assert verdict("has_length", set_of([]), count=HUGE).status is Status.FAIL
    assert code("has_length", [], count=-1) is ErrorCode.BAD_ARGUMENT
    assert code("contains", {"a": 1}, item="a") is ErrorCode.WRONG_KIND
    assert code("not_contains", "abc", item="a") is ErrorCode.WRONG_KIND
    assert code("is_empty", None) is ErrorCode.WRONG_KIND
    assert details("not_contains_text", "\u00e9tat", part="t") == {"index": Int(1)}


def test_an_entry_that_no_map_can_have_is_lacking() -> None:
    deep: Value = List()
    for _ in range(127):
        deep = List((deep,))
    actual = {1: 2}
    for key, value in [(deep, 2), (1, deep), (float("nan"), 2)]:
        assert verdict("lacks_entry", actual, key=key, value=value).status is Status.PASS
    assert details("has_entry", actual, key=1, value=deep) == {"value": Int(2)}
    assert details("has_entry", actual, key=deep, value=2) == {}


def test_the_text_of_a_failure() -> None:
    expected = {"id": 1, "tags": ["x", "y"]}
    found = verdict("equal", {"id": 1, "tags": ["x", "z"]}, expected=expected)
    assert verdict_text(found) == (
        """equal(expected: {"id": 1, "tags": ["x", "y"]}) failed
  actual: {"id": 1, "tags": ["x", "z"]}
  path: $.tags[1]
  left: "z"
  right: "y"
  index: 0
  left_code_point: U+007A
  right_code_point: U+0079
  diff:
    @@ -2,6 +2,6 @@
       "id": 1
       "tags": [
         "x"
    -    "y"
    +    "z"
       ]
     }"""
    )
    assert verdict_text(verdict("equal", 1.0, expected=1)) == (
        "equal(expected: 1) failed\n  actual: 1.0"
    )
    assert verdict_text(verdict("equal", 1, expected=1)) == ""


def test_the_text_of_an_error() -> None:
    arguments = (("x", Int(0)), ("high", Int(1)), ("A b", Int(2)), ("low", Int(3)), ("x", Int(4)))
    found = evaluate(Assertion("is_between", arguments, note="one\ntwo"), Null())
    assert verdict_text(found) == (
        'is_between(low: 3, high: 1, x: 0, "A b": 2, x: 4) error: bad_argument\n'
        "  actual: null\n  note: one\n    two"
    )
    unknown = Assertion("No\n", (("b", Int(1)), ("a", Int(2))))
    assert verdict_text(evaluate(unknown, Int(7))) == (
        '"No\\n"(b: 1, a: 2) error: bad_argument\n  actual: 7'
    )


def test_long_failure_texts_are_cut() -> None:
    lines = verdict_text(verdict("equal", HUGE, expected=1)).split("\n")
    assert lines == ["equal(expected: 1) failed", f"  actual: {'9' * 1000}…+3000"]

    note = "\n".join("n" * 95 for _ in range(100))
    text = verdict_text(evaluate(Assertion("is_null", note=note), Int(1)))
    lines = text.split("\n")
    assert lines[:2] == ["is_null() failed", "  actual: 1"]
    kept = len(lines) - 1
    assert lines[-1] == f"… {102 - kept} more lines"
    assert len("\n".join(lines[:-1])) + 1 <= 8000 < len("\n".join(lines[:-1])) + 1 + 100


def test_a_failure_text_at_the_limit_is_not_cut() -> None:
    head = len("is_null() failed\n  actual: 1\n  note: ")
    stays = Assertion("is_null", note="n" * (8000 - head))
    assert len(verdict_text(evaluate(stays, Int(1)))) == 8000
    goes = Assertion("is_null", note="n" * (8001 - head))
    assert verdict_text(evaluate(goes, Int(1))) == ("is_null() failed\n  actual: 1\n… 1 more lines")


def test_equal_keys_with_different_text_are_shown_as_the_left_one() -> None:
    left = map_of([(Float(-0.0), Int(1))])
    right = map_of([(Float(0.0), Int(2))])
    assert path("equal", left, right)[0] == Text("${-0.0}")
