"""More cases than are in progress at once are read as a stream, from text and binary files."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from testingkit.conformance.cases.load import suites
from testingkit.conformance.config import load_config
from testingkit.conformance.engine.progress import Progress
from testingkit.conformance.engine.run import RunOptions, run
from testingkit.conformance.errors import CasesError
from testingkit.conformance.project import Project as Loaded
from testingkit.conformance.project import Selection
from testingkit.conformance.protobuf.wire import delimited
from testingkit.conformance.runners.transport.link import MOST_PENDING
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.case_pb2 import Case, CaseDefaults, Suite
from testingkit.conformance.v1.run_pb2 import RunEvent
from tests.e2e.project import Project, assert_totals_add_up

MANY = 2 * MOST_PENDING


def _message(*texts: str) -> bytes:
    """Returns a message of strings: requests and answers of the greeter begin with one."""
    return b"".join(bytes((n << 3 | 2,)) + delimited(t.encode()) for n, t in enumerate(texts, 1))


def generated(total: int) -> Iterator[bytes]:
    """Yields a binary case file, as a generator in any language writes it."""
    defaults = CaseDefaults(method="Greet")
    header = Suite(name="many", service="greet.v1.GreetService", defaults=defaults)
    yield delimited(header.SerializeToString())
    types = "type.googleapis.com/greet.v1."
    for number in range(total):
        name = f"n{number}" if number else "trigger"  # this one triggers the faults
        case = Case(name=f"c{number}")
        case.request.type_url = f"{types}GreetRequest"
        case.request.value = _message(name)
        case.expect.response.type_url = f"{types}GreetResponse"
        text = f"Hello, {name}"
        case.expect.response.value = _message(text) + bytes((0x10, len(text)))
        yield delimited(case.SerializeToString())


@pytest.fixture
def many(honest: Project) -> Project:
    """A project with more cases than one runner may be ahead of another."""
    honest.suite.unlink()
    (honest.folder / "cases" / "many.binpb").write_bytes(b"".join(generated(MANY)))
    return honest


def test_generated_cases_can_be_run(many: Project) -> None:
    many.add("stock", "plain_server.py", "{port}")
    for _ in ("cold", "warm"):
        shown = many.run("run")
        assert (shown.exit, shown.err) == (0, "")
        footer = many.footer()
        assert [ledger.passed for ledger in footer.ledgers] == [MANY, MANY]
        assert footer.parity.agree == MANY
        assert_totals_add_up(footer)


def test_places_in_binary_files_have_message_numbers(many: Project) -> None:
    (shown,) = many.run("list", "-k", "many/c17").out.splitlines()
    assert shown.split() == ["many/c17", "cases/many.binpb:19"]
    file = many.folder / "cases" / "many.binpb"
    file.write_bytes(file.read_bytes()[:-1])
    shown_problems = many.run("lint")
    assert shown_problems.exit == 3
    problem = f"cases/many.binpb:{MANY + 1}:1: the file was cut short, or is damaged"
    assert problem in shown_problems.err


@pytest.mark.smoke
def test_delimited_file_from_convert_can_be_run(honest: Project) -> None:
    delimited_file = honest.folder / "cases" / "greet.binpb"
    words = ("convert", str(honest.suite), "--to", "delimited", "-o", str(delimited_file))
    assert honest.run(*words).exit == 0
    honest.suite.unlink()
    shown = honest.run("run")
    assert shown.exit == 0
    assert honest.footer().ledgers[0].passed == 5


def test_a_fast_runner_waits_for_a_slow_one(many: Project) -> None:
    """The cases between the fastest and the slowest runner are in memory, so they are bounded."""
    many.add_greeter("stuck", "never_answers")
    many.limits |= {"call_timeout": "2s", "restarts": 0}
    assert many.run("run").exit == 1
    events = many.events()
    first_done = next(i for i, event in enumerate(events) if event.HasField("finished_case"))
    planned = sum(event.HasField("planned_case") for event in events[:first_done])
    assert MOST_PENDING <= planned < MOST_PENDING + 1024
    assert_totals_add_up(events[-1].footer)
    assert events[-1].footer.ledgers[1].missing > 0


def test_option_x_ends_the_run_at_its_first_problem(many: Project) -> None:
    many.add_greeter("bad", "answers_wrong")
    shown = many.run("run", "-x")
    assert shown.exit == 1
    assert "not run: -x ends a run at its first problem" in shown.out
    footer = many.footer()
    assert footer.ledgers[1].failed == 1
    assert 0 < footer.ledgers[1].missing < MANY
    # Calls in progress are left out, too, and are not findings.
    assert [finding.id for finding in many.findings()] == ["D1", "I1"]
    (left_out,) = [event.left_out for event in many.events() if event.HasField("left_out")]
    assert {ledger.missing for ledger in footer.ledgers} == {left_out.cases}
    assert footer.parity.none == left_out.cases
    assert many.run("known", "prune", "--dry-run").exit == 0
    assert_totals_add_up(footer)
    assert not many.orphans()
    assert many.run("run", "-x", "-r", "good").exit == 0


def test_interrupted_run_counts_cases_that_were_not_run(many: Project) -> None:
    many.add_greeter("stuck", "never_answers")
    with many.start("run") as process:
        log = many.folder / ".testingkit" / "runs" / "latest" / "events.binpb"
        _wait_for(lambda: log.exists() and log.stat().st_size > 100_000)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
    events = many.events()
    (left_out,) = [event.left_out for event in events if event.HasField("left_out")]
    planned = sum(event.HasField("planned_case") for event in events)
    assert left_out.text == "the run was interrupted"
    assert planned > 0
    assert planned + left_out.cases == MANY
    assert f"{left_out.cases:,} cases were not run: the run was interrupted" in out
    footer = many.footer()
    assert footer.decision == run_pb2.DECISION_INTERRUPTED
    assert footer.ledgers[1].missing == MANY
    assert_totals_add_up(footer)


def test_cases_that_disappear_during_a_run_end_it(
    many: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases that do not fit into memory are read during the run."""
    assert many.run("run").exit == 0
    monkeypatch.setattr(suites, "_BYTES_IN_MEMORY", 0)
    monkeypatch.setattr(os, "environ", many.environment())
    project = Loaded(load_config(many.folder / "testingkit.toml"))
    with pytest.raises(CasesError, match="its cache entry was removed or changed"):
        run(
            project, RunOptions(Selection()), [_RemoveFolder(many.folder / ".testingkit" / "cache")]
        )
    assert not many.orphans()


class _RemoveFolder:
    """Removes a folder at the first event."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, event: RunEvent) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def reading(self, done: int, total: int) -> None:
        pass

    def progress(self, progress: Progress) -> None:
        pass


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
