"""The history of cases: runs are added once, files merged, and rates have intervals."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.history import History, Share
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.case_pb2 import LEVEL_REQUIRED
from testingkit.conformance.v1.run_pb2 import (
    PlannedCase,
    RunFooter,
    RunHeader,
)
from tests.conformance.finished_cases import finish, flaky_result
from tests.conformance.logs import write_log

PASS, MISMATCH = (verdict_pb2.VERDICT_PASS, 1, False), (verdict_pb2.VERDICT_MISMATCH, 2, False)
UNSUPPORTED = (verdict_pb2.VERDICT_UNSUPPORTED, 0, False)
NOT_RUN = (verdict_pb2.VERDICT_NOT_RUN, 0, False)
RESULTS = {"✓": PASS, "✗": MISMATCH, "·": UNSUPPORTED, "-": NOT_RUN}


def recorded(
    folder: Path,
    number: int,
    mark: str,
    decision: run_pb2.Decision.ValueType = run_pb2.DECISION_CONFORMANT,
) -> RunLog:
    """Returns the log of a run of one case and one runner."""
    finished = finish([RESULTS.get(mark, PASS)])
    if mark == "~":
        flaky = flaky_result(verdict_pb2.VERDICT_FLAKY, PASS[0], MISMATCH[0], answer_class=1)
        finished.results[0].CopyFrom(flaky)
        for outcome in finished.results[0].outcomes:
            outcome.observation.response = b"x"
    finished.results[0].observation.response = b"x"
    finished.results[0].elapsed_nanos = 1000 * number
    header = RunHeader(runners=["go"], seed=f"{number:x}")
    header.started.seconds = number
    planned = PlannedCase(call_id=1, case_id="a/b", level=LEVEL_REQUIRED)
    path = folder / f"{number}.binpb"
    path.unlink(missing_ok=True)
    return write_log(path, header, [(planned, finished)], lambda _: RunFooter(decision=decision))


def filled(folder: Path, marks: str, first: int = 1) -> Path:
    path = folder / f"history-{first}.db"
    with History(path) as history:
        for number, mark in enumerate(marks, start=first):
            assert history.add(recorded(folder, number, mark))
    return path


def rates(path: Path, last: int = 100) -> Sequence[tuple[str, str, int, int, int]]:
    with History(path) as history:
        return [
            (
                s.runner,
                "".join(x[0] for x in s.statuses),
                s.passed.part,
                s.passed.whole,
                s.flaky.part,
            )
            for s in history.case_histories(last)
        ]


def test_history_of_a_case_has_statuses_and_rates(tmp_path: Path) -> None:
    path = filled(tmp_path, "✓✓✗~·✓")
    assert rates(path) == [
        ("go", "ppffsp", 3, 5, 2),
        # Answers of a single runner are not compared.
        ("parity", "ppppsp", 5, 5, 0),
    ]
    assert rates(path, last=2)[0] == ("go", "sp", 1, 1, 0)
    with History(path) as history:
        assert next(history.case_histories(100, "a/b")).seconds == pytest.approx(3e-6)
        assert not list(history.case_histories(100, "a/c"))


def test_calls_that_were_not_made_do_not_count(tmp_path: Path) -> None:
    assert rates(filled(tmp_path, "✓-✓-✗"))[0] == ("go", "pnpnf", 2, 3, 1)
    assert rates(filled(tmp_path, "---", first=10))[0] == ("go", "nnn", 0, 0, 0)


def test_run_is_added_once_and_an_interrupted_run_is_refused(tmp_path: Path) -> None:
    with History(tmp_path / "h.db") as history:
        log = recorded(tmp_path, 1, "✓")
        assert (history.add(log), history.add(log), history.runs()) == (True, False, 1)
        cut = recorded(tmp_path, 2, "✓", run_pb2.DECISION_INTERRUPTED)
        with pytest.raises(ValueError, match="interrupted"):
            history.add(cut)


def test_merging_histories_counts_no_run_twice(tmp_path: Path) -> None:
    here = filled(tmp_path, "✓✓✗")
    there = filled(tmp_path, "✗✗", first=3)  # the third run is in both
    with History(here) as history:
        assert (history.merge(there), history.merge(there), history.runs()) == (1, 0, 4)
        history.copy(tmp_path / "copy.db")
    assert rates(tmp_path / "copy.db") == rates(here)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"not a database, despite its name" * 100,
            "cannot be used: file is not a database",
        ),
        (None, "is not a history of TestingKit"),
    ],
)
def test_file_that_is_not_a_history_is_refused(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "other.db"
    if content is None:
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE people (name TEXT)")
        database.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(OutputError, match=message), History(path):
        pass
    with History(tmp_path / "mine.db") as history, pytest.raises(OutputError, match=message):
        history.merge(path)
    assert path.read_bytes() == before


def test_history_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path, "✓")
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    with pytest.raises(OutputError, match="has version 3; this TestingKit reads 2"), History(path):
        pass


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # From the examples in Newcombe, R. G. (1998): Two-sided confidence intervals, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_interval_of_a_share_is_that_of_wilson(
    part: int, whole: int, low: float, high: float
) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_share_is_within_its_interval(part: int, whole: int) -> None:
    share = Share(min(part, whole), whole)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_history_of_a_renamed_case_continues(tmp_path: Path) -> None:
    path = renaming(tmp_path, {"a": []}, {"b": ["a"]}, {"c": ["b"]}, {"c": ["a", "b"]})
    assert names(path) == [("c", 4)]
    with History(path) as history:
        for case_id in ("s/a", "s/b", "s/c"):
            (found, _) = history.case_histories(100, case_id)
            assert (found.case_id, len(found.statuses)) == ("s/c", 4)
        assert not list(history.case_histories(100, "s/d"))


RENAMES: list[tuple[list[dict[str, list[str]]], list[tuple[str, int]]]] = [
    ([{"a": []}, {"b": []}], [("a", 1), ("b", 1)]),
    ([{"b": ["a"]}, {"a": []}], [("a", 2)]),  # an older branch
    ([{"a": []}, {"b": ["a"]}, {"a": []}], [("a", 3)]),
    ([{"a": []}, {"b": ["a"]}, {"a": ["b"]}], [("a", 3)]),  # renamed back
    ([{"a": []}, {"b": ["a"]}, {"b": []}], [("b", 3)]),  # the former name was removed
    ([{"a": []}, {"b": ["a"], "c": []}], [("b", 2), ("c", 1)]),
    ([{"a": [], "b": []}, {"c": ["a"], "d": ["b"]}], [("c", 2), ("d", 2)]),
    # A name that one run has for two cases is not followed, and no result is counted twice.
    ([{"a": []}, {"b": ["a"]}, {"a": [], "b": []}], [("a", 2), ("b", 2)]),
    ([{"a": [], "b": []}, {"b": ["a"]}], [("a", 1), ("b", 2)]),
]


@pytest.mark.parametrize(("runs", "expected"), RENAMES)
def test_ids_of_one_case_are_one_history(
    tmp_path: Path, runs: list[dict[str, list[str]]], expected: list[tuple[str, int]]
) -> None:
    assert names(renaming(tmp_path, *runs)) == expected


def test_merged_histories_follow_the_names_of_both(tmp_path: Path) -> None:
    here = renaming(tmp_path, {"a": []})
    there = renaming(tmp_path, {"b": ["a"]}, first=5)
    with History(here) as history:
        assert list(history.case_histories(1))
        assert history.merge(there) == 1
    assert names(here) == [("b", 2)]


def renaming(folder: Path, *runs: dict[str, list[str]], first: int = 1) -> Path:
    """Returns a history of runs: for each, the names of its cases and their former names."""
    path = folder / f"renamed-{first}.db"
    with History(path) as history:
        for number, cases in enumerate(runs, start=first):
            header = RunHeader(runners=["go"], seed=f"{number:x}")
            header.started.seconds = number
            done = []
            for call_id, (name, former) in enumerate(cases.items(), start=1):
                finished = finish([PASS])
                finished.call_id = call_id
                finished.results[0].observation.response = b"x"
                case = PlannedCase(call_id=call_id, case_id=f"s/{name}", level=LEVEL_REQUIRED)
                case.former_ids.extend(f"s/{one}" for one in former)
                done.append((case, finished))
            log = folder / f"renamed-{number}.binpb"
            log.unlink(missing_ok=True)
            history.add(
                write_log(
                    log, header, done, lambda _: RunFooter(decision=run_pb2.DECISION_CONFORMANT)
                )
            )
    return path


def names(path: Path) -> list[tuple[str, int]]:
    """Returns the cases of the only runner, without their suite, and their numbers of runs."""
    with History(path) as history:
        found = [entry for entry in history.case_histories(100) if entry.runner == "go"]
    return [(entry.case_id.removeprefix("s/"), len(entry.statuses)) for entry in found]
