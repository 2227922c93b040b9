"""Golden files: where they are looked for, what they may hold, what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.support import load_text

SUITE = """\
name: "probe"
service: "probe.v1.ProbeService"
cases { name: "one" method: "Say" expect { golden {} } }
cases { name: "two" method: "Say" expect { golden { name: "shared" } } }
"""


def write_golden(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / "goldens" / "one" / f"{name}.textproto"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_golden_is_the_expectation(tmp_path: Path) -> None:
    write_golden(tmp_path, "one", 'response { text: "hello" }')
    write_golden(tmp_path, "shared", "error { code: NOT_FOUND }")
    (suite,), problems = load_text(tmp_path, SUITE)
    assert problems == []
    one, two = suite.cases
    assert one.expect.response.type_url == "type.googleapis.com/probe.v1.Answer"
    assert one.expect.response.value == b"\x0a\x05hello"
    assert one.message.expect.HasField("golden")
    assert two.expect.error.code == 5


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('response { txet: "x" }', "goldens/one/one.textproto:1:12: Message type"),
        ('agree { reason: "x" }', "goldens/one/one.textproto:1:1: expected response"),
        ("", "goldens/one/one.textproto:1:1: expected response"),
        (b"\xff", "goldens/one/one.textproto:1:1: cannot be read"),
    ],
)
def test_a_bad_golden_is_a_problem_with_its_place(
    tmp_path: Path, text: str | bytes, problem: str
) -> None:
    write_golden(tmp_path, "one", text)
    write_golden(tmp_path, "shared", "error {}")
    (suite,), problems = load_text(tmp_path, SUITE)
    assert [case.id for case in suite.cases] == ["probe/two"]
    (found,) = problems
    assert str(found).startswith(problem)


def test_a_missing_golden_is_a_problem(tmp_path: Path) -> None:
    _, problems = load_text(tmp_path, SUITE)
    assert [str(problem) for problem in problems] == [
        "goldens/one/one.textproto:1:1: there is no such golden file",
        "goldens/one/shared.textproto:1:1: there is no such golden file",
    ]
