"""Descriptors from a runner's gRPC server reflection, v1 and its older twin v1alpha.

The messages of the two versions are the same on the wire; only the name of the service differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import grpc
from google.protobuf import descriptor_pb2
from google.protobuf.message import DecodeError
from grpc import aio
from grpc_reflection.v1alpha import reflection_pb2

_SERVICES = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
_NOT_SUBJECTS = ("grpc.reflection.", "grpc.health.", "testingkit.conformance.")
_MAX_FILES = 10_000


async def fetch_descriptors(
    channel: aio.Channel, seconds: float
) -> Sequence[descriptor_pb2.FileDescriptorProto] | None:
    """Returns the files of a server's subjects, each after what it imports.

    None where the server has no reflection, or answers in a way that is none.
    """
    for service in _SERVICES:
        try:
            return await _fetch(channel, service, seconds)
        except aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                return None
        except DecodeError:
            return None
    return None


async def _fetch(
    channel: aio.Channel, service: str, seconds: float
) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    open_stream: Any = channel.stream_stream(
        f"/{service}/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    stream = open_stream(timeout=seconds)
    files: dict[str, descriptor_pb2.FileDescriptorProto] = {}
    listed = await _ask(stream, list_services="")
    for found in listed.list_services_response.service:
        if not found.name.startswith(_NOT_SUBJECTS):
            _add(files, await _ask(stream, file_containing_symbol=found.name))
    missing = _missing(files)
    while missing and len(files) < _MAX_FILES:
        for name in missing:
            _add(files, await _ask(stream, file_by_filename=name))
        before, missing = missing, _missing(files)
        if before == missing:
            break
    await stream.done_writing()
    stream.cancel()
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
