"""Coverage: the items of requests, and those that requests use."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest
from google.protobuf.any_pb2 import Any as AnyMessage

from testingkit.conformance.audit import Coverage, CoverageCollector, Inventory
from testingkit.conformance.cases.model import Case, Method
from tests.conformance.support import held, make_case, method, new, says, schema

P = "probe.v1."
COLOURS = [f"{P}Colour.COLOUR_{name}" for name in ("UNSPECIFIED", "RED", "BLUE")]


def case_of(request: Any) -> Case:
    descriptor = schema().message_type(type(request).DESCRIPTOR.full_name)
    assert descriptor is not None
    return dataclasses.replace(
        make_case(says("")),
        method=Method("x/Y", descriptor, method().response),
        request=request.SerializeToString(),
    )


def covered(requests: Sequence[Any], root: str = "") -> Coverage:
    inventory = Inventory(schema())
    said = CoverageCollector(schema(), inventory)
    for request in requests:
        said.add(case_of(request))
    name = root or type(requests[0]).DESCRIPTOR.name
    descriptor = schema().message_type(P + name)
    assert descriptor is not None
    return said.coverage([descriptor])


def exercised(*requests: Any) -> set[str]:
    coverage = covered(requests)
    return {str(item) for item in coverage.items} - {str(item) for item in coverage.missing}


def test_items_are_fields_enum_values_and_oneof_arms() -> None:
    coverage = covered([], "Everything")
    names = [str(item) for item in coverage.items]
    assert coverage.missing == coverage.items
    assert names[:2] == [f"{P}Everything.ratio", f"{P}Everything.single"]
    assert [name for name in names if "oneof" in name] == [
        f"oneof {P}Everything.choice: word",
        f"oneof {P}Everything.choice: number",
        f"oneof {P}Everything.choice: spot",
    ]
    assert {f"{P}Everything.maybe", f"{P}Everything.any", f"{P}Everything.places"} <= set(names)
    assert [name for name in names if "Colour." in name] == COLOURS
    assert [name for name in names if "Point." in name] == [
        f"{P}Point.x",
        f"{P}Point.label",
        f"{P}Point.below",
    ]
    assert len(names) == 26 + 3 + 3  # fields, values of the enum, fields of a type that nests
    assert not any("google" in name or "Entry" in name for name in names)


def test_deprecated_items_are_left_out() -> None:
    assert [str(item) for item in covered([], "Corner").items] == [
        f"{P}Corner.kept",
        f"{P}Corner.hue",
        f"{P}Hue.HUE_NONE",
        f"{P}Hue.HUE_WARM",
        f"{P}Corner.hues",
        f"{P}Corner.corners",
        f"{P}Corner.part",
        f"{P}Corner.[probe.v1.extra]",
        f"{P}Corner.Part.size",
        f"{P}Extra.on",
    ]


UNSET = COLOURS[0]
POINT = new("Point", x=1)
# A request, and the items that it uses, without the colour that it leaves unset.
SAYS: list[tuple[Any, set[str]]] = [
    (new("Everything"), set()),
    (new("Everything", ratio=0.0, text="", count=0), set()),
    (new("Everything", ratio=-0.0), {"Everything.ratio"}),
    (new("Everything", maybe=0), {"Everything.maybe"}),
    (new("Everything", word=""), {"oneof Everything.choice: word"}),
    (new("Everything", point=new("Point")), {"Everything.point"}),
    (new("Everything", point=POINT), {"Everything.point", "Point.x"}),
    (new("Everything", spot=POINT), {"oneof Everything.choice: spot", "Point.x"}),
    (
        new("Everything", points=[new("Point", below=[new("Point", label="deep")])]),
        {"Everything.points", "Point.below", "Point.label"},
    ),
    (new("Everything", places={0: POINT}), {"Everything.places", "Point.x"}),
    (new("Everything", counts={"": 0}), {"Everything.counts"}),
    (new("Everything", value={"null_value": 0}), {"Everything.value"}),
    (new("Everything", any=held(POINT)), {"Everything.any", "Point.x"}),
]


def full(names: set[str]) -> set[str]:
    return {name.replace("oneof ", f"oneof {P}") if " " in name else P + name for name in names}


@pytest.mark.parametrize(("request_", "said"), SAYS)
def test_request_exercises_its_fields_and_values(request_: Any, said: set[str]) -> None:
    assert exercised(request_) == {UNSET, *full(said)}


def test_coverage_is_that_of_all_requests() -> None:
    requests = [
        new("Everything", colour=1),
        new("Everything", colour=2),
        new("Everything", yes=True),
    ]
    assert exercised(*requests) == {*COLOURS, f"{P}Everything.colour", f"{P}Everything.yes"}
    assert covered(requests).exercised == 5
    assert covered(requests).share == 5 / 32


def test_unknown_enum_numbers_are_not_items() -> None:
    assert exercised(new("Everything", colour=77)) == {f"{P}Everything.colour"}


def test_coverage_of_proto2_messages() -> None:
    corner = new("Corner", dropped="x", buried=new("Buried", depth=1), hue=0, hues={"a": 1})
    corner.part.add(size=3)
    corner.Extensions[type(corner).DESCRIPTOR.file.extensions_by_name["extra"]].on = True
    names = {"hue", "hues", "part", "[probe.v1.extra]", "Part.size"}
    assert exercised(corner) == {f"{P}Corner.{name}" for name in names} | {
        f"{P}Hue.HUE_NONE",
        f"{P}Hue.HUE_WARM",
        f"{P}Extra.on",
    }
    # An optional field that is unset uses nothing.
    assert exercised(new("Corner")) == set()


def test_types_in_an_any_are_items() -> None:
    request = new("Everything", any=held(new("Buried", depth=1)))
    without, with_any = covered([], "Everything"), covered([request])
    assert len(with_any.items) == len(without.items) + 1
    assert f"{P}Buried.depth" in exercised(request)


@pytest.mark.parametrize(
    "packed",
    [
        AnyMessage(type_url="x/probe.v1.Nobody", value=b"\x08\x01"),
        AnyMessage(type_url="x/probe.v1.Point", value=b"\xff"),
        AnyMessage(type_url="x/google.protobuf.StringValue", value=b"\n\x01a"),
        AnyMessage(),
    ],
)
def test_unknown_any_is_not_unpacked(packed: AnyMessage) -> None:
    request = new("Everything")
    request.any.ParseFromString(packed.SerializeToString())
    request.any.SetInParent()
    assert exercised(request) == {UNSET, f"{P}Everything.any"}


def test_deeply_nested_any_is_covered() -> None:
    request = new("Everything")
    for _ in range(1500):
        request = new("Everything", any=held(request))
    assert exercised(request) == {UNSET, f"{P}Everything.any"}


def test_coverage_without_items_is_complete() -> None:
    assert Coverage([], []).share == 1.0
