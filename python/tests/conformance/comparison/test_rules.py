"""Rules name fields by path or by full name: in extensions, maps, `Any`, and at any depth."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.comparison import differences as module
from testingkit.conformance.comparison.differences import differences
from testingkit.conformance.comparison.keys import message_key
from testingkit.conformance.comparison.policy import Policy
from testingkit.conformance.v1.comparison_pb2 import Comparison, FloatTolerance
from tests.conformance.legacy import legacy, legacy_schema

NAN = "nan_equal: false"


def policy_for(message: Any, **settings: Any) -> Policy:
    return Policy(Comparison(**settings), message.DESCRIPTOR)


def paths(left: str, right: str, name: str = "Holder", **settings: Any) -> list[str]:
    """Returns where two messages differ, and checks that their keys agree with it."""
    one, other = legacy(name, left), legacy(name, right)
    policy = policy_for(one, **settings)
    found = [difference.field_path for difference in differences(one, other, policy)]
    if "float_tolerance" not in settings:
        keys = [message_key(side, policy.rules.root, policy) for side in (one, other)]
        assert (keys[0] == keys[1]) == (not found)
    return found


def strict(text: str) -> str:
    return f"[type.googleapis.com/legacy.v1.Strict] {{ {text} }}"


def holder(text: str) -> str:
    return f"[type.googleapis.com/legacy.v1.Holder] {{ {text} }}"


def packed(text: str) -> str:
    return f"packed {{ {text} }}"


WITH_NAME, WITHOUT = '[legacy.v1.extra] { id: 1 name: "a" }', "[legacy.v1.extra] { id: 1 }"
ONE, TWO = strict('id: 1 name: "a"'), strict('id: 1 name: "b"')

# A rule of `ignore`, two messages that are equal under it, and what differs without it.
IGNORED = [
    ("one.name", 'one { id: 1 name: "a" }', "one { id: 1 }", "one.name"),
    ("part.size", "Part { size: 1 }", "Part { size: 2 }", "part[0].size"),
    ("[legacy.v1.extra]", "[legacy.v1.extra] { id: 1 }", "", "[legacy.v1.extra]"),
    (
        "[legacy.v1.extra].name",
        '[legacy.v1.extra] { id: 1 name: "a" }',
        "[legacy.v1.extra] { id: 1 }",
        "[legacy.v1.extra].name",
    ),
    (
        "[legacy.v1.deeper].[legacy.v1.scale]",
        "[legacy.v1.deeper] { [legacy.v1.scale]: 1 }",
        "[legacy.v1.deeper] { [legacy.v1.scale]: 2 }",
        "[legacy.v1.deeper].[legacy.v1.scale]",
    ),
    (
        "[legacy.v1.weights]",
        "[legacy.v1.weights]: 1",
        "[legacy.v1.weights]: 2",
        "[legacy.v1.weights][0]",
    ),
    ("packed.name", packed(ONE), packed(TWO), "packed.name"),
    ("packed.[legacy.v1.Strict].name", packed(ONE), packed(TWO), "packed.name"),
    ("packed.[a.b/legacy.v1.Strict].name", packed(ONE), packed(TWO), "packed.name"),
    ("several.name", f"several {{ {ONE} }}", f"several {{ {TWO} }}", "several[0].name"),
    (
        "by_key.name",
        f'by_key {{ key: "k" value {{ {ONE} }} }}',
        f'by_key {{ key: "k" value {{ {TWO} }} }}',
        'by_key["k"].name',
    ),
    (
        "packed.packed.name",
        packed(holder(packed(ONE))),
        packed(holder(packed(TWO))),
        "packed.packed.name",
    ),
    (
        "packed.[legacy.v1.Holder].packed.[legacy.v1.Strict].name",
        packed(holder(packed(ONE))),
        packed(holder(packed(TWO))),
        "packed.packed.name",
    ),
    (
        "packed.[legacy.v1.extra].name",
        packed(holder(WITH_NAME)),
        packed(holder(WITHOUT)),
        "packed.[legacy.v1.extra].name",
    ),
    ("packed.value", packed(ONE), packed(TWO), "packed.name"),
    (
        "packed.type_url",
        'packed { type_url: "a/legacy.v1.Strict" value: "\\010\\001" }',
        'packed { type_url: "b/legacy.v1.Strict" value: "\\010\\001" }',
        "packed.type_url",
    ),
    ("legacy.v1", 'legacy { v1: "a" }', 'legacy { v1: "b" }', "legacy.v1"),
    ("legacy.v1.Strict.name", 'one { id: 1 name: "a" }', "one { id: 1 }", "one.name"),
    (".legacy.v1.Strict.name", 'one { id: 1 name: "a" }', "one { id: 1 }", "one.name"),
    (
        "legacy.v1.Strict.name",
        '[legacy.v1.deeper] { by_name { key: "k" value { id: 1 name: "a" } } }',
        '[legacy.v1.deeper] { by_name { key: "k" value { id: 1 name: "b" } } }',
        '[legacy.v1.deeper].by_name["k"].name',
    ),
    ("legacy.v1.Strict.name", f"several {{ {ONE} }}", f"several {{ {TWO} }}", "several[0].name"),
    ("legacy.v1.Holder.Part.size", "Part { size: 1 }", "Part { size: 2 }", "part[0].size"),
    ("legacy.v1.scale", "[legacy.v1.scale]: 1", "[legacy.v1.scale]: 2", "[legacy.v1.scale]"),
    ("google.protobuf.Any.value", packed(ONE), packed(TWO), "packed.name"),
]


@pytest.mark.parametrize(("rule", "left", "right", "path"), IGNORED)
def test_ignored_field_is_not_compared(rule: str, left: str, right: str, path: str) -> None:
    if rule.startswith(("legacy.v1.", "legacy.v1")) and rule != "legacy.v1":
        rule = f".{rule}"  # the field `legacy` makes it a path
    assert paths(left, right) == paths(right, left) == [path]
    assert paths(left, right, ignore=[rule]) == []


# A rule, and two messages that differ although they differ only near the field that it names.
NOT_IGNORED = [
    ("packed.[legacy.v1.Holder].name", packed(ONE), packed(TWO)),
    ("packed.[legacy.v1.Holder].packed.name", packed(ONE), packed(TWO)),
    ("packed.packed.name", packed(ONE), packed(TWO)),
    ("several.name", packed(ONE), packed(TWO)),
    ("name", packed(ONE), packed(TWO)),
    ("packed.value", packed(ONE), packed(holder(""))),
    ("packed.value", packed(ONE), ""),
    ("packed.name", packed(ONE), packed(strict("id: 2"))),
    ("packed.name", packed(ONE), ""),
    ("packed.type_url", packed(ONE), packed(TWO)),
    (
        "packed.type_url",
        packed(strict("id: 1")),
        'packed { type_url: "a/legacy.v1.Name" value: "\\010\\001" }',
    ),
    (
        "packed.type_url",
        packed(strict("id: 1")),
        'packed { type_url: "a/no.Such" value: "\\010\\001" }',
    ),
    (".legacy.v1.Strict.name", "one { id: 1 }", "one { id: 2 }"),
    (".legacy.v1.Strict.name", "", 'other: "a"'),
    (".legacy.v1.Name.v1", 'one { id: 1 name: "a" }', "one { id: 1 }"),
    ("[legacy.v1.extra].name", 'one { id: 1 name: "a" }', "one { id: 1 }"),
    ("extra.name", '[legacy.v1.extra] { id: 1 name: "a" }', "[legacy.v1.extra] { id: 1 }"),
]


@pytest.mark.parametrize(("rule", "left", "right"), NOT_IGNORED)
def test_rule_names_no_other_field(rule: str, left: str, right: str) -> None:
    assert paths(left, right, ignore=[rule]) != []
    assert paths(right, left, ignore=[rule]) != []


@pytest.mark.parametrize(
    "text",
    [
        "ratio: nan",
        "Part { weight: nan }",
        "[legacy.v1.scale]: nan",
        "[legacy.v1.weights]: [1, nan]",
        "[legacy.v1.deeper] { ratio: nan }",
        "[legacy.v1.deeper] { Part { weight: nan } }",
        "[legacy.v1.deeper] { [legacy.v1.scale]: nan }",
        "[legacy.v1.values] { number: nan }",
        packed(holder("[legacy.v1.scale]: nan")),
        "several { " + holder("Part { weight: nan }") + " }",
        "by_key { key: 'k' value { " + holder("[legacy.v1.weights]: nan") + " } }",
        'value { named { key: "k" value { number: nan } } }',
        "value { any { [a.b/legacy.v1.Value] { number: nan } } }",
    ],
)
def test_nan_can_differ_from_itself_everywhere(text: str) -> None:
    assert paths(text, text) == []
    assert paths(text, text, nan_equal=False) != []
    zero = text.replace("nan", "0")
    assert paths(zero, zero, nan_equal=False) == []
    assert paths(zero, text.replace("nan", "-0.0")) != []
    assert paths(zero, text.replace("nan", "-0.0"), signed_zero_equal=True) == []
    near = FloatTolerance(absolute=0.5)
    assert paths(zero, text.replace("nan", "0.5"), float_tolerance=near) == []
    assert paths(zero, text.replace("nan", "0.6"), float_tolerance=near) != []


def entries(*pairs: str) -> str:
    return "map { " + " ".join(f"entries {{ {pair} }}" for pair in pairs) + " }"


def number(value: object) -> str:
    return f"number: {value}"


A, B = "key { number: 1 } value { number: 2 }", "key { number: 3 } value { number: 4 }"
NESTED = [
    entries(A, B),
    entries(f"key {{ {entries(A, B)} }}"),
    entries(f"value {{ {entries(A, B)} }}", "key {}"),
    f'named {{ key: "k" value {{ {entries(A, B)} }} }}',
    f"any {{ [a.b/legacy.v1.Value] {{ {entries(A, B)} }} }}",
    f"any {{ [a.b/legacy.v1.Holder] {{ value {{ {entries(A, B)} }} }} }}",
]


@pytest.mark.parametrize("left", NESTED)
def test_unordered_by_full_name_holds_at_every_depth(left: str) -> None:
    right = left.replace(
        f"entries {{ {A} }} entries {{ {B} }}", f"entries {{ {B} }} entries {{ {A} }}"
    )
    assert right != left
    rule = "legacy.v1.MapValue.entries"
    assert paths(left, right, "Value") != []
    assert paths(left, right, "Value", unordered=[rule]) == []
    assert paths(left, left.replace("number: 4", "number: 5"), "Value", unordered=[rule]) != []
    assert paths(left, right, "Value", unordered=[rule], float_tolerance=FloatTolerance()) == []
    for place in ("value", "[legacy.v1.values]"):
        sides = [f"{place} {{ {text} }}" for text in (left, right)]
        assert paths(*sides) != []
        assert paths(*sides, unordered=[f".{rule}"]) == []


def test_unordered_by_path_reaches_into_extensions_and_any() -> None:
    both = "[legacy.v1.weights]: [1, 2]", "[legacy.v1.weights]: [2, 1]"
    assert paths(*both, unordered=["[legacy.v1.weights]"]) == []
    packed = [f"packed {{ {holder(side)} }}" for side in both]
    assert paths(*packed, unordered=["packed.[legacy.v1.weights]"]) == []
    assert paths(*packed, unordered=["packed.[legacy.v1.Holder].[legacy.v1.weights]"]) == []
    assert paths(*packed, unordered=["packed.[legacy.v1.Strict].[legacy.v1.weights]"]) != []


RULES = [
    "legacy.v1.MapValue.entries",
    "map.entries",
    "legacy.v1.Value.number",
    "map.entries.value.number",
    "named.number",
    "any.number",
    "any.[legacy.v1.Value].map.entries",
    "any.any.text",
    "any.value",
    "any.type_url",
]


def _values() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["", "number: 0", "number: -0.0", "number: nan", 'text: "a"'])

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        entry = st.builds("entries {{ key {{ {} }} value {{ {} }} }}".format, inner, inner)
        lists = st.lists(entry, max_size=3).map(lambda found: f"map {{ {' '.join(found)} }}")
        return st.one_of(
            lists,
            inner.map('named {{ key: "k" value {{ {} }} }}'.format),
            inner.map("any {{ [a.b/legacy.v1.Value] {{ {} }} }}".format),
            inner.map("any {{ [c.d/legacy.v1.Value] {{ {} }} }}".format),
        )

    return st.recursive(leaves, nested, max_leaves=6)


POLICIES = st.builds(
    Comparison,
    nan_equal=st.booleans(),
    signed_zero_equal=st.booleans(),
    ignore=st.lists(st.sampled_from(RULES), max_size=2),
    unordered=st.lists(st.sampled_from(RULES[:2] + RULES[6:7]), max_size=2),
)


@given(_values(), _values(), POLICIES)
def test_keys_agree_with_differences_under_every_rule(
    left: str, right: str, comparison: Comparison
) -> None:
    one, other = legacy("Value", left), legacy("Value", right)
    policy = Policy(comparison, one.DESCRIPTOR)
    keys = [message_key(side, policy.rules.root, policy) for side in (one, other)]
    found = differences(one, other, policy)
    assert (keys[0] == keys[1]) == (not found)
    assert bool(differences(other, one, policy)) == bool(found)


@given(_values(), _values(), POLICIES)
def test_tolerance_of_zero_changes_nothing(left: str, right: str, comparison: Comparison) -> None:
    one, other = legacy("Value", left), legacy("Value", right)
    exact = differences(one, other, Policy(comparison, one.DESCRIPTOR))
    comparison.float_tolerance.SetInParent()
    tolerant = differences(one, other, Policy(comparison, one.DESCRIPTOR))
    assert bool(tolerant) == bool(exact)


def _calls(monkeypatch: pytest.MonkeyPatch, left: Any, right: Any, **settings: Any) -> int:
    """Returns how many pairs of values a comparison looks at."""
    made: list[None] = []
    original = module._values

    def counted(*arguments: Any) -> Any:
        made.append(None)
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(module, "_values", counted)
        differences(left, right, policy_for(left, **settings))
    return len(made)


def _chain(depth: int, leaf: str) -> Any:
    """Returns maps of one entry within maps of one entry."""
    value = legacy("Value", leaf)
    for _ in range(depth):
        outer = legacy("Value")
        outer.map.entries.add().value.CopyFrom(value)
        value = outer
    return value


def _tree(depth: int, leaf: float) -> Any:
    """Returns maps of two entries within maps of two entries; the last number is another one."""
    if not depth:
        return legacy("Value", f"number: {leaf}")
    value = legacy("Value")
    value.map.entries.add().value.CopyFrom(_tree(depth - 1, 1))
    value.map.entries.add().value.CopyFrom(_tree(depth - 1, leaf))
    return value


@pytest.mark.parametrize("tolerance", [None, FloatTolerance(absolute=0.1)])
def test_comparison_of_nested_unordered_fields_looks_at_no_pair_twice(
    monkeypatch: pytest.MonkeyPatch, tolerance: FloatTolerance | None
) -> None:
    settings = {"unordered": ["legacy.v1.MapValue.entries"], "float_tolerance": tolerance}
    deep = [_chain(30, f"number: {leaf}") for leaf in (1, 2)]
    assert _calls(monkeypatch, *deep, **settings) <= 5 * 30
    for depth in (3, 6):
        nodes = 3 * 2 ** (depth + 1)
        trees = _tree(depth, 1), _tree(depth, 2)
        assert _calls(monkeypatch, *trees, **settings) <= nodes**2
        near = _tree(depth, 1), _tree(depth, 1.05)
        assert _calls(monkeypatch, *near, **settings) <= nodes**2


def test_protos_of_these_tests_compile() -> None:
    assert legacy_schema().services == ["legacy.v1.LegacyService"]
