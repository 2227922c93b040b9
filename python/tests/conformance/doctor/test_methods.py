"""Declared methods compared with reflection, protos, cases and configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.doctor.check_results import CheckStatus
from testingkit.conformance.doctor.methods import Methods, compare_methods

A, B, OTHER = "p.v1.S/A", "p.v1.S/B", "zoo.animals.FeedingService/Hungry"
BOTH = frozenset([A, B])
_CONSISTENT: Mapping[str, Any] = {
    "runner": "x",
    "declared": [A, B],
    "specified": BOTH,
    "called": BOTH,
    "reflected": BOTH,
    "described": frozenset(["p.v1.S"]),
    "listed": frozenset(["p.v1.S"]),
}


def notes_on(**changes: Any) -> list[tuple[str, str]]:
    notes = compare_methods(Methods(**{**_CONSISTENT, **changes}))
    assert all(note.advice for note in notes)
    return [(note.status.value, note.text) for note in notes]


def test_methods_that_agree_have_no_notes() -> None:
    assert notes_on() == []
    assert notes_on(specified=frozenset(), called=frozenset()) == []
    assert notes_on(listed=None, described=frozenset(), reflected=frozenset()) == []
    assert notes_on(declared=[A], reflected=frozenset([A]), unsupported=["p.v1.S/B"]) == []


def test_services_without_descriptors_in_reflection_are_not_a_problem() -> None:
    assert notes_on(described=frozenset(), reflected=frozenset()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"reflected": frozenset([A])},
            ("failed", f"declares {B}, which its own server reflection does not have"),
        ),
        (
            {"declared": [A, B, OTHER], "specified": BOTH | {OTHER}},
            ("failed", f"declares {OTHER}, which its own server reflection does not have"),
        ),
        (
            {"declared": [A], "reflected": frozenset([A])},
            ("failed", f"does not serve {B}, which cases call"),
        ),
        (
            {"unsupported": ["p.v1.*"], "declared": [A], "reflected": frozenset([A])},
            ("failed", f"serves {A}, which the configuration says it does not"),
        ),
        (
            {"services": ["p.v1.Z"]},
            (
                "failed",
                "the protos do not have p.v1.Z; did you mean `p.v1.S`?",
            ),
        ),
        (
            {"declared": [A], "called": frozenset(), "unsupported": [B]},
            ("warning", f"reflects {B}, which it does not declare"),
        ),
        (
            {"declared": [A, B, OTHER], "listed": None},
            ("warning", f"the protos do not have what it declares: {OTHER}"),
        ),
        (
            {"declared": [A], "reflected": frozenset([A]), "called": frozenset([A])},
            ("warning", f"does not serve {B}, which no case calls yet"),
        ),
        ({"declared": [A, B, A]}, ("warning", f"declares {A} more than once")),
        (
            {"unsupported": ["p.v2.*"]},
            (
                "warning",
                "runners.x.unsupported has p.v2.*, which matches no method of the protos",
            ),
        ),
    ],
)
def test_broken_rule_is_the_only_note(
    changes: Mapping[str, Any], expected: tuple[str, str]
) -> None:
    assert notes_on(**changes) == [expected]


def test_service_that_is_neither_declared_nor_called_need_not_be_served() -> None:
    assert notes_on(specified=BOTH | {OTHER}) == []


def test_more_than_four_names_are_counted() -> None:
    many = frozenset(f"p.v1.S/M{number}" for number in range(9))
    ((_, found),) = notes_on(specified=BOTH | many, called=BOTH | many)
    assert found.endswith("p.v1.S/M3 and 5 more, which cases call")


names = st.sampled_from([A, B, OTHER])


@given(
    declared=st.lists(names, max_size=4),
    specified=st.frozensets(names),
    called=st.frozensets(names),
    unsupported=st.lists(st.sampled_from([A, B, OTHER, "p.*", "*"]), max_size=2),
)
def test_called_method_that_is_neither_declared_nor_unsupported_is_always_reported(
    declared: list[str], specified: frozenset[str], called: frozenset[str], unsupported: list[str]
) -> None:
    methods = Methods("x", declared, specified, called & specified, unsupported=unsupported)
    notes = compare_methods(methods)
    missing = {
        name for name in called & specified if name not in declared and not methods.is_excused(name)
    }
    found = [r.text for r in notes if "which cases call" in r.text]
    assert bool(found) == bool(missing)
    assert all(name in found[0] for name in missing)
    assert all(r.status in {CheckStatus.FAILED, CheckStatus.WARNING} for r in notes)
