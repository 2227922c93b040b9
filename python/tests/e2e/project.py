"""A project in a temporary folder, and the real command run in it."""

from __future__ import annotations

import atexit
import contextlib
import copy
import dataclasses
import functools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from testingkit.conformance.record.event_log import read_events
from testingkit.conformance.report.json_run import JsonRun
from testingkit.conformance.v1.run_pb2 import Finding, Ledger, ParityTotals, RunEvent, RunFooter
from tests.e2e.forkserver import Command, ForkServer

HERE = Path(__file__).parent
SCRIPTS = HERE / "runners"
PYTHON_ROOT = HERE.parents[1]
REPOSITORY = PYTHON_ROOT.parent
GO_RUNNER = REPOSITORY / ".build/bin/testingkit-greeter"
COMMAND = str(Path(sys.executable).with_name("testingkit"))
_MARK = "TEST_OF_TESTINGKIT"  # marks the processes of a project
_ORPHANS_LIVE = 2.0  # seconds that a runner may outlive its coordinator
_TIMEOUT = 60.0  # of one command; a hang is a failure, not a wait
_READ_AT_START = ("PYTHON", "LC_", "LANG")  # variables that a fork would read too late

Process = Command | subprocess.Popen[str]


_HEAD_OF_MANY = """\
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Greet" }
"""
_ONE_OF_MANY = 'cases { name: "c%d" request { name: "%s" } expect { agree { reason: "many" } } }\n'


