"""Golden files, and the cache of parsed files."""

from __future__ import annotations

import functools
import os
import time
from pathlib import Path

import pytest

from testingkit.conformance.cases.load import Expanders, SuiteCache, load_suites
from testingkit.conformance.cases.validate import SuiteValidator, missing_goldens
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation, Expectation
from testingkit.conformance.v1.golden_pb2 import Provenance, Witness
from tests.conformance.support import load_text, says, schema, validate

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
CASE = 'cases { name: "hello" method: "Say" expect { golden {} } }'
NAMED = 'cases { name: "hello" method: "Say" expect { golden { name: "other" } } }'
WITNESSES = 'witnesses { runner: "go" version: "0.2.0" } witnesses { runner: "plain" }'


def golden(tmp_path: Path, text: str | bytes, name: str = "hello") -> None:
    file = tmp_path / "goldens" / "one" / f"{name}.textproto"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems_of(tmp_path: Path, text: str) -> list[str]:
    """Returns the problems of a case file."""
    suites, problems = load_text(tmp_path, text)
    return [str(p) for p in [*problems, *validate(suites), *missing_goldens(suites)]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('response { text: "hi" }', says("hi")),
        ("response {}", says("")),
        ('\ufeffresponse { text: "hi" }', says("hi")),
        ('response { [type.googleapis.com/probe.v1.Answer] { text: "hi" } }', says("hi")),
        (
            "response # c\n : # d\n < [ # e\n x / probe . v1 . Answer ] { text: 'h' \"\\x69\" } >",
            says("hi"),
        ),
        ("error { reason: 'R' }", Expectation(error=ErrorExpectation(reason="R"))),
    ],
)
def test_golden_is_the_expectation(tmp_path: Path, text: str, expected: Expectation) -> None:
    golden(tmp_path, text)
    ((suite,), problems) = load_text(tmp_path, HEADER + CASE)
    assert problems == []
    case = next(iter(suite.cases))
    assert case.expect == expected
    assert case.message.expect.HasField("golden")
    assert case.golden is not None
    assert (case.golden.path, case.golden.exists) == ("goldens/one/hello.textproto", True)
    assert case.golden.provenance is None


def test_golden_has_its_provenance(tmp_path: Path) -> None:
    golden(tmp_path, f'provenance {{ accepted: "2026-03-02" {WITNESSES} }} error {{}}')
    ((suite,), problems) = load_text(tmp_path, HEADER + CASE)
    assert [*problems, *validate([suite])] == []
    source = next(iter(suite.cases)).golden
    assert source is not None
    assert source.provenance == Provenance(
        accepted="2026-03-02",
        witnesses=[Witness(runner="go", version="0.2.0"), Witness(runner="plain")],
    )


@pytest.mark.parametrize(
    ("provenance", "problem"),
    [
        (
            f'accepted: "2026-3-2" {WITNESSES}',
            "provenance.accepted '2026-3-2' is not a date such as 2027-01-31",
        ),
        (f'accepted: "2026-02-30" {WITNESSES}', "provenance.accepted '2026-02-30' is not a date"),
        (WITNESSES, "provenance.accepted '' is not a date"),
        ('accepted: "2026-03-02"', "provenance.witnesses: expected the runners"),
        ('accepted: "2026-03-02" witnesses {}', "provenance.witnesses: expected the runners"),
    ],
)
def test_invalid_provenance_is_a_problem(tmp_path: Path, provenance: str, problem: str) -> None:
    golden(tmp_path, f"error {{}} provenance {{ {provenance} }}")
    (found,) = problems_of(tmp_path, HEADER + CASE)
    assert found.startswith(f"goldens/one/hello.textproto:1:1: {problem}")


