"""Files of server reflection are merged by their symbols."""

from __future__ import annotations

import pytest
from google.protobuf import text_format, timestamp_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from testingkit.conformance.errors import ProtoError
from testingkit.conformance.protobuf.reflected_files import merge_files
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from tests.conformance.support import PROTOS
from tests.e2e.project import REPOSITORY

_STRING = "label: LABEL_OPTIONAL type: TYPE_STRING"
_MESSAGE = "label: LABEL_OPTIONAL type: TYPE_MESSAGE"


def file(text: str) -> FileDescriptorProto:
    return text_format.Parse(text, FileDescriptorProto(syntax="proto3"))


def a_type(name: str, field: str, package: str = "p") -> FileDescriptorProto:
    return file(
        f'name: "{name}" package: "{package}" message_type {{ name: "A" field {{ {field} }} }}'
    )


def test_files_of_protoc_stay_as_they_are() -> None:
    files = list(compile_protos([PROTOS], REPOSITORY / ".testingkit" / "cache"))
    merged = {one.name: one for one in merge_files(files)}
    for one in files:
        assert merged[one.name] == one
    assert Schema(merge_files(files)).services == Schema(files).services


def test_same_type_in_two_files_is_taken_once() -> None:
    one = a_type("one.proto", f'name: "a_b" number: 1 {_STRING}')
    two = a_type("two.proto", f'name: "aB" number: 1 json_name: "x" {_STRING}')
    user = file(
        'name: "user.proto" package: "q" dependency: "two.proto" '
        f'message_type {{ name: "B" field {{ name: "a" number: 1 {_MESSAGE} type_name: ".p.A" }} }}'
    )
    merged = merge_files([one, two, user])
    assert [(f.name, list(f.dependency)) for f in merged] == [
        ("one.proto", []),
        ("user.proto", ["one.proto"]),
    ]
    assert Schema(merged).message_names() == ["p.A", "q.B"]


@pytest.mark.parametrize(
    "field",
    [
        f'name: "a_b" number: 2 {_STRING}',
        'name: "a_b" number: 1 label: LABEL_REPEATED type: TYPE_STRING',
        'name: "a_b" number: 1 label: LABEL_OPTIONAL type: TYPE_BYTES',
        f'name: "c" number: 1 {_STRING}',
    ],
)
def test_types_that_differ_on_the_wire_are_an_error(field: str) -> None:
    one = a_type("one.proto", f'name: "a_b" number: 1 {_STRING}')
    with pytest.raises(
        ProtoError, match=r"two.proto: p.A is defined differently than in one.proto"
    ):
        merge_files([one, a_type("two.proto", field)])


def test_own_well_known_types_are_preferred_and_imported() -> None:
    theirs = FileDescriptorProto()
    timestamp_pb2.DESCRIPTOR.CopyToProto(theirs)
    theirs.name = "google_protobuf.proto"
    user = a_type(
        "p.proto", f'name: "at" number: 1 {_MESSAGE} type_name: "google.protobuf.Timestamp"'
    )
    merged = merge_files([theirs, user])
    assert [one.name for one in merged] == ["google/protobuf/timestamp.proto", "p.proto"]
    assert Schema(merged).message_type("p.A") is not None


def test_well_known_type_with_other_fields_is_an_error() -> None:
    theirs = a_type("google_protobuf.proto", f'name: "x" number: 1 {_STRING}', "google.protobuf")
    theirs.message_type[0].name = "Timestamp"
    with pytest.raises(ProtoError, match=r"google.protobuf.Timestamp is defined differently than"):
        merge_files([theirs])


def test_relative_names_mean_the_innermost_type() -> None:
    text = f"""
        name: "p.proto" package: "p.q"
        message_type {{
          name: "A"
          field {{ name: "b" number: 1 {_MESSAGE} type_name: "B" }}
          nested_type {{ name: "B" }}
        }}
        message_type {{ name: "B" field {{ name: "c" number: 1 {_MESSAGE} type_name: "C" }} }}
    """
    other = file('name: "o.proto" package: "p" message_type { name: "C" }')
    merged = merge_files([file(text), other])
    assert [(f.name, list(f.dependency)) for f in merged] == [
        ("o.proto", []),
        ("p.proto", ["o.proto"]),
    ]


def test_missing_import_is_reported_by_the_schema() -> None:
    lost = file('name: "p.proto" package: "p" dependency: "lost.proto"')
    with pytest.raises(ProtoError, match=r"lost.proto"):
        Schema(merge_files([lost]))
