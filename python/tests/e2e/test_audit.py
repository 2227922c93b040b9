"""``testingkit audit`` measures suites, and a run fails if a suite misses its limits."""

from __future__ import annotations

import pytest

from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import Project

# How many of the five cases of `greet` each passes: `constant` one of each method's responses.
_LIARS = {"null": 0, "empty": 0, "echo": 0, "constant": 2, "always_error": 2, "swap": 0}


def limit(project: Project, text: str) -> None:
    """Writes limits into the suite."""
    suite = project.suite.read_text()
    project.suite.write_text(suite.replace("defaults", f"audit {{ {text} }}\ndefaults", 1))


def test_audit_lists_trivial_implementations_and_coverage(honest: Project) -> None:
    honest.runners["good"]["command"] = ["no-such-program"]  # nothing is started
    shown = honest.run("audit")
    assert (shown.exit, shown.err) == (0, "")
    lines = [" ".join(line.split()) for line in shown.out.splitlines()]
    assert lines[0] == "5 cases in 1 suite, and the liars that pass them"
    for number, (name, passed) in enumerate(_LIARS.items(), start=1):
        assert lines[number].startswith(f"{name} {passed} {passed * 20} % ")
    assert "greet 5 0 % 0 % 0 % 40 % 40 % 0 % 100 %" in lines
    assert "greet/greets cases/greet.textproto:7 constant" in lines
    assert "greet.v1.GreetService 100 % exercised, 3 of 3" in lines
    assert lines[-1] == "no suite is whole and sets limits"
    assert not (honest.folder / ".testingkit" / "runs").exists()


def test_audit_lists_methods_fields_and_values_that_no_case_uses(honest: Project) -> None:
    proto = honest.folder / "protos" / "greet" / "v1" / "greet.proto"
    text = proto.read_text().replace("  string name = 1;", "  string name = 1;\n  bool loud = 2;")
    text = text.replace(
        "service GreetService {",
        "service GreetService {\n  rpc Part(PartRequest) returns (GreetResponse);",
    )
    text += "message PartRequest { oneof way { string word = 1; Tone tone = 2; } }\n"
    text += "enum Tone { TONE_UNSPECIFIED = 0; TONE_SAD = 1; }\n"
    text += "service Idle { rpc Idle(PartRequest) returns (GreetResponse); }\n"
    proto.write_text(text)
    shown = honest.run("audit")
    assert shown.exit == 0
    for line in (
        "  greet.v1.GreetService  38 % exercised, 3 of 8",
        "    methods  Part",
        "    greet.v1.PartRequest  oneof way: word, tone",
        "    greet.v1.Tone  TONE_UNSPECIFIED, TONE_SAD",
        "    greet.v1.GreetRequest  loud",
        "  greet.v1.Idle  no case calls it",
    ):
        assert line in shown.out.splitlines()
    assert "greet.v1.Idle" not in honest.run("audit", "cases/greet.textproto").out


@pytest.mark.smoke
def test_audit_as_json(honest: Project) -> None:
    limit(honest, "max_liar_share: 0.35")
    result = honest.run("audit", "--json")
    assert (result.exit, result.err) == (1, "")
    assert result.json["liars"] == {
        name: {"passed": passed, "share": passed / 5} for name, passed in _LIARS.items()
    }
    (suite,) = result.json["suites"]
    assert (suite["name"], suite["path"], suite["line"]) == ("greet", "cases/greet.textproto", 3)
    assert suite["limits"] == {"max_liar_share": 0.35}
    assert suite["coverage"] == {"exercised": 3, "total": 3, "share": 1.0, "missing": []}
    message = "constant passes 2 (40 %), always_error passes 2 (40 %)"
    assert suite["weaknesses"] == [f"suite greet: a liar may pass 35 % of its 5 cases; {message}"]
    names = ["greets", "refuses_empty_name", "divides", "refuses_zero"]
    assert [case["id"] for case in result.json["weakest_cases"]] == [f"greet/{n}" for n in names]
    assert result.json["weakest_cases"][1] == {
        "id": "greet/refuses_empty_name",
        "path": "cases/greet.textproto",
        "line": 14,
        "liars": ["always_error"],
    }


def test_long_lists_are_cut_without_the_option_all(honest: Project) -> None:
    header = honest.suite.read_text().partition("cases {")[0]
    case = 'cases {{ name: "n{}" expect {{ agree {{ reason: "any" }} }} }}\n'
    honest.suite.write_text(header + "".join(map(case.format, range(14))))
    shown = honest.run("audit")
    assert "  … 4 more, with --all" in shown.out.splitlines()
    whole = honest.run("audit", "--all").out
    assert "with --all" not in whole
    assert whole.count("empty, echo, constant, always_error, swap; expects agreement alone") == 14


def test_run_and_audit_fail_if_a_suite_is_weak(honest: Project) -> None:
    limit(honest, "max_liar_share: 0.35 min_coverage: 1")
    advice = "testingkit audit cases/greet.textproto"
    for _ in range(2):  # the second time it comes from the cache
        shown = honest.run("run")
        assert shown.exit == 1
        assert shown.out.splitlines()[-1] == "NOT CONFORMANT   1 problem: W1   exit 1"
        assert "WEAK      suite" in shown.out
        (finding,) = [event.finding for event in honest.events() if event.HasField("finding")]
        assert finding.kind == run_pb2.FINDING_KIND_WEAK
        assert (finding.path, finding.line) == ("cases/greet.textproto", 3)
        assert (finding.advice, finding.gated) == (advice, True)
        assert "constant passes 2 (40 %)" in finding.text
    shown = honest.run(*advice.split()[1:])
    assert shown.exit == 1
    assert "✗ 40 %" in shown.out
    assert shown.out.splitlines()[-1] == "WEAK   1 limit does not hold   exit 1"
    # Limits of a suite do not apply to a selection of its cases.
    assert honest.run("run", "cases").exit == 0
    assert honest.run("run", "-k", "greets").exit == 0
    assert honest.run("audit", "-k", "greets").exit == 0


def test_run_and_audit_pass_if_a_suite_is_within_its_limits(honest: Project) -> None:
    limit(honest, "max_liar_share: 0.4 min_coverage: 1")
    assert honest.run("run").exit == 0
    shown = honest.run("audit")
    assert shown.exit == 0
    assert shown.out.splitlines()[-1] == "✓ the limits of 1 suite hold"


@pytest.mark.parametrize("command", ["audit", "run"])
def test_limit_that_is_not_a_share_exits_with_3(honest: Project, command: str) -> None:
    limit(honest, "max_liar_share: 50")
    shown = honest.run(command)
    assert (shown.exit, shown.out) == (3, "")
    start = "cases/greet.textproto:3:1: audit.max_liar_share: 50 is not a share"
    assert shown.err.startswith(start)


def test_audit_of_an_empty_selection_exits_with_4(honest: Project) -> None:
    shown = honest.run("audit", "-k", "no_such_case")
    assert (shown.exit, shown.out) == (4, "")
    assert "-k 'no_such_case' matches none of 5 cases" in shown.err
