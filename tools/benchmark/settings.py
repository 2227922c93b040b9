"""Numbers of rounds and cases to measure."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers of rounds and cases, and the folder for generated files."""

    folder: Path
    rounds: int
    short_cases: int = 5_500
    throughput_cases: int = 50_000
    pipe_cases: int = 20_000
    loop_cases: int = 50_000
    text_cases: int = 10_000
    page_cases: int = 10_000
    kit_size: int = 4_000
    scale: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)

    @property
    def cores(self) -> int:
        """The number of processors that this process may use."""
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1


def quick(folder: Path) -> Settings:
    """Returns settings for one round of small runs, which shows only large differences."""
    return Settings(
        folder,
        rounds=1,
        throughput_cases=10_000,
        pipe_cases=5_000,
        loop_cases=5_000,
        text_cases=2_000,
        kit_size=1_000,
        scale=(1_000, 10_000),
    )
