"""The protobuf types of the subjects, which are known only at run time.

A `Schema` is made from proto roots, compiled by the protoc of grpcio-tools and cached by content,
or from the descriptors that a runner's server reflection returns. It includes the contract's own
types, to read case files and event logs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor import Descriptor, FileDescriptor, MethodDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError, Message

from testingkit.conformance.errors import ProtoError
from testingkit.conformance.v1 import case_pb2, divergence_pb2, golden_pb2, run_pb2

CONTRACT = (
    case_pb2.DESCRIPTOR,
    golden_pb2.DESCRIPTOR,
    divergence_pb2.DESCRIPTOR,
    run_pb2.DESCRIPTOR,
)
MAX_FILES = 10_000
MAX_BYTES = 64 << 20  # of all files together
_COMPILE_TIMEOUT = 120.0  # seconds


class Schema:
    """A pool of descriptors with the types of the subjects and of the contract."""

    def __init__(self, files: Iterable[descriptor_pb2.FileDescriptorProto]) -> None:
        """Adds files, each after the files that it imports.

        Raises:
            ProtoError: The files contradict each other, or an import is missing.
        """
        self.pool = DescriptorPool()
        self.subject_files = descriptor_pb2.FileDescriptorSet()
        self._contract_files: list[bytes] = []
        self._services: list[str] = []
        added: set[str] = set()
        for contract in CONTRACT:
            self._add_with_imports(contract, added)
        for file in files:
            if file.name in added:
                continue
            added.add(file.name)
            if not names_are_text(file):
                raise ProtoError(f"{file.name!r}: the name of the file is not text")
            try:
                self.pool.AddSerializedFile(file.SerializeToString())
                self.pool.FindFileByName(file.name)
            except (TypeError, KeyError) as error:
                raise ProtoError(f"{file.name}: {error}") from error
            self.subject_files.file.append(file)
            prefix = f"{file.package}." if file.package else ""
            self._services += [prefix + service.name for service in file.service]

    @property
    def packages(self) -> Collection[str]:
        """Packages of the files with subjects."""
        return {service.rpartition(".")[0] for service in self._services}

    @property
    def services(self) -> Sequence[str]:
        """Full names of the subjects."""
        return self._services

    def methods(self, service: str) -> Sequence[MethodDescriptor] | None:
        """Returns the methods of a service, or None if there is no such service."""
        try:
            return self.pool.FindServiceByName(service).methods
        except KeyError:
            return None

    def method(self, name: str) -> MethodDescriptor | None:
        """Returns the method ``package.Service/Method``, or None."""
        service, _, method = name.rpartition("/")
        return next((m for m in self.methods(service) or () if m.name == method), None)

    def message_type(self, name: str) -> Descriptor | None:
        """Returns the message type with a full name, or None."""
        try:
            return self.pool.FindMessageTypeByName(name)
        except KeyError:
            return None

    def message_names(self) -> Sequence[str]:
        """Returns the full names of the subjects' message types, without nested ones."""
        return [
            f"{file.package}.{message.name}" if file.package else message.name
            for file in self.subject_files.file
            for message in file.message_type
        ]

    def all_files(self) -> bytes:
        """Returns a serialized ``FileDescriptorSet`` of all files, each after its imports."""
        files = descriptor_pb2.FileDescriptorSet()
        for serialized in self._contract_files:
            files.file.add().ParseFromString(serialized)
        files.file.extend(self.subject_files.file)
        return files.SerializeToString()

    def message_types(self) -> Iterator[Descriptor]:
        """Yields the subjects' message types, with nested ones."""
        waiting = [self.pool.FindMessageTypeByName(name) for name in self.message_names()]
        while waiting:
            message = waiting.pop()
            if not message.GetOptions().map_entry:
                yield message
                waiting += message.nested_types

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
        self._contract_files.append(file.serialized_pb)


def names_are_text(file: descriptor_pb2.FileDescriptorProto) -> bool:
    """Returns whether the names of a file and its imports are text, and not bytes."""
    return all(isinstance(name, str) for name in (file.name, *file.dependency))


