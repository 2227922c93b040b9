"""Server reflection as @grpc/reflection 1.0.4 of Node.js sends it.

It has one file for each package, no imports, relative names of types, fields in camel case, entries
of maps with the name of the field, and well-known types in ``google_protobuf.proto``; here the
usual ``google/protobuf/timestamp.proto`` comes as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import grpc
from google.protobuf import timestamp_pb2
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)
from greet.v1 import greet_pb2  # type: ignore[import-not-found]  # made by a fixture
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

_SERVICE = "greet.v1.GreetService"


def files(*, contradicts: bool) -> Sequence[FileDescriptorProto]:
    """Returns the files; with ``contradicts`` a type has another meaning in a second one."""
    greet = FileDescriptorProto.FromString(greet_pb2.DESCRIPTOR.serialized_pb)
    greet.name = "greet_v1.proto"
    del greet.dependency[:]
    _make_odd(greet)
    sent = greet.message_type.add(name="Sent")
    kind = FieldDescriptorProto.TYPE_MESSAGE
    sent.field.add(
        name="sentAt", number=1, label=1, type=kind, type_name="google.protobuf.Timestamp"
    )
    sent.field.add(name="counts", number=2, label=3, type=kind, type_name="Counts")
    entry = sent.nested_type.add(name="Counts")
    entry.options.map_entry = True
    for number, name in enumerate(("key", "value"), start=1):
        entry.field.add(name=name, number=number, label=1, type=FieldDescriptorProto.TYPE_INT32)
    usual = FileDescriptorProto.FromString(timestamp_pb2.DESCRIPTOR.serialized_pb)
    combined = FileDescriptorProto()
    combined.CopyFrom(usual)
    combined.name = "google_protobuf.proto"
    combined.ClearField("options")
    found = [greet, combined, usual]
    if contradicts:
        other = FileDescriptorProto(name="other.proto", package="greet.v1", syntax="proto3")
        other.message_type.add(name="Sent").field.add(name="sentAt", number=1, label=1, type=9)
        found.append(other)
    return found


def _make_odd(file: FileDescriptorProto) -> None:
    """Spells names as protobuf.js does."""
    waiting: list[DescriptorProto] = list(file.message_type)
    while waiting:
        message = waiting.pop()
        waiting += message.nested_type
        for field in message.field:
            head, *tail = field.name.split("_")
            field.name = head + "".join(word.title() for word in tail)
            field.ClearField("json_name")
            if field.type_name:
                field.type_name = field.type_name.removeprefix(f".{file.package}.")


class _Reflection(reflection_pb2_grpc.ServerReflectionServicer):  # type: ignore[misc]  # no stubs
    def __init__(self, sent: Sequence[FileDescriptorProto]) -> None:
        self._sent = [file.SerializeToString() for file in sent]

    def ServerReflectionInfo(self, request_iterator: Any, context: Any) -> Iterator[Any]:
        for request in request_iterator:
            answer = reflection_pb2.ServerReflectionResponse()
            if request.HasField("list_services"):
                answer.list_services_response.service.add(name=_SERVICE)
            elif request.file_containing_symbol == _SERVICE:
                answer.file_descriptor_response.file_descriptor_proto.extend(self._sent)
            else:
                answer.error_response.error_code = grpc.StatusCode.NOT_FOUND.value[0]
            yield answer


def add(server: grpc.Server, *, contradicts: bool) -> None:
    """Adds the reflection to a server."""
    servicer = _Reflection(files(contradicts=contradicts))
    reflection_pb2_grpc.add_ServerReflectionServicer_to_server(servicer, server)
