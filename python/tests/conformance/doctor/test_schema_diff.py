"""The types that a runner was built with, compared with those of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.doctor.check_results import CheckStatus
from testingkit.conformance.doctor.schema_diff import outline
from testingkit.conformance.doctor.service_checks import compare_protos
from testingkit.conformance.protobuf.schema import Schema, compile_protos

PROTO = """
syntax = "proto3";
package p.v1;
option go_package = "somewhere";
service S {
  rpc M(Ask) returns (Answer);
  rpc Later(Ask) returns (Answer);
}
message Ask {
  string text = 1;
  optional int32 number = 2;
  repeated Part parts = 3;
  map<string, Part> named = 4;
  oneof choice {
    bool yes = 5;
    bytes no = 6;
  }
  optional Part single = 7;
}
message Part {
  Kind kind = 1;
  Part inner = 2;
}
message Answer {}
enum Kind {
  KIND_UNSPECIFIED = 0;
  KIND_ONE = 1;
}
message Unused {
  string text = 1;
}
"""


def compiled(tmp_path: Path, text: str, name: str = "p.proto") -> Schema:
    root = tmp_path / f"{abs(hash((text, name)))}"
    root.mkdir(exist_ok=True)
    (root / name).write_text(text)
    return Schema(compile_protos([root], tmp_path / "cache"))


def test_outline_has_every_field_and_enum_value(tmp_path: Path) -> None:
    method = compiled(tmp_path, PROTO).method("p.v1.S/M")
    assert method is not None
    assert outline([method]) == {
        "p.v1.S/M": "(p.v1.Ask) returns (p.v1.Answer)",
        "p.v1.Ask.text": "string = 1",
        "p.v1.Ask.number": "optional int32 = 2",
        "p.v1.Ask.parts": "repeated p.v1.Part = 3",
        "p.v1.Ask.named": "repeated p.v1.Ask.NamedEntry = 4",
        "p.v1.Ask.NamedEntry.key": "string = 1",
        "p.v1.Ask.NamedEntry.value": "p.v1.Part = 2",
        "p.v1.Ask.yes": "bool = 5 in oneof choice",
        "p.v1.Ask.no": "bytes = 6 in oneof choice",
        "p.v1.Ask.single": "p.v1.Part = 7",
        "p.v1.Part.kind": "p.v1.Kind = 1",
        "p.v1.Part.inner": "p.v1.Part = 2",
        "p.v1.Kind.KIND_UNSPECIFIED": "= 0",
        "p.v1.Kind.KIND_ONE": "= 1",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('option go_package = "somewhere";', ""),
        ("string text = 1;", '// The text.\n  string text = 1 [json_name = "words"];'),
        ("message Unused {", "message Unused {\n  bool more = 9;"),
        ("  rpc Later(Ask) returns (Answer);\n", ""),
        ("optional Part single", "Part single"),
    ],
)
def test_changes_without_effect_on_the_bytes_are_not_a_difference(
    tmp_path: Path, old: str, new: str
) -> None:
    changed = compiled(tmp_path, PROTO.replace(old, new), "other.proto")
    note = compare_protos(compiled(tmp_path, PROTO), changed)
    assert note.status is CheckStatus.OK, note


@pytest.mark.parametrize(
    ("old", "new", "name", "ours", "theirs"),
    [
        (
            "bytes no = 6",
            "bytes no = 8",
            "Ask.no",
            "`bytes = 6 in oneof choice`",
            "`bytes = 8 in oneof choice`",
        ),
        (
            "optional int32 number",
            "int32 number",
            "Ask.number",
            "`optional int32 = 2`",
            "`int32 = 2`",
        ),
        ("  KIND_ONE = 1;", "", "Kind.KIND_ONE", "`= 1`", "missing"),
        (
            "bool yes = 5;",
            "bool yes = 5; sint64 many = 8;",
            "Ask.many",
            "missing",
            "`sint64 = 8 in oneof choice`",
        ),
        (
            "M(Ask) returns (Answer)",
            "M(Ask) returns (stream Answer)",
            "S/M",
            "`(p.v1.Ask) returns (p.v1.Answer)`",
            "`(p.v1.Ask) returns (stream p.v1.Answer)`",
        ),
        (
            "map<string, Part>",
            "map<string, Kind>",
            "Ask.NamedEntry.value",
            "`p.v1.Part = 2`",
            "`p.v1.Kind = 2`",
        ),
    ],
)
def test_first_difference_is_reported(
    tmp_path: Path, old: str, new: str, name: str, ours: str, theirs: str
) -> None:
    assert PROTO.replace(old, new) != PROTO
    note = compare_protos(compiled(tmp_path, PROTO), compiled(tmp_path, PROTO.replace(old, new)))
    assert note.status is CheckStatus.FAILED
    assert note.text == (
        f"was built from another version of the protos: p.v1.{name} is {ours} in the project's "
        f"protos, {theirs} in the runner's"
    )


def test_further_differences_are_counted(tmp_path: Path) -> None:
    changed = PROTO.replace("= 6;", "= 16;").replace("= 5;", "= 15;").replace("= 7;", "= 17;")
    note = compare_protos(compiled(tmp_path, PROTO), compiled(tmp_path, changed))
    assert "p.v1.Ask.no is" in note.text
    assert note.text.endswith("in the runner's (and 2 more)")


def test_schemas_without_common_methods_are_not_compared(tmp_path: Path) -> None:
    other = compiled(tmp_path, PROTO.replace("p.v1", "q.v1"))
    assert compare_protos(compiled(tmp_path, PROTO), other).status is CheckStatus.SKIPPED
