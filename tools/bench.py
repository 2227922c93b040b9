"""Measures `testingkit run` on this repository's own cases: three runs, and the medians.

Run by ``make bench`` from the root. The numbers of cases and runners are those of the event log.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.eventlog import FILE_NAME, read_events

RUNS = 3
COMMAND = [str(Path(sys.executable).parent / "testingkit"), "run"]


@dataclass(frozen=True)
class Measurement:
    """One run: how long it took from start to end, and what it did."""

    seconds: float
    cases: int
    runners: int

    def __str__(self) -> str:
        return (
            f"{self.seconds:6.2f} s  {self.cases / self.seconds:8.0f} cases/s  "
            f"{self.cases * self.runners / self.seconds:8.0f} answers/s"
        )


def measure() -> Measurement:
    """Run once. A run that is not conformant is no measurement."""
    start = time.perf_counter()
    subprocess.run(COMMAND, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    log = max(Path(".testingkit").rglob(FILE_NAME), key=lambda path: path.stat().st_mtime_ns)
    header = next(read_events(log)).header
    return Measurement(seconds, header.cases, len(header.runners))


def median(measurements: list[Measurement]) -> Measurement:
    """Give the run in the middle by time."""
    middle = statistics.median_low(measurement.seconds for measurement in measurements)
    return next(measurement for measurement in measurements if measurement.seconds == middle)


def main() -> None:
    """Measure and print."""
    measurements = []
    for number in range(1, RUNS + 1):
        measurements.append(measure())
        print(f"run {number}   {measurements[-1]}")
    chosen = median(measurements)
    print(f"median  {chosen}   {chosen.cases} cases, {chosen.runners} runners")


if __name__ == "__main__":
    main()
