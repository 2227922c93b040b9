"""Runs the real command and returns its time, memory and result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.environment import environment
from benchmark.errors import BenchError
from benchmark.work import ROOT
from testingkit.conformance.record.event_log import FILE_NAME
from testingkit.conformance.v1.run_pb2 import (
    DECISION_CONFORMANT,
    RunEvent,
    RunFooter,
    RunnerReady,
)

_COMMAND = [str(Path(sys.executable).parent / "testingkit")]
_ENVIRONMENT = environment({"PYTHONPATH": str(ROOT / "python")})
_LAST = Path(".testingkit/runs/last") / FILE_NAME
_SAMPLE_SECONDS = 0.01
_READY = RunEvent.DESCRIPTOR.fields_by_name["runner_ready"].number << 3 | 2  # its first byte


@dataclass(frozen=True, slots=True)
class Run:
    """One run of ``testingkit run``."""

    seconds: float  # from shell prompt to shell prompt
    running: float  # the part from the start of the slowest runner to the decision
    cases: int
    verdicts: int
    peak_mebibytes: float  # of the coordinator alone
    cpu: float  # seconds of the coordinator alone


def run(folder: Path, *arguments: str) -> Run:
    """Runs the cases of a project.

    Raises:
        BenchError: The run was not conformant, so its time means nothing.
    """
    seconds, process = _timed([*_COMMAND, "run", *arguments], folder)
    log = (folder / _LAST).resolve()
    ready, footer = _read_ends(log)
    if folder != ROOT:  # The runs of the repository belong to its user.
        shutil.rmtree(log.parent)
    if footer.decision != DECISION_CONFORMANT:
        raise BenchError(f"{folder}: {'; '.join(footer.reasons)}")
    started = max(runner.start_nanos for runner in ready)
    return Run(
        seconds=seconds,
        running=(footer.wall_nanos - started) / 1e9,
        cases=footer.parity.cases,
        verdicts=sum(ledger.passed + ledger.known for ledger in footer.ledgers),
        peak_mebibytes=process.peak_mebibytes,
        cpu=process.cpu,
    )


def timed(folder: Path, *arguments: str) -> float:
    """Returns the seconds of any ``testingkit`` command, from start to exit."""
    return _timed([*_COMMAND, *arguments], folder)[0]


def output(folder: Path, *arguments: str) -> str:
    """Returns what a ``testingkit`` command prints."""
    done = subprocess.run(
        [*_COMMAND, *arguments],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env=_ENVIRONMENT,
    )
    return done.stdout


def _timed(command: Sequence[str], folder: Path) -> tuple[float, _Watch]:
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=_ENVIRONMENT,
    )
    with _Watch(process.pid) as watch:
        try:
            printed, _ = process.communicate()
        except BaseException:
            process.terminate()  # It ends its runners too.
            process.wait()
            raise
        seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise BenchError(
            f"{' '.join(command)} in {folder}: exit code {process.returncode}\n{printed}"
        )
    return seconds, watch


class _Watch:
    """Measures memory and processor time of one process, without its children, until it ends.

    The kernel keeps the peak, so only growth after the last sample is missed. Without /proc both
    figures stay 0.
    """

    def __init__(self, pid: int) -> None:
        self.peak_mebibytes = 0.0
        self.cpu = 0.0
        self._folder = Path("/proc") / str(pid)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample_repeatedly)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()

    def _sample_repeatedly(self) -> None:
        while not self._stopped.wait(_SAMPLE_SECONDS):
            try:
                self._sample()
            except (OSError, StopIteration):  # The process has ended or is ending.
                return

    def _sample(self) -> None:
        status = (self._folder / "status").read_text(encoding="utf-8")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        self.peak_mebibytes = int(peak.split()[1]) / 1024
        # The name may contain anything. Behind it, the 12th and 13th field are the times.
        fields = (self._folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        self.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read_ends(log: Path) -> tuple[Sequence[RunnerReady], RunFooter]:
    """Returns the starts of the runners and the footer of a log.

    Other events are skipped, because parsing a million events takes longer than writing them.
    """
    data = log.read_bytes()
    ready: list[RunnerReady] = []
    position, event = 0, b""
    while position < len(data):
        size, position = _varint(data, position)
        event, position = data[position : position + size], position + size
        if event[0] == _READY:
            ready.append(RunEvent.FromString(event).runner_ready)
    return ready, RunEvent.FromString(event).footer


def _varint(data: bytes, position: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, position
        shift += 7
