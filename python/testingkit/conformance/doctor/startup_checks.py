"""Whether a runner is there at all, and what it says it is."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from testingkit import __version__
from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import Note, failed, ok, skipped, warning
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.runners.processes import SilenceError, StartError, program_path
from testingkit.conformance.runners.transport import PROTOCOL_VERSION, ProtocolVersionError
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

_SLOW = 0.5  # of limits.start_timeout
_SAID = ("version", "language", "runtime", "name")  # the first is the most missed


async def check_command(probe: Probe) -> Sequence[Note]:
    """Looks for the program before anything is started."""
    if probe.is_remote:
        return [skipped(f"nothing to start: it is to run at {probe.config.address} already")]
    return [assess_command(probe.config, probe.loaded.project.config.root)]


def assess_command(config: RunnerConfig, root: Path) -> Note:
    """Says which program a command starts, or why there is none."""
    key = f"runners.{config.name}"
    cwd = root / config.cwd
    if not cwd.is_dir():
        return failed(f"there is no folder {cwd}", f"correct {key}.cwd")
    program = program_path(config.command[0], root)
    found = shutil.which(program, path=config.env.get("PATH"))
    if found is not None:
        shown = found if os.sep not in config.command[0] else config.command[0]
        return ok(shlex.join([shown, *config.command[1:]]))
    if os.sep not in program:
        return failed(f"{program} is not found on PATH", f"install it, or correct {key}.command")
    what = "cannot be executed" if Path(program).exists() else "does not exist"
    return failed(f"{program} {what}", f"build it, or correct {key}.command")


async def check_start(probe: Probe) -> Sequence[Note]:
    """Starts it and asks what it is."""
    try:
        session = await probe.start()
    except StartError as error:
        return [failed(str(error), _how_to_start(error, probe.config))]
    if probe.is_remote:
        return [ok(f"answers at {probe.config.address}")]
    return [assess_start(session.start_nanos / 1e9, probe.limits.start_timeout)]


def assess_start(seconds: float, limit: float) -> Note:
    """Says how long a start took: one that takes most of its time will fail on a busy machine."""
    text = f"ready in {seconds:.2f} s; the limit is {limit:g} s"
    if seconds > _SLOW * limit:
        return warning(text, "raise limits.start_timeout, or do less at the start")
    return ok(text)


def _how_to_start(error: StartError, config: RunnerConfig) -> str:
    if isinstance(error, ProtocolVersionError):
        return "build the runner with an SDK of this version"
    if not config.command:
        return f"start it, or correct runners.{config.name}.address"
    if isinstance(error, SilenceError):
        return (
            "listen on TESTINGKIT_RUNNER_ADDRESS, or put {port} or {address} into the command; "
            "a runner that is slow needs more of limits.start_timeout"
        )
    return f"make it start by hand: {shlex.join(config.command)}"


async def check_versions(probe: Probe) -> Sequence[Note]:
    """Looks at what it says it is: reports, and what goldens came from, are told by it."""
    if probe.is_plain:
        return [ok("a plain gRPC server, which has no way to say its version")]
    return assess_description(probe.description)


def assess_description(said: DescribeResponse) -> Sequence[Note]:
    """Says what a runner is, and what it leaves out of that."""
    notes = [
        warning(f"says no {name}", f"set {name} in Describe: reports are told apart by it")
        for name in _SAID
        if not getattr(said, name)
    ]
    sdk = f"SDK {said.sdk_version}" if said.sdk_version else "no SDK named"
    if said.sdk_version and said.sdk_version != __version__:
        sdk += f" (this TestingKit is {__version__})"
    name = " ".join(word for word in (said.name, said.version) if word)
    kind = ", ".join(word for word in (said.language, said.runtime) if word)
    parts = [part for part in (name, kind, sdk, f"protocol {PROTOCOL_VERSION}") if part]
    return notes or [ok(" · ".join(parts))]
