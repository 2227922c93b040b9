"""Where a golden came from, in words."""

from __future__ import annotations

from testingkit.conformance.v1.golden_pb2 import Provenance, Witness


def say_provenance(provenance: Provenance) -> str:
    """Such as ``accepted 2026-03-02 from go 0.2.0, confirmed by rust 0.2.0``."""
    first, *others = map(say_witness, provenance.witnesses)
    confirmed = f", confirmed by {' and '.join(others)}" if others else " alone"
    return f"accepted {provenance.accepted} from {first}{confirmed}"


def say_witness(witness: Witness) -> str:
    """Name and version, where it has one."""
    return f"{witness.runner} {witness.version}".strip()
