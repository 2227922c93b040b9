"""The types and the runners of a project, for commands that run no cases."""

from __future__ import annotations

from collections.abc import Sequence

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.interrupts import run_interruptibly
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.v1.run_pb2 import RunnerReady

# `temporary_pool` is imported only where runners start: it imports gRPC, which is slow.


async def schema_for(project: Project, names: Sequence[str] = ()) -> Schema:
    """Returns the project's schema, compiled from its protos or read by server reflection.

    Args:
        project: The project.
        names: The runners to start if there are no protos; empty starts every enabled runner.

    Raises:
        ProtoError: The protos do not compile.
        RunnersError: There are no protos, and no runner has server reflection.
    """
    schema = project.schema()
    if schema is not None:
        return schema
    from testingkit.conformance.engine.runner_pool import temporary_pool

    async with temporary_pool(project, project.require_runners(names)) as runners:
        return await runners.reflected_schema()


def require_schema(project: Project) -> Schema:
    """Returns what `schema_for` does, and can be interrupted also while protos are compiled.

    Raises:
        KeyboardInterrupt: A signal has come.
        TestingKitError: As `schema_for`.
    """
    schema = project.schema()
    return run_interruptibly(schema_for(project)) if schema is None else schema


async def start_runners(project: Project, configs: Sequence[RunnerConfig]) -> Sequence[RunnerReady]:
    """Starts runners, stops them, and returns how each start went."""
    from testingkit.conformance.engine.runner_pool import temporary_pool

    async with temporary_pool(project, configs) as runners:
        return [runners.ready(index) for index in range(len(configs))]
