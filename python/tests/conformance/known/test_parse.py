"""Files of known divergences."""

from __future__ import annotations

from pathlib import Path

import pytest

from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.known.parse import load_known_divergences
from tests.conformance.support import load_text, new, packed, schema

SUITE = """name: "probe/deep"
service: "probe.v1.ProbeService"
cases { name: "one" method: "Say" former_names: "uno" expect { response {} } }
cases { name: "two" method: "Say" expect { response {} } }
cases { name: "echo" method: "Echo" expect { response {} } }
"""


def load(tmp_path: Path, text: str, name: str = "go") -> tuple[list[KnownDivergence], list[str]]:
    (suite,), unread = load_text(tmp_path, SUITE)
    assert unread == []
    folder = tmp_path / "known_divergences"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.textproto").write_bytes(text.encode())
    entries, problems = load_known_divergences(folder, tmp_path.resolve(), [suite], schema())
    return list(entries), [str(problem) for problem in problems]


ENTRY = 'entries {\n  case: "%s"\n  kind: DIVERGENCE_KIND_BUG\n  reason: "r"\n  outcome { %s }\n}\n'


def test_loads_an_entry(tmp_path: Path) -> None:
    text = 'runner: "go"\n' + ENTRY % ("probe/deep/one", 'response { text: "no" }')
    (entry,), problems = load(tmp_path, text)
    assert problems == []
    assert (entry.runner, str(entry.place)) == ("go", "known_divergences/go.textproto:2:1")
    assert entry.case_ids == {"probe/deep/one"}
    assert entry.message.outcome.response == packed(new("Answer", text="no"))


def test_any_wrapper_is_accepted(tmp_path: Path) -> None:
    outcome = 'response { [type.googleapis.com/probe.v1.Answer] { text: "no" } }'
    (entry,), problems = load(tmp_path, 'runner: "go"\n' + ENTRY % ("probe/deep/one", outcome))
    assert problems == []
    assert entry.message.outcome.response == packed(new("Answer", text="no"))


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("probe/deep/one", {"probe/deep/one"}),
        ("probe/deep/uno", {"probe/deep/one"}),  # Its former name.
        ("probe/deep/*", {"probe/deep/one", "probe/deep/two", "probe/deep/echo"}),
        ("probe/**/t*", {"probe/deep/two"}),
        ("probe/*", set()),
        ("probe/deep/thre", set()),
    ],
)
def test_pattern_of_an_entry_matches_cases(tmp_path: Path, pattern: str, ids: set[str]) -> None:
    outcome = "verdict: VERDICT_PANIC" if "*" not in pattern else "error {}"
    entries, problems = load(tmp_path, 'runner: "go"\n' + ENTRY % (pattern, outcome))
    if pattern == "probe/deep/*":
        (problem,) = problems
        assert "cases of different response types" in problem
    else:
        assert problems == []
        assert entries[0].case_ids == ids


