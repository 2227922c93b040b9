"""A project of a subject in proto2 whose runners answer what the test states."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.project import SCRIPTS, Project

PROTO = """\
syntax = "proto2";
package legacy.v1;

import "google/protobuf/any.proto";

message Ask {
  optional string text = 1;
}

message Strict {
  required int32 id = 1;
}

message Told {
  extensions 100 to 199;
  optional string text = 1;
  map<string, int32> counts = 2;
  repeated Strict many = 3;
  optional google.protobuf.Any any = 4;
  optional double ratio = 5;
}

extend Told {
  optional Strict extra = 100;
}

service ToldService {
  rpc Tell(Ask) returns (Told);
}
"""
# Bytes of a `Told`, in hexadecimal digits.
WHOLE = "1a02 0801"  # many { id: 1 }
PARTIAL = "1a00"  # many {}
PARTIAL_EXTRA = "a20600"  # [legacy.v1.extra] {}

Answer = str | tuple[int, str]  # a response in hexadecimal digits, or an error


def write_suite(project: Project, *cases: str, suite: str = "answers") -> None:
    """Writes a suite; each case is its text, with the name first."""
    text = f'name: "{suite}"\nservice: "legacy.v1.ToldService"\ndefaults {{ method: "Tell" }}\n'
    project.suite.write_text(text + "".join(f"cases {{ {case} }}\n" for case in cases))


def agree(name: str, *, more: str = "") -> str:
    """The text of a case that sends its name, and expects agreement."""
    return (
        f'name: "{name}" request {{ text: "{name}" }} expect {{ agree {{ reason: "r" }} }} {more}'
    )


def answering(project: Project, **runners: Mapping[str, Answer]) -> Project:
    """Makes runners answer these."""
    (project.folder / "protos" / "legacy.proto").write_text(PROTO)
    for name, answers in runners.items():
        file = project.folder / f"{name}.json"
        file.write_text(json.dumps(answers))
        command = [sys.executable, str(SCRIPTS / "answering.py"), "legacy.v1.ToldService", "Tell"]
        project.runners[name] = {"command": [*command, str(file)]}
    return project


def last_run(project: Project) -> str:
    """The name of the last run."""
    folder: Path = project.folder / ".testingkit" / "runs" / "last"
    return folder.resolve().name
