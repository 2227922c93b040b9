"""The limit of nesting for values of the kit that a user builds (docs/kit/value.md, limits)."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from testingkit import value as kit
from testingkit.assertions import Assertion, Status, evaluate
from testingkit.diff import diff_values
from testingkit.events import Recorder
from testingkit.render import canonical, expanded
from testingkit.value.kinds import MAX_DEPTH


def _error(inner: kit.Value) -> kit.Value:
    causes = (inner,) if isinstance(inner, kit.Error) else ()
    return kit.Error("t", "m", 0, causes)


_PARENT = kit.MessageType("M", (kit.MessageField("parent", explicit=True),))
_LEVELS: dict[str, tuple[Callable[[kit.Value], kit.Value], str]] = {
    "list": (lambda inner: kit.List((inner, kit.Null())), "[0]"),
    "set": (lambda inner: kit.set_of([kit.Null(), inner]), ""),
    "key": (lambda inner: kit.map_of([(inner, kit.Null())]), ""),
    "value": (lambda inner: kit.map_of([(kit.Int(7), inner), (kit.Int(9), kit.Null())]), "{7}"),
    "record": (lambda inner: kit.record_of("R", [("a b", inner)]), '["a b"]'),
    "message": (lambda inner: kit.message_of(_PARENT, {"parent": inner}), ".parent"),
    "returned": (lambda inner: kit.Outcome(kit.Ending.RETURNED, inner), ".returned"),
    "error": (_error, ".causes[0]"),
}


def _nested(levels: int, level: Callable[[kit.Value], kit.Value]) -> kit.Value:
    value: kit.Value = kit.List()
    for _ in range(levels - 1):
        value = level(value)
    return value


@pytest.mark.parametrize("name", _LEVELS)
def test_value_deeper_than_the_limit_cannot_be_built(name: str) -> None:
    level, segment = _LEVELS[name]
    deepest = _nested(MAX_DEPTH + (name == "error"), level)
    with pytest.raises(kit.ConversionError) as raised:
        level(deepest)
    levels = MAX_DEPTH - (name == "value")  # of the entry that is too deep the key comes first
    assert str(raised.value) == "too_large at $" + segment * levels


@pytest.mark.parametrize("name", _LEVELS)
def test_everything_takes_the_deepest_value(name: str) -> None:
    level, _ = _LEVELS[name]
    deepest, other = (_nested(MAX_DEPTH, level) for _ in range(2))
    assert kit.equal(deepest, other)
    assert kit.order(deepest, other) == 0
    assert hash(deepest) == hash(other)
    assert repr(deepest) == repr(other)
    assert canonical(deepest) == canonical(other)
    assert expanded(deepest) == expanded(other)
    assert diff_values(deepest, other) == ""
    assert evaluate(Assertion.of("equal", expected=deepest), other).code is None
    assert Recorder().record("e", x=deepest).fields == (("x", deepest),)
    assert kit.to_value(deepest) is deepest
    assert pickle.loads(pickle.dumps(deepest)) == deepest  # noqa: S301 - its own bytes
    assert copy.deepcopy([deepest])[0] is copy.copy(deepest)


@pytest.mark.parametrize("name", _LEVELS)
def test_deepest_value_is_looked_up_among_others(name: str) -> None:
    level, _ = _LEVELS[name]
    deepest = _nested(MAX_DEPTH, level)
    items = kit.List((_nested(MAX_DEPTH - 1, level), kit.Record("R"), kit.Null()))
    verdict = evaluate(Assertion.of("contains", item=deepest), items)
    assert (verdict.status, verdict.code) == (Status.FAIL, None)


@dataclass
class Holder:
    held: Any


@pytest.mark.parametrize(
    ("native", "place"),
    [
        (lambda deep: [deep], "[0]" * MAX_DEPTH),
        (lambda deep: Holder([deep]), ".held" + "[0]" * (MAX_DEPTH - 1)),
        (lambda deep: {"a": {1: deep}}, ".a{1}" + "[0]" * (MAX_DEPTH - 2)),
        (lambda deep: {(deep,)}, ""),
    ],
)
def test_levels_of_native_and_ready_made_values_add_up(
    native: Callable[[kit.Value], object], place: str
) -> None:
    deep = _nested(MAX_DEPTH, lambda inner: kit.List((inner,)))
    with pytest.raises(kit.ConversionError) as raised:
        kit.to_value(native(deep))
    assert str(raised.value) == f"too_large at ${place}"


def test_cause_of_a_failed_outcome_counts_as_a_level() -> None:
    failure = _nested(MAX_DEPTH + 1, _error)
    with pytest.raises(kit.ConversionError, match=r"too_large at \$\.failed\.causes"):
        kit.Outcome(kit.Ending.FAILED, failure)


def test_depth_counts_levels() -> None:
    assert kit.Int(1).depth == 1
    assert kit.List().depth == 1
    assert kit.Outcome(kit.Ending.PANICKED, kit.Text("x")).depth == 1
    assert kit.Outcome(kit.Ending.RETURNED, kit.List((kit.Int(1),))).depth == 3