def test_golden_with_a_name_of_its_own(tmp_path: Path) -> None:
    golden(tmp_path, "error {}", "other")
    ((suite,), problems) = load_text(tmp_path, HEADER + NAMED)
    assert problems == []
    assert next(iter(suite.cases)).expect.HasField("error")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ":1:1: expected response {...} or error {...}"),
        (f'provenance {{ accepted: "2026-03-02" {WITNESSES} }}', ":1:1: expected response {...}"),
        ("\nagree {}", ':2:1: Message type "testingkit.conformance.v1.GoldenFile" has no field'),
        ("\n response { txt: 1 }", ':2:13: Message type "probe.v1.Answer" has no field named'),
        ("response {}\nerror {}", ":2:1: "),
        ("\n response {", ":2:11: "),
        ("response { [x.y/probe.v1.Ask] {} }", ":1:12: the method's type here is probe.v1.Answer"),
        (b"response {}\n\xff", ":2:1: is not UTF-8 text"),
    ],
)
def test_each_mistake_in_a_golden_has_its_place(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    golden(tmp_path, text)
    suites, (found,) = load_text(tmp_path, HEADER + CASE)
    assert str(found).startswith(f"goldens/one/hello.textproto{problem}")
    assert [case for suite in suites for case in suite.cases] == []


@pytest.mark.parametrize("expect", ["error {}", "golden {}"])
def test_broken_golden_hides_no_other_case(tmp_path: Path, expect: str) -> None:
    golden(tmp_path, "agree {}")
    golden(tmp_path, "error {}", "next")
    more = f'cases {{ name: "next" method: "Say" expect {{ {expect} }} }}'
    (suite,), problems = load_text(tmp_path, HEADER + CASE + more)
    assert [case.id for case in suite.cases] == ["probe/next"]
    assert len(problems) == 1


def test_missing_golden_is_a_problem_of_the_case(tmp_path: Path) -> None:
    assert problems_of(tmp_path, HEADER + CASE) == [
        (
            "one.textproto:3:1: probe/hello: there is no golden file goldens/one/hello.textproto: "
            "testingkit accept probe/hello writes it"
        )
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "../../secret",
            "golden name '../../secret': expected a-z, 0-9, _, - and .",
        ),
        (
            "/etc/passwd",
            "golden name '/etc/passwd': expected a-z, 0-9, _, - and .",
        ),
        ("a\\000b", "golden name 'a\\x00b': expected a-z, 0-9, _, - and ."),
        ("x" * 201, "expected a-z, 0-9, _, - and ."),
    ],
)
def test_golden_name_cannot_lead_to_another_folder(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "secret.textproto").write_text("secret")
    golden(tmp_path, "error {}")
    (found,) = problems_of(tmp_path, HEADER + NAMED.replace("other", name))
    assert f"{problem}, at most 200 characters" in found


def test_golden_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "goldens" / "one" / "hello.textproto").mkdir(parents=True)
    (found,) = problems_of(tmp_path, HEADER + CASE)
    assert found == "goldens/one/hello.textproto:1:1: not a regular file"


PLAIN = """description: "d"
audit { max_liar_share: 0 }
defaults { method: "Say" tags: "t" compare { ignore: "text" } timeout { seconds: 1 } }
cases { name: "one" request { text: "a" } expect { response { text: "x" } } }

cases { name: "two" method: "Echo" expect { agree { reason: "r" } } compare { unordered: "words" } }
"""


def test_cached_suite_equals_parsed_suite(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, none = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    second, nothing = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert [*none, *nothing] == []
    assert list(first) == list(second)
    header = {field.name for field, _ in second[0].message.ListFields()}
    # All fields of a suite must be in the cache, also those that are added later.
    assert header == {field.name for field in second[0].message.DESCRIPTOR.fields} - {"cases"}


def test_cached_suite_keeps_empty_headers(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(
        HEADER + "defaults {} audit {}" + PLAIN.partition("\n\n")[2].replace("two", "a")
    )
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    second, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert second[0].message.HasField("audit")
    assert list(first) == list(second)


def test_damaged_cache_is_ignored(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    for size in range(len(whole)):
        kept.write_bytes(whole[:size])
        again, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
        assert list(again) == list(first)


@pytest.mark.parametrize("text", [HEADER + CASE, HEADER + "cases { nam: 1 }", HEADER])
def test_suites_with_goldens_or_problems_are_not_cached(tmp_path: Path, text: str) -> None:
    golden(tmp_path, "error {}")
    file = tmp_path / "one.textproto"
    file.write_text(text)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert not (tmp_path / "cache").exists()


def test_suites_without_validation_are_not_cached(tmp_path: Path) -> None:
    """Cached suites are not validated again."""
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    suites, problems = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    assert (len(suites), problems) == (1, [])
    assert not (tmp_path / "cache").exists()


def test_moved_file_is_not_found_in_the_cache(tmp_path: Path) -> None:
    """Its path is in reports, and in the cache entry."""
    file, moved = tmp_path / "one.textproto", tmp_path / "two.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    file.rename(moved)
    (suite,), _ = load_suites([moved], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
    assert {case.place.path for case in suite.cases} == {"two.textproto"}


def test_cache_entry_of_other_code_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    for sources, entries in (("a", 1), ("a", 1), ("b", 2)):
        code = functools.partial(str, sources)
        monkeypatch.setattr("testingkit.conformance.cases.load.cache._digest_of_sources", code)
        cache = SuiteCache(tmp_path / "cache", schema(), "")
        load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
        assert len(list((tmp_path / "cache").iterdir())) == entries


def test_unused_cache_entries_are_removed(tmp_path: Path) -> None:
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    for name, age in (("old", 20), ("new", 10)):
        file = tmp_path / f"{name}.textproto"
        file.write_text(HEADER + PLAIN)
        load_suites([file], tmp_path, schema(), Expanders({}), cache, SuiteValidator)
        for entry in (tmp_path / "cache").iterdir():
            seconds = time.time() - age * 24 * 3600
            os.utime(entry, (seconds, seconds))
    load_suites(
        [tmp_path / "old.textproto"], tmp_path, schema(), Expanders({}), cache, SuiteValidator
    )
    cache.remove_unused()
    assert len(list((tmp_path / "cache").iterdir())) == 2  # one was just used
    for entry in (tmp_path / "cache").iterdir():
        os.utime(entry, (0, 0))
    cache.remove_unused()
    assert not list((tmp_path / "cache").iterdir())
