"""Makes usable files of the descriptors that server reflection sends.

Some servers send types under other file names, one file for each package, with relative names of
types and without imports: stock Node.js sends well-known types as ``google_protobuf.proto``, and
other servers send the usual files in addition. So files are merged by their symbols: a type that
TestingKit has itself is left out, a type that comes twice is taken once, and missing imports are
added. Two types of one name must be the same on the wire.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.protobuf import (
    any_pb2,
    api_pb2,
    descriptor_pb2,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    source_context_pb2,
    struct_pb2,
    timestamp_pb2,
    type_pb2,
    wrappers_pb2,
)
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)

from testingkit.conformance.errors import ProtoError
from testingkit.conformance.protobuf.import_order import in_import_order
from testingkit.conformance.protobuf.schema import CONTRACT

_WELL_KNOWN = (
    *(any_pb2, api_pb2, descriptor_pb2, duration_pb2, empty_pb2, field_mask_pb2),
    *(source_context_pb2, struct_pb2, timestamp_pb2, type_pb2, wrappers_pb2),
)
# The fields of a file that hold definitions, each of which has a name.
_DEFINITIONS = ("message_type", "enum_type", "service", "extension")
_ENTRY = "Entry"

Definition = Any  # a DescriptorProto, EnumDescriptorProto, ServiceDescriptorProto or an extension


def merge_files(files: Sequence[FileDescriptorProto]) -> Sequence[FileDescriptorProto]:
    """Returns files that define every symbol once, each file after its imports.

    Raises:
        ProtoError: Two definitions of one symbol differ.
    """
    merged = _Merged(files)
    return merged.ordered()


class _Merged:
    """The files of a server, merged with those that TestingKit has."""

    def __init__(self, files: Sequence[FileDescriptorProto]) -> None:
        own = _own_files()
        self._names = _Names([*own.values(), *files])
        self._places: dict[str, tuple[str, Definition]] = {
            name: (file.name, definition)
            for file in own.values()
            for name, definition in _definitions(file)
        }
        self._files: dict[str, FileDescriptorProto] = {}
        for file in files:
            self._add(file, is_own=file.name in own)
        self._own = own
        for file in list(self._files.values()):
            self._import(file)

    def _add(self, file: FileDescriptorProto, *, is_own: bool) -> None:
        """Adds a file without the definitions that others have; a file without any is left out."""
        kept = FileDescriptorProto()
        kept.CopyFrom(file)
        for field in _DEFINITIONS:
            del getattr(kept, field)[:]
        for field in _DEFINITIONS:
            for definition in getattr(file, field):
                name = _join(file.package, definition.name)
                where, other = self._places.setdefault(name, (file.name, definition))
                if other is definition or (is_own and where == file.name):
                    getattr(kept, field).append(definition)
                if other is not definition:
                    self._check_same(name, other, definition, (where, file.name))
        was_empty = not any(getattr(file, field) for field in _DEFINITIONS)
        if was_empty or any(getattr(kept, field) for field in _DEFINITIONS):
            for message in kept.message_type:
                self._name_entries(_join(kept.package, message.name), message)
            self._files.setdefault(file.name, kept)

    def _check_same(
        self, name: str, left: Definition, right: Definition, places: tuple[str, str]
    ) -> None:
        if self._names.shape(name, left) != self._names.shape(name, right):
            first, second = places
            raise ProtoError(f"{second}: {name} is defined differently than in {first}")

    def _name_entries(self, scope: str, message: DescriptorProto) -> None:
        """Names the entries of maps as protoc does: other programs know them by their name."""
        entries = {n.name: n for n in message.nested_type if n.options.map_entry}
        for field in message.field:
            nested = entries.get(field.type_name.rpartition(".")[2])
            if nested is not None and not nested.name.endswith(_ENTRY):
                words = field.name.split("_")
                nested.name = "".join(w[:1].upper() + w[1:] for w in words) + _ENTRY
                field.type_name = f".{scope}.{nested.name}"
        for nested in message.nested_type:
            self._name_entries(_join(scope, nested.name), nested)

    def _import(self, file: FileDescriptorProto) -> None:
        """Adds the imports that a file needs and does not have, and removes those left out."""
        public = [n for i, n in enumerate(file.dependency) if i in set(file.public_dependency)]
        names = [name for name in file.dependency if name in self._files or name in self._own]
        # An import that no server file or file of ours satisfies stays, and is reported later.
        lost = [name for name in file.dependency if name not in names and not self._was_sent(name)]
        reached = self._reached(names)
        needed = {
            self._places[name][0] for name in self._names.used(file) if name in self._places
        } - {file.name}
        added = sorted(needed - reached)
        wanted = [*names, *lost, *added]
        if wanted != list(file.dependency):
            del file.public_dependency[:]
            del file.weak_dependency[:]
            file.dependency[:] = wanted
            file.public_dependency.extend(wanted.index(name) for name in public if name in wanted)

    def _was_sent(self, name: str) -> bool:
        return name in self._names.files

    def _reached(self, names: Sequence[str]) -> set[str]:
        """Returns files and all that they import."""
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            file = self._find(name)
            if name not in reached and file is not None:
                reached.add(name)
                waiting += file.dependency
        return reached

    def ordered(self) -> Sequence[FileDescriptorProto]:
        """Returns the files that the server sent, and those of ours that they import, in order."""
        return in_import_order(list(self._files), self._find)

    def _find(self, name: str) -> FileDescriptorProto | None:
        return self._files.get(name) or self._own.get(name)


class _Names:
    """The full names of all messages and enums, which references of types can mean."""

    def __init__(self, files: Sequence[FileDescriptorProto]) -> None:
        self.files = {file.name for file in files}
        self._known = {name for file in files for name in _all_names(file)}
        self._tops = {name for file in files for name, _ in _definitions(file)}

    def resolve(self, scope: str, name: str) -> str:
        """Returns the full name of a type that is used in a scope: the innermost one counts."""
        if name.startswith("."):
            return name[1:]
        while scope:
            if (full := f"{scope}.{name}") in self._known:
                return full
            scope = scope.rpartition(".")[0]
        return name

    def used(self, file: FileDescriptorProto) -> Iterator[str]:
        """Yields the top-level definitions that a file uses."""
        for scope, name in _references(file):
            full = self.resolve(scope, name)
            while full and full not in self._tops:
                full = full.rpartition(".")[0]
            if full:
                yield full

    def shape(self, scope: str, definition: Definition) -> Any:
        """Returns all of a definition that changes what bytes mean."""
        if isinstance(definition, EnumDescriptorProto):
            return sorted((value.number, value.name) for value in definition.value)
        if isinstance(definition, FieldDescriptorProto):
            return self._field(scope.rpartition(".")[0], definition, {})
        if not isinstance(definition, DescriptorProto):
            return [
                (
                    method.name,
                    self.resolve(scope, method.input_type),
                    self.resolve(scope, method.output_type),
                    method.client_streaming,
                    method.server_streaming,
                )
                for method in definition.method
            ]
        entries = {n.name: n for n in definition.nested_type if n.options.map_entry}
        fields = sorted((self._field(scope, field, entries) for field in definition.field), key=str)
        inner: list[Definition] = [*definition.nested_type, *definition.enum_type]
        nested = [
            (one.name, self.shape(f"{scope}.{one.name}", one))
            for one in inner
            if one.name not in entries
        ]
        return fields, sorted(nested, key=str)

    def _field(
        self, scope: str, field: FieldDescriptorProto, entries: Mapping[str, DescriptorProto]
    ) -> Any:
        """Returns the shape of a field; some servers write its name in another style."""
        kind: Any = self.resolve(scope, field.type_name) if field.type_name else field.type
        entry = entries.get(field.type_name.rpartition(".")[2])
        if entry is not None:
            kind = self.shape(f"{scope}.{entry.name}", entry)
        name = field.name.replace("_", "").lower()
        extendee = self.resolve(scope, field.extendee) if field.extendee else ""
        return field.number, name, field.label or field.LABEL_OPTIONAL, kind, extendee


@functools.cache
def _own_files() -> Mapping[str, FileDescriptorProto]:
    """Returns the files that TestingKit has, by their names."""
    found: dict[str, FileDescriptorProto] = {}
    waiting: list[FileDescriptor] = [*(module.DESCRIPTOR for module in _WELL_KNOWN), *CONTRACT]
    while waiting:
        file = waiting.pop()
        if file.name not in found:
            found[file.name] = FileDescriptorProto.FromString(file.serialized_pb)
            waiting += file.dependencies
    return found


def _definitions(file: FileDescriptorProto) -> Iterator[tuple[str, Definition]]:
    for field in _DEFINITIONS:
        for definition in getattr(file, field):
            yield _join(file.package, definition.name), definition


def _all_names(file: FileDescriptorProto) -> Iterator[str]:
    waiting: list[tuple[str, Definition]] = [(file.package, one) for one in file.message_type]
    waiting += [(file.package, one) for one in file.enum_type]
    while waiting:
        scope, one = waiting.pop()
        full = _join(scope, one.name)
        yield full
        if isinstance(one, DescriptorProto):
            waiting += [(full, nested) for nested in one.nested_type]
            waiting += [(full, nested) for nested in one.enum_type]


def _references(file: FileDescriptorProto) -> Iterator[tuple[str, str]]:
    """Yields the scope and the text of every reference to a type."""
    for service in file.service:
        for method in service.method:
            yield _join(file.package, service.name), method.input_type
            yield _join(file.package, service.name), method.output_type
    fields: list[tuple[str, FieldDescriptorProto]] = [(file.package, e) for e in file.extension]
    waiting = [(file.package, message) for message in file.message_type]
    while waiting:
        scope, message = waiting.pop()
        full = _join(scope, message.name)
        fields += [(full, field) for field in (*message.field, *message.extension)]
        waiting += [(full, nested) for nested in message.nested_type]
    for scope, field in fields:
        yield from ((scope, name) for name in (field.type_name, field.extendee) if name)


def _join(scope: str, name: str) -> str:
    return f"{scope}.{name}" if scope else name
