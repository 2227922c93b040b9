"""Cases in which nothing is expected, or several answers are, as people see them."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest

from testingkit.conformance.v1 import parity_pb2
from tests.e2e.answering import agree, answering, write_suite
from tests.e2e.project import Project, Result

_AGREE = 'agree { reason: "open" }'
_HEAD = 'name: "greet"\nservice: "greet.v1.GreetService"\ndefaults { method: "Greet" }\n'
_FORMATS = {
    "html": "--html",
    "junit": "--junit",
    "ctrf": "--ctrf",
    "jsonl": "--jsonl",
    "markdown": "--markdown",
    "annotations": "--annotations",
}


def write_cases(project: Project, cases: Mapping[str, tuple[str, str]]) -> None:
    """Writes cases with a name to greet and an expectation each."""
    lines = (
        f'cases {{ name: "{case}" request {{ name: "{name}" }} expect {{ {expect} }} }}\n'
        for case, (name, expect) in cases.items()
    )
    project.suite.write_text(_HEAD + "".join(lines))


def run(project: Project, name: str, expect: str, letters: str = "abc", *words: str) -> Result:
    """Runs one case on variants of a runner, and returns the result of the command."""
    for letter in letters:
        project.add(letter, "variant.py", letter)
    write_cases(project, {"one": (name, expect)})
    return project.run("run", *words)


def parity(project: Project) -> str:
    finished = [e.finished_case for e in project.events() if e.HasField("finished_case")]
    return parity_pb2.Parity.Name(finished[0].parity).removeprefix("PARITY_")


@pytest.mark.parametrize(
    ("letters", "name", "text", "classes"),
    [
        ("ab", "text x", "a (A) against b (B); no majority", ["A a", "B b"]),
        ("abc", "group ab", "a, b (A) against c (B); the majority is A", ["A a, b", "B c"]),
        ("cab", "group ab", "c (A) against a, b (B); the majority is B", ["A c", "B a, b"]),
        (
            "abcd",
            "group ab",
            "a, b (A) against c (B) against d (C); no majority",
            ["A a, b", "B c", "C d"],
        ),
    ],
)
def test_classes_without_marks_are_shown_if_nothing_is_expected(
    project: Project, letters: str, name: str, text: str, classes: list[str]
) -> None:
    shown = run(project, name, _AGREE, letters)
    assert shown.exit == 1
    assert f"→ {text}\n" in shown.out
    body = shown.out.partition("DIVERGE")[2].partition("planned")[0]
    assert all(label in body for label in classes)
    assert not set("✓✗") & set(body)
    assert "expected" not in body
    assert "odd one out" not in body
    (finding,) = project.findings()
    assert finding.text == text


def test_every_format_has_the_values_of_all_classes(project: Project) -> None:
    assert run(project, "text x", _AGREE).exit == 1
    files = {form: str(project.folder / f"out.{form}") for form in _FORMATS}
    words = [word for form, file in files.items() for word in (_FORMATS[form], file)]
    assert project.run("report", *words).exit == 0
    texts = {form: Path(file).read_text() for form, file in files.items()}
    texts["show"] = project.run("show").out
    texts["case"] = project.run("show", "--case", "greet/one").out
    texts["json"] = json.dumps(project.as_json())
    for form, text in texts.items():
        assert all(f"{letter} text x" in text for letter in "abc"), form
    for form in ("junit", "jsonl", "annotations"):
        assert "no majority" in texts[form]
    assert "as expected" not in "".join(texts.values()).replace(" as expected: ", "")


def test_panic_in_a_case_without_an_answer_marks_no_other_runner(project: Project) -> None:
    shown = run(project, "respond", _AGREE)
    assert "   the others: a, b\n" in shown.out
    assert "→ a (A) against b (B) against c (C); no majority" in shown.out
    for text in ('response {text: "a respond" length: 9}', "ABORTED: failed as b", "panic: Val"):
        assert text in shown.out


def test_expectation_that_no_runner_meets_names_no_odd_one_of_two(project: Project) -> None:
    shown = run(project, "text x", 'response { text: "y" }', "ab")
    assert "→ no answer is the expected one; no majority\n" in shown.out
    assert "odd" not in shown.out


_CHOICES = """any_of {
  choices { response { text: "a text x" length: 8 } }
  choices { response { text: "b text x" length: 8 } }
}"""


def test_different_choices_are_shown_as_classes(project: Project) -> None:
    shown = run(project, "text x", _CHOICES, "ab")
    assert shown.exit == 1
    assert "any of 2 answers is expected: runners give different ones" in shown.out
    assert "→ a (A) against b (B); no majority" in shown.out
    assert '"b text x"' in shown.out


@pytest.mark.parametrize(
    ("name", "expect", "expected"),
    [
        ("retry", _AGREE, "DIVERGE"),
        ("retry", "error { code: UNAVAILABLE }", "DIVERGE"),
        ("retry", "error {}", "AGREE"),
        ("retry", 'agree { reason: "r" errors: ERROR_AGREEMENT_CODE }', "AGREE"),
        ("retry", f'{_AGREE} }} compare {{ ignore_details: "google.rpc.RetryInfo"', "AGREE"),
        ("code", _AGREE, "DIVERGE"),
        ("code", "error {}", "AGREE"),
        ("code", "error { code: NOT_FOUND other_codes: [ABORTED, INTERNAL] }", "AGREE"),
        ("code", 'agree { reason: "r" errors: ERROR_AGREEMENT_ANY }', "AGREE"),
        ("code", 'agree { reason: "r" errors: ERROR_AGREEMENT_CODE }', "DIVERGE"),
        ("garbage", _AGREE, "NONE"),
    ],
)
def test_errors_are_equal_as_the_case_asks(
    project: Project, name: str, expect: str, expected: str
) -> None:
    shown = run(project, name, expect)
    assert parity(project) == expected
    assert shown.exit == {"AGREE": 0, "DIVERGE": 1, "NONE": 5}[expected]
    if name == "retry" and expected == "DIVERGE":
        assert "RetryInfo" in shown.out
        assert all(seconds in shown.out for seconds in ("1", "99", "197"))


def _known(letter: str, text: str) -> str:
    return (
        f'entries {{ case: "greet/one" kind: DIVERGENCE_KIND_BY_DESIGN reason: "{letter}"\n'
        f'  outcome {{ response {{ text: "{text}" length: {len(text)} }} }} }}\n'
    )


@pytest.mark.parametrize(
    ("letters", "known", "text"),
    [
        ("ab", "ab", "agreement is expected, but known divergences explain every answer"),
        ("abc", "abc", "agreement is expected, but known divergences explain every answer"),
        ("abc", "ab", "known divergences explain 2 of 3 answers, and no others agree"),
        ("ab", "a", ""),
    ],
)
def test_known_divergences_do_not_replace_agreement(
    project: Project, letters: str, known: str, text: str
) -> None:
    for letter in known:
        project.write_known(letter, _known(letter, f"{letter} text x"))
    shown = run(project, "text x", _AGREE, letters)
    assert shown.exit == (5 if text else 0)
    assert text in shown.out
    assert (shown.out.splitlines()[-1].split()[0] == "CONFORMANT") is not bool(text)
    # A selection does not report it.
    assert project.run("run", "-r", "a").exit == 0


def test_runners_of_one_family_prove_no_agreement(project: Project) -> None:
    for letter in "ab":
        project.add(letter, "variant.py", letter, family="one")
    write_cases(project, {"one": ("Ada", _AGREE), "two": ("Ada", _AGREE)})
    assert project.run("run", "-k", "one").exit == 0  # a selection does not report it
    shown = project.run("run")
    assert (shown.exit, "only runners of the family one answer" in shown.out) == (5, True)
    project.add("c", "variant.py", "c")
    assert project.run("run").exit == 0


def test_values_of_a_flaky_runner_are_shown_if_nothing_is_expected(project: Project) -> None:
    shown = run(project, "turn", _AGREE, "a", "--repeat", "3")
    assert shown.exit == 1
    finding, _ = project.findings()  # the other one is about the only answer
    first, *others = finding.text.removeprefix("a: ").split("; ")
    assert first.startswith('1 time text: "turn ')
    assert len({first, *others}) == 3


def test_panics_of_one_raise_line_are_one_finding(project: Project) -> None:
    project.add("a", "variant.py", "a")
    words = [f"panic {number}" for number in range(5)] + ["stumble one", "stumble two"]
    cases = {f"c{number}": (name, "error {}") for number, name in enumerate(words)}
    write_cases(project, cases)
    assert project.run("run").exit == 1
    assert [f.id for f in project.findings()] == ["P1", "P2"]
    assert [len(f.similar_case_ids) for f in project.findings()] == [4, 1]


@pytest.mark.parametrize(
    ("letters", "name", "chosen", "proposed", "explained"),
    [
        ("ab", "text x", "a", "a", ""),
        ("abc", "text x", "", "", "2 of 3"),
        ("abc", "text x", "a", "", "2 of 3"),
        ("abc", "text x", "a,b", "", "2 of 3"),
        ("abc", "group ab", "", "c", ""),
        ("abcd", "group ab", "c,d", "cd", ""),
        ("abcd", "group ab", "a", "", "3 of 4"),
        ("abc", "respond", "", "c", "2 of 3"),
    ],
)
def test_known_add_proposes_no_entries_that_leave_nothing_to_agree(
    project: Project, letters: str, name: str, chosen: str, proposed: str, explained: str
) -> None:
    run(project, name, _AGREE, letters)
    shown = project.run("known", "add", *(["-r", chosen] if chosen else []))
    assert "".join(re.findall(r'runner: "(.)"', shown.out)) == proposed
    text = f"(agreement is expected, but known divergences explain {explained} answers"
    assert (text in shown.notes) is bool(explained)
    assert ("a run would be incomplete" in shown.notes) is bool(explained)


def test_known_add_proposes_no_entry_that_leaves_one_answer(project: Project) -> None:
    project.add("dying", "scripted.py")
    run(project, "die", _AGREE, "a")
    shown = project.run("known", "add")
    assert shown.out == ""
    assert "entries for dying do not help, a run would be incomplete" in shown.notes


def test_answer_that_equals_only_some_under_a_tolerance_is_shown_with_its_values(
    project: Project,
) -> None:
    values = {"b": 0.8, "a": 0.0, "c": 1.6}
    answers = {name: {"x": (b"\x29" + struct.pack("<d", n)).hex()} for name, n in values.items()}
    answering(project, **answers)
    near = "compare { float_tolerance { absolute: 1 } }"
    write_suite(project, agree("x", more=near), suite="greet")
    shown = project.run("run")
    assert shown.exit == 1
    assert "b, a (A) against c (B); the majority is A" in shown.out
    assert "1.6" in shown.out
