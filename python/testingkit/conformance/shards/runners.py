"""The runners of a merged run, as the logs of its shards describe them."""

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

_MAX_TEXT = 100  # characters of a text from a runner
_KINDS = {finding: kind for kind, (finding, _) in INCIDENTS.items()}


@dataclass(slots=True)
class ShardRunner:
    """One runner, which every shard started.

    Attributes:
        config: Its configuration.
        ready: How it started: without a problem if it started in any shard.
        absent: Why it did not start, by the shard; empty if it started in no shard.
        incidents: Its incidents in all shards.
    """

    config: RunnerConfig
    ready: RunnerReady
    absent: Mapping[str, str] = field(default_factory=dict)
    incidents: Sequence[Incident] = ()

    @property
    def description(self) -> DescribeResponse:
        """Its answer to `Describe`."""
        return self.ready.description

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain gRPC server."""
        return self.ready.plain_server

    def take_incidents(self) -> Sequence[Incident]:
        """Returns the incidents, the first time; then none."""
        incidents, self.incidents = self.incidents, ()
        return incidents


class ShardRunners:
    """The runners of all shards of a run."""

    def __init__(
        self, configs: Sequence[RunnerConfig], logs: Sequence[ShardLog], schema: Schema
    ) -> None:
        """Takes the logs of all shards, in order.

        Raises:
            UsageError: A runner is not the same in all shards.
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
        """Returns whether a runner has started in at least one shard."""
        return any(r.config.name == name and not r.ready.problem for r in self.sessions)


def _runner(index: int, config: RunnerConfig, logs: Sequence[ShardLog]) -> ShardRunner:
    started = [log for log in logs if not log.runners[index].problem]
    if not started:
        return ShardRunner(config, logs[0].runners[index])
    first = started[0]
    for other in started[1:]:
        if difference := _difference(first.runners[index], other.runners[index]):
            raise UsageError(
                f"{config.name} differs between {first.name} and {other.name}: {difference}; "
                "build and run the same on every machine"
            )
    absent = {
        str(log.shard): problem
        for log in logs
        if (problem := log.runners[index].problem) not in ("", UNREADY)
    }
    return ShardRunner(config, first.runners[index], absent)


def _difference(left: RunnerReady, right: RunnerReady) -> str:
    """Returns in what two starts of one runner differ; empty if they are equal."""
    differences = []
    for described in DescribeResponse.DESCRIPTOR.fields:
        sides = [getattr(ready.description, described.name) for ready in (left, right)]
        if sides[0] != sides[1]:
            is_text = all(isinstance(side, str) for side in sides)
            shown = " vs ".join(shorten(str(side), _MAX_TEXT) for side in sides)
            differences.append(f"{described.name} {shown}" if is_text else described.name)
    if left.plain_server != right.plain_server:
        differences.append("one of them is a plain gRPC server")
    return "; ".join(differences)


def _incidents(
    index: int, runner: ShardRunner, logs: Sequence[ShardLog], schema: Schema
) -> Sequence[Incident]:
    """Returns the incidents of a runner in all shards, each once.

    Findings about the declared methods look like incidents, but are checked again.
    """
    declaration = set(method_problems(runner, schema))
    found = {
        Incident(_KINDS[finding.kind], finding.text.removeprefix(f"{runner.config.name}: ")): None
        for log in logs
        for finding in log.findings
        if _is_about(finding, index)
    }
    return [incident for incident in found if incident.text not in declaration]


def _is_about(finding: Finding, index: int) -> bool:
    return finding.kind in _KINDS and not finding.case_id and [*finding.runners] == [index]
