"""Writes projects for the harness: case files of generated calls, and a configuration."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmark.programs import Program
from benchmark.work import METHOD, PROTOS, SERVICE, Work, request, response
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.v1.case_pb2 import Case, CaseDefaults, Suite

_CASES_A_FILE = 1_000
_CASES_A_BINARY_FILE = 10_000
_TYPES = "type.googleapis.com/acme.bench.v1"
_FOLDER = "conformance_cases"


def write_project(folder: Path, works: Iterable[Work], programs: Sequence[Program]) -> None:
    """Writes a project in which every call is a case that expects the right answer."""
    cases = _write_configuration(folder, programs)
    for number, part in _parts(works, _CASES_A_FILE):
        (cases / f"part_{number:04}.textproto").write_text(_suite(number, part), encoding="utf-8")


def write_generated(folder: Path, works: Iterable[Work], programs: Sequence[Program]) -> None:
    """Writes the same project with case files in binary form, as generators of cases do."""
    cases = _write_configuration(folder, programs)
    for number, part in _parts(works, _CASES_A_BINARY_FILE):
        (cases / f"part_{number:04}.binpb").write_bytes(b"".join(_binary_suite(number, part)))


def _write_configuration(folder: Path, programs: Sequence[Program]) -> Path:
    """Writes the configuration, and returns the folder for case files."""
    folder.mkdir()
    configuration = [
        f"[project]\nname = {json.dumps(folder.name)}\nprotos = [{json.dumps(str(PROTOS))}]\n",
        *map(_runner, programs),
    ]
    (folder / "testingkit.toml").write_text("\n".join(configuration), encoding="utf-8")
    cases = folder / _FOLDER
    cases.mkdir()
    return cases


def _parts(works: Iterable[Work], size: int) -> Iterator[tuple[int, Sequence[Work]]]:
    remaining = iter(works)
    for number in itertools.count():
        part = list(itertools.islice(remaining, size))
        if not part:
            return
        yield number, part


def _runner(program: Program) -> str:
    """Returns a table of the configuration. JSON and TOML quote these texts alike."""
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


def _binary_suite(number: int, works: Sequence[Work]) -> Iterator[bytes]:
    header = Suite(name=f"part_{number:04}", service=SERVICE, defaults=CaseDefaults(method=METHOD))
    yield delimited(header.SerializeToString())
    for work in works:
        case = Case(name=work.name)
        case.request.type_url = f"{_TYPES}.WorkRequest"
        case.request.value = request(work)
        case.expect.response.type_url = f"{_TYPES}.WorkResponse"
        case.expect.response.value = response(work)
        yield delimited(case.SerializeToString())


def _case(work: Work) -> str:
    spin = f" spin_nanos: {work.spin_nanos}" if work.spin_nanos else ""
    return f"""
cases {{
  name: "{work.name}"
  request {{ name: "{work.name}" number: {work.number} payload: "{work.payload}"{spin} }}
  expect {{ response {{ name: "{work.name}!" number: {work.number + 1} sum: {work.sum} }} }}
}}
"""
