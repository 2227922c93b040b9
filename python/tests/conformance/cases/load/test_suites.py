"""Case files are loaded, and every mistake is one problem with its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testingkit.conformance.cases.load import Expanders, find_case_files, load_suites
from testingkit.conformance.errors import UsageError
from testingkit.conformance.protobuf.text_format import print_source
from testingkit.conformance.v1 import case_pb2
from testingkit.conformance.v1.comparison_pb2 import Comparison
from tests.conformance.support import load_text, new, packed, schema

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
CONTRACT = "testingkit.conformance.v1"
ANSWER = 'expect { response { text: "x" } }'
CASE = f'cases {{ name: "one" method: "Say" {ANSWER} }}\n'


def problems(folder: Path, text: str | bytes) -> list[str]:
    return [str(problem) for problem in load_text(folder, text)[1]]


def test_loads_a_suite_and_its_cases(tmp_path: Path) -> None:
    text = HEADER + 'defaults { method: "Say" tags: "all" level: LEVEL_RECOMMENDED }\n'
    text += '\ncases {\n  name: "one"\n  request { text: "a" }\n  tags: "own"\n' + ANSWER + "\n}\n"
    text += f'cases {{ name: "two" level: LEVEL_REQUIRED timeout {{ nanos: 500000000 }} {ANSWER} }}'
    (suite,), found = load_text(tmp_path, text)
    assert found == []
    assert (suite.name, str(suite.place)) == ("probe", "one.textproto:1:1")
    one, two = suite.cases
    assert (one.id, str(one.place)) == ("probe/one", "one.textproto:5:1")
    assert one.method.name == "probe.v1.ProbeService/Say"
    assert one.request == new("Ask", text="a").SerializeToString()
    assert one.expect.response == packed(new("Answer", text="x"))
    assert (one.tags, one.level, one.timeout) == (("all", "own"), case_pb2.LEVEL_RECOMMENDED, None)
    assert (two.tags, two.level, two.timeout) == (("all",), case_pb2.LEVEL_REQUIRED, 0.5)
    assert two.request == b""


def test_fields_of_the_comparison_replace_those_of_the_suite(tmp_path: Path) -> None:
    text = HEADER + 'defaults { compare { ignore: "a" nan_equal: false } }\n'
    text += f'cases {{ name: "o" method: "Say" compare {{ ignore: ["b", "c"] }} {ANSWER} }}'
    ((suite,), _) = load_text(tmp_path, text)
    assert next(iter(suite.cases)).comparison == Comparison(ignore=["b", "c"], nan_equal=False)


WRAPPED = """cases {
  name: "one"
  method: "Say"
  request: { # the type is written out
    [type.googleapis.com/probe.v1.Ask] { text: "a" } }
  expect { any_of {
    choices { response < [x/probe.v1.Answer]: { text: "x" } > }
    choices { response { text: "y" } } } }
}"""
PLAIN = """cases: [{ name: "one" method: "Say" request { text: "a" } expect { any_of {
  choices { response { text: "x" } } choices { response { text: "y" } } } } }]"""


def test_wrappers_and_lists_load_the_same_cases(tmp_path: Path) -> None:
    (first,), none = load_text(tmp_path, HEADER + WRAPPED)
    (second,), nothing = load_text(tmp_path, HEADER + PLAIN)
    assert [*none, *nothing] == []
    assert next(iter(first.cases)).message == next(iter(second.cases)).message
    assert next(iter(first.cases)).request == new("Ask", text="a").SerializeToString()


# Ways to write the method of a case, whose suite has another as its default.
METHODS = [
    """method: "Say" """,
    """method: 'S' "ay" """,
    """method: "S" # the rest follows\n 'a' "y" """,
    """method: "S\\x61\\u0079" """,
    """method: "\\123a\\171" """,
    """method: 'probe.v1.ProbeService' "/Say" """,
]


@pytest.mark.parametrize("written", METHODS)
def test_method_is_read_as_a_string_of_text_format(tmp_path: Path, written: str) -> None:
    text = HEADER + 'defaults { method: "Echo" }\n' + CASE.replace('method: "Say"', written)
    (suite,), found = load_text(tmp_path, text)
    assert found == []
    assert [case.method.name for case in suite.cases] == ["probe.v1.ProbeService/Say"]


