"""Every problem of a suite that parses and is not valid."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from testingkit.conformance.cases.records import CasesInMemory
from tests.conformance.support import load_text, validate

HEADER = 'name: "probe"\nservice: "probe.v1.ProbeService"\n'
FINE = 'expect { agree { reason: "r" } }'

# The text of a case of `Echo`, and its problems.
CASES: list[tuple[str, list[str]]] = [
    (FINE, []),
    ("expect { error { code: NOT_FOUND other_codes: [ABORTED, INTERNAL] } }", []),
    ("expect { error {} }", []),
    ("expect { any_of { choices { response {} } choices { error {} } } }", []),
    ("", ["expects nothing: write expect"]),
    ("expect {}", ["expects nothing"]),
    ('expect { agree { reason: "  " } }', ["expect { agree } needs a reason"]),
    ('expect { agree { reason: "r" errors: ERROR_AGREEMENT_ANY } }', []),
    ('expect { agree { reason: "r" errors: 9 } }', ["expect.agree.errors: 9 is not known"]),
    ("expect { error { other_codes: ABORTED } }", ["has other_codes but no code"]),
    ("expect { error { code: ABORTED other_codes: OK } }", ["other_codes: OK is not an error"]),
    ("expect { error { code: 99 } }", ["99 is not a gRPC status code"]),
    ("expect { error { code: ABORTED other_codes: 98 } }", ["98 is not a gRPC status code"]),
    ("expect { any_of { choices { error {} } } }", ["needs two choices or more, and has 1"]),
    (
        'expect { any_of { choices { agree { reason: "r" } } choices {} } }',
        ["choices[0] is agree: expected response or error", "choices[1] is empty"],
    ),
    (
        "expect { any_of { choices { error { code: 99 } } choices { response {} } } }",
        ["99 is not a gRPC status code"],
    ),
    (FINE + ' tags: ["fine-1_x", "Not Fine"]', ["tag 'Not Fine'"]),
    (FINE + ' former_names: ["old", "../old"]', ["former name '../old'"]),
    (FINE + " timeout { seconds: 3600 }", []),
    (FINE + " timeout {}", ["timeout of 0 s"]),
    (FINE + " timeout { seconds: -1 }", ["timeout of -1 s"]),
    (FINE + " timeout { seconds: 3601 }", ["at most 3600"]),
    (FINE + " level: 77", ["level 77 is not known"]),
    (FINE + ' compare { ignore: ["point.label", "places.x", "points.below.x"] }', []),
    (FINE + ' compare { ignore: "pont" }', ["has no field 'pont'; did you mean `point`?"]),
    (FINE + ' compare { ignore: "point.lable" }', ["did you mean `label`?"]),
    (FINE + ' compare { ignore: "count.x" }', ["a scalar has no fields, so no x"]),
    (FINE + ' compare { ignore: "counts.x" }', ["a scalar has no fields"]),
    (FINE + ' compare { ignore: "" }', ["has no field ''"]),
    (FINE + ' compare { ignore: "point." }', ["has no field ''"]),
    (FINE + ' compare { unordered: "words" }', []),
    (FINE + ' compare { unordered: "word" }', ["word is not a repeated field"]),
    (FINE + " compare { float_tolerance { absolute: 0.5 relative: 0 ulps: 3 } }", []),
    (FINE + ' compare { ignore_details: ["*", "google.rpc.Help", "acme.Own"] }', []),
    (
        FINE + ' compare { ignore_details: ["", "google.rpc.RetryInof", "RetryInfo", "a/b"] }',
        [
            "ignore_details: '' is not the full name",
            "'google.rpc.RetryInof' is not the full name of a message type; did you mean `goo",
            "ignore_details: 'RetryInfo' is not the full name",
            "ignore_details: 'a/b' is not the full name",
        ],
    ),
    (FINE + " compare { float_tolerance { absolute: -1 } }", ["absolute: -1.0 is not a bound"]),
    (FINE + " compare { float_tolerance { relative: nan } }", ["relative: nan is not a bound"]),
    (FINE + " compare { float_tolerance { absolute: inf } }", ["absolute: inf is not a bound"]),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_each_problem_of_a_case(tmp_path: Path, written: str, expected: list[str]) -> None:
    text = f'{HEADER}\ncases {{ name: "one" method: "Echo" {written} }}'
    suites, unread = load_text(tmp_path, text)
    assert unread == []
    found = [str(problem) for problem in validate(suites)]
    assert len(found) == len(expected), found
    for problem, part in zip(found, expected, strict=True):
        assert problem.startswith("one.textproto:4:1: probe/one: ")
        assert part in problem


def case(name: str) -> str:
    return f'cases {{ name: "{name}" method: "Echo" {FINE} }}\n'


_BAD_NAMES = ["", "One", "one/two", "-a", ".a", "a.", "a..b", "..", ".", "-", "a b", "ä"]


@pytest.mark.parametrize("name", [*_BAD_NAMES, "one\\n", "a:b", "a*", "a" * 201])
def test_invalid_case_name_is_a_problem(tmp_path: Path, name: str) -> None:
    suites, _ = load_text(tmp_path, HEADER + case(name))
    (problem,) = validate(suites)
    assert "expected " in problem.message


@pytest.mark.parametrize("name", ["a-b", "common-12", "1.1.0", "a.-b", "a-", "_.x", "a--b", "0"])
def test_names_may_have_dashes_and_dots(tmp_path: Path, name: str) -> None:
    written = f'name: "{name}" former_names: "{name}-old" method: "Echo"'
    expect = f'expect {{ golden {{ name: "{name}.1" }} }}'
    golden = tmp_path / "goldens" / "one" / f"{name}.1.textproto"
    golden.parent.mkdir(parents=True)
    golden.write_text("error {}")
    header = HEADER.replace("probe", f"spec-{name}/{name}", 1)
    suites, problems = load_text(tmp_path, f"{header}cases {{ {written} {expect} }}")
    assert [*problems, *validate(suites)] == []
    assert [c.id for c in suites[0].cases] == [f"spec-{name}/{name}/{name}"]


def test_upper_case_name_has_a_hint(tmp_path: Path) -> None:
    suites, _ = load_text(tmp_path, HEADER + case("Common-12"))
    (problem,) = validate(suites)
    assert problem.message.endswith("expected lower-case letters, such as common-12")


def test_too_long_case_name_is_a_problem(tmp_path: Path) -> None:
    assert not validate(load_text(tmp_path, HEADER + case("a" * 200))[0])


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("a", True),
        ("a/b_2/c", True),
        ("", False),
        ("/a", False),
        ("a/", False),
        ("a//b", False),
        ("A", False),
        ("a.b", True),
        ("spec-1.1.0/common-12", True),
        ("a/.b", False),
        ("a/b./c", False),
        ("a/../b", False),
        ("-a/b", False),
        ("A/b", False),
        ("a/" * 199 + "ab", True),
        ("a/" * 200 + "a", False),
    ],
)
def test_suite_names_are_validated(tmp_path: Path, name: str, fine: bool) -> None:
    suites, _ = load_text(tmp_path, HEADER.replace("probe", name, 1) + case("one"))
    assert ([p.message[:10] for p in validate(suites)] == []) is fine


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((64 << 20) - (64 << 10), []),
        (64 << 20, ["probe/one: the request has 67,108,864 bytes: expected 67,043,328 at most"]),
    ],
)
def test_oversized_request_is_a_problem(tmp_path: Path, size: int, expected: list[str]) -> None:
    (suite,), _ = load_text(tmp_path, HEADER + case("one"))
    large = dataclasses.replace(next(iter(suite.cases)), request=bytes(size))
    problems = validate([dataclasses.replace(suite, cases=CasesInMemory([large]))])
    assert [problem.message for problem in problems] == expected


def test_tags_of_the_defaults_are_a_problem_once(tmp_path: Path) -> None:
    text = HEADER + 'defaults { tags: "No" }\n' + case("one") + case("two")
    suites, _ = load_text(tmp_path, text)
    assert [str(p) for p in validate(suites)] == [
        "one.textproto:1:1: tag 'No': expected a-z, 0-9, _ and -, at most 200 characters"
    ]


@pytest.mark.parametrize("share", ["-0.1", "1.01", "nan", "inf", "50"])
@pytest.mark.parametrize("limit", ["max_liar_share", "min_coverage"])
def test_audit_limits_must_be_shares(tmp_path: Path, limit: str, share: str) -> None:
    suites, _ = load_text(tmp_path, f"audit {{ {limit}: {share} }}\n" + HEADER + case("one"))
    (problem,) = validate(suites)
    assert str(problem.place) == "one.textproto:1:1"
    shown = "is not a share: expected 0 to 1"
    assert problem.message == f"audit.{limit}: {float(share):g} {shown}"


def test_audit_limits_of_0_and_1_are_valid(tmp_path: Path) -> None:
    for limits in ("", "max_liar_share: 0 min_coverage: 0", "max_liar_share: 1 min_coverage: 1"):
        suites, _ = load_text(tmp_path, f"{HEADER}audit {{ {limits} }}\n{case('one')}")
        assert validate(suites) == []


def test_duplicate_case_names_the_first(tmp_path: Path) -> None:
    one, _ = load_text(tmp_path, HEADER + case("a") + case("b") + case("a") + case("a"))
    two, _ = load_text(tmp_path, HEADER + case("a"), name="two.textproto")
    assert [str(p) for p in validate([*one, *two])] == [
        "one.textproto:5:1: duplicate case probe/a: the first is at one.textproto:3:1",
        "one.textproto:6:1: duplicate case probe/a: the first is at one.textproto:3:1",
        "two.textproto:1:1: suite probe is also the name of one.textproto",
    ]


def test_former_name_of_another_case_is_a_problem(tmp_path: Path) -> None:
    written = f'cases {{ name: "new" former_names: ["old", "new"] method: "Echo" {FINE} }}\n'
    suites, _ = load_text(tmp_path, HEADER + written + case("other"))
    assert validate(suites) == []
    suites, _ = load_text(tmp_path, HEADER + written + case("old"))
    (problem,) = validate(suites)
    text = "probe/new: former name 'old' is the name of the case at one.textproto:4:1"
    assert str(problem) == f"one.textproto:3:1: {text}"


def test_golden_name_must_be_a_file_name(tmp_path: Path) -> None:
    folder = tmp_path / "goldens" / "one"
    folder.mkdir(parents=True)
    (folder / "Other.textproto").write_text("error {}")
    written = 'cases { name: "one" method: "Echo" expect { golden { name: "Other" } } }'
    suites, unread = load_text(tmp_path, HEADER + written)
    assert unread == []
    assert [p.message for p in validate(suites)] == [
        "probe/one: golden name 'Other': expected lower-case letters, such as other"
    ]


def test_former_name_of_two_cases_is_a_problem(tmp_path: Path) -> None:
    def renamed(name: str, *former: str) -> str:
        names = ", ".join(f'"{one}"' for one in former)
        return f'cases {{ name: "{name}" former_names: [{names}] method: "Echo" {FINE} }}\n'

    fine = renamed("a", "x", "x") + renamed("b", "y", "z") + renamed("c")
    assert validate(load_text(tmp_path, HEADER + fine)[0]) == []
    shared = renamed("a", "x") + renamed("b", "y", "x") + renamed("c", "x", "x") + renamed("d")
    text = "former name 'x' is also one of the case at one.textproto:3:1"
    assert [str(problem) for problem in validate(load_text(tmp_path, HEADER + shared)[0])] == [
        f"one.textproto:4:1: probe/b: {text}",
        f"one.textproto:5:1: probe/c: {text}",
    ]


def test_suites_can_use_the_same_former_name(tmp_path: Path) -> None:
    written = f'cases {{ name: "new" former_names: "old" method: "Echo" {FINE} }}\n'
    one, _ = load_text(tmp_path, HEADER + written)
    two, _ = load_text(
        tmp_path, HEADER.replace("probe", "other", 1) + written, name="two.textproto"
    )
    assert validate([*one, *two]) == []


@pytest.mark.parametrize("reason", ["\u200b", "\u2060 \u00ad", "\u3164", "-", "..."])
def test_agreement_needs_a_reason_that_is_visible(tmp_path: Path, reason: str) -> None:
    written = f'cases {{ name: "a" method: "Echo" expect {{ agree {{ reason: "{reason}" }} }} }}'
    suites, _ = load_text(tmp_path, HEADER + written)
    (problem,) = validate(suites)
    assert "expect { agree } needs a reason" in problem.message


@pytest.mark.parametrize(
    ("default", "problem"),
    [
        ('compare { ignore: "nope" }', "defaults: compare.ignore: nope: "),
        ("compare { float_tolerance { absolute: -1 } }", "defaults: compare.float_tolerance."),
        ("timeout { seconds: -1 }", "defaults: timeout of -1 s: "),
        ("level: 99", "defaults: level 99 is not known, in 30 cases: "),
    ],
)
def test_mistake_in_the_defaults_is_one_problem_of_the_suite(
    tmp_path: Path, default: str, problem: str
) -> None:
    cases = "".join(f'cases {{ name: "c{number:02}" {FINE} }}\n' for number in range(30))
    own = f'cases {{ name: "own" {default} {FINE} }}\n'
    text = f'{HEADER}defaults {{ method: "Echo" {default} }}\n'
    (found,) = validate(load_text(tmp_path, text + cases)[0])
    assert found.message.startswith(problem)
    assert found.message.endswith(", in 30 cases: probe/c00, probe/c01, probe/c02 and 27 more")
    # A case that makes the same mistake itself is a problem of its own.
    messages = [found.message for found in validate(load_text(tmp_path, text + cases + own)[0])]
    assert len(messages) == 2
    assert sum(message.startswith("probe/own: ") for message in messages) == 1
