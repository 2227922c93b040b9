"""Where a golden came from, in words."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.v1.golden_pb2 import Provenance, Witness


def format_provenance(provenance: Provenance) -> str:
    """Such as ``accepted 2026-03-02 from go 0.2.0, confirmed by rust 0.2.0``."""
    return f"accepted {provenance.accepted} from {format_witnesses(provenance.witnesses)}"


def format_witnesses(witnesses: Sequence[Witness]) -> str:
    """Whom an answer was taken from, and who gave the same."""
    first, *others = [*map(format_witness, witnesses)] or ["nobody"]
    return f"{first}, confirmed by {' and '.join(others)}" if others else f"{first} alone"


def format_witness(witness: Witness) -> str:
    """Name and version, where it has one."""
    return f"{witness.runner} {witness.version}".strip()
