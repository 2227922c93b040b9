"""One runner under examination: a process of it that lives when it is needed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.doctor.check_results import Note, failed
from testingkit.conformance.doctor.project_checks import LoadedProject
from testingkit.conformance.engine.ask import Target, ask
from testingkit.conformance.plan.calls import Call
from testingkit.conformance.runners.processes import Guardian, StartError
from testingkit.conformance.runners.transport import IncidentKind, RunnerSession
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

# Enough to find the culprits among the few calls that one check makes: each takes up to three.
_RESTARTS = 18
_ADVICE = {
    IncidentKind.BREACH: "see docs/contract.md for what a runner may send",
    IncidentKind.CRASH: "look for state that calls share",
    IncidentKind.HANG: "look for state that calls share",
}


def with_stderr(text: str, observation: Observation) -> str:
    """A text about an observation, followed by the last of standard error where there is some."""
    kind = observation.WhichOneof("kind")
    stderr = getattr(observation, kind).stderr if kind in {"crash", "timeout"} else ""
    return f"{text}\n{stderr}" if stderr else text


class Probe:
    """A runner, and what was seen of it so far."""

    def __init__(self, config: RunnerConfig, loaded: LoadedProject, seed: str) -> None:
        self.config = dataclasses.replace(config, jobs=1)
        self.loaded = loaded
        self.limits = dataclasses.replace(loaded.project.config.limits, restarts=_RESTARTS)
        self.session: RunnerSession | None = None
        self.is_plain = False
        self.description = DescribeResponse()
        self.methods: Sequence[str] = ()  # that it serves, as far as that is known
        self.incident_notes: list[Note] = []  # of what belongs to no call
        self._seed = seed
        self._guardian: Guardian | None = None

    @property
    def is_remote(self) -> bool:
        """Whether others start and end it."""
        return not self.config.command

    async def start(self) -> RunnerSession:
        """Starts a fresh process, after the one that there may be was killed.

        Raises:
            StartError: It cannot take part.
        """
        await self.close()
        # A guardian each: a folder of sockets and output in which no process was before.
        self._guardian = Guardian()
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
        self.methods = self.methods or session.description.methods
        return session

    async def running_session(self) -> RunnerSession:
        """Returns the session of a process that lives; starts one where the last has died.

        Raises:
            StartError: It does not start again.
        """
        if self.session is None or self.session.process.has_exited:
            return await self.start()
        return self.session

    async def ask(self, calls: Sequence[Call]) -> Mapping[int, Observation]:
        """Makes calls and returns what came of each, by its id.

        Raises:
            StartError: It does not start again.
        """
        session = await self.running_session()
        (observed,) = await ask([Target(session)], calls)
        for incident in session.take_incidents():
            self.incident_notes.append(failed(incident.text, _ADVICE[incident.kind]))
        return observed

    async def close(self) -> None:
        """Kills the process that there is."""
        session, self.session = self.session, None
        guardian, self._guardian = self._guardian, None
        try:
            if session is not None:
                await session.kill()
        finally:
            if guardian is not None:
                guardian.close()
