"""What there is to find about runners as such: whether they take part, and what they serve."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from testingkit.conformance.engine.runner_pool import (
    Described,
    declared_methods,
    false_claims,
    is_excused,
)
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.runners.transport import Incident, IncidentKind
from testingkit.conformance.v1 import run_pb2

_LOOK = "look for state that calls share, and at the runner's log"
# The finding that an incident is, and what to do about it.
INCIDENTS = {
    IncidentKind.BREACH: (
        run_pb2.FINDING_KIND_PROTOCOL,
        "see docs/contract.md for what a runner may send",
    ),
    IncidentKind.CRASH: (run_pb2.FINDING_KIND_CRASH, _LOOK),
    IncidentKind.HANG: (run_pb2.FINDING_KIND_TIMEOUT, _LOOK),
}


class Party(Described, Protocol):
    """A runner that takes part, or should."""

    def take_incidents(self) -> Sequence[Incident]:
        """Returns what it did beside its answers, since the last time."""


class Parties(Protocol):
    """The runners of a run, whether they are there or were recorded."""

    @property
    def sessions(self) -> Sequence[Party]:
        """All of them, in order."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Why those that do not take part do not, by their names."""

    def has_started(self, name: str) -> bool:
        """Whether a runner has started, and takes part."""


class RunnerChecks:
    """Adds to the findings of a run what there is to say of its runners."""

    def __init__(
        self, findings: FindingBook, runners: Parties, schema: Schema, config: str
    ) -> None:
        """``config`` is the path of the configuration, as shown to people."""
        self._findings = findings
        self._runners = runners
        self._schema = schema
        self._config = config

    def note_absent(self, index: int) -> None:
        """Notes a runner that did not start; all others are left alone."""
        name = self._runners.sessions[index].config.name
        if problem := self._runners.problems.get(name):
            advice = f"testingkit doctor -r {name}; {self._config}, [runners.{name}]"
            self._findings.add_absent(index, f"{name} did not start: {problem}", advice)

    def note_incidents(self) -> None:
        """Notes what runners did beside their answers."""
        for index, session in enumerate(self._runners.sessions):
            for incident in session.take_incidents():
                kind, advice = INCIDENTS[incident.kind]
                text = f"{session.config.name}: {incident.text}"
                self._findings.add_runner(kind, index, text, advice)

    def check(self, called: Collection[str]) -> None:
        """Checks what runners say they serve: it must exist, and be what the configuration says.

        Args:
            called: The methods that the cases of the run call.
        """
        for index, session in enumerate(self._runners.sessions):
            if self._runners.has_started(session.config.name):
                self._check_claims(index, session)
                self._check_methods(index, session, called)

    def _check_claims(self, index: int, session: Party) -> None:
        kind, advice = INCIDENTS[IncidentKind.BREACH]
        for text in false_claims(session, self._schema):
            self._findings.add_runner(kind, index, f"{session.config.name}: {text}", advice)

    def _check_methods(self, index: int, session: Party, called: Collection[str]) -> None:
        config, served = session.config, declared_methods(session, self._schema)
        for method in sorted(called):
            if method not in served and not is_excused(config, method):
                text = f"{config.name} does not serve {method}"
                advice = f"serve it, or list it under runners.{config.name}.unsupported"
                self._findings.add_runner(run_pb2.FINDING_KIND_FAILURE, index, text, advice)
            elif method in served and is_excused(config, method):
                text = f"{config.name} serves {method}, which the configuration says it does not"
                advice = f"remove it from runners.{config.name}.unsupported"
                self._findings.add_runner(run_pb2.FINDING_KIND_STALE, index, text, advice)
