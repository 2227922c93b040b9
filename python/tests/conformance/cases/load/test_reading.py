"""Files are text in UTF-8, with line ends that editors and parsers agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.cases.load.reading import ReadError, decode
from tests.conformance.support import load_text

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
CASE = 'cases { name: "%s" method: "Say" expect { error {} } }'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("\r", "1:1"),
        ("a\rb", "1:2"),
        ("a\r", "1:2"),
        ("ä\nöö\r\r\n", "2:3"),
        ("\r\n\n\r x\r", "3:1"),
        ('text: "a\rb"', "1:9"),
        ("\ufeff# a\rcases {}", "1:4"),
    ],
)
def test_carriage_returns_that_are_not_part_of_a_line_end_are_refused(
    text: str, place: str
) -> None:
    with pytest.raises(ReadError) as caught:
        decode(text.encode(), "one.textproto")
    assert str(caught.value).startswith(f"one.textproto:{place}: a carriage return without")


@pytest.mark.parametrize("text", ["", "\r\n", "a\r\n\r\nb", "a\n\nb"])
def test_line_feeds_with_and_without_a_carriage_return_are_line_ends(text: str) -> None:
    assert decode(text.encode(), "one.textproto") == text


def test_a_comment_cannot_hide_cases_behind_a_carriage_return(tmp_path: Path) -> None:
    text = HEADER + CASE % "one" + "\n# a comment\r" + CASE % "two" + "\n"
    suites, problems = load_text(tmp_path, text)
    assert suites == []
    assert [str(problem.place) for problem in problems] == ["one.textproto:4:12"]
