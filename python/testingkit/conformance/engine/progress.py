"""The progress of a run, sampled while it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.v1.run_pb2 import RunnerReady


@dataclass(frozen=True, slots=True)
class RunnerProgress:
    """The progress of one runner.

    Attributes:
        name: The name of the runner.
        ready: How it started; None while it is starting.
        planned: Number of its calls; 0 until they are planned.
        done: Number of calls with an observation.
        problems: Number of wrong or missing results in finished cases.
        case_id: The case that it has been running for long; empty if there is none.
        case_seconds: The seconds that this case has taken so far.
    """

    name: str
    ready: RunnerReady | None = None
    planned: int = 0
    done: int = 0
    problems: int = 0
    case_id: str = ""
    case_seconds: float = 0.0

    @property
    def takes_part(self) -> bool:
        """Whether it has started."""
        return self.ready is not None and not self.ready.problem

    @property
    def is_done(self) -> bool:
        """Whether every call has an observation, or the runner did not start."""
        has_failed = self.ready is not None and bool(self.ready.problem)
        return has_failed or 0 < self.planned == self.done


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of all runners.

    Attributes:
        runners: The progress of each runner.
        seconds: The seconds since the run began.
        divergences: Number of divergences in finished cases.
        is_judged: Whether all runners are done.
    """

    runners: Sequence[RunnerProgress]
    seconds: float
    divergences: int = 0
    is_judged: bool = False
