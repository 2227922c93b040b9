"""Descriptors of a server are a usable schema, or one error."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from google.protobuf.message import DecodeError
from grpc import aio, method_handlers_generic_handler, stream_stream_rpc_method_handler
from grpc_reflection.v1alpha import reflection_pb2
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load import Expanders, load_suites
from testingkit.conformance.cases.load.typed import TypedMessages
from testingkit.conformance.cases.model import Method
from testingkit.conformance.errors import ProtoError
from testingkit.conformance.protobuf.reflected_files import merge_files
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.runners.transport import reflection
from testingkit.conformance.runners.transport.reflection import TooMuchError, fetch_descriptors
from testingkit.conformance.v1 import case_pb2
from tests.conformance.support import PROTOS
from tests.e2e.project import REPOSITORY
from tests.fuzz.mutations import TEXTS, spoil_bytes, spoil_message
from tests.hypothesis_profile import MAX_SECONDS, RANDOM, bounded_time, fuzz_settings

# Names that the descriptors use, so that spoilt references can still resolve.
NAMES = (
    *TEXTS,
    "probe/v1/probe.proto",
    "google/protobuf/any.proto",
    "testingkit/conformance/v1/case.proto",
    "probe.v1",
    "testingkit.conformance.v1",
    "testingkit.typed",
    ".probe.v1.Point",
    ".probe.v1.Everything.CountsEntry",
    ".testingkit.conformance.v1.Case",
    "Point",
    "ProbeService",
    "proto2",
    "proto3",
    "editions",
)


@functools.cache
def files() -> Sequence[FileDescriptorProto]:
    return list(compile_protos([PROTOS], REPOSITORY / ".testingkit" / "cache"))


def spoilt_files(random: Random) -> Sequence[FileDescriptorProto]:
    every = FileDescriptorSet(file=files())
    own = [file for file in every.file if file.package.startswith("probe")]
    for file in own:
        if random.random() < 0.7:
            spoil_message(file, random, NAMES)
    if random.random() < 0.3:
        random.shuffle(own)
    return [*(file for file in every.file if file not in own), *own]


def schema_of(found: Sequence[FileDescriptorProto]) -> Schema | None:
    try:
        return Schema(merge_files(found))
    except ProtoError:
        return None


def use(schema: Schema, folder: Path) -> None:
    """Loads a case of every unary method, and looks up all messages and services."""
    assert len(schema.message_names()) >= 0
    for service in schema.services:
        for method in schema.methods(service) or ():
            called = Method(f"{service}/{method.name}", method.input_type, method.output_type)
            with contextlib.suppress(ProtoError):
                TypedMessages(schema).new(case_pb2.Case, called)
            case = f'cases {{ name: "y" method: "{called.name}" expect {{ response {{}} }} }}'
            (folder / "one.textproto").write_text(f'name: "x"\n{case}')
            with contextlib.suppress(ProtoError):
                load_suites([folder / "one.textproto"], folder, schema, Expanders({}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("descriptors").resolve()


def test_unchanged_files_are_a_usable_schema(folder: Path) -> None:
    schema = schema_of(files())
    assert schema is not None
    use(schema, folder)


@fuzz_settings(400)
@given(RANDOM)
def test_spoilt_files_are_a_usable_schema_or_an_error(folder: Path, random: Random) -> None:
    with bounded_time():
        schema = schema_of(spoilt_files(random))
        if schema is not None:
            use(schema, folder)


@fuzz_settings(200)
@given(RANDOM)
def test_spoilt_bytes_are_a_usable_schema_or_an_error(folder: Path, random: Random) -> None:
    *others, last = files()
    data = last.SerializeToString()
    spoilt = FileDescriptorProto()
    try:
        spoilt.ParseFromString(spoil_bytes(data, data, random))
    except DecodeError:
        return
    with bounded_time():
        schema = schema_of([*others, spoilt])
        if schema is not None:
            use(schema, folder)


Answers = Callable[[Any], Any]


async def _fetch(answers: Answers) -> Sequence[FileDescriptorProto] | None:
    """Returns the descriptors that a server with these answers has."""

    async def handle(requests: AsyncIterator[bytes], _context: Any) -> AsyncIterator[bytes]:
        async for request in requests:
            answer = answers(reflection_pb2.ServerReflectionRequest.FromString(request))
            yield answer if isinstance(answer, bytes) else answer.SerializeToString()

    server = aio.server()
    handlers: Any = {"ServerReflectionInfo": stream_stream_rpc_method_handler(handle)}
    name = "grpc.reflection.v1.ServerReflection"
    server.add_generic_rpc_handlers((method_handlers_generic_handler(name, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        async with aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            return await fetch_descriptors(channel, MAX_SECONDS)
    finally:
        await server.stop(None)


def fetch(answers: Answers) -> Sequence[FileDescriptorProto] | None:
    with bounded_time():
        return asyncio.run(_fetch(answers))


def listed(*names: str) -> Any:
    services = [reflection_pb2.ServiceResponse(name=name) for name in names]
    return reflection_pb2.ServerReflectionResponse(
        list_services_response=reflection_pb2.ListServiceResponse(service=services)
    )


def sent(*found: FileDescriptorProto | bytes) -> Any:
    data = [file if isinstance(file, bytes) else file.SerializeToString() for file in found]
    return reflection_pb2.ServerReflectionResponse(
        file_descriptor_response=reflection_pb2.FileDescriptorResponse(file_descriptor_proto=data)
    )


def serving(by_name: Callable[[str], Any], *services: str) -> Answers:
    """Returns answers that list services, and find files by name."""
    return lambda request: (
        listed(*services)
        if request.HasField("list_services")
        else by_name(request.file_by_filename or request.file_containing_symbol)
    )


def test_a_cycle_of_imports_is_an_error() -> None:
    circle = {"S": "a", "a": "b", "b": "a"}
    found = fetch(
        serving(lambda name: sent(FileDescriptorProto(name=name, dependency=[circle[name]])), "S")
    )
    assert found is not None
    assert {file.name for file in found} == {"S", "a", "b"}
    with pytest.raises(ProtoError, match="Depends on file"):
        Schema(merge_files(found))


def test_a_chain_of_imports_is_in_order() -> None:
    def link(name: str) -> Any:
        number = int(name.removeprefix("f") or 0)
        below = [f"f{number + 1}"] if number < 3000 else []
        return sent(FileDescriptorProto(name=f"f{number}", dependency=below))

    found = fetch(serving(link, "f"))
    assert found is not None
    assert [file.name for file in found] == [f"f{number}" for number in range(3000, -1, -1)]


def test_endless_imports_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reflection, "MAX_FILES", 200)
    with pytest.raises(TooMuchError, match="server reflection has more than 200 files"):
        fetch(
            serving(lambda name: sent(FileDescriptorProto(name=name, dependency=[name + "x"])), "S")
        )


def test_more_than_1000_services_are_too_many() -> None:
    names = [f"a.S{number}" for number in range(1001)]
    with pytest.raises(TooMuchError, match="lists more than 1,000 services"):
        fetch(serving(lambda _: sent(), *names))


def test_files_of_more_than_max_bytes_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reflection, "MAX_BYTES", 1 << 20)
    big = FileDescriptorProto(name="big", dependency=["x" * 1000 + str(n) for n in range(1500)])
    with pytest.raises(TooMuchError, match="or 1 MiB of them"):
        fetch(serving(lambda _: sent(big), "S"))


@pytest.mark.parametrize(
    "answer",
    [b"\xff", b"", sent(b"\xff"), listed("again"), sent(), sent(b"\x0a\x01\xff", b"\x1a\x01\xff")],
)
def test_answers_that_are_not_valid_have_no_descriptors(answer: Any) -> None:
    found = fetch(serving(lambda _: answer, "S"))
    assert not found


# A seed, and no RANDOM: hypothesis ends an input that is too long with an exception where it draws.
# In a handler of the server it would be lost, and the client would wait until the timeout.
@fuzz_settings(25)
@given(st.integers(0, (1 << 32) - 1))
def test_random_answers_are_a_usable_schema_or_an_error(folder: Path, seed: int) -> None:
    random = Random(seed)

    def by_name(name: str) -> Any:
        spoilt = list(spoilt_files(random))
        answer = sent(*random.sample(spoilt, random.randrange(len(spoilt))))
        data: bytes = answer.SerializeToString()
        return spoil_bytes(data, data, random) if random.random() < 0.2 else answer

    found = fetch(serving(by_name, *random.sample(NAMES, 3)))
    schema = None if found is None else schema_of(found)
    if schema is not None:
        use(schema, folder)