# What is not the method that a reader of the case sees, and the problem.
OTHER_METHODS = [
    ("""method: "No" "SuchMethod" """, "4:21: probe.v1.ProbeService has no method NoSuchMethod"),
    (r"""method: "NoSuch\x4dethod" """, "4:21: probe.v1.ProbeService has no method NoSuchMethod"),
    (r"""method: "Say\q" """, r"4:33: \q is not an escape"),
    (r"""method: "Say\ud800" """, r"4:33: \ud800 is half of a character"),
    (r"""method: "Say" "\xff" """, "4:36: these bytes are not UTF-8"),
    ("method: Say", "4:29: expected a string, found Say"),
    ("method: ['Say']", "4:29: expected a string, found ['Say']"),
    ("method { }", "4:29: expected a string, found the end"),
    ("""method: "Say" method: "Echo" """, "4:35: method is set twice"),
]


@pytest.mark.parametrize(("written", "problem"), OTHER_METHODS)
def test_default_method_does_not_replace_a_mistake(
    tmp_path: Path, written: str, problem: str
) -> None:
    text = HEADER + 'defaults { method: "Echo" }\n'
    (found,) = problems(tmp_path, text + CASE.replace('method: "Say"', written))
    assert found.startswith(f"one.textproto:{problem}")


def test_names_are_read_as_strings_of_text_format(tmp_path: Path) -> None:
    text = """name: 'pr' "obe" service: "probe.v1." "Probe\\x53ervice"
    defaults { method: 'S' 'ay' tags: "a\\x62" }
    cases { name: "o" 'n' "e" former_names: "u\\156o" tags: ["c" "d"] expect { error {} } }"""
    (suite,), found = load_text(tmp_path, text)
    (case,) = suite.cases
    assert found == []
    assert (case.id, case.method.name, case.tags) == (
        "probe/one",
        "probe.v1.ProbeService/Say",
        ("ab", "cd"),
    )
    assert case.message.former_names == ["uno"]


# A part of a case that is not text format, and its problem; other cases are loaded all the same.
NOT_TEXT_FORMAT = [
    (r'request { text: "a\ud83d\ude00" }', r"4:19: \ud83d is half of a character"),
    (r'request { text: "\u12" }', r"4:18: \u12 is too short"),
    (r'description: "a\xg"', r"4:16: \x has no digits"),
    ("timeout { seconds: 1_000 }", "4:20: 1_000 is not a number"),
    ("timeout { seconds: 0b101 }", "4:20: 0b101 is not a number"),
    ("timeout { seconds: +5 }", "4:20: +5: a number has no sign but -"),
    ("compare { float_tolerance { ulps: -0 } }", "4:35: expected an integer from 0 to"),
    ("compare { float_tolerance { absolute: nanf } }", "4:39: expected a decimal number"),
    ("timeout\u00a0{ }", "4:8: U+00A0 is not text format"),
    ("tags: 'a';;", "4:11: expected the name of a field, found ;"),
    ("tags: ['a',]", "4:12: expected a value, found ]"),
    ("description: 'a\0'", "4:16: a NUL character in a string"),
    ("# a\0 b", "4:4: U+0000 is not text format"),
]


@pytest.mark.parametrize(("written", "problem"), NOT_TEXT_FORMAT)
def test_other_notations_are_refused_at_their_place(
    tmp_path: Path, written: str, problem: str
) -> None:
    text = HEADER + CASE.replace("method", f"\n{written}\nmethod") + CASE.replace("one", "two")
    suites, _ = load_text(tmp_path, text)
    (found,) = problems(tmp_path, text)
    assert found.startswith(f"one.textproto:{problem}")
    assert [case.id for case in suites[0].cases] == ["probe/two"]


# Text after the cases that is not text format, and its place.
AFTER_CASES = [
    (";;", "4:2: expected the name of a field, found ;"),
    ("cases: [{},]", "4:12: expected a message in the list of cases"),
    ("cases: [{} {}]", "4:12: expected , or ] in the list of cases, found {"),
    ("\0", "4:1: U+0000 is not text format"),
]


