"""Checks the runners themselves: whether they started, and which methods they declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from testingkit.conformance.engine.called_methods import CalledMethods
from testingkit.conformance.engine.runner_pool import (
    Described,
    declared_methods,
    foreign_methods,
    method_problems,
)
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.runners.transport import Incident, IncidentKind
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1 import run_pb2

_FOREIGN = "declares methods of packages that the protos do not have"
_FOREIGN_ADVICE = "if they do not belong to another project, look for a wrong name in Describe"
_LOOK = "look for state that calls share; read the runner's log"
# The kind of finding of every kind of incident, and the advice.
INCIDENTS = {
    IncidentKind.BREACH: (
        run_pb2.FINDING_KIND_PROTOCOL,
        "see docs/contract.md for what a runner may send",
    ),
    IncidentKind.CRASH: (run_pb2.FINDING_KIND_CRASH, _LOOK),
    IncidentKind.HANG: (run_pb2.FINDING_KIND_TIMEOUT, _LOOK),
}


class CheckedRunner(Described, Protocol):
    """A runner that is checked."""

    def take_incidents(self) -> Sequence[Incident]:
        """Returns the incidents since the last call of this method."""


class CheckedRunners(Protocol):
    """The runners of a live or a recorded run."""

    @property
    def sessions(self) -> Sequence[CheckedRunner]:
        """All runners, in order."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Why runners did not start, by their names."""

    def has_started(self, name: str) -> bool:
        """Returns whether a runner has started."""


class RunnerChecks:
    """Adds the problems of the runners themselves to the findings of a run."""

    def __init__(
        self, findings: FindingBook, runners: CheckedRunners, schema: Schema, config: str
    ) -> None:
        """``config`` is the path of the configuration, as it is shown."""
        self._findings = findings
        self._runners = runners
        self._schema = schema
        self._config = config

    def note_absent(self, index: int) -> None:
        """Adds a finding if a runner did not start."""
        name = self._runners.sessions[index].config.name
        if problem := self._runners.problems.get(name):
            advice = f"testingkit doctor -r {name}; {self._config}, [runners.{name}]"
            self._findings.add_absent(index, f"{name} did not start: {problem}", advice)

    def note_incidents(self) -> None:
        """Adds the incidents of all runners to the findings."""
        for index, session in enumerate(self._runners.sessions):
            for incident in session.take_incidents():
                kind, advice = INCIDENTS[incident.kind]
                text = f"{session.config.name}: {incident.text}"
                self._findings.add_runner(kind, index, text, advice)

    def check(self, called: CalledMethods) -> None:
        """Checks the methods that runners declare against the protos and the configuration.

        Args:
            called: The methods that the cases of the run call.
        """
        for index, session in enumerate(self._runners.sessions):
            if self._runners.has_started(session.config.name):
                self._check_declaration(index, session)
                self._check_methods(index, session, called)

    def _check_declaration(self, index: int, session: CheckedRunner) -> None:
        kind, advice = INCIDENTS[IncidentKind.BREACH]
        for text in method_problems(session, self._schema):
            self._findings.add_runner(kind, index, f"{session.config.name}: {text}", advice)
        if foreign := foreign_methods(session, self._schema):
            text = f"{session.config.name}: {_FOREIGN}: {format_list(foreign)}"
            self._findings.add_runner(kind, index, text, _FOREIGN_ADVICE, gated=False)

    def _check_methods(self, index: int, session: CheckedRunner, called: CalledMethods) -> None:
        """Adds methods that a runner does not serve, and entries for those that it does serve.

        What a runner declares is not enough: a generated base class answers UNIMPLEMENTED to the
        methods that it is not extended by, and a plain server may declare nothing.
        """
        config, declared = session.config, declared_methods(session, self._schema)
        for method in sorted(called.names):
            is_declared = method in declared
            is_refused = called.is_unsupported(index, method)
            if config.is_unsupported(method):
                if called.is_served(index, method):
                    self._add_stale(index, config.name, method)
            elif not is_declared or is_refused:
                self._add_unserved(index, config.name, method, is_refused=is_declared)

    def _add_unserved(self, index: int, name: str, method: str, *, is_refused: bool) -> None:
        why = ": it answers UNIMPLEMENTED, and no handler gave this answer" if is_refused else ""
        text = f"{name} does not serve {method}{why}"
        advice = f"serve it, or list it under runners.{name}.unsupported"
        self._findings.add_runner(run_pb2.FINDING_KIND_FAILURE, index, text, advice)

    def _add_stale(self, index: int, name: str, method: str) -> None:
        text = f"{name} serves {method}, which the configuration calls unsupported"
        advice = f"remove it from runners.{name}.unsupported"
        self._findings.add_runner(run_pb2.FINDING_KIND_STALE, index, text, advice)
