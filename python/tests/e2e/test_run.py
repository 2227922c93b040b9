"""``testingkit run`` with correct and wrong runners, plain servers and known divergences."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import REPOSITORY, SCRIPTS, Project, assert_totals_add_up


@pytest.mark.smoke
def test_runners_that_agree_are_conformant(honest: Project) -> None:
    honest.add_greeter("other")
    shown = honest.run("run")
    assert (shown.exit, shown.err) == (0, "")
    assert shown.out.splitlines()[-1] == "CONFORMANT"
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert footer.decision == run_pb2.DECISION_CONFORMANT
    assert [ledger.passed for ledger in footer.ledgers] == [5, 5]
    assert footer.parity.agree == 5


def test_result_as_json_has_the_content_of_the_log(honest: Project) -> None:
    result = honest.run("run", "--json")
    assert (result.exit, result.err) == (0, "")
    assert result.json == honest.as_json()
    assert set(result.json) == {"header", "runners", "findings", "footer"}


def test_odd_one_out_is_shown_with_only_the_fields_that_differ(honest: Project) -> None:
    honest.add_greeter("twin")
    honest.add_greeter("bad", "answers_wrong")
    shown = honest.run("run")
    assert shown.exit == 1
    line = honest.suite.read_text().splitlines().index('  name: "greets_trigger"')
    assert f"cases/greet.textproto:{line} · GreetService.Greet" in shown.out
    assert "greet/greets_trigger" in shown.out
    assert "odd one out: bad" in shown.out
    assert "Hello, Trigger" in shown.out
    assert "length" not in shown.out  # it agrees, and the request does not have it
    assert "testingkit run -k greet/greets_trigger" in shown.out


def test_kit_with_a_broken_rule_is_the_odd_one_out(project: Project) -> None:
    kit = [sys.executable, "-m", "testingkit.kit_runner"]
    project.protos = [str(REPOSITORY / "proto"), str(REPOSITORY / "third_party" / "proto")]
    project.cases = [str(REPOSITORY / "conformance_cases" / "diff")]
    project.runners = {"one": {"command": kit}, "two": {"command": kit}}
    project.add("broken", "broken_kit.py")
    shown = project.run("run", str(REPOSITORY / "conformance_cases" / "diff" / "lines.textproto"))
    assert shown.exit == 1
    assert "odd one out: broken" in shown.out
    found = [event.finding for event in project.events() if event.HasField("finding")]
    assert {finding.kind for finding in found} == {run_pb2.FINDING_KIND_DIVERGENCE}
    assert all(list(finding.runners) == [2] for finding in found)
    assert all(finding.path.endswith("conformance_cases/diff/lines.textproto") for finding in found)
    assert [ledger.failed for ledger in project.footer().ledgers][:2] == [0, 0]


@pytest.mark.smoke
def test_plain_server_is_started_with_its_port(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}")
    shown = honest.run("run")
    assert shown.exit == 0, shown
    ready = [event.runner_ready for event in honest.events() if event.HasField("runner_ready")]
    assert [r.plain_server for r in ready] == [False, True]
    assert len(ready[1].description.methods) == 2
    assert honest.footer().parity.agree == 5


@pytest.mark.smoke
def test_plain_server_at_an_address_keeps_running(honest: Project) -> None:
    """The run finds it by its address, and does not stop it."""
    command = [sys.executable, str(SCRIPTS / "plain_server.py"), "0"]
    environment = honest.environment()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        honest.runners["stock"] = {"address": address}
        shown = honest.run("run")
        still_there = server.poll() is None
        server.kill()
    assert shown.exit == 0, shown
    assert still_there
    assert honest.footer().ledgers[1].passed == 5


def test_plain_server_without_reflection_passes(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}", "mute")
    assert honest.run("run").exit == 0
    assert honest.footer().ledgers[1].passed == 5


def test_plain_server_that_hangs_times_out(honest: Project) -> None:
    honest.add("stock", "plain_server.py", "{port}", "hangs", str(honest.folder / "lock"))
    honest.limits["call_timeout"] = "500ms"
    shown = honest.run("run")
    assert shown.exit == 1
    assert "TIMEOUT" in shown.out
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.timed_out) == (4, 1)


def test_address_without_a_server_exits_with_5(honest: Project) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # and does not listen
        address = f"127.0.0.1:{probe.getsockname()[1]}"
        honest.runners = {"gone": {"address": address}}
        honest.limits["start_timeout"] = "300ms"
        shown = honest.run("run")
    assert shown.exit == 5
    assert f"nothing listens on {address}" in shown.out


def test_another_server_at_the_address_is_not_taken_for_the_runner(honest: Project) -> None:
    command = [sys.executable, str(SCRIPTS / "plain_server.py"), "0"]
    environment = honest.environment()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        honest.runners["new"] = {"command": ["true"], "address": address}
        shown = honest.run("run")
        server.kill()
    assert shown.exit == 5
    assert f"another process already listens on {address}" in shown.out


def test_agreement_of_one_runner_exits_with_5(honest: Project) -> None:
    honest.suite.write_text(
        'name: "greet"\nservice: "greet.v1.GreetService"\n'
        'cases { name: "one" method: "Greet" expect { agree { reason: "any" } } }\n'
    )
    shown = honest.run("run")
    assert shown.exit == 5
    assert "agreement is expected, but only one runner answers" in shown.out


def test_agreement_with_a_known_crash_exits_with_5(honest: Project) -> None:
    """The entry covers the crash, but no runner confirms the answer of the other."""
    honest.add_greeter("bad", "dies_midway")
    honest.write_known(
        "bad",
        """entries {
          case: "greet/*" kind: DIVERGENCE_KIND_BUG reason: "it dies"
          outcome { verdict: VERDICT_CRASH }
        }""",
    )
    case = 'cases { name: "%s" request { name: "trigger" } expect { %s } }\n'
    stated = case % ("stated", 'response { text: "Hello, trigger" length: 14 }')
    head = 'name: "greet"\nservice: "greet.v1.GreetService"\ndefaults { method: "Greet" }\n'
    honest.suite.write_text(head + stated + case % ("open", 'agree { reason: "any" }'))
    shown = honest.run("run")
    assert shown.exit == 5
    (finding,) = honest.as_json()["findings"]
    assert finding["case_id"] == "greet/open"
    assert finding["text"] == "agreement is expected, but only one runner answers"
    assert honest.footer().ledgers[1].known == 2
    # A selection may leave out the other runners.
    assert honest.run("run", "-r", "good").exit == 0


def test_method_that_every_runner_declares_unsupported_exits_with_5(honest: Project) -> None:
    honest.runners.clear()
    honest.add_greeter("idle", "claims_nothing", unsupported=["greet.v1.GreetService/*"])
    shown = honest.run("run")
    assert shown.exit == 5
    assert "no runner serves the method" in shown.out


@pytest.mark.smoke
def test_types_come_from_server_reflection_without_protos(project: Project) -> None:
    project.protos = []
    project.add("stock", "plain_server.py", "{port}")
    project.add_greeter("good")
    assert project.run("run").exit == 0
    assert project.footer().parity.agree == 5
    assert project.run("lint").exit == 0


def test_no_protos_and_no_reflection_exit_with_5(project: Project) -> None:
    project.protos = []
    project.add("stock", "plain_server.py", "{port}", "mute")
    shown = project.run("run")
    assert shown.exit == 5
    assert "no runner has server reflection" in shown.err


_KNOWN = """\
entries {{
  case: "greet/{case}"
  kind: DIVERGENCE_KIND_BUG
  outcome {{ response {{ text: "{text}" length: 14 }} }}
  reason: "it shouts"
}}
"""


def test_known_divergence_is_counted_as_known_and_passes(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.write_known("bad", _KNOWN.format(case="greets_trigger", text="Hello, Trigger"))
    shown = honest.run("run")
    assert shown.exit == 0, shown
    assert shown.out.splitlines()[-1] == "CONFORMANT"
    footer = honest.footer()
    assert (footer.ledgers[1].passed, footer.ledgers[1].known) == (4, 1)
    assert footer.parity.known == 1
    assert_totals_add_up(footer)


def test_known_divergence_that_passes_now_is_stale(honest: Project) -> None:
    honest.add_greeter("bad")
    honest.write_known("bad", _KNOWN.format(case="greets_trigger", text="Hello, Trigger"))
    shown = honest.run("run")
    assert shown.exit == 1
    assert "STALE" in shown.out
    assert "bad passes greet/greets_trigger now" in shown.out
    assert "cases/known_divergences/bad.textproto:2" in shown.out


def test_known_divergence_with_another_answer_is_stale(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.write_known("bad", _KNOWN.format(case="greets_trigger", text="HELLO, TRIGGER"))
    shown = honest.run("run")
    assert shown.exit == 1
    assert "STALE" in shown.out
    assert "DIVERGE" in shown.out
    assert_totals_add_up(honest.footer())


def test_known_divergence_of_an_unknown_case_fails_the_run(honest: Project) -> None:
    honest.write_known("good", _KNOWN.format(case="no_such_case", text="x"))
    shown = honest.run("run")
    assert shown.exit == 1
    assert 'case: "greet/no_such_case" matches no case' in shown.out


def test_repro_command_has_the_same_runners_and_configuration(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.add_greeter("other")
    honest.run("list")  # writes the configuration
    other = honest.folder / "other.toml"
    (honest.folder / "testingkit.toml").rename(other)
    words = ("-r", "good,bad", "-c", "other.toml")
    shown = honest.run("run", *words)
    assert shown.exit == 1
    (line,) = [line for line in shown.out.splitlines() if "repro" in line]
    command = line.split()[1:]
    assert command == ["testingkit", "run", "-k", "greet/greets_trigger", *words]
    again = honest.run(*command[1:])
    assert (again.exit, honest.footer().parity.cases) == (1, 1)


def test_finding_as_json_has_the_result_of_every_runner(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    document = honest.run("run", "--json").json
    (finding,) = document["findings"]
    good, bad = finding["results"]
    assert (good["runner"], good["verdict"], good["differences"]) == ("good", "VERDICT_PASS", [])
    assert (bad["runner"], bad["verdict"]) == ("bad", "VERDICT_MISMATCH")
    difference = bad["differences"][0]
    assert difference["field_path"] == "text"
    assert difference["expected"] == '"Hello, trigger"'
    assert document == honest.as_json()


def test_findings_beyond_max_findings_are_counted(honest: Project) -> None:
    honest.add_greeter("bad", "answers_wrong")
    honest.add_greeter("gone", "dies_at_start")
    shown = honest.run("run", "--max-findings", "1")
    assert shown.exit == 1
    assert [line.split()[1] for line in shown.out.splitlines() if "━━" in line] == ["RUNNER"]
    assert "… 1 more finding: testingkit show --json has all of them" in shown.out
    assert "2 problems: R1 D1" in shown.out


def test_option_x_with_a_problem_in_the_last_case(honest: Project) -> None:
    text = honest.suite.read_text()
    honest.suite.write_text(text.replace('"refuses_zero"', '"refuses_zero" tags: "last"'))
    shown = honest.run("run", "-x", "-k", "last")
    assert shown.exit == 0
    honest.add_greeter("bad", "answers_wrong")
    shown = honest.run("run", "-x", "-k", "greets_trigger")
    assert (shown.exit, shown.err) == (1, "")
    assert "NOT CONFORMANT   1 problem: D1   exit 1" in shown.out


_DIVIDE = "greet.v1.GreetService/Divide"


@pytest.mark.parametrize("entry", [_DIVIDE, "greet.v1.*/Div*"])
def test_unimplemented_method_of_a_base_class_may_be_listed(honest: Project, entry: str) -> None:
    honest.add("partial", "faulty.py", "claims_unimplemented", unsupported=[entry])
    shown = honest.run("run")
    assert shown.exit == 0, shown
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.unsupported) == (3, 2)
    examined = honest.run("doctor", "-r", "partial")
    assert examined.exit == 0, examined


def test_listed_method_that_answers_anything_else_is_stale(honest: Project) -> None:
    honest.add("partial", "faulty.py", "claims_unimplemented", unsupported=["greet.v1.*"])
    shown = honest.run("run")
    assert shown.exit == 1, shown
    text = "partial serves greet.v1.GreetService/Greet, which the configuration calls unsupported"
    assert text in shown.out
    assert f"serves {_DIVIDE}" not in shown.out
    (stale,) = [f for f in honest.findings() if f.kind == run_pb2.FINDING_KIND_STALE]
    assert stale.gated
    examined = honest.run("doctor", "-r", "partial")
    assert examined.exit == 1
    assert "serves greet.v1.GreetService/Greet, which the configuration says it does not" in (
        examined.out
    )


def test_unimplemented_method_that_is_not_listed_is_a_wrong_answer(honest: Project) -> None:
    honest.add("partial", "faulty.py", "claims_unimplemented", unsupported=["greet.v2.*"])
    assert honest.run("run").exit == 1
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.failed) == (3, 2)
