"""``testingkit accept`` writes golden files from answers of runners, or refuses to."""

from __future__ import annotations

import datetime
import os
import pty
import re
from pathlib import Path

import pytest

from testingkit import __version__
from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import Project, Result

_CASES = """
cases { name: "kept" request { name: "trigger" } expect { golden {} } }
cases { name: "refused" expect { golden {} } }
cases { name: "kept_too" request { name: "trigger" } expect { golden { name: "kept" } } }
"""


@pytest.fixture
def twins(honest: Project) -> Project:
    """A project with two correct runners, and three cases without their two golden files."""
    honest.add_greeter("also")
    honest.suite.write_text(honest.suite.read_text() + _CASES)
    return honest


def _file(project: Project, name: str) -> Path:
    return project.folder / "cases" / "goldens" / "greet" / f"{name}.textproto"


def _accept_all(project: Project) -> None:
    shown = project.run("accept", "--missing", "--yes")
    assert (shown.exit, shown.err) == (0, "")


def _files_of_goldens(project: Project) -> dict[Path, bytes]:
    """Returns all files in the folder of goldens, with scratch files that are left there."""
    folder = project.folder / "cases" / "goldens"
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _with_person(project: Project, answer: str, *arguments: str) -> Result:
    """Runs a command with a terminal as its standard input, and types an answer there."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        return project.run(*arguments, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("command", ["run", "list", "audit"])
def test_a_selection_needs_only_the_goldens_of_its_cases(twins: Project, command: str) -> None:
    shown = twins.run(command, "-k", "greets")
    assert (shown.exit, shown.err) == (0, ""), shown
    shown = twins.run(command, "-k", "greets or refused")
    assert (shown.exit, shown.out) == (3, "")
    assert "greet/refused: there is no golden file" in shown.err
    assert shown.err.endswith("testingkit: 1 problem in the case files\n")
    assert twins.run(command, "-k", "not greets").err.count("there is no golden file") == 3


def test_a_selection_is_not_disturbed_by_goldens_of_other_cases(twins: Project) -> None:
    orphan = _file(twins, "orphan")
    orphan.parent.mkdir(parents=True)
    orphan.write_text("response {}\n")
    assert twins.run("run", "-k", "greets").exit == 0
    for command in ("run", "lint"):
        assert "no case of cases/greet.textproto expects this golden" in twins.run(command).err


def test_missing_goldens_are_problems_until_they_are_accepted(twins: Project) -> None:
    for command in ("run", "lint"):
        shown = twins.run(command)
        assert (shown.exit, shown.out) == (3, "")
        assert (
            "cases/greet.textproto:40:1: greet/kept: there is no golden file "
            "cases/goldens/greet/kept.textproto: testingkit accept greet/kept writes it"
        ) in shown.err
    shown = twins.run("accept", "greet/kept", "greet/refused", "--yes")
    assert (shown.exit, shown.err) == (0, "")
    assert "NEW       greet/kept " in shown.out
    assert '+   text: "Hello, trigger"' in shown.out
    assert "+   code: INVALID_ARGUMENT" in shown.out
    assert "→ from good 1.0.0, confirmed by also 1.0.0" in shown.out
    assert shown.out.endswith("2 golden files written\n")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert (
        _file(twins, "kept").read_text()
        == f"""\
# proto-file: testingkit/conformance/v1/golden.proto
# proto-message: testingkit.conformance.v1.GoldenFile

