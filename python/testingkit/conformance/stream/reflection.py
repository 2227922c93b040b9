"""Descriptors from a runner's gRPC server reflection, v1 and its older twin v1alpha.

The messages of the two versions are the same on the wire; only the name of the service differs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import grpc
from google.protobuf import descriptor_pb2
from google.protobuf.message import DecodeError
from grpc import aio
from grpc_reflection.v1alpha import reflection_pb2

_SERVICES = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
NOT_SUBJECTS = ("grpc.reflection.", "grpc.health.", "testingkit.conformance.")
_MAX_FILES = 10_000
# A server that has none may refuse before the first request is written; grpcio then gives the
# failed write, INTERNAL, in place of the status.
_NOT_THERE = frozenset({grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL})
_Read = TypeVar("_Read")


async def fetch_descriptors(
    channel: aio.Channel, seconds: float
) -> Sequence[descriptor_pb2.FileDescriptorProto] | None:
    """Returns the files of a server's subjects, each after what it imports.

    None where the server has no reflection, or answers in a way that is none.
    """
    return await _fetch(channel, seconds, _files)


async def fetch_services(channel: aio.Channel, seconds: float) -> Sequence[str] | None:
    """Returns the names of a server's subjects, with or without descriptors; None as above."""
    return await _fetch(channel, seconds, _services)


async def _fetch(
    channel: aio.Channel, seconds: float, read: Callable[[Any], Awaitable[_Read]]
) -> _Read | None:
    for service in _SERVICES:
        open_stream: Any = channel.stream_stream(
            f"/{service}/ServerReflectionInfo",
            request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
            response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
        )
        stream = open_stream(timeout=seconds)
        try:
            found = await read(stream)
            await stream.done_writing()
            return found
        except aio.AioRpcError as error:
            if error.code() not in _NOT_THERE:
                return None
        except DecodeError:
            return None
        finally:
            stream.cancel()
    return None


async def _services(stream: Any) -> Sequence[str]:
    listed = await _ask(stream, list_services="")
    names = [found.name for found in listed.list_services_response.service]
    return [name for name in names if not name.startswith(NOT_SUBJECTS)]


async def _files(stream: Any) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    files: dict[str, descriptor_pb2.FileDescriptorProto] = {}
    for name in await _services(stream):
        _add(files, await _ask(stream, file_containing_symbol=name))
    missing = _missing(files)
    while missing and len(files) < _MAX_FILES:
        for name in missing:
            _add(files, await _ask(stream, file_by_filename=name))
        before, missing = missing, _missing(files)
        if before == missing:
            break
    return _ordered(files)


async def _ask(stream: Any, **request: str) -> Any:
    await stream.write(reflection_pb2.ServerReflectionRequest(**request))
    answer = await stream.read()
    if answer is None:  # What grpcio gives for bytes that do not parse.
        raise DecodeError("no ServerReflectionResponse")
    return reflection_pb2.ServerReflectionResponse() if answer is aio.EOF else answer


def _add(files: dict[str, descriptor_pb2.FileDescriptorProto], answer: Any) -> None:
    for data in answer.file_descriptor_response.file_descriptor_proto:
        file = descriptor_pb2.FileDescriptorProto.FromString(data)
        files[file.name] = file


def _missing(files: dict[str, descriptor_pb2.FileDescriptorProto]) -> list[str]:
    wanted = {name for file in files.values() for name in file.dependency}
    return sorted(wanted - files.keys())


def _ordered(
    files: dict[str, descriptor_pb2.FileDescriptorProto],
) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    ordered: dict[str, descriptor_pb2.FileDescriptorProto] = {}

    def visit(name: str) -> None:
        if name in files and name not in ordered:
            file = files[name]
            for dependency in file.dependency:
                visit(dependency)
            ordered[name] = file

    for name in sorted(files):
        visit(name)
    return list(ordered.values())
