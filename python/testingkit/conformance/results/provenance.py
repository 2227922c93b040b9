"""Formats the provenance of a golden: the runners whose answer it is."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.v1.golden_pb2 import Provenance, Witness


def format_provenance(provenance: Provenance) -> str:
    """Returns for example ``accepted 2026-03-02 from go 0.2.0, confirmed by rust 0.2.0``."""
    return f"accepted {provenance.accepted} from {format_witnesses(provenance.witnesses)}"


def format_witnesses(witnesses: Sequence[Witness]) -> str:
    """Returns the runner that an answer was taken from, and those that gave the same."""
    if not witnesses:
        return "no runner"
    first, *others = map(format_witness, witnesses)
    return f"{first}, confirmed by {' and '.join(others)}" if others else f"{first} alone"


def format_witness(witness: Witness) -> str:
    """Returns the name of a runner, and its version if it has one."""
    return f"{witness.runner} {witness.version}".strip()
