"""How far a run is: what is sampled while it goes on, for whoever shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.v1.run_pb2 import RunnerReady


@dataclass(frozen=True, slots=True)
class RunnerProgress:
    """How far one runner is."""

    name: str
    ready: RunnerReady | None = None  # none as long as it starts
    planned: int = 0  # calls
    done: int = 0  # calls that were observed, or not asked
    problems: int = 0  # results that count against it, of cases that everybody is done with
    case_id: str = ""  # what it has been at for long
    case_seconds: float = 0.0

    @property
    def takes_part(self) -> bool:
        """Whether it has started."""
        return self.ready is not None and not self.ready.problem

    @property
    def is_done(self) -> bool:
        """Whether there is no more to come: every call was observed, or it did not start."""
        has_failed = self.ready is not None and bool(self.ready.problem)
        return has_failed or 0 < self.planned == self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """How far all of them are."""

    runners: Sequence[RunnerProgress]
    seconds: float  # since the run began
    divergences: int = 0  # of cases that everybody is done with
    is_judged: bool = False  # whether there is no more to come from any runner