@dataclass(frozen=True)
class Result:
    """Exit code and output of a command."""

    exit: int
    out: str
    err: str

    @property
    def notes(self) -> str:
        """Standard error of a command that reads a run, without the line that names the run."""
        head, _, rest = self.err.partition("\n")
        assert head.startswith("run "), self.err
        return rest

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Project:
    """A folder with ``testingkit.toml``, written anew before every command."""

    folder: Path
    generated: Path
    protos: Sequence[str] = ("protos",)
    cases: Sequence[str] = ("cases",)
    runners: dict[str, dict[str, Any]] = field(default_factory=dict)
    limits: dict[str, Any] = field(default_factory=lambda: {"call_grace": "500ms"})
    load: dict[str, Any] = field(default_factory=dict)
    project: dict[str, Any] = field(default_factory=dict)
    forks: bool = True  # whether commands are forked, which is much faster than starting them

    def copy(self, folder: Path) -> Project:
        """Copies the project, with what its runs recorded, into an empty folder."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        runners, limits = copy.deepcopy(self.runners), dict(self.limits)
        return dataclasses.replace(self, folder=folder, runners=runners, limits=limits)

    def __post_init__(self) -> None:
        if self.suite.exists():
            return
        shutil.copytree(HERE / "protos", self.folder / "protos")
        (self.folder / "cases").mkdir()
        shutil.copy(HERE / "cases.textproto", self.suite)

    @property
    def suite(self) -> Path:
        """The case file."""
        return self.folder / "cases" / "greet.textproto"

    def write_many(self, total: int, *, triggers: Collection[int] = ()) -> None:
        """Writes a suite of cases ``c0``, ``c1``, ...; those in ``triggers`` greet ``trigger``."""
        names = ["trigger" if number in triggers else "Ada" for number in range(total)]
        cases = [_ONE_OF_MANY % (number, name) for number, name in enumerate(names)]
        self.suite.write_text(_HEAD_OF_MANY + "".join(cases))

    def add(self, name: str, script: str, *words: str, **entry: Any) -> None:
        """Adds a runner that is one of the scripts."""
        self.runners[name] = {"command": [sys.executable, str(SCRIPTS / script), *words], **entry}

    def add_greeter(self, name: str, *fault: str, **entry: Any) -> None:
        """Adds the runner in Go, correct or with one of its faults; in smoke tests its script."""
        if self.forks:
            self.runners[name] = {"command": [str(GO_RUNNER), *fault], **entry}
        else:
            self.add(name, "faulty.py" if fault else "greeter.py", *fault, **entry)

    def write_known(self, runner: str, text: str) -> None:
        """Writes the file of a runner's known divergences."""
        folder = self.folder / "cases" / "known_divergences"
        folder.mkdir(exist_ok=True)
        (folder / f"{runner}.textproto").write_text(f'runner: "{runner}"\n{text}')

    def start(self, *arguments: str, stdin: int = subprocess.DEVNULL, **variables: str) -> Process:
        """Starts the command, with some more variables in its environment."""
        self.write_config()
        if self.forks and not any(name.startswith(_READ_AT_START) for name in variables):
            environment = {**self.environment(), **variables}
            return _fork_server().start(arguments, self.folder, environment, stdin)
        return subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            env={**self.environment(), **variables},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, stdin: int = subprocess.DEVNULL, **variables: str) -> Result:
        """Runs the command to its end. Nothing that it prints may be a traceback."""
        with self.start(*arguments, stdin=stdin, **variables) as process:
            try:
                out, err = process.communicate(timeout=_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert "Traceback" not in err, err
        return Result(process.returncode, out, err)

    def environment(self) -> dict[str, str]:
        """Returns the environment of commands and scripts, without variables of a CI."""
        own = _own_environment()
        path = os.pathsep.join([str(self.generated), str(PYTHON_ROOT)])
        return {**own, "PYTHONPATH": path, "NO_COLOR": "1", _MARK: str(self.folder)}

    def orphans(self) -> Sequence[str]:
        """Returns the processes of commands and scripts that still run after a short wait."""
        deadline = time.monotonic() + _ORPHANS_LIVE
        while (left := self._processes()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return left

    def _processes(self) -> Sequence[str]:
        mark = f"{_MARK}={self.folder}".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append((process / "cmdline").read_text().replace("\0", " "))
        return found

    def events(self) -> Sequence[RunEvent]:
        """Returns the events of the last run. A log without a footer cannot be read."""
        last = self.folder / ".testingkit" / "runs" / "last"
        return list(read_events(last / "events.binpb"))

    def findings(self) -> Sequence[Finding]:
        """Returns the findings of the last run."""
        return [event.finding for event in self.events() if event.HasField("finding")]

    def footer(self) -> RunFooter:
        """Returns the footer of the last run."""
        return self.events()[-1].footer

    def as_json(self) -> Any:
        """Returns the last run in the form of ``run --json``, without running it again."""
        renderer = JsonRun()
        for event in self.events():
            renderer(event)
        return json.loads(renderer.text())

    def write_config(self) -> None:
        """Writes the configuration, as every command does before it starts."""
        lines = ["[project]", f"protos = {_toml(self.protos)}", f"cases = {_toml(self.cases)}"]
        lines += ['known_divergences = "cases/known_divergences"']
        lines += [f"{name} = {_toml(value)}" for name, value in self.project.items()]
        lines.append("[limits]")
        lines += [f"{name} = {_toml(value)}" for name, value in self.limits.items()]
        if self.load:
            lines.append("[load]")
            lines += [f"{name} = {_toml(value)}" for name, value in self.load.items()]
        for runner, entry in self.runners.items():
            lines.append(f"[runners.{runner}]")
            lines += [f"{name} = {_toml(value)}" for name, value in entry.items()]
        (self.folder / "testingkit.toml").write_text("\n".join([*lines, ""]))


@functools.cache
def _fork_server() -> ForkServer:
    """Starts the server that forks commands, once in a process that runs tests."""
    server = ForkServer({**_own_environment(), "PYTHONPATH": str(PYTHON_ROOT)})
    atexit.register(server.close)
    return server


def _own_environment() -> dict[str, str]:
    return {
        name: text
        for name, text in os.environ.items()
        if name != "CI" and not name.startswith("TESTINGKIT")
    }


def _toml(value: Any) -> str:
    """Returns a value as TOML, which writes texts, numbers and lists as JSON does."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(v)}" for key, v in value.items()) + "}"
    return json.dumps(value)


def assert_totals_add_up(footer: RunFooter) -> None:
    """Asserts that the columns of each runner, and of parity, add up to the planned calls."""
    for ledger in footer.ledgers:
        assert ledger.planned == _sum_of(ledger, "runner", "planned"), ledger
    assert footer.parity.cases == _sum_of(footer.parity, "cases"), footer.parity


def _sum_of(counts: Ledger | ParityTotals, *left_out: str) -> int:
    names = {f.name for f in counts.DESCRIPTOR.fields} - set(left_out)
    return sum(getattr(counts, name) for name in names)
