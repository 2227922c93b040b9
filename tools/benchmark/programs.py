"""The programs that are measured: commands, folders and environments."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from benchmark.environment import environment
from benchmark.errors import BenchError
from benchmark.work import ROOT

_SDK = str(ROOT / "python")
_BASELINES = str(ROOT / "bench/baselines.py")


@dataclass(frozen=True, slots=True)
class Program:
    """The commands of one runner: the runner, its baselines, and the benchmark of its SDK."""

    name: str
    runner: Sequence[str]
    baselines: Sequence[str]  # takes `loop FILE`, `pipe` or `echo SOCKET`
    dispatch: Sequence[str]
    folder: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def started(self, *mode: str) -> Iterator[subprocess.Popen[bytes]]:
        """Starts a baseline with pipes, and ends it with the context."""
        with self._started([*self.baselines, *mode], {}) as process:
            yield process

    @contextmanager
    def serving(self, address: str) -> Iterator[subprocess.Popen[bytes]]:
        """Starts the runner at an address, and ends it with the context."""
        with self._started(self.runner, {"TESTINGKIT_RUNNER_ADDRESS": address}) as process:
            yield process

    @contextmanager
    def _started(
        self, command: Sequence[str], more: Mapping[str, str]
    ) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self.folder,
            env=environment({**self.environment, **more}),
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def run_baseline(self, *mode: str) -> str:
        """Returns what a baseline prints that ends by itself."""
        return self._run([*self.baselines, *mode])

    def run_dispatch(self) -> str:
        """Returns what the benchmark of the SDK prints."""
        return self._run(self.dispatch)

    def _run(self, command: Sequence[str]) -> str:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment(self.environment),
        )
        if done.returncode != 0:
            raise BenchError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr}")
        return done.stdout


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Returns standard input and output of a started baseline."""
    if process.stdin is None or process.stdout is None:
        raise BenchError("a baseline was started without pipes")
    return process.stdin, process.stdout


def _python(name: str, *paths: str) -> Program:
    folder = ROOT / "bench" / name
    search = [_SDK, *(str(folder / path) for path in paths)]
    return Program(
        name,
        runner=[sys.executable, str(folder / "adapter.py")],
        baselines=[sys.executable, _BASELINES],
        dispatch=[sys.executable, _BASELINES, "dispatch"],
        folder=folder,
        environment={"PYTHONPATH": os.pathsep.join(search)},
    )


PYTHON = _python("python", ".", "generated")
BETTERPROTO = _python("betterproto", ".")
_RUST = str(ROOT / "rust/target/release/testingkit-bench-runner")
RUST = Program(
    "rust",
    runner=[_RUST],
    baselines=[_RUST],
    dispatch=[str(ROOT / "rust/target/release/testingkit-bench-dispatch")],
)
_GO = str(ROOT / ".build/bin/testingkit-bench-go")
GO = Program(
    "go",
    runner=[_GO],
    baselines=[_GO],
    dispatch=[
        str(ROOT / ".build/bin/testingkit-bench-go-sdk"),
        *("-test.run", "^$", "-test.bench", "^BenchmarkCall$", "-test.benchtime", "300000x"),
    ],
)
THREE = (PYTHON, RUST, GO)
EVERY = (*THREE, BETTERPROTO)


def _kit(name: str, *command: str) -> Program:
    return Program(
        name, runner=command, baselines=(), dispatch=(), environment={"PYTHONPATH": _SDK}
    )


KITS = {
    "python": _kit("python", sys.executable, "-m", "testingkit.kit_runner"),
    "rust": _kit("rust", str(ROOT / "rust/target/debug/testingkit-kit-runner")),
    "go": _kit("go", str(ROOT / ".build/bin/testingkit-kit-go")),
}
