"""Expanders are called on the messages of their types, outermost first."""

from __future__ import annotations

from typing import Any

from testingkit.conformance.expanding.walk import Walk
from tests.conformance.support import new


def shout(message: Any) -> None:
    message.label = message.label.upper()


def _everything() -> Any:
    message = new("Everything")
    message.point.label = "a"
    message.points.add(label="b").below.add(label="c")
    message.places[1].label = "d"
    message.counts["e"] = 1
    return message


def test_expands_messages_at_every_depth() -> None:
    message = _everything()
    Walk({"probe.v1.Point": shout}).expand(message)
    assert message.point.label == "A"
    assert message.points[0].label == "B"
    assert message.points[0].below[0].label == "C"
    assert message.places[1].label == "D"


def test_messages_within_an_expanded_one_can_be_left_out() -> None:
    message = _everything()
    Walk({"probe.v1.Point": shout}, descends=False).expand(message)
    assert (message.points[0].label, message.points[0].below[0].label) == ("B", "c")


def test_outer_messages_are_expanded_before_inner_ones() -> None:
    def add(message: Any) -> None:
        if message.label == "outer":
            message.below.add(label="inner")
        message.label += "!"

    message = new("Point", label="outer")
    Walk({"probe.v1.Point": add}).expand(message)
    assert (message.label, message.below[0].label) == ("outer!", "inner!")