@pytest.mark.parametrize(("written", "problem"), AFTER_CASES)
def test_other_notations_between_cases_are_refused(
    tmp_path: Path, written: str, problem: str
) -> None:
    found = problems(tmp_path, HEADER + CASE + written)
    assert [p for p in found if p.startswith(f"one.textproto:{problem}")]


def test_printed_suite_loads_again(tmp_path: Path) -> None:
    (suite,), _ = load_text(tmp_path, HEADER + PLAIN)
    whole = case_pb2.Suite()
    whole.CopyFrom(suite.message)
    whole.cases.extend(case.message for case in suite.cases)
    (again,), found = load_text(tmp_path, print_source(whole, schema().pool, as_one_line=False))
    assert found == []
    assert [case.message for case in again.cases] == [case.message for case in suite.cases]


_SPACED = "# c }\n [ # d ]\n type.googleapis.com\n/ probe . v1 # e\n . %s\n ] # f\n"


def test_blanks_and_comments_may_be_anywhere_in_a_wrapper(tmp_path: Path) -> None:
    ask, said = _SPACED % "Ask", _SPACED % "Answer"
    text = f"""{HEADER}cases {{
      name: "one"
      method: "Say"
      request # a {{
        : # b [
        < {ask} {{ text: "a" }}; >
      expect {{ any_of {{
        choices {{ response # c
          {{ {said}: < text: "x" >, }} }}
        choices: [{{ response: {{ text: "y" }} }}]
      }} }}
    }}"""
    (first,), none = load_text(tmp_path, text)
    (second,), nothing = load_text(tmp_path, HEADER + PLAIN)
    assert [*none, *nothing] == []
    assert [c.message for c in first.cases] == [c.message for c in second.cases]


# What is in the request of a method that takes Ask, and the problem.
NO_WRAPPERS = [
    ("[x/probe.v1.Answer] {}", "3:45: the method's type here is probe.v1.Ask, the wrapper's is"),
    ("[x/probe.v1.Ask] {} text: 'a'", "3:65: expected } after the one message of an Any"),
    ("text: 'a' [x/probe.v1.Ask] {}", "3:55: testingkit"),
    ("[x/probe.v1.Ask] { [x/probe.v1.Ask] {} }", "3:64: probe.v1.Ask is not an Any"),
    ("[x/probe.v1.Ask]: [{}]", "3:63: expected {, found ["),
    ("[probe.v1.Ask] {}", "3:45: probe.v1.Ask has no extension probe.v1.Ask"),
]


@pytest.mark.parametrize(("written", "problem"), NO_WRAPPERS)
def test_other_brackets_in_a_request_are_refused(
    tmp_path: Path, written: str, problem: str
) -> None:
    text = HEADER + CASE.replace("expect", f"request {{ {written} }} expect")
    (found,) = problems(tmp_path, text)
    assert found.startswith(f"one.textproto:{problem}".replace("testingkit", "probe.v1.Ask is"))


_ASK = '[type.googleapis.com/probe.v1.Ask] { text: "a" }'
_IN_ANY = "[type.googleapis.com/google.protobuf.Any] { %s }"
# Ways to write the request of a method that takes an Any, and how deep the Ask is in it.
ANYS: list[tuple[str, int]] = [
    (_ASK, 1),
    (f"# c\n {_ASK.replace('/', ' # d' + chr(10) + '/ ')} ;", 1),
    ('type_url: "type.googleapis.com/probe.v1.Ask" value: "\\n\\001a"', 1),
    (_IN_ANY % _ASK, 1),  # The outer one is the wrapper that every request may have.
    (_IN_ANY % (_IN_ANY % _ASK), 2),
    (_IN_ANY % (_IN_ANY % (_IN_ANY % _ASK)), 3),
]


