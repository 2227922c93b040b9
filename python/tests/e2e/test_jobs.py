"""A runner with several jobs has the same guarantees as one with a single process."""

from __future__ import annotations

import pytest

from testingkit.conformance.v1 import run_pb2
from tests.e2e.project import Project, assert_totals_add_up


@pytest.mark.smoke
def test_every_job_gets_calls(honest: Project) -> None:
    honest.write_many(300)
    honest.add("other", "flaky.py", "notes_order", jobs=3)
    honest.limits["stop_timeout"] = "500ms"
    assert honest.run("run").exit == 0
    folder = honest.folder / ".testingkit" / "runs" / "latest"
    logs = [folder / name for name in ("other.log", "other.2.log", "other.3.log")]
    shares = [[int(w) for w in log.read_text().split() if w.isdecimal()] for log in logs]
    assert all(shares)
    assert sorted(number for share in shares for number in share) == list(range(1, 301))
    ready = [event.runner_ready for event in honest.events() if event.HasField("runner_ready")]
    assert [runner.jobs for runner in ready] == [1, 3]


@pytest.mark.parametrize(
    "script",
    [["faulty.py", "dies_midway"], ["plain_server.py", "{port}", "dies"]],
    ids=["sdk", "stock"],
)
def test_crashing_calls_are_found_and_other_calls_pass(honest: Project, script: list[str]) -> None:
    triggers = {100, 400, 401}
    honest.write_many(500, triggers=triggers)
    honest.add("bad", *script, jobs=3)
    assert honest.run("run").exit == 1
    (crash,) = honest.findings()
    assert crash.kind == run_pb2.FINDING_KIND_CRASH
    assert {crash.case_id, *crash.similar_case_ids} == {f"greet/c{number}" for number in triggers}
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert [ledger.passed for ledger in footer.ledgers] == [500, 497]


def test_hang_in_one_job_does_not_stop_the_others(honest: Project) -> None:
    honest.write_many(300, triggers={50})
    honest.add_greeter("bad", "never_answers", jobs=2)
    honest.limits["call_timeout"] = "500ms"
    assert honest.run("run").exit == 1
    (hang,) = honest.findings()
    assert (hang.kind, hang.case_id) == (run_pb2.FINDING_KIND_TIMEOUT, "greet/c50")
    assert honest.footer().ledgers[1].passed == 299


def test_jobs_of_a_runner_share_its_limit_of_restarts(honest: Project) -> None:
    honest.write_many(20, triggers=set(range(20)))
    honest.add_greeter("bad", "dies_midway", jobs=2)
    honest.limits["restarts"] = 3
    assert honest.run("run").exit == 1
    ledger = honest.footer().ledgers[1]
    assert ledger.crashed + ledger.missing == 20
    assert 1 <= ledger.crashed <= 3
    assert_totals_add_up(honest.footer())


def test_job_that_ends_its_stream_early_loses_no_answer(honest: Project) -> None:
    honest.write_many(300)
    honest.add("bad", "flaky.py", "second_ends_early", jobs=2, cwd=".")
    honest.limits["stop_timeout"] = "500ms"
    assert honest.run("run").exit == 5
    ledger = honest.footer().ledgers[1]
    assert_totals_add_up(honest.footer())
    assert ledger.passed == 300  # it is restarted, and answers the calls that it left out
    (breach,) = honest.findings()
    assert breach.kind == run_pb2.FINDING_KIND_PROTOCOL
    assert "ended its Execute stream too early" in breach.text


def test_job_that_answers_a_call_of_another_job_breaks_the_protocol(honest: Project) -> None:
    # All calls have the same answer: one job may be given two calls that follow each other as well,
    # and its early answer to the second is then taken for the real one.
    honest.write_many(5)
    honest.add("bad", "flaky.py", "answers_ahead", jobs=3)
    honest.limits["stop_timeout"] = "500ms"
    assert honest.run("run").exit == 5
    findings = honest.findings()
    assert {finding.kind for finding in findings} == {run_pb2.FINDING_KIND_PROTOCOL}
    # Calls that the other job had answered already are reported as answered again.
    assert any(": greet/" in finding.text for finding in findings)
    assert honest.footer().ledgers[1].passed == 5


def test_fixed_address_allows_only_one_job(honest: Project) -> None:
    honest.add_greeter("bad", jobs=2, address="127.0.0.1:1")
    shown = honest.run("run")
    assert shown.exit == 2
    assert "runners.bad.jobs: must be 1, because `address` is fixed" in shown.err
    del honest.runners["bad"]["jobs"]
    shown = honest.run("run", "--jobs", "2")
    assert shown.exit == 2
    assert "runner bad has a fixed address, so --jobs must be 1, and not 2" in shown.err


def test_option_jobs_overrides_the_configuration(honest: Project) -> None:
    assert honest.run("run", "-j", "2").exit == 0
    ready = [event.runner_ready for event in honest.events() if event.HasField("runner_ready")]
    assert [runner.jobs for runner in ready] == [2]
