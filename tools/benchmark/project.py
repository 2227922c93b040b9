"""Projects for the harness: case files of generated calls, and a configuration."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmark.programs import Program
from benchmark.work import PROTOS, SERVICE, Work

_CASES_A_FILE = 1_000
_FOLDER = "conformance_cases"


def write_project(folder: Path, works: Iterable[Work], programs: Sequence[Program]) -> None:
    """Writes a project in which every call is a case with the answer that is right."""
    folder.mkdir()
    configuration = [
        f"[project]\nname = {json.dumps(folder.name)}\nprotos = [{json.dumps(str(PROTOS))}]\n",
        *map(_runner, programs),
    ]
    (folder / "testingkit.toml").write_text("\n".join(configuration), encoding="utf-8")
    cases = folder / _FOLDER
    cases.mkdir()
    remaining = iter(works)
    for number in itertools.count():
        part = list(itertools.islice(remaining, _CASES_A_FILE))
        if not part:
            return
        (cases / f"part_{number:04}.textproto").write_text(_suite(number, part), encoding="utf-8")


def _runner(program: Program) -> str:
    """A table of the configuration. What JSON quotes is what TOML quotes, for plain texts."""
    return (
        f"[runners.{program.name}]\ncommand = {json.dumps(list(program.runner))}\n"
        f"cwd = {json.dumps(str(program.folder))}\nenv = {_inline(program.environment)}\n"
    )


def _inline(table: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{key} = {json.dumps(value)}" for key, value in table.items())
    return f"{{ {pairs} }}" if pairs else "{}"


def _suite(number: int, works: Sequence[Work]) -> str:
    head = f'name: "part_{number:04}"\nservice: "{SERVICE}"\ndefaults {{ method: "Work" }}\n'
    return head + "".join(map(_case, works))


def _case(work: Work) -> str:
    spin = f" spin_nanos: {work.spin_nanos}" if work.spin_nanos else ""
    return f"""
cases {{
  name: "{work.name}"
  request {{ name: "{work.name}" number: {work.number} payload: "{work.payload}"{spin} }}
  expect {{ response {{ name: "{work.name}!" number: {work.number + 1} sum: {work.sum} }} }}
}}
"""
