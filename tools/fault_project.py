"""The project of `make faults`: writes its files, runs it, and finds processes left behind."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fault_table import CONFIGURATIONS, FAULTS, GRACE, MIXED, RUNNERS
from testingkit.conformance.record.event_log import FILE_NAME, read_events
from testingkit.conformance.record.run_log import RunRecord
from testingkit.conformance.v1.run_pb2 import RunFooter

ROOT = Path(__file__).resolve().parents[1]
_PYTHON = sys.executable
_COMMAND = str(Path(_PYTHON).with_name("testingkit"))
COMMANDS: Mapping[str, Sequence[str]] = {
    "python": [_PYTHON, "-m", "testingkit.kit_runner"],
    "rust": [str(ROOT / "rust/target/debug/testingkit-kit-runner")],
    "go": [str(ROOT / ".build/bin/testingkit-kit-go")],
    "stock": [_PYTHON, str(ROOT / "tools/stock_server.py"), "{address}"],
}
_MARK = "TESTINGKIT_FAULTS_RUN"  # in the environment of every process of a run
_TIMEOUT = 300.0  # seconds of one run
NEIGHBOURS = 40  # calls around a fault: half of them before it, half after it
FAULT_NUMBER = NEIGHBOURS // 2
_SUITE = """\
name: "{name}"
service: "testingkit.kit.v1.FaultService"
defaults {{ method: "Inject" }}
"""
_CASE = """\
cases {{
  name: "{number}"
  request {{ fault: FAULT_{fault} number: {number} {fields} }}
  expect {{ response {{ number: {number} }} }}
}}
"""


class RunError(Exception):
    """A run did not end, or its log is not complete."""


@dataclass(frozen=True)
class Run:
    """One run of the command that ended."""

    exit: int
    record: RunRecord
    footer: RunFooter
    seconds: float
    left: Sequence[str]  # commands of processes that still run after it
    stderr: str


class Project:
    """A folder with a suite for every fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "cases").mkdir(parents=True)
        for name, (deadline, memory_limits) in CONFIGURATIONS.items():
            self._write(name, _configuration(deadline, memory_limits))
        for name, fault in FAULTS.items():
            places = {FAULT_NUMBER: fault.name or name}
            fields = f"millis: {fault.millis} bytes: {fault.bytes}"
            self._write_suite(name, NEIGHBOURS + 1, places, fields)
        self._write_suite("mixed", MIXED.cases, MIXED.faults)
        self._write_suite("plain", MIXED.cases, {})

    def run(self, suite: str, *options: str) -> Run:
        """Runs a suite with the real command.

        Raises:
            RunError: It did not end, or its log is not complete.
        """
        mark = secrets.token_hex(8)
        before = self._latest()
        started = time.monotonic()
        try:
            done = subprocess.run(
                [_COMMAND, "run", f"cases/{suite}.textproto", "--quiet", *options],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT / "python"), _MARK: mark},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RunError(f"the run of {suite} did not end within {_TIMEOUT:g} s") from error
        seconds = time.monotonic() - started
        left = list(_marked(mark))
        log = self._latest()
        if log == before:
            raise RunError(f"{suite} was not run: exit code {done.returncode}: {done.stderr}")
        record = RunRecord()
        for event in read_events(log / FILE_NAME):
            record.add(event)
        if record.footer is None:
            raise RunError(f"the run of {suite} has no footer: {done.stderr}")
        return Run(done.returncode, record, record.footer, seconds, left, done.stderr)

    def _latest(self) -> Path:
        """Returns the folder of the last run, or the path of the link before the first run."""
        return (self.folder / ".testingkit/runs/last").resolve()

    def _write_suite(
        self, name: str, cases: int, faults: Mapping[int, str], fields: str = ""
    ) -> None:
        text = _SUITE.format(name=name)
        for number in range(cases):
            fault = faults.get(number, "return")
            given = fields if number in faults else ""
            text += _CASE.format(number=number, fault=fault.upper(), fields=given)
        self._write(f"cases/{name}.textproto", text)

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


def _configuration(deadline: float, memory_limits: Mapping[str, str]) -> str:
    protos = [str(ROOT / "proto"), str(ROOT / "third_party/proto")]
    lines = ["[project]", 'name = "faults"', 'cases = ["cases"]', f"protos = {json.dumps(protos)}"]
    lines += ["[limits]", f'call_timeout = "{deadline:g}s"', f'call_grace = "{GRACE:g}s"']
    for runner in RUNNERS:
        lines += [f"[runners.{runner}]", f"command = {json.dumps(COMMANDS[runner])}"]
        if limit := memory_limits.get(runner):
            lines.append(f'memory_limit = "{limit}"')
    return "\n".join([*lines, ""])


def _marked(mark: str) -> Iterator[str]:
    """Yields the commands of all processes with the mark in their environment."""
    wanted = f"{_MARK}={mark}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
                yield b" ".join(words).decode("utf-8", "replace")
        except OSError:  # It has just ended, or belongs to another user.
            continue
