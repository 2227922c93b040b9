"""Runs with a real recorder and scripted observations, without runners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from testingkit.conformance.config import RunnerConfig, load_config
from testingkit.conformance.engine.recorder import Prepared, Recorder
from testingkit.conformance.engine.runner_checks import RunnerChecks
from testingkit.conformance.engine.sinks import Clock, Outputs
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.plan.calls import Shard
from testingkit.conformance.plan.digest import plan_digest
from testingkit.conformance.plan.plan import Plan
from testingkit.conformance.project import Project
from testingkit.conformance.record import event_log
from testingkit.conformance.results.findings import FindingBook
from testingkit.conformance.runners.transport import Incident
from testingkit.conformance.shards.log import ShardLog, read_header
from testingkit.conformance.shards.merge import Merge
from testingkit.conformance.shards.runners import ShardRunners
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse
from tests.conformance.support import schema

# By case id: for every runner, the observation of every repetition.
Observations = Mapping[str, Sequence[Sequence[Observation]]]
RUNNERS = ("go", "rust", "zig")


def make_project(folder: Path) -> Project:
    """Returns a project with three runners, which never start."""
    text = "".join(f'[runners.{name}]\ncommand = ["{name}"]\n' for name in RUNNERS)
    (folder / "testingkit.toml").write_text(text)
    return Project(load_config(folder / "testingkit.toml"))


@dataclass
class ScriptedRunner:
    """A runner with a scripted start and scripted incidents."""

    config: RunnerConfig
    ready: RunnerReady
    incidents: Sequence[Incident] = ()
    is_plain: bool = False

    @property
    def description(self) -> DescribeResponse:
        return self.ready.description

    def take_incidents(self) -> Sequence[Incident]:
        return self.incidents


class ScriptedRunners:
    """All runners of a scripted run."""

    def __init__(self, sessions: Sequence[ScriptedRunner]) -> None:
        self.sessions = sessions
        self.problems = {a.config.name: a.ready.problem for a in sessions if a.ready.problem}

    def has_started(self, name: str) -> bool:
        return name not in self.problems


def record_run(
    recorder: Recorder,
    runners: ScriptedRunners,
    observations: Observations,
    most: int | None = None,
) -> None:
    """Records a run with scripted observations, or only its first ``most`` calls."""
    checks = RunnerChecks(recorder.findings, runners, recorder.schema, "testingkit.toml")
    clock = Clock()
    recorder.write_header("7f", clock)
    for index, runner in enumerate(runners.sessions):
        recorder.record_ready(runner.ready)
        checks.note_absent(index)
    for call in list(recorder.plan.calls)[:most]:
        recorder.begin(call)
        for index, observed in enumerate(observations[call.case_id]):
            observation = Observation()
            observation.CopyFrom(observed[(call.id - 1) // recorder.plan.total])
            observation.call_id = call.id
            recorder.observe(index, call, observation)
    recorder.abandon("it was cut off")
    checks.check(recorder.methods)
    checks.note_incidents()
    recorder.add_stale_entries()
    recorder.conclude(clock, interrupted=False)


@dataclass
class ScriptedRun:
    """A plan that is recorded as a whole or in shards, and merged from its shards."""

    project: Project
    plan: Plan
    known: Sequence[KnownDivergence]
    folder: Path

    def prepared(self, shard: Shard | None = None) -> Prepared:
        digest = plan_digest(self.plan, schema(), self.known, self.project.config.runners)
        if shard is None:
            return Prepared(schema(), self.plan, self.known, (), digest)
        part = run_pb2.Shard(index=shard.index, count=shard.count, cases=self.plan.total)
        return Prepared(schema(), self.plan.for_shard(shard), self.known, (), digest, part)

    def record(
        self,
        runners: ScriptedRunners,
        observations: Observations,
        shard: Shard | None = None,
        most: int | None = None,
    ) -> Path:
        """Records the plan or one shard of it, and returns the log."""
        log = self.folder / f"{'whole' if shard is None else shard.index}.binpb"
        log.unlink(missing_ok=True)
        book = FindingBook(self.plan.runners)
        with event_log.EventLogWriter(log) as writer:
            outputs = Outputs(writer, [])
            record_run(
                Recorder(self.prepared(shard), book, self.project, outputs),
                runners,
                observations,
                most,
            )
        return log

    def merge(self, paths: Sequence[Path]) -> Path:
        """Merges the logs of all shards, and returns the merged log."""
        logs = [ShardLog(path, path.name, read_header(path)) for path in paths]
        runners = ShardRunners(self.project.runners(()), logs, schema())
        merged = self.folder / "merged.binpb"
        merged.unlink(missing_ok=True)
        prepared, book = self.prepared(), FindingBook(self.plan.runners)
        with event_log.EventLogWriter(merged) as writer:
            recorder = Recorder(prepared, book, self.project, Outputs(writer, []))
            checks = RunnerChecks(book, runners, schema(), "testingkit.toml")
            Merge(recorder, runners, checks).record("7f", logs)
        for log in logs:
            log.close()
        return merged


def log_contents(path: Path) -> Mapping[str, Any]:
    """Returns the contents of a log without times and the order of the cases."""
    planned, finished, others = {}, {}, []
    repeated = read_header(path).repetitions > 1
    for event in event_log.read_events(path):
        match event.WhichOneof("event"):
            case "planned_case":
                planned[event.planned_case.call_id] = event.planned_case
            case "finished_case":
                case = planned[event.finished_case.call_id].case_id
                finished[case] = event.finished_case
                if repeated:
                    _forget_ids(event.finished_case)
            case "header":
                for name in ("started", "shard", "merged_shards"):
                    event.header.ClearField(name)
                others.append(event)
            case "footer":
                event.footer.ClearField("finished")
                event.footer.ClearField("wall_nanos")
                others.append(event)
            case _:
                others.append(event)
    return {"planned": planned, "finished": finished, "others": others}


def _forget_ids(finished: run_pb2.FinishedCase) -> None:
    """Clears call ids: of a repeated case only the id of the first call is comparable."""
    for result in finished.results:
        result.observation.ClearField("call_id")
        for outcome in result.outcomes:
            outcome.observation.ClearField("call_id")
