"""Checks the command of a runner, its start, and its description."""

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

_SLOW = 0.5  # share of limits.start_timeout
_DESCRIBED = ("version", "language", "runtime", "name")  # the most important first


async def check_command(probe: Probe) -> Sequence[Note]:
    """Looks for the program, without starting it."""
    if probe.is_remote:
        return [skipped(f"nothing to start: it must already run at {probe.config.address}")]
    return [assess_command(probe.config, probe.loaded.project.config.root)]


def assess_command(config: RunnerConfig, root: Path) -> Note:
    """Returns the note on the program of a command."""
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
    problem = "cannot be executed" if Path(program).exists() else "does not exist"
    return failed(f"{program} {problem}", f"build it, or correct {key}.command")


async def check_start(probe: Probe) -> Sequence[Note]:
    """Starts it, and calls Describe."""
    try:
        session = await probe.start()
    except StartError as error:
        return [failed(str(error), _how_to_start(error, probe.config))]
    if probe.is_remote:
        return [ok(f"answers at {probe.config.address}")]
    return [assess_start(session.start_nanos / 1e9, probe.limits.start_timeout)]


def assess_start(seconds: float, limit: float) -> Note:
    """Returns the note on the time of a start; a slow one fails on a busy machine."""
    text = f"ready in {seconds:.2f} s; the limit is {limit:g} s"
    if seconds > _SLOW * limit:
        return warning(text, "raise limits.start_timeout, or do less at start")
    return ok(text)


def _how_to_start(error: StartError, config: RunnerConfig) -> str:
    if isinstance(error, ProtocolVersionError):
        return "build the runner with an SDK of this version"
    if not config.command:
        return f"start it, or correct runners.{config.name}.address"
    if isinstance(error, SilenceError):
        return (
            "listen on TESTINGKIT_RUNNER_ADDRESS, or put {port} or {address} into the command; "
            "for a slow runner raise limits.start_timeout"
        )
    return f"run it by hand, and fix the error: {shlex.join(config.command)}"


async def check_versions(probe: Probe) -> Sequence[Note]:
    """Checks its name, version, language and runtime, which reports and goldens show."""
    if probe.is_plain:
        return [ok("a plain gRPC server, which cannot report a version")]
    return assess_description(probe.description)


def assess_description(description: DescribeResponse) -> Sequence[Note]:
    """Returns the notes on a description: its parts, or those that are missing."""
    notes = [
        warning(f"Describe has no {name}", f"set {name} in Describe: reports show it")
        for name in _DESCRIBED
        if not getattr(description, name)
    ]
    sdk = f"SDK {description.sdk_version}" if description.sdk_version else "no SDK named"
    if description.sdk_version and description.sdk_version != __version__:
        sdk += f" (this TestingKit is {__version__})"
    name = " ".join(word for word in (description.name, description.version) if word)
    kind = ", ".join(word for word in (description.language, description.runtime) if word)
    parts = [part for part in (name, kind, sdk, f"protocol {PROTOCOL_VERSION}") if part]
    return notes or [ok(" · ".join(parts))]
