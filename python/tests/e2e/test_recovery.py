"""Runners that crash or hang are restarted, and only the call that caused it fails."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding
from tests.e2e.project import SCRIPTS, Project, assert_totals_add_up


def _crash_and_gap(project: Project) -> tuple[Finding, Finding]:
    """Returns both findings of a runner that crashed and could not continue."""
    found = {finding.kind: finding for finding in project.findings()}
    assert len(found) == len(project.findings())
    return found.pop(run_pb2.FINDING_KIND_CRASH), found.pop(run_pb2.FINDING_KIND_INCOMPLETE)


@pytest.mark.parametrize(
    ("fault", "detail"), [("never_starts", "after 0.3 s"), ("only_listens", "DEADLINE_EXCEEDED")]
)
def test_runner_that_does_not_get_ready_exits_with_5(
    project: Project, fault: str, detail: str
) -> None:
    project.add("bad", "faulty.py", fault)
    project.limits["start_timeout"] = "300ms" if fault == "never_starts" else "5s"
    shown = project.run("run")
    assert shown.exit == 5
    assert "RUNNER" in shown.out
    assert detail in shown.out
    footer = project.footer()
    assert_totals_add_up(footer)
    assert footer.decision == run_pb2.DECISION_INCOMPLETE
    assert footer.ledgers[0].missing == 5


@pytest.mark.smoke
@pytest.mark.parametrize(
    "script",
    [["faulty.py", "dies_midway"], ["plain_server.py", "{port}", "dies"]],
    ids=["sdk", "stock"],
)
def test_only_the_crashing_calls_among_many_are_reported(
    honest: Project, script: list[str]
) -> None:
    triggers = {100, 400, 401}
    honest.write_many(500, triggers=triggers)
    honest.add("bad", *script)
    assert honest.run("run").exit == 1
    (crash,) = honest.findings()
    assert crash.kind == run_pb2.FINDING_KIND_CRASH
    assert {crash.case_id, *crash.similar_case_ids} == {f"greet/c{number}" for number in triggers}
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert [ledger.passed for ledger in footer.ledgers] == [500, 497]
    assert footer.ledgers[1].crashed == 3


def test_unavailable_from_a_handler_is_an_answer(honest: Project) -> None:
    honest.add("bad", "plain_server.py", "{port}", "refuses")
    shown = honest.run("run")
    assert shown.exit == 1
    assert "closed on Tuesdays" in shown.out
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.failed, ledger.crashed) == (4, 1, 0)


@pytest.mark.parametrize(
    "script", [["protocol_breaker.py", "is_not_read"], ["raw_http2.py", "{port}", "is_not_read"]]
)
def test_answers_are_not_late_if_the_coordinator_was_stopped(
    honest: Project, script: list[str]
) -> None:
    honest.limits["call_timeout"] = "500ms"
    honest.add("bad", *script)
    shown = honest.run("run")
    assert shown.exit == 0, shown
    assert [ledger.passed for ledger in honest.footer().ledgers] == [5, 5]


def test_error_on_a_connection_that_the_server_closes_is_an_answer(honest: Project) -> None:
    honest.add("bad", "plain_server.py", "{port}", "retires")
    shown = honest.run("run")
    assert shown.exit == 0, shown
    assert honest.footer().ledgers[1].passed == 5


def test_runner_that_crashes_on_every_call_uses_up_its_restarts(honest: Project) -> None:
    honest.write_many(5, triggers=range(5))
    honest.add_greeter("bad", "dies_midway")
    honest.limits["restarts"] = 1
    shown = honest.run("run")
    assert shown.exit == 1
    assert "limits.restarts = 1 is used up" in shown.out
    ledger = honest.footer().ledgers[1]
    assert (ledger.crashed, ledger.missing) == (1, 4)
    assert_totals_add_up(honest.footer())


def test_crash_is_reported_without_restarts_left(honest: Project) -> None:
    honest.add_greeter("bad", "dies_midway")
    honest.limits["restarts"] = 0
    shown = honest.run("run")
    assert shown.exit == 1
    assert "exited with status 3; it could not be restarted to find the culprit among" in shown.out
    assert "no way out" in shown.out
    assert "limits.restarts = 0 is used up" in shown.out
    ledger = honest.footer().ledgers[1]
    assert (ledger.crashed, ledger.missing) == (0, 5)
    assert_totals_add_up(honest.footer())


def test_no_call_is_blamed_if_the_restarts_end_too_early(honest: Project) -> None:
    honest.add("bad", "faulty.py", "dies_on_next_call")
    honest.limits["restarts"] = 1
    assert honest.run("run").exit == 1
    crash, gap = _crash_and_gap(honest)
    assert crash.case_id == ""
    assert "greet/divides did it after greet/greets_trigger" in crash.text
    assert "limits.restarts = 1 is used up" in gap.text
    ledger = honest.footer().ledgers[1]
    assert ledger.crashed == 0
    assert ledger.missing == 5 - ledger.passed > 0


def test_crash_that_no_call_repeats_is_a_finding_of_the_runner(honest: Project) -> None:
    honest.add("bad", "faulty.py", "dies_once", cwd=".")
    assert honest.run("run").exit == 1
    (crash,) = honest.findings()
    assert (crash.kind, crash.case_id) == (run_pb2.FINDING_KIND_CRASH, "")
    assert "every call it was running passes alone" in crash.text
    assert honest.footer().ledgers[1].passed == 5


def test_process_that_ends_before_shutdown_has_crashed(honest: Project) -> None:
    honest.add("slow", "raw_http2.py", "{port}", "is_slow", concurrency=1)
    honest.add("bad", "protocol_breaker.py", "dies_idle")
    honest.add("stock", "plain_server.py", "{port}", "leaves")
    assert honest.run("run").exit == 1
    when = "after its last answer, before its shutdown"
    assert {finding.text.partition("\n")[0] for finding in honest.findings()} == {
        f"bad: exited with status 3 {when}",
        f"stock: exited with status 4 {when}",
    }
    assert all(f.kind == run_pb2.FINDING_KIND_CRASH and f.gated for f in honest.findings())
    assert [ledger.passed for ledger in honest.footer().ledgers] == [5, 5, 5, 5]


def test_call_is_not_blamed_for_a_crash_that_an_earlier_call_caused(honest: Project) -> None:
    honest.add("bad", "faulty.py", "dies_on_next_call")
    assert honest.run("run").exit == 1
    (crash,) = honest.findings()
    assert (crash.kind, crash.case_id) == (run_pb2.FINDING_KIND_CRASH, "")
    assert (
        "exited with status 3; greet/divides does it after greet/greets_trigger, "
        "and passes in a new process" in crash.text
    )
    assert honest.footer().ledgers[1].passed == 5


def test_runner_with_another_description_after_a_crash_is_refused(honest: Project) -> None:
    honest.add("bad", "flaky.py", "second_has_another_version", cwd=".")
    assert honest.run("run").exit == 1
    crash, gap = _crash_and_gap(honest)
    assert crash.case_id == ""
    assert "exited with status 3; it could not be restarted to find the culprit among" in crash.text
    assert "did not start again: its description is not the same as before" in gap.text
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.missing) == (0, 5)


def test_hang_is_found_at_the_deadline_of_its_own_case(
    honest: Project,
) -> None:
    text = honest.suite.read_text()
    brief = 'name: "greets_trigger"\n  timeout { nanos: 300000000 }'
    honest.suite.write_text(text.replace('name: "greets_trigger"', brief))
    honest.limits["call_timeout"] = "10m"
    honest.add_greeter("bad", "never_answers")
    honest.add("plain", "raw_http2.py", "{port}", "never_answers")
    assert honest.run("run").exit == 1
    assert [ledger.timed_out for ledger in honest.footer().ledgers] == [0, 1, 1]
    assert [ledger.passed for ledger in honest.footer().ledgers] == [5, 4, 4]


def test_address_that_does_not_respond_exits_with_5(honest: Project) -> None:
    honest.limits["start_timeout"] = "1s"
    with socket.socket() as server, socket.socket() as first, socket.socket() as second:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        # A client that connects when the queue is full gets no answer.
        for client in (first, second):
            client.setblocking(False)
            client.connect_ex(server.getsockname())
        honest.runners["far"] = {"address": f"127.0.0.1:{server.getsockname()[1]}"}
        shown = honest.run("run", "-r", "far")
    assert shown.exit == 5
    assert "after 1 s" in shown.out


def test_slow_plain_server_with_concurrency_1_passes(honest: Project) -> None:
    honest.limits["call_timeout"] = "1s"
    honest.add("slow", "raw_http2.py", "{port}", "is_slow", concurrency=1)
    assert honest.run("run").exit == 0


def test_runner_may_write_more_than_a_pipe_holds(honest: Project) -> None:
    honest.add("bad", "faulty.py", "is_chatty")
    assert honest.run("run").exit == 0
    log = honest.folder / ".testingkit" / "runs" / "latest" / "bad.log"
    assert "so much to say" in log.read_text()


def test_hanging_runner_at_an_address_is_not_killed(honest: Project) -> None:
    command = [sys.executable, str(SCRIPTS / "faulty.py"), "never_answers"]
    environment = honest.environment()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        honest.runners["remote"] = {"address": server.stdout.readline().split()[-1]}
        honest.limits["call_timeout"] = "500ms"
        shown = honest.run("run")
        still_there = server.poll() is None
        server.kill()
    assert shown.exit == 1
    assert still_there
    ledger = honest.footer().ledgers[1]
    assert (ledger.passed, ledger.timed_out) == (4, 1)