response {{
  text: "Hello, trigger"
  length: 14
}}
provenance {{
  accepted: "{today}"
  testingkit_version: "{__version__}"
  witnesses {{
    runner: "good"
    version: "1.0.0"
  }}
  witnesses {{
    runner: "also"
    version: "1.0.0"
  }}
}}
"""
    )
    assert set(_files_of_goldens(twins)) == {_file(twins, "kept"), _file(twins, "refused")}
    assert twins.run("run").exit == 0
    planned = [e.planned_case for e in twins.events() if e.HasField("planned_case")]
    witnesses = {p.case_id: [w.runner for w in p.provenance.witnesses] for p in planned}
    assert witnesses["greet/kept_too"] == ["good", "also"]
    assert witnesses["greet/greets"] == []


def test_golden_that_all_runners_contradict_is_one_finding_and_can_be_accepted(
    twins: Project,
) -> None:
    _accept_all(twins)
    before = _files_of_goldens(twins)
    for name in ("good", "also"):
        twins.add_greeter(name, "answers_wrong")
    assert twins.run("run", "-q", "-k", "kept").exit == 1
    (finding,) = [event.finding for event in twins.events() if event.HasField("finding")]
    assert finding.kind == run_pb2.FINDING_KIND_GOLDEN_SUSPECT
    assert (finding.case_id, list(finding.similar_case_ids)) == ("greet/kept", ["greet/kept_too"])
    assert re.fullmatch(
        r'all 2 runners answer text: "Hello, Trigger" · the golden has text: "Hello, trigger" '
        r"\(accepted 20\d\d-\d\d-\d\d from good 1\.0\.0, confirmed by also 1\.0\.0\)",
        finding.text,
    )
    assert finding.advice == (
        "if the runners are right: testingkit accept greet/kept greet/kept_too"
    )
    assert _files_of_goldens(twins) == before
    shown = twins.run("accept", "greet/*", "--yes")
    assert (shown.exit, shown.err) == (0, "")
    assert "CHANGE    greet/kept " in shown.out
    assert '- "Hello, trigger"\n      + "Hello, Trigger"' in shown.out
    assert "1 golden stays the same: greet/refused" in shown.out
    assert "1 golden file written" in shown.out
    assert _file(twins, "refused").read_bytes() == before[_file(twins, "refused")]
    assert twins.run("run", "-q", "-k", "kept").exit == 0


def test_one_refused_case_keeps_all_goldens_from_being_written(twins: Project) -> None:
    twins.add_greeter("also", "answers_wrong")
    shown = twins.run("accept", "--missing", "--yes")
    assert shown.exit == 1
    assert "REFUSED   greet/kept " in shown.out
    assert "→ the runners do not agree" in shown.out
    assert "testingkit accept greet/kept --from NAME " in shown.out
    assert "NEW       greet/refused " in shown.out
    assert "2 cases cannot be accepted; nothing is written" in shown.err
    assert _files_of_goldens(twins) == {}
    shown = twins.run("accept", "greet/kept", "--from", "also", "--yes")
    assert (shown.exit, shown.err) == (0, "")
    assert "→ from also 1.0.0 alone" in shown.out
    assert 'text: "Hello, Trigger"' in _file(twins, "kept").read_text()
    assert list(_files_of_goldens(twins)) == [_file(twins, "kept")]
    twins.run("accept", "--missing", "--yes")
    assert twins.run("run", "-q", "-k", "kept").exit == 1
    (finding,) = [event.finding for event in twins.events() if event.HasField("finding")]
    assert finding.kind == run_pb2.FINDING_KIND_DIVERGENCE
    assert "the golden was accepted " in twins.run("run", "-q", "-k", "kept").out


@pytest.mark.smoke
def test_table_marks_the_accepted_answer_as_right(twins: Project) -> None:
    twins.add_greeter("also", "answers_wrong")
    assert twins.run("accept", "greet/kept", "--from", "good", "--yes").exit == 0
    shown = twins.run("accept", "greet/kept", "--from", "also", "--yes").out
    (row, *_) = [line for line in shown.splitlines() if "✓" in line]
    assert row.split() == [
        "text",
        '"Hello,',
        'trigger"',
        '"Hello,',
        'trigger"',
        "✗",
        '"Hello,',
        'Trigger"',
        "✓",
    ]


@pytest.mark.parametrize(
    ("script", "fault", "message"),
    [
        ("flaky.py", "is_flaky", "→ flaky: also"),
        ("faulty.py", "panics", "also: panic: ValueError: the trigger was pulled"),
        ("faulty.py", "dies_midway", "also: crash: "),
        (
            "protocol_breaker.py",
            "answers_garbage",
            "also: bytes that are not a greet.v1.GreetResponse",
        ),
        (
            "protocol_breaker.py",
            "answers_twice",
            "also: protocol error: answered calls more than once",
        ),
        ("faulty.py", "claims_nothing", "also: unsupported"),
        ("faulty.py", "dies_at_start", "also did not start and takes no part"),
    ],
)
def test_flaky_failed_and_invalid_answers_are_refused(
    twins: Project, script: str, fault: str, message: str
) -> None:
    twins.add("also", script, fault)
    twins.limits["stop_timeout"] = "300ms"
    twins.suite.write_text(twins.suite.read_text().replace('golden { name: "kept" }', "golden {}"))
    shown = twins.run("accept", "greet/kept", "--yes")
    assert shown.exit == 1
    assert message in shown.out
    assert ("only good answers" in shown.out) == (fault != "is_flaky")
    assert _files_of_goldens(twins) == {}


def test_nothing_is_written_without_confirmation(twins: Project) -> None:
    shown = twins.run("accept", "--missing")
    assert shown.exit == 2
    assert "NEW       greet/kept" in shown.out
    assert "2 golden files to write, but standard input is not a terminal" in shown.err
    shown = twins.run("accept", "--missing", "--dry-run")
    assert (shown.exit, shown.err) == (0, "")
    assert shown.out.endswith("2 golden files to write; nothing is written\n")
    shown = twins.run("accept", "--missing", "--yes", CI="true")
    assert (shown.exit, shown.out) == (2, "")
    assert "accept does not run if the environment variable CI is set" in shown.err
    for answer in ("n", ""):
        shown = _with_person(twins, answer, "accept", "--missing")
        assert shown.exit == 1
        assert "Write 2 golden files? [y/N]" in shown.err
        assert shown.err.endswith("nothing is written\n")
    assert _files_of_goldens(twins) == {}
    shown = _with_person(twins, "y", "accept", "--missing", "--")
    assert (shown.exit, len(_files_of_goldens(twins))) == (0, 2)
    assert twins.run("accept", "--missing").out == "no golden file to write\n"


def test_a_golden_written_by_hand_needs_no_provenance(twins: Project) -> None:
    _file(twins, "kept").parent.mkdir(parents=True)
    by_hand = '# by hand\nresponse { text: "Hello, trigger" length: 14 }\n'
    _file(twins, "kept").write_text(by_hand)
    _file(twins, "refused").write_text("error {}")
    assert twins.run("run").exit == 0
    shown = twins.run("accept", "greet/**", "--yes")
    assert (shown.exit, shown.err) == (0, "")
    assert shown.out == (
        "3 goldens stay the same: greet/kept, greet/refused, greet/kept_too\n"
        "no golden file to write\n"
    )
    assert _file(twins, "kept").read_text() == by_hand
    _file(twins, "kept").write_text("error { code: NOT_FOUND }")
    shown = twins.run("accept", "greet/kept", "--dry-run")
    assert "cases/goldens/greet/kept.textproto · written by hand" in shown.out
    assert "- error NOT_FOUND" in shown.out
    assert '+ response {text: "Hello, trigger" length: 14}' in shown.out


def test_goldens_that_no_case_expects_are_errors(twins: Project) -> None:
    _accept_all(twins)
    renamed = twins.suite.read_text().replace('name: "refused"', 'name: "is_refused"')
    twins.suite.write_text(renamed)
    (twins.folder / "cases" / "goldens" / "gone").mkdir()
    (twins.folder / "cases" / "goldens" / "gone" / "one.textproto").write_text("error {}")
    for command in ("run", "lint"):
        shown = twins.run(command)
        assert (shown.exit, shown.out) == (3, "")
        first, second, third, _ = shown.err.splitlines()
        assert first.startswith("cases/goldens/gone:1:1: goldens of cases/gone.textproto")
        assert second.startswith("cases/goldens/greet/refused.textproto:1:1: no case of cases/gr")
        assert third.startswith("cases/greet.textproto:41:1: greet/is_refused: there is no golden")
    _accept_all(twins)
    assert twins.run("run", "cases/greet.textproto").exit == 0


def test_cases_that_share_a_golden_need_equal_answers(twins: Project) -> None:
    suite = twins.suite.read_text()
    twins.suite.write_text(
        suite.replace('"kept_too" request { name: "trigger" }', '"kept_too" request { name: "Bo" }')
    )
    shown = twins.run("accept", "greet/kept", "--yes")
    assert shown.exit == 1
    assert "→ shares its golden file with greet/kept_too, whose answer differs" in shown.out
    assert "→ shares its golden file with greet/kept, whose answer differs" in shown.out
    assert "--from" not in shown.out  # no runner gives both cases one answer
    assert twins.run("accept", "greet/kept", "--from", "good", "--yes").exit == 1
    assert _files_of_goldens(twins) == {}


def test_golden_behind_a_symbolic_link_is_refused(twins: Project) -> None:
    elsewhere = twins.folder / "elsewhere"
    elsewhere.mkdir()
    (twins.folder / "cases" / "goldens").symlink_to(elsewhere)
    shown = twins.run("accept", "greet/kept", "--yes")
    assert shown.exit == 1
    assert "→ cases/goldens/greet/kept.textproto is behind a symbolic link" in shown.out
    assert "--from" not in shown.out  # the link is there for every runner
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "no cases given; name case ids or patterns, or use --missing"),
        (["greet/kpt"], 4, "there is no case 'greet/kpt'; did you mean `greet/kept"),
        (["greet/divides"], 2, ": greet/divides expects response {...} and has no golden file; "),
        (["other/**"], 4, "'other/**' matches no case that expects a golden"),
        (["greet/gre*"], 4, "'greet/gre*' matches no case that expects a golden"),
        (["greet/kept", "--from", "goood"], 2, "there is no runner 'goood'; did you mean `good`?"),
    ],
)
def test_unknown_and_unsuitable_cases_are_errors(
    twins: Project, arguments: list[str], code: int, message: str
) -> None:
    shown = twins.run("accept", *arguments, "--yes")
    assert (shown.exit, shown.out) == (code, "")
    assert message in shown.err


def test_errors_in_case_files_are_reported_first(twins: Project) -> None:
    twins.suite.write_text(twins.suite.read_text() + "cases { nam: 1 }")
    _file(twins, "kept").parent.mkdir(parents=True)
    _file(twins, "kept").write_text("response { txet: 1 }")
    shown = twins.run("accept", "greet/refused", "--yes")
    assert (shown.exit, shown.out) == (3, "")
    assert "cases/goldens/greet/kept.textproto:1:12: " in shown.err
    assert "cases/greet.textproto:43:" in shown.err


def test_accept_without_protos_and_with_a_plain_server(project: Project) -> None:
    project.protos = ()
    project.add("stock", "plain_server.py", "{port}")
    project.add_greeter("good")
    project.suite.write_text(project.suite.read_text() + _CASES)
    shown = project.run("accept", "greet/kept", "--yes")
    assert (shown.exit, shown.err) == (0, "")
    assert "→ from stock, confirmed by good 1.0.0" in shown.out


def test_two_runners_do_not_outvote_three_that_fail(twins: Project) -> None:
    twins.add("one", "faulty.py", "panics")
    twins.add("two", "faulty.py", "panics")
    twins.add("three", "faulty.py", "panics")
    shown = twins.run("accept", "greet/kept", "--yes")
    assert shown.exit == 1
    assert "→ only 2 of 5 runners give this answer (good, also), and more than half" in shown.out
    assert "--from NAME   keeps what one of them answers: good, also\n" in shown.out
    assert twins.run("accept", "greet/kept", "--from", "good", "--yes").exit == 0


def test_runners_of_one_family_count_once(twins: Project) -> None:
    for name in ("good", "also"):
        twins.runners[name]["family"] = "greeter"
    shown = twins.run("accept", "greet/kept", "--yes")
    assert shown.exit == 1
    assert "→ only runners of the family greeter answer: good, also" in shown.out
    listed = twins.run("runners")
    assert listed.out.count("· family greeter") == 2
    twins.add_greeter("third")
    assert twins.run("accept", "--missing", "--yes").exit == 0


def test_family_has_no_majority_in_any_report(honest: Project) -> None:
    for name in ("wrong", "bad"):
        honest.add_greeter(name, "answers_wrong", family="f")
    suite = honest.suite.read_text()
    agree = 'expect { agree { reason: "many ways" } }'
    expected = 'expect { response { text: "Hello, trigger" length: 14 } }'
    honest.suite.write_text(suite.replace(expected, agree))
    assert honest.run("run").exit == 1
    text = "no majority"
    assert text in honest.run("show").out
    for form in ("junit", "jsonl", "ctrf", "html"):
        assert text in honest.run("report", f"--{form}", "-").out
    assert "no runner is the odd one out" in honest.run("known", "add").err
