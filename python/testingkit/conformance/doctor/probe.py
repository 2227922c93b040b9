"""Starts a runner for checks, and keeps it running as long as they need it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import Note, failed
from testingkit.conformance.doctor.project_checks import LoadedProject
from testingkit.conformance.engine.ask import Target, ask
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.processes import Guardian, StartError, make_socket_folder
from testingkit.conformance.runners.transport import IncidentKind, RunnerSession
from testingkit.conformance.runners.transport.identity import Instance
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

# Enough to find the culprits among the few calls of one check: each needs up to three restarts.
_RESTARTS = 18
_ADVICE = {
    IncidentKind.BREACH: "see docs/contract.md for what a runner may send",
    IncidentKind.CRASH: "look for state that calls share",
    IncidentKind.HANG: "look for state that calls share",
}


def with_stderr(text: str, observation: Observation) -> str:
    """Returns a text about an observation, with the last lines of standard error if it has any."""
    kind = observation.WhichOneof("kind")
    stderr = getattr(observation, kind).stderr if kind in {"crash", "timeout"} else ""
    return f"{text}\n{stderr}" if stderr else text


class Probe:
    """A runner that is checked, and its state so far."""

    def __init__(self, config: RunnerConfig, loaded: LoadedProject, seed: str) -> None:
        self.config = dataclasses.replace(config, jobs=1)
        self.loaded = loaded
        self.limits = dataclasses.replace(loaded.project.config.limits, restarts=_RESTARTS)
        self.session: RunnerSession | None = None
        self.is_plain = False
        self.description = DescribeResponse()
        self.methods: Sequence[str] = ()  # that it serves, as far as known
        self.incident_notes: list[Note] = []  # on incidents that belong to no call
        self.instance: Instance | None = None  # of the first start; None before
        self._seed = seed
        self._guardian: Guardian | None = None

    @property
    def is_remote(self) -> bool:
        """Whether it is started and stopped elsewhere."""
        return not self.config.command

    async def start(self) -> RunnerSession:
        """Starts a new process, and kills the old one before.

        Raises:
            StartError: The runner did not start.
        """
        await self.close()
        # A guardian for each process: its folder of sockets and output is new.
        self._guardian = Guardian(make_socket_folder())
        session = RunnerSession(
            self.config,
            self.loaded.project.config.root,
            self.limits,
            self._guardian,
            self._guardian.folder,
            self._seed,
        )
        self.session = session
        try:
            await session.start()
        except StartError:
            await self.close()
            raise
        self.is_plain, self.description = session.is_plain, session.description
        self.instance = self.instance or session.instances[self.config.name]
        self.methods = self.methods or session.description.methods
        return session

    async def running_session(self) -> RunnerSession:
        """Returns the session of a running process; starts one if the last has ended.

        Raises:
            StartError: The runner did not start again.
        """
        if self.session is None or self.session.process.has_exited:
            return await self.start()
        return self.session

    async def ask(self, calls: Sequence[Call]) -> Mapping[int, Observation]:
        """Makes calls and returns the observation of each, by its id.

        Raises:
            StartError: The runner did not start again.
        """
        session = await self.running_session()
        (observed,) = await ask([Target(session)], calls)
        for incident in session.take_incidents():
            self.incident_notes.append(failed(incident.text, _ADVICE[incident.kind]))
        return observed

    async def close(self) -> None:
        """Kills the process, if it runs."""
        session, self.session = self.session, None
        guardian, self._guardian = self._guardian, None
        try:
            if session is not None:
                await session.kill()
        finally:
            if guardian is not None:
                guardian.close()
