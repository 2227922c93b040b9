"""Every rule of a comparison that names no field of the response, or bounds nothing."""

from __future__ import annotations

from typing import Any

import pytest

from testingkit.conformance.cases.comparison_rules import ComparisonRules
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from tests.conformance.legacy import legacy_method, legacy_schema
from tests.conformance.support import method, schema


def problems(call: str = "Hold", **settings: Any) -> list[str]:
    rules = ComparisonRules(legacy_schema().message_types)
    return list(rules.problems(Comparison(**settings), legacy_method(call).response))


FIELDS = [
    "one",
    "one.name",
    "by_name.name",
    "part.weight",
    "[legacy.v1.extra]",
    "[legacy.v1.extra].name",
    "[legacy.v1.deeper].one.name",
    "[legacy.v1.deeper].[legacy.v1.weights]",
    "packed",
    "packed.value",
    "packed.type_url",
    "packed.name",
    "packed.entries.key.number",
    "packed.[legacy.v1.Strict].name",
    "packed.[type.googleapis.com/legacy.v1.Strict].name",
    "packed.[a/b/legacy.v1.MapValue.Entry].key",
    "packed.packed.packed.name",
    "packed.[legacy.v1.Holder].several.[legacy.v1.Strict].id",
    "several.name",
    "by_key.name",
    "legacy.v1",
    ".legacy.v1.Strict.name",
    ".legacy.v1.Holder.Part.size",
    ".legacy.v1.MapValue.entries",
    ".legacy.v1.MapValue.Entry.key",
    ".legacy.v1.extra",
    "google.protobuf.Any.value",
]


@pytest.mark.parametrize("rule", FIELDS)
def test_rule_that_names_a_field_is_valid(rule: str) -> None:
    assert problems(ignore=[rule]) == []


NO_FIELDS = [
    ("", "has no field ''"),
    (".", "no message type has a field of this full name"),
    ("one.", "legacy.v1.Strict has no field ''"),
    ("one..name", "legacy.v1.Strict has no field ''"),
    ("one.nam", "did you mean `name`?"),
    ("ratio.x", "a scalar has no fields, so no x"),
    ("extra", "has no field 'extra'"),
    ("[legacy.v1.nothing]", "legacy.v1.Holder has no extension [legacy.v1.nothing]"),
    ("[legacy.v1.Strict.name]", "legacy.v1.Holder has no extension"),
    ("one.[legacy.v1.extra]", "legacy.v1.Strict has no extension [legacy.v1.extra]"),
    ("[legacy.v1.extra]name", "expected names, each after a dot, or one in brackets"),
    ("[legacy.v1.extra", "expected names, each after a dot, or one in brackets"),
    ("many[0].id", "expected names, each after a dot, or one in brackets"),
    ("packed.[legacy.v1.Strict]", "expected a field of legacy.v1.Strict after the type"),
    ("packed.[legacy.v1.Strict].nam", "did you mean `name`?"),
    ("packed.[legacy.v1.Strickt].name", "did you mean `legacy.v1.Strict`?"),
    ("packed.[].name", "expected names, each after a dot"),
    ("packed.nothing", "no message that an Any can hold has the field nothing"),
    ("packed.name.x", "no message that an Any can hold has the field name.x"),
    ("packed.value.x", "a scalar has no fields, so no x"),
    (
        "legacy.v1.Strict.name",
        "a scalar has no fields, so no Strict; the full name is written .legacy.v1.Strict.name",
    ),
    ("other.v1.Strict.name", "a scalar has no fields"),
    ("acme.v1.Strict.name", "legacy.v1.Holder has no field 'acme'"),
    (".legacy.v1.Strict.nam", "no message type has a field of this full name"),
    (".legacy.v1.Strict", "no message type has a field of this full name"),
    (".legacy.v1.Holder.ByNameEntry.value", "no legacy.v1.Holder contains this field"),
]


@pytest.mark.parametrize(("rule", "text"), NO_FIELDS)
@pytest.mark.parametrize("setting", ["ignore", "unordered"])
def test_rule_that_names_no_field_is_a_problem(setting: str, rule: str, text: str) -> None:
    settings: dict[str, Any] = {setting: [rule]}
    (problem,) = problems(**settings)
    assert problem.startswith(f"compare.{setting}: ")
    assert text in problem


def test_full_name_must_be_of_a_field_that_the_response_contains() -> None:
    assert problems("Get", ignore=["legacy.v1.Strict.name"]) == []
    (problem,) = problems("Get", ignore=["legacy.v1.Holder.ratio"])
    assert problem == (
        "compare.ignore: legacy.v1.Holder.ratio: no legacy.v1.Strict contains this field"
    )
    assert problems("Pack", ignore=["legacy.v1.Holder.ratio"]) == []


def test_response_that_is_an_any_takes_fields_of_any_type() -> None:
    for rule in ("name", "[legacy.v1.Strict].name", "value", "legacy.v1.Strict.name"):
        assert problems("Pack", ignore=[rule]) == []
    assert problems("Pack", ignore=["nothing"]) != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("many", ""),
        ("[legacy.v1.weights]", ""),
        ("packed.entries", ""),
        (".legacy.v1.MapValue.entries", ""),
        ("one", "one is not a repeated field"),
        (".legacy.v1.Strict.name", ".legacy.v1.Strict.name is not a repeated field"),
        ("by_name", "by_name is a map, which has no order"),
        (".legacy.v1.Holder.by_name", ".legacy.v1.Holder.by_name is a map, which has no order"),
    ],
)
def test_unordered_needs_a_repeated_field(rule: str, text: str) -> None:
    assert problems(unordered=[rule]) == ([f"compare.unordered: {text}"] if text else [])


def test_nested_types_of_the_project_can_be_in_an_any() -> None:
    rules = ComparisonRules(schema().message_types)
    response = method("Echo").response
    assert list(rules.problems(Comparison(ignore=["any.below.label"]), response)) == []
    assert list(rules.problems(Comparison(ignore=["any.lable"]), response)) != []


NO_BOUNDS = [
    ("absolute", float("nan")),
    ("absolute", float("inf")),
    ("absolute", -1.0),
    ("absolute", -5e-324),
    ("absolute", 1e39),
    ("absolute", 1e308),
    ("relative", float("nan")),
    ("relative", float("inf")),
    ("relative", -0.1),
    ("relative", 1.0),
    ("relative", 2.0),
    ("relative", 1e300),
    ("ulps", 1 << 23),
    ("ulps", (1 << 32) - 1),
]


@pytest.mark.parametrize(("name", "value"), NO_BOUNDS)
def test_tolerance_that_bounds_nothing_is_a_problem(name: str, value: Any) -> None:
    tolerance = FloatTolerance(**{name: value})
    (problem,) = problems(float_tolerance=tolerance)
    assert problem.startswith(f"compare.float_tolerance.{name}: ")
    assert "is not a bound: expected" in problem


def test_tolerances_up_to_their_bounds_are_valid() -> None:
    valid: list[dict[str, Any]] = [
        {},
        {"absolute": 0.0, "relative": 0.0, "ulps": 0},
        {"absolute": 3.4e38, "relative": 0.999, "ulps": (1 << 23) - 1},
    ]
    for values in valid:
        assert problems(float_tolerance=FloatTolerance(**values)) == []
