"""A second subject, in proto2: required fields, groups, extensions, and a recursive value."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import Any

from testingkit.conformance.cases.load.parsing import Parser, Rules
from testingkit.conformance.cases.model import Method
from testingkit.conformance.protobuf.schema import Schema, compile_protos

PROTO = """\
syntax = "proto2";
package legacy.v1;

import "google/protobuf/any.proto";

message Strict {
  required int32 id = 1;
  optional string name = 2;
}

message Holder {
  extensions 100 to 199;
  optional Strict one = 1;
  repeated Strict many = 2;
  map<string, Strict> by_name = 3;
  oneof choice {
    Strict chosen = 4;
    string other = 5;
  }
  repeated group Part = 6 {
    optional int32 size = 1;
    optional double weight = 2;
    optional Strict strict = 3;
  }
  optional google.protobuf.Any packed = 7;
  repeated google.protobuf.Any several = 8;
  map<string, google.protobuf.Any> by_key = 9;
  optional double ratio = 10;
  optional Value value = 11;
  optional Name legacy = 12;
}

message Name {
  optional string v1 = 1;
}

extend Holder {
  optional Strict extra = 100;
  repeated double weights = 101;
  optional Holder deeper = 102;
  optional double scale = 103;
  repeated Value values = 104;
}

message Value {
  oneof kind {
    double number = 1;
    string text = 2;
    MapValue map = 3;
    google.protobuf.Any any = 4;
  }
  map<string, Value> named = 5;
}

message MapValue {
  repeated Entry entries = 1;
  message Entry {
    optional Value key = 1;
    optional Value value = 2;
  }
}

service LegacyService {
  rpc Hold(Holder) returns (Holder);
  rpc Get(Strict) returns (Strict);
  rpc Pack(google.protobuf.Any) returns (google.protobuf.Any);
}
"""


@functools.cache
def legacy_schema() -> Schema:
    """The schema of the subject."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "legacy.proto").write_text(PROTO)
        return Schema(compile_protos([root], root / "cache"))


def legacy_method(name: str = "Hold") -> Method:
    found = legacy_schema().method(f"legacy.v1.LegacyService/{name}")
    assert found is not None
    return Method(f"legacy.v1.LegacyService/{name}", found.input_type, found.output_type)


def legacy(name: str, text: str = "") -> Any:
    """A message from its text. Its class is only known at run time, hence no type."""
    descriptor = legacy_schema().message_type(f"legacy.v1.{name}")
    assert descriptor is not None
    message = legacy_schema().new(descriptor)
    Parser(text, message, Rules(legacy_schema().pool)).parse()
    return message
