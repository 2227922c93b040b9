"""Every case file, golden and file of known divergences loads, or has problems with places."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given

from testingkit.conformance.cases.load import Expanders, SuiteCache, load_suites
from testingkit.conformance.cases.model import Suite
from testingkit.conformance.cases.validate import SuiteValidator
from testingkit.conformance.errors import Problem
from testingkit.conformance.known.parse import load_known_divergences
from testingkit.conformance.protobuf.schema import Schema, compile_protos
from testingkit.conformance.protobuf.text_format import print_line
from testingkit.lit import expand
from tests.conformance.support import validate
from tests.e2e.project import REPOSITORY
from tests.fuzz.mutations import spoil_bytes, spoil_text
from tests.hypothesis_profile import RANDOM, bounded_time, fuzz_settings

KNOWN = """runner: "go"
entries {
  case: "greet/*"
  kind: DIVERGENCE_KIND_BUG
  outcome { response { text: "moin" } }
  reason: "Because."
  issue: "https://tracker.example/1"
  expires: "2027-06-30"
}
entries {
  case: "greet/**" kind: DIVERGENCE_KIND_FLAKY outcome { error { code: ABORTED } } reason: "r"
}
"""
SUITE = """# proto-file: testingkit/conformance/v1/case.proto
name: "greet"
service: "greet.v1.GreetService"
defaults { method: "Greet" tags: "all" timeout { seconds: 2 } compare { ignore: "text" } }
cases {
  name: "one" former_names: ["uno", 'eins'] level: LEVEL_RECOMMENDED
  request { name: "Ada" }
  expect { any_of { choices { response { text: "a" } } choices { error { code: NOT_FOUND } } } }
}
cases: [ { name: "two" expect { agree { reason: "open" } } },
         < name: "three" request { [type.googleapis.com/greet.v1.GreetRequest] { name: "x" } }
           expect: { golden { name: "other" } } > ]
cases { name: "four" expect { golden {} } compare { float_tolerance { absolute: 1e-9 ulps: 2 } } }
"""
GOLDEN = 'response { text: "a long \\303\\244nswer" }\n'


@functools.cache
def repository_schema() -> Schema:
    roots = [REPOSITORY / "proto", REPOSITORY / "third_party" / "proto"]
    return Schema(compile_protos(roots, REPOSITORY / ".testingkit" / "cache"))


@functools.cache
def greet_schema() -> Schema:
    roots = [REPOSITORY / "python" / "tests" / "e2e" / "protos"]
    return Schema(compile_protos(roots, REPOSITORY / ".testingkit" / "cache"))


@functools.cache
def corpus() -> Sequence[bytes]:
    """Returns the small case files of the repository."""
    files = sorted((REPOSITORY / "conformance_cases").rglob("*.textproto"))
    return [data for file in files if len(data := file.read_bytes()) < 30_000]


@functools.cache
def lit() -> Expanders:
    return Expanders({"testingkit.kit.v1.Value": expand})


def assert_places(problems: Sequence[Problem], texts: dict[str, bytes]) -> None:
    """Asserts that every problem has a message, and a place in its file."""
    for problem in problems:
        assert problem.message
        place = problem.place
        text = texts[Path(place.path).as_posix()].decode("utf-8-sig", errors="replace")
        lines = text.split("\n")
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def load(
    folder: Path, data: bytes, schema: Schema, expanders: Expanders
) -> tuple[Sequence[Suite], Sequence[Problem]]:
    (folder / "one.textproto").write_bytes(data)
    cache = SuiteCache(folder / "cache", schema, "")
    with bounded_time():
        suites, problems = load_suites(
            [folder / "one.textproto"], folder.resolve(), schema, expanders, cache, SuiteValidator
        )
        return suites, [*problems, *validate(suites)]


def check(folder: Path, data: bytes, schema: Schema, expanders: Expanders) -> None:
    suites, problems = load(folder, data, schema, expanders)
    assert_places(problems, {"one.textproto": data})
    assert problems or suites[0].cases
    if not problems:
        for suite in suites:
            assert all(print_line(case.message, schema.pool) for case in suite.cases)
        again, more = load(folder, data, schema, expanders)  # perhaps from the cache
        assert not more
        assert [case.message for case in again[0].cases] == [c.message for c in suites[0].cases]


@fuzz_settings(400)
@given(RANDOM)
def test_case_files_with_spoilt_bytes_load_or_have_problems(
    tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    data = spoil_bytes(random.choice(corpus()), random.choice(corpus()), random)
    check(_folder(tmp_path_factory), data, repository_schema(), lit())


@fuzz_settings(400)
@given(RANDOM)
def test_case_files_with_spoilt_tokens_load_or_have_problems(
    tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    text = random.choice(corpus()).decode()
    start = text.index("\ncases")
    wanted = text.find("\ncases", random.randrange(len(text) // 2 + 1) + start)
    text = text[:start] + text[wanted : wanted + 3000]
    check(_folder(tmp_path_factory), spoil_text(text, random).encode(), repository_schema(), lit())


@fuzz_settings(800)
@given(RANDOM)
def test_spoilt_suites_goldens_and_known_divergences_load_or_have_problems(
    tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    folder = _folder(tmp_path_factory)
    suite, golden, known = (
        _spoil(text, random) if random.random() < share else text.encode()
        for text, share in ((SUITE, 0.5), (GOLDEN, 0.4), (KNOWN, 0.5))
    )
    (folder / "goldens" / "one").mkdir(parents=True, exist_ok=True)
    for name in ("four", "other"):
        (folder / "goldens" / "one" / f"{name}.textproto").write_bytes(golden)
    (folder / "known").mkdir(exist_ok=True)
    (folder / "known" / "go.textproto").write_bytes(known)
    suites, problems = load(folder, suite, greet_schema(), Expanders({}))
    with bounded_time():
        _, more = load_known_divergences(folder / "known", folder.resolve(), suites, greet_schema())
    texts = {"one.textproto": suite, "known/go.textproto": known}
    names = ("four", "other", "one", "two", "three", "uno", "eins")
    texts |= {f"goldens/one/{name}.textproto": golden for name in names}
    found = [
        p for p in (*problems, *more) if p.place.path in texts or "goldens" not in p.place.path
    ]
    assert_places(found, texts)


def _spoil(text: str, random: Random) -> bytes:
    if random.random() < 0.5:
        return spoil_text(text, random).encode()
    return spoil_bytes(text.encode(), SUITE.encode(), random)


def _folder(factory: pytest.TempPathFactory) -> Path:
    """Returns one folder for all inputs, because creating a folder takes longer than a test."""
    folder = factory.getbasetemp() / "cases"
    folder.mkdir(exist_ok=True)
    return folder
