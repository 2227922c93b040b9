"""Text that would take too much memory or stack is refused, with its place."""

from __future__ import annotations

import pytest

from testingkit.conformance.cases.load.parsing import MAX_DEPTH, MAX_RUN, check
from testingkit.conformance.cases.load.tokenizer import BlockError


def nested(depth: int) -> str:
    return "a " + "{a " * (depth - 1) + "{}" + "}" * (depth - 1)


FINE = [
    nested(MAX_DEPTH),
    "a {} " * 2 * MAX_DEPTH,
    'a: "' + "{" * 2 * MAX_DEPTH + '"',
    "a: 1" + "\n" * (MAX_RUN + 1),
    "a: 1 #" + " " * (MAX_RUN + 1) + "\nb: 1",
    'a: "' + "x" * (MAX_RUN + 1) + '"',
    r"""a: "\a\b\f\n\r\t\v\\\'\"\0\7\77\377\xff\u00e4\U0001f600" b: '\\?' # \?""",
    "a: '" + r"\n" * MAX_RUN + "'" + r'"\n"',
]
MISTAKES = [
    (nested(MAX_DEPTH + 1), 2 + 3 * MAX_DEPTH, "nested too deeply: over 200 levels"),
    ("a: " + "[" * 100_000, 3 + MAX_DEPTH, "nested too deeply: over 200 levels"),
    ('a: "' + r"\n" * (MAX_RUN + 1) + '"', 3, "a string with over 1,000,000 escapes"),
    ("a: 1" + " " * (MAX_RUN + 1) + "b: 1", 4, "over 1,000,000 blanks in a row"),
    ("a: 1\n" + "\t" * (MAX_RUN + 1), 4, "over 1,000,000 blanks in a row"),
]


@pytest.mark.parametrize("text", FINE, ids=range(len(FINE)))
def test_text_within_bounds_is_accepted(text: str) -> None:
    check(text)


@pytest.mark.parametrize(("text", "offset", "message"), MISTAKES, ids=range(len(MISTAKES)))
def test_text_out_of_bounds_is_refused(text: str, offset: int, message: str) -> None:
    with pytest.raises(BlockError, match=message) as caught:
        check(text)
    assert caught.value.offset == offset
