"""The class of a loaded known divergence."""

from __future__ import annotations

from dataclasses import dataclass

from testingkit.conformance.errors import Place
from testingkit.conformance.v1 import divergence_pb2


@dataclass(frozen=True, slots=True)
class KnownDivergence:
    """One entry of a file of known divergences."""

    runner: str
    place: Place
    message: divergence_pb2.KnownDivergence
    case_ids: frozenset[str]  # the loaded cases that the pattern matches
