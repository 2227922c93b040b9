"""``--repeat`` calls every case several times, and ``--shuffle`` orders calls by a seed."""

from __future__ import annotations

import pytest

from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import RunnerResult
from tests.e2e.project import Project, assert_totals_add_up


def _result(project: Project, runner: int) -> RunnerResult:
    """Returns the result of a runner for the third case, which triggers the faults."""
    finished = [e.finished_case for e in project.events() if e.HasField("finished_case")]
    return next(case for case in finished if case.call_id == 3).results[runner]


def test_deterministic_runner_is_counted_once_for_each_case(honest: Project) -> None:
    shown = honest.run("run", "--repeat", "3")
    assert shown.exit == 0
    assert "3 times each" in shown.out
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert (footer.ledgers[0].planned, footer.ledgers[0].passed) == (5, 5)
    assert honest.events()[0].header.repetitions == 3


def test_runner_with_different_answers_is_flaky(honest: Project) -> None:
    honest.add("bad", "flaky.py", "is_flaky")
    shown = honest.run("run", "--repeat", "3")
    assert shown.exit == 1
    assert "FLAKY" in shown.out
    (finding,) = honest.findings()
    assert (finding.kind, finding.case_id) == (run_pb2.FINDING_KIND_FLAKY, "greet/greets_trigger")
    assert finding.text == 'bad: 2 times as expected; 1 time text: "Hello, stopper"'
    assert finding.advice == "testingkit run -k greet/greets_trigger --repeat 3"
    result = _result(honest, 1)
    assert result.verdict == verdict_pb2.VERDICT_FLAKY
    assert [outcome.times for outcome in result.outcomes] == [2, 1]
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert (footer.ledgers[1].passed, footer.ledgers[1].flaky) == (4, 1)
    assert (footer.parity.agree, footer.parity.diverge) == (4, 1)


def test_every_outcome_of_a_flaky_runner_is_shown(honest: Project) -> None:
    honest.add("is_flaky", "flaky.py", "is_flaky")
    honest.run("run", "--repeat", "4")
    shown = honest.run("show", "--case", "greet/greets_trigger").out
    assert '   2 times: text: "Hello, trigger" length: 14' in shown
    assert '   2 times: text: "Hello, stopper" length: 14' in shown
    honest.run("repro", "greet/greets_trigger", "-o", "made")
    observed = honest.folder / "made" / "observed"
    assert (observed / "is_flaky.textproto").read_text() == (
        '# 2 times:\ntext: "Hello, trigger"\nlength: 14\n\n'
        '# 2 times:\ntext: "Hello, stopper"\nlength: 14\n'
    )
    assert (observed / "good.textproto").read_text() == 'text: "Hello, trigger"\nlength: 14\n'


def test_flaky_runner_alone_has_the_parity_single(project: Project) -> None:
    project.add("bad", "flaky.py", "is_flaky")
    assert project.run("run", "--repeat", "2").exit == 1
    finished = [e.finished_case for e in project.events() if e.HasField("finished_case")]
    assert {case.parity for case in finished} == {parity_pb2.PARITY_SINGLE}
    assert project.footer().ledgers[0].flaky == 1


def test_crash_of_one_repetition_is_flaky_and_gated_at_every_level(
    honest: Project,
) -> None:
    text = honest.suite.read_text()
    honest.suite.write_text(text.replace('tags: "fault"', "level: LEVEL_RECOMMENDED"))
    honest.add("bad", "flaky.py", "dies_for_the_second")
    shown = honest.run("run", "--repeat", "3")
    assert shown.exit == 1
    (finding,) = honest.findings()
    assert (finding.kind, finding.gated) == (run_pb2.FINDING_KIND_FLAKY, True)
    outcomes = _result(honest, 1).outcomes
    assert {outcome.observation.WhichOneof("kind") for outcome in outcomes} == {"response", "crash"}
    assert_totals_add_up(honest.footer())


def test_unanswered_call_does_not_hide_a_wrong_answer(honest: Project) -> None:
    honest.add("bad", "flaky.py", "wrong_then_dies")
    honest.limits["restarts"] = 0
    shown = honest.run("run", "--repeat", "3")
    assert shown.exit == 1
    result = _result(honest, 1)
    assert result.verdict == verdict_pb2.VERDICT_NOT_RUN
    verdicts = {outcome.verdict for outcome in result.outcomes}
    assert verdicts == {verdict_pb2.VERDICT_NOT_RUN, verdict_pb2.VERDICT_MISMATCH}
    footer = honest.footer()
    assert_totals_add_up(footer)
    assert (footer.ledgers[1].missing, footer.ledgers[1].failed) == (5, 0)
    found = {finding.kind: finding for finding in honest.findings()}
    wrong = found[run_pb2.FINDING_KIND_DIVERGENCE]
    assert (wrong.case_id, list(wrong.runners)) == ("greet/greets_trigger", [1])
    assert "limits.restarts = 0 is used up" in found[run_pb2.FINDING_KIND_INCOMPLETE].text
    assert '"Hello, stopper" ✗' in shown.out
    shown = honest.run("known", "add")
    assert "bad left the call unanswered, which no entry can cover" in shown.err


def test_only_a_flaky_entry_covers_a_flaky_answer(honest: Project) -> None:
    honest.add("bad", "flaky.py", "is_flaky")
    entry = """entries {
      case: "greet/greets_trigger" kind: %s reason: "it is flaky"
      outcome { response { text: "Hello, stopper" length: 14 } }
    }"""
    honest.write_known("bad", entry % "DIVERGENCE_KIND_FLAKY")
    assert honest.run("run", "--repeat", "4").exit == 0
    assert honest.footer().ledgers[1].known == 1
    honest.write_known("bad", entry % "DIVERGENCE_KIND_BUG")
    shown = honest.run("run", "--repeat", "4")
    assert shown.exit == 1
    assert "does not answer greet/greets_trigger the same every time" in shown.out


def test_seed_of_shuffle_determines_the_order(honest: Project) -> None:
    honest.add("other", "flaky.py", "notes_order")
    orders = []
    for seed in ("7f3a", "7f3a", "7f3b"):
        shown = honest.run("run", "--shuffle", seed, "--repeat", "2")
        assert f"shuffle {seed}" in shown.out
        log = honest.folder / ".testingkit" / "runs" / "latest" / "other.log"
        orders.append([word for word in log.read_text().split() if word.startswith("called:")])
    first, again, other = orders
    assert first == again
    assert sorted(first) == sorted(other) == sorted([*set(first), *set(first)])
    assert len(first) == 10
    assert first != other
    assert first[:5] != first[5:]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--repeat", "0"), "--repeat"),
        (("--shuffle", "often"), "--shuffle 'often'"),
        (("--jobs", "0"), "--jobs"),
    ],
)
def test_invalid_numbers_and_seeds_exit_with_2(
    honest: Project, words: tuple[str, ...], message: str
) -> None:
    shown = honest.run("run", *words)
    assert shown.exit == 2
    assert message in shown.err
