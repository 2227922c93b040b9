"""The runners of one run: started side by side, described, and ended whatever happens."""

from __future__ import annotations

import asyncio
import fnmatch
import secrets
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from testingkit.conformance.config import RunnerConfig
from testingkit.conformance.engine.ask import Target
from testingkit.conformance.errors import RunnersError
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.runners.processes import Guardian, StartError
from testingkit.conformance.runners.transport import RunnerSession
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.run_pb2 import RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

UNREADY = "the run ended before it was ready"


class Described(Protocol):
    """A runner, and what it said of itself."""

    @property
    def config(self) -> RunnerConfig:
        """What the configuration says of it."""

    @property
    def description(self) -> DescribeResponse:
        """What it said."""

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain gRPC server, which says nothing."""


class RunnerPool:
    """An asynchronous context in which runners live."""

    def __init__(
        self, project: Project, configs: Sequence[RunnerConfig], folder: Path, seed: str
    ) -> None:
        self._guardian = Guardian()
        self.problems: dict[str, str] = {}
        self.kill_on_exit = False  # end by killing, not by asking
        self._unready = {config.name for config in configs}
        self._were_started = False
        self.sessions = [
            RunnerSession(
                config,
                project.config.root,
                project.config.limits,
                self._guardian,
                folder,
                seed,
            )
            for config in configs
        ]

    async def __aenter__(self) -> RunnerPool:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        polite = kind is None and not self.kill_on_exit
        try:
            await (self.close() if polite else self._kill())
        finally:
            self._guardian.close()

    async def close(self) -> None:
        """Asks all of them to end, which may show what is wrong with one. Once is enough."""
        await asyncio.gather(*(s.close() for s in self.sessions), return_exceptions=True)

    async def _kill(self) -> None:
        await asyncio.gather(*(s.kill() for s in self.sessions), return_exceptions=True)

    async def start(self) -> None:
        """Starts all of them, once; those that cannot take part are in ``problems``."""
        if self._were_started:
            return
        self._were_started = True
        # A group, because it waits for all of them, whatever becomes of one: nothing starts later.
        try:
            async with asyncio.TaskGroup() as tasks:
                for session in self.sessions:
                    tasks.create_task(self._start(session))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group

    async def _start(self, session: RunnerSession) -> None:
        try:
            await session.start()
        except StartError as error:
            # A folder's name need not be text, and what is recorded is.
            said = str(error).encode(errors="backslashreplace").decode()
            self.problems[session.config.name] = said
        self._unready.discard(session.config.name)

    def has_started(self, name: str) -> bool:
        """Whether a runner has started, and takes part."""
        return name not in self.problems and name not in self._unready

    def has_start_result(self, name: str) -> bool:
        """Whether a runner has started, or will not."""
        return name in self.problems or name not in self._unready

    async def reflected_schema(self) -> Schema:
        """Makes a schema from the first runner that has server reflection.

        Raises:
            RunnersError: No runner says what the types are.
        """
        for session in self.sessions:
            if session.config.name not in self.problems:
                try:
                    await session.reflect()
                except StartError as error:
                    self.problems[session.config.name] = str(error)
                if session.reflected:
                    return Schema(session.reflected)
        said = "".join(f"\n{name}: {problem}" for name, problem in self.problems.items())
        raise RunnersError(
            "the configuration has no project.protos, and no runner has server reflection to say "
            f"what the types are{said}"
        )

    def targets(self, schema: Schema) -> Sequence[Target]:
        """Returns the runners as targets of calls, each with the methods that it serves."""
        return [
            Target(None)
            if session.config.name in self.problems
            else Target(session, declared_methods(session, schema))
            for session in self.sessions
        ]

    def ready(self, index: int) -> RunnerReady:
        """Returns how the start of a runner went."""
        session = self.sessions[index]
        name = session.config.name
        unready = UNREADY if name in self._unready else ""
        return RunnerReady(
            runner=index,
            description=session.description,
            plain_server=session.is_plain,
            start_nanos=session.start_nanos,
            problem=self.problems.get(name, unready),
            jobs=session.config.jobs,
        )


@asynccontextmanager
async def temporary_pool(
    project: Project, configs: Sequence[RunnerConfig], seed: str = ""
) -> AsyncIterator[RunnerPool]:
    """Yields started runners, whose files are in a temporary folder.

    Args:
        project: The project.
        configs: The runners.
        seed: The seed of the runners; empty takes a random one.
    """
    with tempfile.TemporaryDirectory(prefix="testingkit-") as folder:
        async with RunnerPool(project, configs, Path(folder), seed or secrets.token_hex(4)) as pool:
            await pool.start()
            yield pool


def declared_methods(runner: Described, schema: Schema) -> frozenset[str]:
    """Returns the methods that a runner says it serves.

    A plain server says it by reflection; where it has none, by the ``services`` of its
    configuration, and a server of which nothing is said has to serve everything.
    """
    if runner.description.methods or not runner.is_plain:
        return frozenset(runner.description.methods)
    services = runner.config.services or schema.services
    return frozenset(
        f"{service}/{method.name}"
        for service in services
        for method in schema.methods(service) or ()
    )


def method_problems(runner: Described, schema: Schema) -> Sequence[str]:
    """Returns what is wrong with the methods that a runner with an SDK says it serves.

    Services that the schema does not know are no business of this project.
    """
    methods = () if runner.is_plain else runner.description.methods
    claims = {
        "says that it serves methods that the protos do not have": [
            method or "(no name)" for method in methods if _is_unknown(method, schema)
        ],
        "says that it serves methods that are not unary": [
            method for method in methods if _is_streaming(method, schema)
        ],
        "says more than once that it serves": [
            method for method, times in Counter(methods).items() if times > 1
        ],
    }
    return [f"{what}: {format_list(names)}" for what, names in claims.items() if names]


def _is_unknown(method: str, schema: Schema) -> bool:
    service, slash, _ = method.rpartition("/")
    is_ours = not slash or schema.methods(service) is not None
    return is_ours and schema.method(method) is None


def _is_streaming(method: str, schema: Schema) -> bool:
    found = schema.method(method)
    return found is not None and (found.client_streaming or found.server_streaming)


def is_unsupported(config: RunnerConfig, method: str) -> bool:
    """Tells whether the configuration says that a runner does not serve a method."""
    return any(fnmatch.fnmatchcase(method, pattern) for pattern in config.unsupported)
