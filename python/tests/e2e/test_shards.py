"""Shards of a run are merged into one run; logs of other runs are refused."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from testingkit.conformance.record.event_log import EventLogWriter, read_events
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import RunEvent
from tests.e2e.project import Project, Result, assert_totals_add_up

ONE, TWO = "shard-1.binpb", "shard-2.binpb"
_STALE = """entries {
  case: "greet/greets" kind: DIVERGENCE_KIND_BUG reason: "it was like this once"
  outcome { response { text: "Hi" } }
}
entries {
  case: "greet/gone" kind: DIVERGENCE_KIND_BUG reason: "it was there once"
  outcome { response { text: "Hi" } }
}
"""


def _last(project: Project) -> Path:
    return project.folder / ".testingkit" / "runs" / "last" / "events.binpb"


def _shards(project: Project, count: int, *arguments: str) -> list[str]:
    """Runs all shards, as independent machines do. Returns the names of their logs."""
    names = []
    for index in range(1, count + 1):
        shown = project.run("run", "--shard", f"{index}/{count}", *arguments)
        assert shown.exit in {0, 1, 4, 5}, shown
        names.append(f"shard-{index}.binpb")
        shutil.copy(_last(project), project.folder / names[-1])
    return names


def _results(project: Project) -> Any:
    """Returns all results of a run, without times, seed, and the number of merged shards."""
    document = project.as_json()
    for part in ("header", "runners", "footer"):
        for facts in document[part] if part == "runners" else [document[part]]:
            for name in ("started", "finished", "wall_nanos", "start_nanos", "seed", "name"):
                facts.pop(name, None)
            facts.pop("merged_shards", None)
    cases = {e.planned_case.call_id: e.planned_case.case_id for e in project.events()}
    finished = {
        cases[e.finished_case.call_id]: [
            (e.finished_case.parity, r.runner, r.verdict, r.answer_class, r.known)
            for r in e.finished_case.results
        ]
        for e in project.events()
        if e.HasField("finished_case")
    }
    return document, finished


def _runs(project: Project) -> Sequence[str]:
    return sorted(path.name for path in (project.folder / ".testingkit" / "runs").iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--repeat", "3"),
        ("--repeat", "2", "--shuffle", "7f"),
        ("-r", "good,wrong", "-k", "trigger or divides"),
    ],
    ids=["plain", "repeated", "shuffled", "selected"],
)
def test_merged_run_has_the_results_of_an_unsharded_run(
    mixed: Project, arguments: Sequence[str]
) -> None:
    mixed.add("raising", "faulty.py", "panics")
    mixed.add("boasting", "unhealthy.py", "over_claims")
    mixed.add("lacking", "faulty.py", "claims_unimplemented")
    mixed.add_greeter("absent", "dies_at_start")
    mixed.add("flaky", "flaky.py", "is_flaky")
    mixed.write_known("good", _STALE)
    names = _shards(mixed, 2, *arguments)
    whole = mixed.run("run", *arguments)
    expected = _results(mixed)
    merged = mixed.run("merge", *reversed(names))
    assert merged.exit == whole.exit == 1, merged
    assert _results(mixed) == expected
    assert_totals_add_up(mixed.footer())
    assert "merged from 2 shards" in merged.out


def test_merged_run_can_be_read_by_every_command(honest: Project) -> None:
    names = _shards(honest, 2)
    shown = honest.run("merge", *names)
    assert shown.exit == 0, shown
    assert "CONFORMANT" in shown.out
    header = honest.events()[0].header
    assert (header.cases, header.merged_shards, header.HasField("shard")) == (5, 2, False)
    # Every command that reads a run reads this one.
    for command in (("show",), ("show", "--case", "greet/divides"), ("report", "--jsonl", "-")):
        assert honest.run(*command).exit == 0
    assert honest.run("diff", "latest", "latest").exit == 0
    assert honest.run("history", "add").exit == 0
    assert honest.run("merge", *names, "--json").json["header"]["merged_shards"] == 2


def test_all_shards_derive_the_same_seed(honest: Project) -> None:
    seeds = []
    for index in (1, 2):
        shown = honest.run("run", "--shard", f"{index}/2", "--json").json
        seeds.append(shown["header"]["seed"])
        shard = shown["header"]["shard"]
        assert (shard["index"], shard["count"], shard["cases"]) == (index, 2, "5")
    assert seeds[0] == seeds[1]
    assert len(seeds[0]) == 8
    shown = honest.run("run", "--shard", "1/2")
    assert "3 cases" in shown.out
    assert "shard 1/2 of 5 cases" in shown.out


def test_empty_shard_exits_with_4_and_can_be_merged(honest: Project) -> None:
    """A shard is empty if there are more shards than cases."""
    names = _shards(honest, 7)
    empty = list(read_events(honest.folder / names[6]))
    assert (empty[0].header.cases, empty[-1].footer.exit_code) == (0, 4)
    shown = honest.run("run", "--shard", "7/7")
    assert (shown.exit, "NOTHING RAN" in shown.out) == (4, True)
    assert honest.run("merge", *names).exit == 0
    assert honest.footer().ledgers[0].passed == 5


@pytest.mark.parametrize(
    "text", ["0/3", "4/3", "x/3", "1/", "1/0", "-1/3", "1/257", "1/3/3", "\u0661/\u0663"]
)
def test_invalid_shard_exits_with_2(honest: Project, text: str) -> None:
    shown = honest.run("run", "--shard", text)
    assert shown.exit == 2
    assert "expected I/N such as 2/4" in shown.err


def test_options_that_would_differ_between_shards_are_refused(
    honest: Project, tmp_path: Path
) -> None:
    shown = honest.run("run", "--shard", "1/2", "--shuffle", "random")
    assert (shown.exit, "--shuffle random: every shard" in shown.err) == (2, True)
    elsewhere = tmp_path.parent / f"{tmp_path.name}-else"
    shutil.copytree(honest.folder / "cases", elsewhere)
    shown = honest.run("run", "--shard", "1/2", str(elsewhere))
    assert (shown.exit, "--shard takes only cases of the project" in shown.err) == (2, True)
    honest.protos = ()
    shown = honest.run("run", "--shard", "1/2")
    assert (
        shown.exit,
        "--shard needs --seed with the same value" in shown.err,
    ) == (2, True)


@pytest.mark.smoke
def test_shards_without_protos_can_be_merged(honest: Project) -> None:
    honest.protos = ()
    names = _shards(honest, 2, "--seed", "7f")
    shown = honest.run("merge", *names)
    assert shown.exit == 0, shown
    assert honest.footer().ledgers[0].passed == 5


def test_shards_of_a_selection_can_be_merged(honest: Project) -> None:
    honest.suite.with_name("other.textproto").write_text(
        honest.suite.read_text().replace('name: "greet"', 'name: "other"')
    )
    names = _shards(honest, 2, "cases/other.textproto", "-k", "divides or zero")
    shown = honest.run("merge", *names)
    assert shown.exit == 0, shown
    assert "2 cases" in shown.out
    assert "a selection" in shown.out


def test_cases_that_a_shard_left_out_are_missing(honest: Project) -> None:
    """They are missing for every runner, and never count as passed."""
    honest.write_many(12_000, triggers=[0])
    honest.add_greeter("bad", "answers_wrong")
    names = _shards(honest, 2, "-x")
    assert honest.run("merge", *names).exit == 1
    footer = honest.footer()
    assert_totals_add_up(footer)
    (left,) = [e.left_out for e in honest.events() if e.HasField("left_out")]
    assert left.text == "shard 1/2: -x ends a run at its first problem"
    for ledger in footer.ledgers:
        assert ledger.missing >= left.cases > 0
        assert ledger.planned == 12_000


def test_merged_run_with_an_interrupted_shard_exits_with_130(honest: Project) -> None:
    honest.add("bad", "faulty.py", "never_answers", "alive")
    names = _shards_with_hang(honest)
    shown = honest.run("merge", *names)
    assert shown.exit == 130, shown
    assert "shard 1/2 was interrupted" in shown.out
    assert_totals_add_up(honest.footer())


def _shards_with_hang(project: Project) -> Sequence[str]:
    names = ["shard-1.binpb", "shard-2.binpb"]
    with project.start("run", "--shard", "1/2") as process:
        alive = project.folder / "alive"
        deadline = time.monotonic() + 20
        while not (alive.exists() and alive.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 130
    shutil.copy(_last(project), project.folder / names[0])
    assert project.run("run", "--shard", "2/2").exit == 0
    shutil.copy(_last(project), project.folder / names[1])
    return names


# Logs that are refused.


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Project:
    """A project with the logs of both shards, which no test changes."""
    project = Project(tmp_path_factory.mktemp("split"), generated)
    project.add_greeter("good")
    project.add_greeter("other")
    _shards(project, 2)
    return project


def _altered(project: Project, name: str, change: Callable[[RunEvent], Any]) -> str:
    """Writes a copy of a log with changed events. Returns its name."""
    path = project.folder / f"altered-{name}"
    path.unlink(missing_ok=True)
    with EventLogWriter(path) as log:
        for event in read_events(project.folder / name):
            change(event)
            log.write(event)
    return path.name


def _refused(project: Project, *names: str) -> str:
    """Asserts that merging is refused and records no run. Returns the message."""
    before = _runs(project)
    shown = project.run("merge", *names)
    assert shown.exit == 2, shown
    assert not shown.out
    assert _runs(project) == before
    assert shown.err.count("\n") == 1
    return shown.err


def test_missing_duplicate_and_foreign_shards_are_refused(honest: Project) -> None:
    one, two, three = _shards(honest, 3)
    assert "shard 2/3 is missing: merge takes the logs of all 3" in _refused(honest, one, three)
    assert "shard 2/3, 3/3 are missing" in _refused(honest, one)
    assert f"{two} and {two} are both shard 2/3" in _refused(honest, one, two, two, three)
    shutil.copy(honest.folder / two, honest.folder / "again.binpb")
    assert f"{two} and again.binpb are both" in _refused(honest, one, two, "again.binpb", three)
    assert "there is no run 'nothing'" in _refused(honest, one, "nothing")
    honest.run("run", "--shard", "2/2")
    message = _refused(honest, one, "last", three)
    assert f"{one} is shard 1/3 and last is shard 2/2" in message
    honest.run("merge", one, two, three)
    assert "latest is a merged run, not a shard" in _refused(honest, one, "latest", three)
    honest.run("run")
    assert "latest is not a shard" in _refused(honest, one, "latest", three)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--seed", "1"), "seed that of the plan vs 1"),
        (("--repeat", "2"), "repetitions 1 vs 2"),
        (("--shuffle", "7f"), "shuffle none vs 7f"),
        (("-r", "good"), "runners good, other vs good"),
        (("-k", "divides"), "cases 5 vs 1; -k none vs divides"),
    ],
)
def test_shards_of_different_plans_are_refused(
    split: Project, arguments: Sequence[str], message: str
) -> None:
    split.run("run", "--shard", "2/2", *arguments)
    error = _refused(split, ONE, "last")
    assert f"{ONE} and last have different plans: {message}" in error
    assert "run all shards at one commit" in error


def test_shards_with_different_cases_are_refused(honest: Project) -> None:
    one, _ = _shards(honest, 2)
    honest.suite.write_text(honest.suite.read_text().replace("remainder: 1", "remainder: 0"))
    honest.run("run", "--shard", "2/2")
    shutil.copy(_last(honest), honest.folder / "new.binpb")
    assert "cases, known divergences or configuration differ" in _refused(honest, one, "new.binpb")


def test_shards_are_refused_after_the_project_changed(honest: Project) -> None:
    names = _shards(honest, 2)
    honest.write_known("good", _STALE)
    error = _refused(honest, *names)
    assert "has another plan than this project: cases, known divergences" in error
    (honest.folder / "cases/known_divergences/good.textproto").unlink()
    assert honest.run("merge", *names).exit == 0
    honest.write_many(3)
    assert "another plan than this project: cases 5 vs 3" in _refused(honest, *names)


def test_shards_with_different_runner_versions_are_refused(split: Project) -> None:
    def change(event: RunEvent) -> None:
        if event.HasField("runner_ready"):
            event.runner_ready.description.version = "2.0\x1b[31m"

    two = _altered(split, TWO, change)
    error = _refused(split, ONE, two)
    assert f"good differs between {ONE} and {two}: version " in error
    assert "vs 2.0\\x1b[31m" in error


@pytest.mark.parametrize("size", [0, 40, -1])
def test_log_that_was_cut_short_is_refused(split: Project, size: int) -> None:
    path = split.folder / "short.binpb"
    path.write_bytes((split.folder / TWO).read_bytes()[:size])
    assert "cut short" in _refused(split, ONE, path.name)


def _other_case(event: RunEvent) -> None:
    if event.HasField("planned_case") and event.planned_case.call_id == 2:
        event.planned_case.request = b""


def _call_beyond(event: RunEvent) -> None:
    for case in (event.planned_case, event.finished_case):
        if case.call_id == 2 and event.HasField(_FIELDS[type(case)]):
            case.call_id = 99


_FIELDS: Any = {run_pb2.PlannedCase: "planned_case", run_pb2.FinishedCase: "finished_case"}


def _of_header(**values: Any) -> Callable[[RunEvent], None]:
    def change(event: RunEvent) -> None:
        if event.HasField("header"):
            for name, value in values.items():
                setattr(event.header, name, value)

    return change


def _of_shard(**values: Any) -> Callable[[RunEvent], None]:
    def change(event: RunEvent) -> None:
        if event.HasField("header"):
            for name, value in values.items():
                event.header.shard.ClearField(name)  # type: ignore[arg-type]  # one of literals
                event.header.shard.MergeFrom(run_pb2.Shard(**{name: value}))

    return change


def _of_paths(path: str) -> Callable[[RunEvent], None]:
    def change(event: RunEvent) -> None:
        if event.HasField("header"):
            event.header.selection.paths[:] = [path]

    return change


ALTERATIONS: dict[str, tuple[Callable[[RunEvent], Any], str]] = {
    "another request": (_other_case, "has another case where shard 2/2 of this plan has"),
    "a call beyond the shard": (_call_beyond, "which is not in shard 2/2"),
    "a seed that is a path": (
        _of_header(seed="../../x"),
        "the seed or the number of repetitions is not valid",
    ),
    "a shuffle that is a path": (
        _of_header(shuffle="../x"),
        "the seed or the number of repetitions is not valid",
    ),
    "repetitions without end": (
        _of_header(repetitions=1 << 31),
        "the seed or the number of repetitions is not valid",
    ),
    "a shard count of 0": (_of_shard(count=0), "shard 2/0 is not valid"),
    "very many shards": (_of_shard(count=1 << 31), "is not valid"),
    "more cases than there are": (_of_shard(cases=1 << 60), "cases, and not "),
    "another digest": (_of_header(plan_digest="0"), "have different plans"),
    "no digest": (_of_header(plan_digest=""), "have different plans"),
    "other paths": (_of_paths("/etc"), "PATHS none vs /etc"),
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_altered_log_is_refused(split: Project, alteration: str) -> None:
    change, message = ALTERATIONS[alteration]
    assert message in _refused(split, ONE, _altered(split, TWO, change))


@pytest.mark.parametrize("path", ["/etc", "../..", "cases/../../x", "link"])
def test_logs_with_case_files_outside_of_the_project_are_refused(split: Project, path: str) -> None:
    if path == "link":
        (split.folder / path).symlink_to("/etc")
    names = [_altered(split, name, _of_paths(path)) for name in (ONE, TWO)]
    assert "names case files outside of the project" in _refused(split, *names)


def test_merge_judges_the_answers_of_logs_again(honest: Project) -> None:
    """Verdicts, differences, totals and decision of the logs are not used."""
    honest.add_greeter("bad", "answers_wrong")
    names = _shards(honest, 2)

    def change(event: RunEvent) -> None:
        for result in event.finished_case.results:
            result.verdict = verdict_pb2.VERDICT_PASS
            del result.differences[:]
        if event.HasField("footer"):
            for ledger in event.footer.ledgers:
                ledger.passed, ledger.failed = ledger.planned, 0
            event.footer.decision, event.footer.exit_code = run_pb2.DECISION_CONFORMANT, 0

    shown = honest.run("merge", *(_altered(honest, name, change) for name in names))
    assert shown.exit == 1
    assert "DIVERGE" in shown.out


def test_help_has_examples(honest: Project) -> None:
    shown: Result = honest.run("merge", "--help")
    assert "testingkit merge shards/*/events.binpb" in shown.out
    assert honest.run("merge").exit == 2