@pytest.mark.parametrize(("written", "depth"), ANYS)
def test_request_and_response_of_type_any(tmp_path: Path, written: str, depth: int) -> None:
    text = f"""name: "packed" service: "probe.v1.PackedService" defaults {{ method: "Pass" }}
    cases {{ name: "one" request {{ {written} }} expect {{ response {{ {written} }} }} }}
    cases {{ name: "two" expect {{ any_of {{ choices {{ response < {written} > }} }} }} }}"""
    expected = packed(new("Ask", text="a"))
    for _ in range(depth):
        expected = packed(expected)
    (suite,), found = load_text(tmp_path, text)
    assert found == []
    one, two = suite.cases
    assert one.request == expected.value
    assert one.expect.response == expected
    assert two.expect.any_of.choices[0].response == expected


def test_cases_of_a_list_have_places(tmp_path: Path) -> None:
    item = f'{{ name: "n%d" method: "Say" {ANSWER} }}'
    text = HEADER + f"cases: [\n  {item % 1},\n  {item % 2}\n]\n" + 'description: "d"'
    (suite,), found = load_text(tmp_path, text)
    assert found == []
    assert [str(case.place) for case in suite.cases] == ["one.textproto:4:3", "one.textproto:5:3"]
    assert suite.message.description == "d"


def test_description_can_look_like_cases(tmp_path: Path) -> None:
    (suite,), found = load_text(tmp_path, HEADER + 'description: "cases: []"\n' + CASE)
    assert found == []
    assert suite.message.description == "cases: []"


def test_three_mistakes_are_three_problems(tmp_path: Path) -> None:
    text = HEADER.replace("name", "nam") + CASE
    text += f'cases {{\n  name: "two"\n  method: "Say"\n  reqest {{}}\n  {ANSWER}\n}}\n'
    text += f'cases {{ name: "three" method: "Say" request {{ text: 3 }} {ANSWER} }}\n' + CASE
    suites, _ = load_text(tmp_path, text)
    assert problems(tmp_path, text) == [
        f'one.textproto:1:1: Message type "{CONTRACT}.Suite" has no field named "nam".',
        f'one.textproto:7:3: Message type "{CONTRACT}.Case" has no field named "reqest".',
        "one.textproto:10:53: expected a string, found 3",
    ]
    assert [case.message.name for case in suites[0].cases] == ["one", "one"]


# A text, and its only problem.
ONE_PROBLEM: list[tuple[str, str]] = [
    (HEADER + CASE + "}", "4:1: expected the name of a field, found }"),
    (HEADER + CASE + "cases {", "4:7: { is not closed"),
    (HEADER + "description: \"d'\n" + CASE, '3:14: a string that starts with " is not closed'),
    (HEADER + CASE.replace("Say", "Sya"), "has no method Sya; did you mean `Say`?"),
    (
        HEADER + CASE.replace("Say", "Pour"),
        "Pour is a streaming method; cases call unary methods",
    ),
    (HEADER + CASE.replace('method: "Say"', ""), "3:1: no method"),
    (HEADER + CASE.replace("Say", "probe.v1.ProbService/Say"), "did you mean `probe.v1.ProbeServ"),
    ('name: "probe"\n' + CASE, "2:21: method Say: the suite has no service"),
    (HEADER + CASE.replace("expect", "request { txt: 1 } expect"), 'no field named "txt"'),
    (HEADER + CASE.replace("expect", "level: LEVEL_HIGH expect"), "no value named LEVEL_HIGH"),
    (HEADER + CASE.replace('"x"', r'"\xff"'), "3:62: these bytes are not UTF-8"),
    (
        HEADER + CASE.replace("expect", "request { [x/probe.v1.Answer] {} } expect"),
        "3:45: the method's type here is probe.v1.Ask, the wrapper's is probe.v1.Answer",
    ),
]


@pytest.mark.parametrize(("text", "problem"), ONE_PROBLEM)
def test_one_mistake_is_one_problem(tmp_path: Path, text: str, problem: str) -> None:
    (found,) = problems(tmp_path, text)
    assert problem in found


