"""Types of subjects: compiled, cached and found by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2

from testingkit.conformance.errors import ProtoError
from testingkit.conformance.protobuf.field_paths import resolve
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from tests.conformance.support import PROTOS, schema

PROTO = 'syntax = "proto3"; package p.v1; message A { %s } service S { rpc M(A) returns (A); }'


def write(root: Path, text: str, name: str = "p/v1/p.proto") -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return root


def test_finds_services_methods_and_types() -> None:
    assert [m.name for m in schema().methods("probe.v1.ProbeService") or ()] == [
        "Echo",
        "Say",
        "Pour",
    ]
    assert schema().methods("probe.v1.No") is None
    assert schema().method("probe.v1.ProbeService/No") is None
    assert schema().method("probe.v1.No/Say") is None
    assert schema().method("nonsense") is None
    assert schema().message_type("probe.v1.No") is None


def test_compiled_protos_are_cached_by_content(tmp_path: Path) -> None:
    root, cache = write(tmp_path / "root", PROTO % ""), tmp_path / "cache"
    first = compile_protos([root], cache)
    (kept,) = cache.iterdir()
    marked = [*first, descriptor_pb2.FileDescriptorProto(name="mark.proto")]
    kept.write_bytes(descriptor_pb2.FileDescriptorSet(file=marked).SerializeToString())
    assert compile_protos([root], cache) == marked  # From the cache.
    write(root, PROTO % "int32 a = 1;")
    changed = compile_protos([root], cache)
    assert changed[-1].message_type[0].field[0].name == "a"
    assert len(list(cache.iterdir())) == 2


def test_unwritable_cache_is_ignored(tmp_path: Path) -> None:
    root = write(tmp_path / "root", PROTO % "")
    (tmp_path / "cache").touch()
    assert Schema(compile_protos([root], tmp_path / "cache")).services == ["p.v1.S"]


def test_damaged_cache_is_ignored(tmp_path: Path) -> None:
    root, cache = write(tmp_path / "root", PROTO % ""), tmp_path / "cache"
    first = compile_protos([root], cache)
    (kept,) = cache.iterdir()
    for damage in (b"\xff", b""):
        kept.write_bytes(damage)
        assert compile_protos([root], cache) == first


def test_compile_error_has_the_output_of_the_compiler(tmp_path: Path) -> None:
    root = write(tmp_path / "root", PROTO % "int32 a = ;")
    with pytest.raises(ProtoError, match=r"(?s)do not compile:\n.*p/v1/p\.proto:1:\d+"):
        compile_protos([root], tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_folder_without_protos_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProtoError, match=r"no \.proto file under"):
        compile_protos([tmp_path], tmp_path / "cache")


def test_google_rpc_imports_are_bundled(tmp_path: Path) -> None:
    text = (
        'syntax = "proto3"; import "google/rpc/status.proto"; import "google/protobuf/any.proto";'
    )
    root = write(tmp_path / "root", text + " message A { google.rpc.Status s = 1; }")
    assert Schema(compile_protos([root], tmp_path / "cache")).message_type("A")


def test_two_roots_make_one_schema(tmp_path: Path) -> None:
    root = write(tmp_path / "root", PROTO % "")
    both = Schema(compile_protos([root, PROTOS], tmp_path / "cache"))
    assert set(both.services) == {"p.v1.S", "probe.v1.PackedService", "probe.v1.ProbeService"}


def test_missing_imports_and_contradictions_are_errors() -> None:
    missing = descriptor_pb2.FileDescriptorProto(name="a.proto", dependency=["b.proto"])
    with pytest.raises(ProtoError, match=r"a\.proto: "):
        Schema([missing])
    message = descriptor_pb2.DescriptorProto(name="A")
    twice = [
        descriptor_pb2.FileDescriptorProto(name=name, message_type=[message])
        for name in ("a.proto", "b.proto")
    ]
    with pytest.raises(ProtoError, match=r"b\.proto: "):
        Schema(twice)


def test_file_names_that_are_not_text_are_errors() -> None:
    for data in (b"\x0a\x02\xff\xfe", b"\x0a\x01a\x1a\x01\xff"):
        file = descriptor_pb2.FileDescriptorProto.FromString(data)
        with pytest.raises(ProtoError, match="the name of the file is not text"):
            Schema([file])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("text", "text"),
        ("point.below.label", "label"),
        ("points.below", "below"),
        ("places", "places"),
        ("places.label", "label"),
        ("spot.x", "x"),
        ("value.list_value.values.number_value", "number_value"),
    ],
)
def test_field_path_resolves_to_a_field(path: str, name: str) -> None:
    everything = schema().message_type("probe.v1.Everything")
    assert everything is not None
    assert resolve(path, everything).name == name