def descriptor_of(message: Message) -> Descriptor:
    """Returns the type of a message. The stubs have two classes for the one class at run time."""
    return cast(Descriptor, message.DESCRIPTOR)


def compile_protos(
    roots: Sequence[Path], cache: Path
) -> Sequence[descriptor_pb2.FileDescriptorProto]:
    """Returns the descriptors of every ``.proto`` under the roots; they are cached by content.

    Raises:
        ProtoError: There are no files, or they do not compile; with the output of the compiler.
    """
    files = {root: _proto_files(root) for root in roots}
    if not any(files.values()):
        raise ProtoError(f"no .proto file under {', '.join(map(str, roots))}")
    number = sum(map(len, files.values()))
    if number > MAX_FILES:
        raise ProtoError(f"{number:,} .proto files: at most {MAX_FILES:,} are compiled")
    cached = cache / f"descriptors-{_digest(files)}.binpb"
    kept = _read_cached(cached, _names(files))
    if kept is None:
        data = _run_protoc(files)
        write_cache_file(cached, data)
        try:
            kept = descriptor_pb2.FileDescriptorSet.FromString(data)
        except DecodeError as error:
            raise ProtoError("the protos nest too deeply") from error
    return kept.file


def _proto_files(root: Path) -> Sequence[Path]:
    try:
        return sorted(path for path in root.rglob("*.proto") if path.is_file())
    except OSError as error:
        raise ProtoError(f"{error.filename} cannot be read: {error.strerror}") from error


def _read_cached(cached: Path, names: Collection[str]) -> descriptor_pb2.FileDescriptorSet | None:
    """Returns the cached descriptors; None if there are none, or if they are damaged."""
    try:
        kept = descriptor_pb2.FileDescriptorSet.FromString(cached.read_bytes())
    except (OSError, DecodeError):
        return None
    return kept if {file.name for file in kept.file}.issuperset(names) else None


def _names(files: Mapping[Path, Sequence[Path]]) -> Collection[str]:
    """Returns the names with which protos import the files: relative to the root, each once."""
    return dict.fromkeys(
        path.relative_to(root).as_posix() for root, paths in files.items() for path in paths
    )


def _digest(files: Mapping[Path, Sequence[Path]]) -> str:
    digest = hashlib.sha256()
    size = 0
    for root, paths in files.items():
        for path in paths:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise ProtoError(f"{path} cannot be read: {error.strerror}") from error
            size += len(content)
            if size > MAX_BYTES:
                raise ProtoError(f"the protos are larger than {MAX_BYTES >> 20} MiB together")
            digest.update(os.fsencode(path.relative_to(root)) + f"\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\1")
    return digest.hexdigest()[:32]


def _run_protoc(files: Mapping[Path, Sequence[Path]]) -> bytes:
    includes = [*map(str, files), *_bundled_imports()]
    command = [sys.executable, "-m", "grpc_tools.protoc", "--include_imports"]
    command += [f"-I{folder}" for folder in includes]
    command += ["--descriptor_set_out=/dev/stdout", *_names(files)]
    try:
        result = subprocess.run(
            command, capture_output=True, check=False, timeout=_COMPILE_TIMEOUT, close_fds=True
        )
    except subprocess.TimeoutExpired as error:
        raise ProtoError(f"the protos did not compile in {_COMPILE_TIMEOUT:.0f} s") from error
    except OSError as error:  # too many names for a command line
        raise ProtoError(f"the protos cannot be compiled: {error.strerror}") from error
    if result.returncode != 0:
        raise ProtoError(
            f"the protos do not compile:\n{result.stderr.decode(errors='replace').strip()}"
        )
    return result.stdout


def _bundled_imports() -> list[str]:
    """Returns the folder of ``google/rpc`` and ``google/api``, which many protos import."""
    spec = importlib.util.find_spec("google.rpc")
    locations = spec.submodule_search_locations if spec else None
    return [str(Path(location).parent.parent) for location in locations or ()]


def write_cache_file(path: Path, data: bytes) -> None:
    """Writes a cache file; errors are ignored, because the cache only saves time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f"{path.name}.{os.getpid()}")
        scratch.write_bytes(data)
        scratch.replace(path)
    except OSError:
        return
