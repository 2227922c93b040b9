"""Reads descriptors with gRPC server reflection, v1 and the older v1alpha.

The messages of the two versions are the same on the wire; only the name of the service differs.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from google.protobuf import descriptor_pb2
from google.protobuf.message import DecodeError
from grpc_reflection.v1alpha import reflection_pb2

from testingkit.conformance.protobuf.import_order import in_import_order
from testingkit.conformance.protobuf.schema import names_are_text
from testingkit.conformance.runners.transport.core import aio, grpc

_SERVICES = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
NOT_SUBJECTS = ("grpc.reflection.", "grpc.health.", "testingkit.conformance.")
MAX_SERVICES = 1000
MAX_FILES = 10_000
MAX_BYTES = 64 << 20  # of all files together
# A server without reflection may refuse before the first request is written; grpcio then reports
# the failed write, INTERNAL, instead of the status.
_NOT_THERE = frozenset({grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL})
_Read = TypeVar("_Read")


class TooMuchError(Exception):
    """A server has more services or descriptors than the limits allow."""


async def fetch_descriptors(
    channel: aio.Channel, seconds: float
) -> Sequence[descriptor_pb2.FileDescriptorProto] | None:
    """Returns the proto files of a server's subjects, each after its imports.

    Returns None if the server has no reflection, or its answers are not valid.

    Raises:
        TooMuchError: The server has more services or files than the limits allow.
    """
    return await _fetch(channel, seconds, _files)


async def fetch_services(channel: aio.Channel, seconds: float) -> Sequence[str] | None:
    """Returns the names of a server's subjects; None as `fetch_descriptors`."""
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
            result = await read(stream)
            await stream.done_writing()
            return result
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
    names = [service.name for service in listed.list_services_response.service]
    subjects = [name for name in names if not name.startswith(NOT_SUBJECTS)]
    if len(subjects) > MAX_SERVICES:
        raise TooMuchError(f"server reflection lists more than {MAX_SERVICES:,} services")
    return subjects


async def _files(stream: Any) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    files = _Files()
    for name in await _services(stream):
        files.add(await _ask(stream, file_containing_symbol=name))
    while (missing := files.next_missing()) is not None:
        files.add(await _ask(stream, file_by_filename=missing))
    return files.ordered()


async def _ask(stream: Any, **request: str) -> Any:
    await stream.write(reflection_pb2.ServerReflectionRequest(**request))
    answer = await stream.read()
    if answer is None:  # grpcio returns None for bytes that do not parse.
        raise DecodeError("not a ServerReflectionResponse")
    return reflection_pb2.ServerReflectionResponse() if answer is aio.EOF else answer


class _Files:
    """The files that a server has sent so far, and their imports that are missing."""

    def __init__(self) -> None:
        self._files: dict[str, descriptor_pb2.FileDescriptorProto] = {}
        self._asked: set[str] = set()
        self._bytes = 0
        self._missing: list[str] = []

    def add(self, answer: Any) -> None:
        """Adds the files of an answer, which may have none.

        Raises:
            DecodeError: One of them is not a valid file.
            TooMuchError: There are too many, or they are too large together.
        """
        for data in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            if not names_are_text(file):
                raise DecodeError("a file name that is not text")
            if file.name in self._files:
                continue
            self._bytes += len(data)
            self._files[file.name] = file
            if len(self._files) > MAX_FILES or self._bytes > MAX_BYTES:
                text = f"more than {MAX_FILES:,} files, or {MAX_BYTES >> 20} MiB of them"
                raise TooMuchError(f"server reflection has {text}")
            wanted = [name for name in file.dependency if name not in self._asked]
            self._asked.update(wanted)
            self._missing += wanted

    def next_missing(self) -> str | None:
        """Returns a missing import, each once; None if there is none."""
        while self._missing:
            name = self._missing.pop()
            if name not in self._files:
                return name
        return None

    def ordered(self) -> Sequence[descriptor_pb2.FileDescriptorProto]:
        """Returns the files, each after its imports; in a cycle of imports that is not possible."""
        return in_import_order(sorted(self._files), self._files.get)