@pytest.mark.parametrize(
    ("kind", "depth", "problem"),
    [
        ("request", 5000, "4:1412: nested too deeply: over 200 levels"),
        (
            "expect { response",
            120,
            "3:8: nested too deeply: 119 messages deep; the coordinator reads 100",
        ),
    ],
)
def test_too_deep_nesting_is_a_problem(tmp_path: Path, kind: str, depth: int, problem: str) -> None:
    deep = f"{kind} {{ point {{ {'below {' * (depth - 2)} {'}' * (depth - 2)} }} }}"
    deep += "}" * kind.count("{")
    answer = "" if "expect" in kind else 'expect { agree { reason: "r" } }'
    text = f'{HEADER}cases {{ name: "deep" method: "Echo"\n {deep} {answer} }}\n{CASE}'
    suites, _ = load_text(tmp_path, text)
    assert problems(tmp_path, text) == [f"one.textproto:{problem}"]
    assert [case.message.name for case in suites[0].cases] == ["one"]


def test_text_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    text = HEADER.encode() + b"\xff"
    assert problems(tmp_path, text) == ["one.textproto:3:1: is not UTF-8 text"]


def test_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = ("\ufeff" + HEADER + CASE.replace("{ name", "{\n name")).replace("\n", "\r\n")
    assert problems(tmp_path, text) == []
    broken = text.replace("name: ", "nam: ")
    assert problems(tmp_path, broken)[0].startswith("one.textproto:1:1: ")
    assert problems(tmp_path, broken)[1].startswith("one.textproto:4:2: ")


def test_folder_with_the_name_of_a_case_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "one.textproto").mkdir()
    _, problems, _ = find_case_files([tmp_path], tmp_path)
    assert [str(p) for p in problems] == [
        "one.textproto:1:1: a folder with the name of a file: rename it"
    ]
    with pytest.raises(UsageError, match="no such case file or folder"):
        find_case_files([tmp_path / "nowhere"], tmp_path)


def test_finds_case_files_in_folders(tmp_path: Path) -> None:
    for name in ("b.textproto", "a/c.textproto", "a/goldens/c/x.textproto", "a/README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "known_divergences").mkdir()
    (tmp_path / "known_divergences/go.textproto").touch()
    known = tmp_path / "known_divergences"
    found, problems, others = find_case_files([tmp_path, tmp_path / "a"], tmp_path, known)
    assert (problems, others) == ([], [])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/c.textproto", "b.textproto"]


def test_files_that_look_like_cases_and_are_not_read_are_problems(tmp_path: Path) -> None:
    cases, shared = tmp_path / "cases", tmp_path / "shared"
    (cases / "inner").mkdir(parents=True)
    (shared / "goldens").mkdir(parents=True)
    for name in ("cases/a.textproto", "cases/b.txtpb", "cases/c.pbtxt", "shared/d.textproto"):
        (tmp_path / name).touch()
    (cases / "linked").symlink_to(shared, target_is_directory=True)
    (cases / "inner" / "up").symlink_to(cases, target_is_directory=True)
    (cases / "goldens").symlink_to(shared / "goldens", target_is_directory=True)
    (cases / "e.textproto").symlink_to(shared / "d.textproto")
    (cases / "f.textproto").symlink_to(tmp_path / "nowhere")
    (cases / ".#a.textproto").symlink_to("somebody@somewhere.1234")
    found, problems, _ = find_case_files([cases], tmp_path.resolve())
    assert [path.name for path in found] == ["a.textproto", "e.textproto"]
    assert sorted((p.place.path, p.message.partition(":")[0]) for p in problems) == [
        ("cases/b.txtpb", "text format files must end with .textproto"),
        ("cases/c.pbtxt", "text format files must end with .textproto"),
        ("cases/f.textproto", "not a regular file, or a broken link"),
        ("cases/inner/up", "links to folders are not followed"),
        ("cases/linked", "links to folders are not followed"),
    ]
    assert find_case_files([cases / "linked"], tmp_path.resolve())[0] == [
        cases / "linked" / "d.textproto"
    ]


def test_file_name_that_is_not_text_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff.textproto")
    file.write_text("cases { }")
    suites, found = load_suites([file], tmp_path.resolve(), schema(), Expanders({}))
    assert suites[0].place.path == r"\xff.textproto"
    assert found[0].place.path == r"\xff.textproto"


def test_oversized_missing_and_special_files_are_problems(tmp_path: Path) -> None:
    with (tmp_path / "huge.textproto").open("wb") as file:
        file.truncate((64 << 20) + 1)
    os.mkfifo(tmp_path / "pipe.textproto")
    files = [tmp_path / f"{name}.textproto" for name in ("huge", "pipe", "gone")]
    suites, found = load_suites(files, tmp_path.resolve(), schema(), Expanders({}))
    assert suites == []
    assert [str(problem) for problem in found] == [
        "huge.textproto:1:1: larger than 64 MiB",
        "pipe.textproto:1:1: not a regular file",
        "gone.textproto:1:1: the file no longer exists",
    ]


def test_each_mistake_in_the_header_is_a_problem(tmp_path: Path) -> None:
    text = 'name: 1\nnam: "x"\n' + HEADER + 'service: "again"\nlevel { }\n' + CASE
    assert [p.partition(": ")[0] for p in problems(tmp_path, text)] == [
        "one.textproto:1:7",
        "one.textproto:2:1",
        "one.textproto:5:1",
        "one.textproto:6:1",
    ]


def test_reading_of_text_stops_after_too_many_problems(tmp_path: Path) -> None:
    for text in ("a: 1\n" * 5000, HEADER + 'cases { method: "Nope" }\n' * 5000):
        found = problems(tmp_path, text)
        assert len(found) == 1001
        assert found[-1].endswith("the rest of the file is not read after 1,000 problems")


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ("request" + " " * 200_000 + "x: 1", 1),
        ("request { " + "#" * 200_000 + "\n } " + ANSWER, 0),
        ("request { [" + "a/" * 50_000 + "] {} }", 1),
        ("request: [" + "," * 200_000 + "]", 1),
        ("text: " + '"a" ' * 50_000, 1),
    ],
    ids=range(5),
)
def test_loading_takes_linear_time(tmp_path: Path, body: str, number: int) -> None:
    """With other regular expressions it takes hours."""
    text = f'{HEADER}cases {{ name: "one" method: "Say" {body} }}\n'
    assert len(problems(tmp_path, text)) == number


