"""Adds entries to files of known divergences, and removes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.cases.load.tokenizer import Lines, fields
from testingkit.conformance.known.edit import with_entries, without_entries

HEAD = """# proto-file: testingkit/conformance/v1/divergence.proto
# proto-message: testingkit.conformance.v1.KnownDivergences

runner: "go"
"""


def places(text: str) -> list[tuple[int, int]]:
    """Returns line and column of every entry."""
    return [Lines(text).at(f.start) for f in fields(text) if f.name == "entries"]


def cut(text: str, *numbers: int) -> tuple[str, list[str]]:
    """Returns the text without some entries, and the texts of these entries."""
    found = without_entries(text, [places(text)[number] for number in numbers])
    return found.text, list(found.removed)


def test_entries_are_added_at_the_end() -> None:
    one = with_entries("", "go", ["entries { 1 }\n"])
    assert one == HEAD + "\nentries { 1 }\n"
    two = with_entries(one, "go", ["entries { 2 }\n", "entries { 3 }\n"])
    assert two == one + "\nentries { 2 }\n\nentries { 3 }\n"


def test_missing_last_newline_is_added() -> None:
    text = 'runner: "go" # mine'
    assert with_entries(text, "go", ["entries {}\n"]) == text + "\n\nentries {}\n"


def test_added_lines_have_the_line_ends_of_the_file() -> None:
    text = 'runner: "go"\r\n'
    assert with_entries(text, "go", ["entries {\n}\n"]) == text + "\r\nentries {\r\n}\r\n"


# A file of entries, the numbers of those to remove, the text left, the texts removed.
CUTS = [
    ("entries{a}\nentries{b}\nentries{c}\n", (1,), "entries{a}\nentries{c}\n", ["entries{b}"]),
    ("x: 1\n\nentries{a}\n\nentries{b}\n", (0,), "x: 1\n\nentries{b}\n", ["entries{a}"]),
    ("x: 1\n\nentries{a}\n\nentries{b}\n", (1,), "x: 1\n\nentries{a}\n", ["entries{b}"]),
    ("x: 1\n\nentries{a}\n\nentries{b}\n", (0, 1), "x: 1\n", ["entries{a}", "entries{b}"]),
    ("entries{a}\n\nentries{b}", (0, 1), "", ["entries{a}", "entries{b}"]),
    ("x: 1\r\n\r\nentries{a}\r\n\r\ny: 1\r\n", (0,), "x: 1\r\n\r\ny: 1\r\n", ["entries{a}"]),
    # Comments directly above and on the last line belong to the entry.
    ("# far\n\n# near\n # nearer\nentries{a} # its\n# other\n", (0,), "# far\n\n# other\n",
     ["# near\n # nearer\nentries{a} # its"]),
    ("# proto-file: x\n# its\nentries{a}\nx: 1\n", (0,), "# proto-file: x\nx: 1\n",
     ["# its\nentries{a}"]),
    # Other text on the same line stays.
    ("x: 1 entries{a} # mine\n", (0,), "x: 1  # mine\n", ["entries{a}"]),
    ("entries{a} entries{b}\n", (0,), " entries{b}\n", ["entries{a}"]),
    ("entries{a}; # its\nx: 1", (0,), "x: 1", ["entries{a}; # its"]),
    # Lists.
    ("entries [{a}, {b}, {c}]\n", (0,), "entries [ {b}, {c}]\n", ["{a},"]),
    ("entries [{a}, {b}, {c}]\n", (2,), "entries [{a}, {b} ]\n", ["{c}"]),
    ("entries [{a}, {b}, {c}]\n", (1, 2), "entries [{a}  ]\n", ["{b}", "{c}"]),
    ("entries [{a}, {b}]\n", (0, 1), "entries [ ]\n", ["{a}", "{b}"]),
    ("entries: [\n  {a}, # its\n  {b}\n]\n", (1,), "entries: [\n  {a} # its\n]\n", ["  {b}"]),
    ("entries: [\n  {a}, # its\n  {b}\n]\n", (0,), "entries: [\n  {b}\n]\n", ["  {a}, # its"]),
    ('entries{a: "}" # }\n}\nentries{b}\n', (0,), "entries{b}\n", ['entries{a: "}" # }\n}']),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers", "left", "removed"), CUTS)
def test_removes_entries_with_their_comments(
    text: str, numbers: tuple[int, ...], left: str, removed: list[str]
) -> None:
    assert cut(text.replace("{a}", "{ a: 1 }").replace("{b}", "{ b: 1 }"), *numbers) == (
        left.replace("{a}", "{ a: 1 }").replace("{b}", "{ b: 1 }"),
        [r.replace("{a}", "{ a: 1 }").replace("{b}", "{ b: 1 }") for r in removed],
    )


def test_place_without_an_entry_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        without_entries(HEAD, [(4, 1)])


ENTRIES = st.lists(
    st.sampled_from(["entries {\n  a: 1\n}\n", "# c\nentries { b: 2 }\n"]), max_size=5
)


@given(ENTRIES, ENTRIES)
def test_removing_added_entries_restores_the_text(before: list[str], added: list[str]) -> None:
    text = with_entries("", "go", before)
    more = with_entries(text, "go", added)
    assert more.startswith(text)
    assert cut(more, *range(len(before), len(before) + len(added))) == (
        text,
        [entry.rstrip("\n") for entry in added],
    )
