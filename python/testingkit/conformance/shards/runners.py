"""The runners of a merged run, as the logs of its shards say they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.runner_checks import INCIDENTS
from testingkit.conformance.engine.runner_pool import UNREADY, method_problems
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.runners.transport import Incident
from testingkit.conformance.shards.log import ShardLog
from testingkit.conformance.text.escape import shorten
from testingkit.conformance.v1.run_pb2 import Finding, RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

_MAX_TEXT = 100  # characters of what one runner says
_KINDS = {finding: kind for kind, (finding, _) in INCIDENTS.items()}


@dataclass(slots=True)
class ShardRunner:
    """One runner, which every shard started for itself.

    Attributes:
        config: What the configuration says of it.
        ready: How it started: well, where it did in any shard.
        absent: Why it did not start, by the shard; only where it started in another.
    """

    config: RunnerConfig
    ready: RunnerReady
    absent: Mapping[str, str] = field(default_factory=dict)
    incidents: Sequence[Incident] = ()

    @property
    def description(self) -> DescribeResponse:
        """What it said of itself."""
        return self.ready.description

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain gRPC server."""
        return self.ready.plain_server

    def take_incidents(self) -> Sequence[Incident]:
        """Returns what it did beside its answers."""
        found, self.incidents = self.incidents, ()
        return found


class ShardRunners:
    """The runners of all shards of a run."""

    def __init__(
        self, configs: Sequence[RunnerConfig], logs: Sequence[ShardLog], schema: Schema
    ) -> None:
        """Takes the logs of all shards, in order.

        Raises:
            UsageError: A runner is another in one of them than in the others.
        """
        self.sessions = [_runner(index, config, logs) for index, config in enumerate(configs)]
        self.problems = {
            runner.config.name: runner.ready.problem
            for runner in self.sessions
            if runner.ready.problem not in ("", UNREADY)
        }
        for index, runner in enumerate(self.sessions):
            runner.incidents = _incidents(index, runner, logs, schema)

    def has_started(self, name: str) -> bool:
        """Whether a runner has started, in one shard at least."""
        return any(r.config.name == name and not r.ready.problem for r in self.sessions)


def _runner(index: int, config: RunnerConfig, logs: Sequence[ShardLog]) -> ShardRunner:
    started = [log for log in logs if not log.runners[index].problem]
    if not started:
        return ShardRunner(config, logs[0].runners[index])
    first = started[0]
    for other in started[1:]:
        if said := _difference(first.runners[index], other.runners[index]):
            raise UsageError(
                f"{config.name} is another in {first.name} than in {other.name}: {said}; "
                "build and run the same on every machine"
            )
    absent = {
        str(log.shard): problem
        for log in logs
        if (problem := log.runners[index].problem) not in ("", UNREADY)
    }
    return ShardRunner(config, first.runners[index], absent)


def _difference(left: RunnerReady, right: RunnerReady) -> str:
    """Says in what two starts of one runner differ; empty where they are alike."""
    told = []
    for part in DescribeResponse.DESCRIPTOR.fields:
        sides = [getattr(ready.description, part.name) for ready in (left, right)]
        if sides[0] != sides[1]:
            is_text = all(isinstance(side, str) for side in sides)
            shown = " against ".join(shorten(str(side), _MAX_TEXT) for side in sides)
            told.append(f"{part.name} {shown}" if is_text else part.name)
    if left.plain_server != right.plain_server:
        told.append("one of them is a plain gRPC server")
    return "; ".join(told)


def _incidents(
    index: int, runner: ShardRunner, logs: Sequence[ShardLog], schema: Schema
) -> Sequence[Incident]:
    """What a runner did in any shard beside its answers, everything once.

    What is wrong with what it claims is a finding like these, and is looked for again.
    """
    claims = set(method_problems(runner, schema))
    found = {
        Incident(_KINDS[finding.kind], finding.text.removeprefix(f"{runner.config.name}: ")): None
        for log in logs
        for finding in log.findings
        if _is_about(finding, index)
    }
    return [incident for incident in found if incident.text not in claims]


def _is_about(finding: Finding, index: int) -> bool:
    return finding.kind in _KINDS and not finding.case_id and [*finding.runners] == [index]
