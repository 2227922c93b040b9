"""The subject's protobuf types, known at run time only.

A `Schema` is made from proto roots, compiled by the protoc inside grpcio-tools and cached by
content, or from the descriptors that a runner's server reflection gives. It holds the contract's
own types as well, so that case files and event logs can be read with it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor import Descriptor, FileDescriptor, MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message

from testingkit.conformance.errors import ProtoError
from testingkit.conformance.v1 import case_pb2, divergence_pb2, run_pb2

_CONTRACT = (case_pb2.DESCRIPTOR, divergence_pb2.DESCRIPTOR, run_pb2.DESCRIPTOR)
_COMPILE_TIMEOUT = 120.0  # seconds


class Schema:
    """A pool of descriptors with the subject's types and the contract's."""

    def __init__(self, files: Iterable[descriptor_pb2.FileDescriptorProto]) -> None:
        """Takes files in an order in which each comes after what it imports.

        Raises:
            ProtoError: The files contradict each other or miss an import.
        """
        self.pool = DescriptorPool()
        self.subject_files = descriptor_pb2.FileDescriptorSet()
        self._services: list[str] = []
        added: set[str] = set()
        for contract in _CONTRACT:
            self._add_with_imports(contract, added)
        for file in files:
            if file.name in added:
                continue
            added.add(file.name)
            try:
                self.pool.AddSerializedFile(file.SerializeToString())
                self.pool.FindFileByName(file.name)
            except (TypeError, KeyError) as error:
                raise ProtoError(f"{file.name}: {error}") from error
            self.subject_files.file.append(file)
            prefix = f"{file.package}." if file.package else ""
            self._services += [prefix + service.name for service in file.service]

    @property
    def services(self) -> Sequence[str]:
        """Full names of the subjects."""
        return self._services

    def methods(self, service: str) -> Sequence[MethodDescriptor] | None:
        """Returns the methods of a service, or None where there is no such service."""
        try:
            return self.pool.FindServiceByName(service).methods
        except KeyError:
            return None

    def method(self, name: str) -> MethodDescriptor | None:
        """Returns the method ``package.Service/Method``, or None."""
        service, _, method = name.rpartition("/")
        return next((m for m in self.methods(service) or () if m.name == method), None)

    def message_type(self, name: str) -> Descriptor | None:
        """Returns the message type of a full name, or None."""
        try:
            return self.pool.FindMessageTypeByName(name)
        except KeyError:
            return None

    def new(self, descriptor: Descriptor) -> Message:
        """Returns an empty message of a type of this schema."""
        return message_factory.GetMessageClass(descriptor)()

    def _add_with_imports(self, file: FileDescriptor, added: set[str]) -> None:
        if file.name in added:
            return
        added.add(file.name)
        for dependency in file.dependencies:
            self._add_with_imports(dependency, added)
        self.pool.AddSerializedFile(file.serialized_pb)


def descriptor_of(message: Message) -> Descriptor:
    """Returns a message's type. The stubs give two classes for what is one at run time."""
    return cast(Descriptor, message.DESCRIPTOR)


def compile_protos(
    roots: Sequence[Path], cache: Path
) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    """Compiles every ``.proto`` under the roots; the result is cached by content.

    Raises:
        ProtoError: There are none, or they do not compile; with the compiler's own words.
    """
    files = {root: sorted(root.rglob("*.proto")) for root in roots}
    if not any(files.values()):
        raise ProtoError(f"no .proto file under {', '.join(map(str, roots))}")
    cached = cache / f"descriptors-{_digest(files)}.binpb"
    try:
        data = cached.read_bytes()
    except OSError:
        data = _run_protoc(files)
        write_cache_file(cached, data)
    return descriptor_pb2.FileDescriptorSet.FromString(data).file


def _digest(files: dict[Path, list[Path]]) -> str:
    digest = hashlib.sha256()
    for root, paths in files.items():
        for path in paths:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root)}\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\1")
    return digest.hexdigest()[:32]


def _run_protoc(files: dict[Path, list[Path]]) -> bytes:
    names = dict.fromkeys(str(path.relative_to(r)) for r, paths in files.items() for path in paths)
    includes = [*map(str, files), *_bundled_imports()]
    command = [sys.executable, "-m", "grpc_tools.protoc", "--include_imports"]
    command += [f"-I{folder}" for folder in includes]
    command += ["--descriptor_set_out=/dev/stdout", *names]
    try:
        result = subprocess.run(
            command, capture_output=True, check=False, timeout=_COMPILE_TIMEOUT, close_fds=True
        )
    except subprocess.TimeoutExpired as error:
        raise ProtoError(f"the protos did not compile in {_COMPILE_TIMEOUT:.0f} s") from error
    if result.returncode != 0:
        raise ProtoError(
            f"the protos do not compile:\n{result.stderr.decode(errors='replace').strip()}"
        )
    return result.stdout


def _bundled_imports() -> list[str]:
    """Folder of ``google/rpc`` and ``google/api``, which many protos import and few vendor."""
    spec = importlib.util.find_spec("google.rpc")
    locations = spec.submodule_search_locations if spec else None
    return [str(Path(location).parent.parent) for location in locations or ()]


def write_cache_file(path: Path, data: bytes) -> None:
    """Writes a cache file; a cache that cannot be written costs time only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"{path.name}.{os.getpid()}")
        scratch.write_bytes(data)
        scratch.replace(path)
    except OSError:
        return
