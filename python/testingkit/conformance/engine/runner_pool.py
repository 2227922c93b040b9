"""The runners of one run: starts them concurrently, and always ends them."""

from __future__ import annotations

import asyncio
import re
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
from testingkit.conformance.errors import ConfigError, ProtoError, RunnersError
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.reflected_files import merge_files
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.runners.processes import Guardian, StartError, make_socket_folder
from testingkit.conformance.runners.transport import RunnerSession
from testingkit.conformance.runners.transport.identity import find_same_server
from testingkit.conformance.text.lists import format_list
from testingkit.conformance.v1.run_pb2 import RunnerReady
from testingkit.conformance.v1.runner_pb2 import DescribeResponse

_WORD = "[A-Za-z_][A-Za-z0-9_]*"
_METHOD = re.compile(rf"{_WORD}(\.{_WORD})*/{_WORD}")
UNREADY = "the run ended before it was ready"


class Described(Protocol):
    """A runner and its description."""

    @property
    def config(self) -> RunnerConfig:
        """Its configuration."""

    @property
    def description(self) -> DescribeResponse:
        """Its answer to `Describe`; empty for a plain server."""

    @property
    def is_plain(self) -> bool:
        """Whether it is a plain gRPC server, which has no `Describe`."""


class RunnerPool:
    """An asynchronous context manager that ends its runners on exit.

    Attributes:
        sessions: The runners, in order.
        problems: Why runners do not take part, by their names.
        kill_on_exit: Whether the exit kills the runners without a shutdown.
    """

    def __init__(
        self, project: Project, configs: Sequence[RunnerConfig], folder: Path, seed: str
    ) -> None:
        self._guardian = Guardian(make_socket_folder())
        self._config_path = project.config.path
        self.problems: dict[str, str] = {}
        self.kill_on_exit = False
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
        """Shuts down all runners, which may add incidents; may be called again."""
        await asyncio.gather(*(s.close() for s in self.sessions), return_exceptions=True)

    async def _kill(self) -> None:
        await asyncio.gather(*(s.kill() for s in self.sessions), return_exceptions=True)

    async def start(self) -> None:
        """Starts all runners; those that fail are in ``problems``. A second call does nothing.

        Raises:
            ConfigError: Two runners, or two processes of a runner, are one server.
        """
        if self._were_started:
            return
        self._were_started = True
        # A task group waits for all of its tasks even if one fails, so that no runner starts later.
        try:
            async with asyncio.TaskGroup() as tasks:
                for session in self.sessions:
                    tasks.create_task(self._start(session))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group
        await self._check_servers()

    async def _check_servers(self) -> None:
        """Raises ConfigError if a server is reached twice: it would agree with itself."""
        instances = {
            name: instance
            for session in self.sessions
            if session.config.name not in self.problems
            for name, instance in session.instances.items()
        }
        same = await find_same_server(instances)
        if same is not None:
            runner = same.second.partition(".")[0]
            raise ConfigError(
                self._config_path,
                f"runners.{runner}",
                f"{same}; give every runner a server of its own",
            )

    async def _start(self, session: RunnerSession) -> None:
        try:
            await session.start()
        except StartError as error:
            # The name of a folder may not be valid text, but the log holds text.
            text = str(error).encode(errors="backslashreplace").decode()
            self.problems[session.config.name] = text
        self._unready.discard(session.config.name)

    def has_started(self, name: str) -> bool:
        """Returns whether a runner has started and takes part."""
        return name not in self.problems and name not in self._unready

    def has_start_result(self, name: str) -> bool:
        """Returns whether a runner has started or failed to start."""
        return name in self.problems or name not in self._unready

    async def reflected_schema(self) -> Schema:
        """Returns the schema that the first runner with server reflection reports.

        Raises:
            RunnersError: No runner has server reflection.
            ProtoError: The types of the first one that has it contradict each other.
        """
        for session in self.sessions:
            if session.config.name not in self.problems:
                try:
                    await session.reflect()
                except StartError as error:
                    self.problems[session.config.name] = str(error)
                if session.reflected:
                    return schema_of(session)
        problems = "".join(f"\n{name}: {problem}" for name, problem in self.problems.items())
        raise RunnersError(
            "the configuration has no project.protos, and no runner has server reflection to "
            f"report the types{problems}"
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


def schema_of(session: RunnerSession) -> Schema:
    """Returns the schema that a runner has reported by server reflection.

    Raises:
        ProtoError: Its types contradict each other.
    """
    try:
        return Schema(merge_files(session.reflected or ()))
    except ProtoError as error:
        text = f"the server reflection of {session.config.name} contradicts itself: {error}"
        raise ProtoError(text) from error


def declared_methods(runner: Described, schema: Schema) -> frozenset[str]:
    """Returns the methods that a runner declares.

    A plain server declares them by reflection. Without reflection they are the methods of the
    ``services`` in its configuration; without these, all methods.
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
    """Returns what is wrong with the methods that a runner with an SDK declares."""
    methods = () if runner.is_plain else runner.description.methods
    problems = {
        "declares methods that the protos do not have": [
            _shown(method) for method in methods if _is_unknown(method, schema)
        ],
        "declares methods that are not unary": [
            method for method in methods if _is_streaming(method, schema)
        ],
        "declares methods more than once": [
            _shown(method) for method, times in Counter(methods).items() if times > 1
        ],
    }
    return [f"{what}: {format_list(names)}" for what, names in problems.items() if names]


def foreign_methods(runner: Described, schema: Schema) -> Sequence[str]:
    """Returns methods that a runner declares and that may belong to another project.

    Their services are in packages that the protos of this one do not have.
    """
    methods = () if runner.is_plain else runner.description.methods
    return [method for method in methods if _is_foreign(method, schema)]


def _is_unknown(method: str, schema: Schema) -> bool:
    return schema.method(method) is None and not _is_foreign(method, schema)


def _is_foreign(method: str, schema: Schema) -> bool:
    service = method.rpartition("/")[0]
    if not _METHOD.fullmatch(method) or schema.methods(service) is not None:
        return False
    return service.rpartition(".")[0] not in schema.packages


def _shown(method: str) -> str:
    return method or "(no name)"


def _is_streaming(method: str, schema: Schema) -> bool:
    found = schema.method(method)
    return found is not None and (found.client_streaming or found.server_streaming)
