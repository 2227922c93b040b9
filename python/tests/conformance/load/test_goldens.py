"""Golden files beside case files, and the cache of parsed files."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.load import Expanders, SuiteCache, load_suites
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation, Expectation
from tests.conformance.support import load_text, says, schema

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
CASE = 'cases { name: "hello" method: "Say" expect { golden {} } }'
NAMED = 'cases { name: "hello" method: "Say" expect { golden { name: "other" } } }'


def golden(tmp_path: Path, text: str, name: str = "hello") -> None:
    file = tmp_path / "goldens" / "one" / f"{name}.textproto"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('response { text: "hi" }', says("hi")),
        ("response {}", says("")),
        ("error { reason: 'R' }", Expectation(error=ErrorExpectation(reason="R"))),
    ],
)
def test_a_golden_is_what_is_expected(tmp_path: Path, text: str, expected: Expectation) -> None:
    golden(tmp_path, text)
    ((suite,), problems) = load_text(tmp_path, HEADER + CASE)
    assert problems == []
    assert suite.cases[0].expect == expected
    assert suite.cases[0].message.expect.HasField("golden")


def test_a_golden_of_another_name(tmp_path: Path) -> None:
    golden(tmp_path, "error {}", "other")
    ((suite,), problems) = load_text(tmp_path, HEADER + NAMED)
    assert problems == []
    assert suite.cases[0].expect.HasField("error")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ":1:1: expected response {...} or error {...}"),
        ('agree { reason: "r" }', ":1:1: expected response {...} or error {...}"),
        ("\n response { txt: 1 }", ':2:13: Message type "probe.v1.Answer" has no field named'),
        ("respnse {}", ':1:1: Message type "testingkit.conformance.v1.Expectation" has no field'),
    ],
)
def test_each_mistake_is_at_its_place(tmp_path: Path, text: str, problem: str) -> None:
    golden(tmp_path, text)
    (found,) = load_text(tmp_path, HEADER + CASE)[1]
    assert str(found).startswith(f"goldens/one/hello.textproto{problem}")


@pytest.mark.parametrize("name", ["nowhere", "a\\000b", "x" * 300])
def test_a_golden_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    assert load_text(tmp_path, HEADER + NAMED.replace("other", name))[1]


PLAIN = """description: "d"
audit { max_liar_share: 0 }
defaults { method: "Say" tags: "t" compare { ignore: "text" } timeout { seconds: 1 } }
cases { name: "one" request { text: "a" } expect { response { text: "x" } } }

cases { name: "two" method: "Echo" expect { agree { reason: "r" } } compare { unordered: "words" } }
"""


def test_a_file_from_the_cache_is_the_file_as_parsed(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, none = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    second, nothing = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    assert [*none, *nothing] == []
    assert list(first) == list(second)
    header = {field.name for field, _ in second[0].message.ListFields()}
    # Whatever a suite gets one day has to come out of the cache as well.
    assert header == {field.name for field in second[0].message.DESCRIPTOR.fields} - {"cases"}


def test_headers_that_say_nothing_are_still_there_from_the_cache(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(
        HEADER + "defaults {} audit {}" + PLAIN.partition("\n\n")[2].replace("two", "a")
    )
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    second, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert second[0].message.HasField("audit")
    assert list(first) == list(second)


def test_a_damaged_cache_costs_time_only(tmp_path: Path) -> None:
    file = tmp_path / "one.textproto"
    file.write_text(HEADER + PLAIN)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    first, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache)
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    for size in range(len(whole)):
        kept.write_bytes(whole[:size])
        again, _ = load_suites([file], tmp_path, schema(), Expanders({}), cache)
        assert list(again) == list(first)


@pytest.mark.parametrize("text", [HEADER + CASE, HEADER + "cases { nam: 1 }", HEADER])
def test_goldens_and_problems_are_not_kept(tmp_path: Path, text: str) -> None:
    golden(tmp_path, "error {}")
    file = tmp_path / "one.textproto"
    file.write_text(text)
    cache = SuiteCache(tmp_path / "cache", schema(), "")
    load_suites([file], tmp_path, schema(), Expanders({}), cache)
    assert not (tmp_path / "cache").exists()
