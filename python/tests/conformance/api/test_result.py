"""Every enumeration value of the event log has a member in the API."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

import pytest

from testingkit.conformance.api import Decision, FindingKind, Level, Parity, Verdict
from testingkit.conformance.api.result import (
    decision_of,
    kind_of,
    level_of,
    parity_of,
    verdict_of,
)
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2


@pytest.mark.parametrize(
    ("proto", "convert", "kind"),
    [
        (run_pb2.Decision, decision_of, Decision),
        (run_pb2.FindingKind, kind_of, FindingKind),
        (parity_pb2.Parity, parity_of, Parity),
        (verdict_pb2.Verdict, verdict_of, Verdict),
        (case_pb2.Level, level_of, Level),
    ],
)
def test_every_number_but_zero_has_one_member(
    proto: Any, convert: Callable[[int], enum.Enum], kind: type[enum.Enum]
) -> None:
    numbers = [number for number in proto.values() if number]
    assert sorted(convert(number).value for number in numbers) == sorted(m.value for m in kind)
    with pytest.raises(ValueError, match="unspecified"):
        convert(0)
