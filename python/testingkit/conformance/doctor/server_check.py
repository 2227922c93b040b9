"""Checks that every runner is a server of its own."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.doctor.check_results import CheckResult, failed
from testingkit.conformance.doctor.probe import Probe
from testingkit.conformance.exit_codes import ExitCode
from testingkit.conformance.runners.transport.identity import Instance, find_same_server


class ServerCheck:
    """Compares every runner with those before it, after the other checks of both."""

    def __init__(self) -> None:
        self._servers: dict[str, Instance] = {}

    async def check(self, probe: Probe) -> Sequence[CheckResult]:
        """Returns a failure if a runner is the server of one before it.

        A plain server that was started for the checks has ended, and was no other's.
        """
        instance = probe.instance
        if instance is None or not (instance.id or probe.is_remote):
            return []
        name = probe.config.name
        same = await find_same_server({**self._servers, name: instance})
        if same is None:
            self._servers[name] = instance
            return []
        note = failed(str(same), "give every runner a server of its own")
        return [CheckResult(name, "server", note, ExitCode.USAGE)]