# Ways to write the pattern of an entry.
PATTERNS = [
    """case: 'probe/deep' "/one" """,
    """case: "probe/deep/" # the rest follows\n 'one'""",
    r"""case: "probe\x2fdeep\u002fo\156e" """,
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_is_read_as_a_string_of_text_format(tmp_path: Path, pattern: str) -> None:
    entry = ENTRY.replace('case: "%s"', pattern) % "error {}"
    (entry_,), problems = load(tmp_path, """runner: "g" 'o'\n""" + entry)
    assert problems == []
    assert entry_.case_ids == {"probe/deep/one"}
    assert entry_.message.case == "probe/deep/one"
    assert load(tmp_path, 'runner: "g\\157"')[1] == []


def test_blanks_and_comments_may_be_anywhere_in_a_wrapper(tmp_path: Path) -> None:
    outcome = "response # c\n < # d\n [ type.googleapis.com / # e\n probe.v1.Answer ] <> >"
    (entry,), problems = load(tmp_path, 'runner: "go"\n' + ENTRY % ("probe/deep/one", outcome))
    assert problems == []
    assert entry.message.outcome.response == packed(new("Answer"))


# A file, and its problems, from the line number on.
MISTAKES = [
    ("runner: go", ["1:9: expected a string, found go"]),
    (r'runner: "g\q"', [r"1:11: \q is not an escape"]),
    ('runner: "go";;', ["1:14: expected the name of a field, found ;"]),
    ('runner: "go"\nentries { case: one }', ["2:17: expected a string, found one"]),
    ('runner: "go"\nentries { case: "\\ud800" }', ["2:18: \\ud800 is half of a character"]),
    (
        'runner: "go"\n' + ENTRY % ("probe/no", 'response { text: "\\u12" }'),
        ["6:31: \\u12 is too short"],
    ),
    ('runner: "go"\n' + ENTRY % ("probe/no", "response { a: 1_0 }"), ["6:27: 1_0 is not a number"]),
    ('runner: "go"\nrunner: "rust"', ["2:1: runner is set twice: a file is for one runner"]),
    ('runner: "go"\nentries: [1]', ["2:1: a file of known divergences has no field entries"]),
    (
        'runner: "go"\n'
        + ENTRY % ("probe/deep/one", "verdict: VERDICT_PANIC error { code: ABORTED }"),
        ["6:36: "],
    ),
    (ENTRY % ("probe/deep/one", "error {}"), ["1:1: the file is named after its runner"]),
    ('runner: "rust"\n', ['1:1: the file is named after its runner: expected runner: "go"']),
    ('runner: "go"\nentry {}', ["2:1: a file of known divergences has no field entry"]),
    ('runner: "go"\nentries {', ["2:9: { is not closed"]),
    ('runner: "go"\n entries { resn: "r" }', ["2:12: Message type"]),
    ('runner: "go"\n' + ENTRY % ("probe/deep/one", "verdict: NO"), ["6:22: Enum type"]),
    (
        'runner: "go"\n' + ENTRY % ("probe/deep/one", "response { txt: 1 }"),
        ['6:24: Message type "probe.v1.Answer" has no field named "txt"'],
    ),
    (
        'runner: "go"\n' + ENTRY % ("probe/deep/one", "response { [x/probe.v1.Ask] {} }"),
        ["6:24: the method's type here is probe.v1.Answer, the wrapper's is probe.v1.Ask"],
    ),
    (
        'runner: "go"\n' + (ENTRY % ("probe/no", "\n\n")).replace("}\n}", '}\n  resn: "r"\n}'),
        ['9:3: Message type "testingkit.conformance.v1.KnownDivergence" has no field named "resn"'],
    ),
    (
        'runner: "go"\n'
        + ENTRY.replace("reason", "resn") % ("probe/deep/one", "error {}")
        + ENTRY.replace("kind", "knd") % ("probe/deep/two", "error {}"),
        ["5:3: Message type", "10:3: Message type"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_each_mistake_in_an_entry_has_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    _, problems = load(tmp_path, text)
    assert len(problems) == len(expected), problems
    for problem, part in zip(problems, expected, strict=True):
        assert problem.startswith(f"known_divergences/go.textproto:{part}")


@pytest.mark.parametrize("text", ["entries []", "entries: [ # none\n]", ""])
def test_file_without_entries_is_valid(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, f'runner: "go"\n{text}') == ([], [])


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = "\ufeff" + 'runner: "go"\n' + ENTRY % ("probe/deep/one", "error { code: ABORTED }")
    (entry,), problems = load(tmp_path, text.replace("\n", "\r\n"))
    assert problems == []
    assert (entry.place.line, entry.place.column) == (2, 1)


def test_folder_with_other_files_has_problems(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "known"
    (folder / "deeper").mkdir(parents=True)
    for name in ("go.txtpb", "deeper/rust.textproto", "README.md"):
        (folder / name).touch()
    too_deep = "in a subfolder: put the file of each runner directly into the folder"
    expected = [
        "known/go.txtpb:1:1: text format files must end with .textproto: rename or move it",
        f"known/deeper/rust.textproto:1:1: {too_deep}",
    ]
    for place, found in (("file", ["file:1:1: not a folder"]), ("known", expected)):
        _, problems = load_known_divergences(tmp_path / place, tmp_path.resolve(), [], schema())
        assert [str(problem) for problem in problems] == found


def test_missing_folder_has_no_entries(tmp_path: Path) -> None:
    assert load_known_divergences(tmp_path / "no", tmp_path, [], schema()) == ([], [])


def test_unreadable_files_are_problems(tmp_path: Path) -> None:
    (tmp_path / "go.textproto").write_bytes(b"# \n\xff")
    (tmp_path / "rust.textproto").mkdir()
    _, problems = load_known_divergences(tmp_path, tmp_path.resolve(), [], schema())
    assert [str(problem) for problem in problems] == [
        "rust.textproto:1:1: a folder with the name of a file: rename it",
        "go.textproto:2:1: is not UTF-8 text",
    ]