_PIECES = [
    "cases",
    "{",
    "}",
    "name",
    ":",
    '"one"',
    "method",
    '"Say"',
    '"Echo"',
    "request",
    "expect",
]
_PIECES += ["response", "text", "[x/probe.v1.Ask]", "[", "]", "point", "any", "value", "numbers"]
_PIECES += ["-1", "1e999", "nan", "'", "\n", ",", "#", "agree", "golden", "timeout", "seconds"]
_BODIES = st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(_BODIES, _BODIES, st.sampled_from(['"Say"', '"Echo"'])))
def test_any_text_is_loaded_or_a_problem(tmp_path: Path, pieces: tuple[str, str, str]) -> None:
    header, body, method = pieces
    text = f"{HEADER}{header}\ncases {{ method: {method} {body} }}\n"
    suites, found = load_text(tmp_path, text)
    lines = text.count("\n") + 1
    assert all(1 <= problem.place.line <= lines for problem in found)
    assert found or suites[0].cases


def test_state_folder_is_not_searched_for_cases(tmp_path: Path) -> None:
    """It has descriptors, in files with the suffix of cases in binary form."""
    (tmp_path / ".testingkit" / "cache").mkdir(parents=True)
    (tmp_path / ".testingkit" / "cache" / "descriptors-1.binpb").touch()
    (tmp_path / "one.binpb").touch()
    found, problems, _ = find_case_files([tmp_path], tmp_path.resolve())
    assert ([path.name for path in found], problems) == (["one.binpb"], [])


def test_problem_of_the_suite_is_reported_once(tmp_path: Path) -> None:
    case = 'cases { name: "%s" %s expect { error {} } }\n'
    text = 'name: "one"\nservice: "probe.v1.Nothing"\n'
    text += case % ("a", 'method: "Say"') + case % ("b", 'method: "Say"') + case % ("c", "")
    _, problems = load_text(tmp_path, text)
    assert [f"{p.place.line}: {p.message.partition(chr(59))[0]}" for p in problems] == [
        "3: there is no service probe.v1.Nothing",
        '5: no method: write method: "Name", a method of the service',
    ]
    text = text.replace("Nothing", "ProbeService").replace('"Say"', '"Sing"')
    _, problems = load_text(tmp_path, text)
    assert [p.place.line for p in problems] == [3, 4, 5]
