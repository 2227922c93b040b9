"""The results of every case over many runs, in one SQLite file.

A renamed case keeps its results: the runs have the former ids of their cases. The file has statuses
and times, but no requests and no answers. The id of a run is a digest of its header, so adding it
twice has no effect, and files of several machines can be merged.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import math
import sqlite3
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.errors import OutputError
from testingkit.conformance.record.renamed_cases import RenamedCases
from testingkit.conformance.record.rows import NOT_RUN, Status, entries_of
from testingkit.conformance.record.run_log import RunLog
from testingkit.conformance.v1.run_pb2 import DECISION_INTERRUPTED, Decision

FILE_NAME = "history.db"
VERSION = 2
_APPLICATION_ID = 0x54_4B_48_31  # marks the file as a history
_CONFIDENCE = 1.959963984540054  # quantile of the normal distribution, for 95 %
_BATCH = 10_000  # results per write
_TABLES = """
CREATE TABLE runs (
  id TEXT PRIMARY KEY, started_nanos INTEGER NOT NULL, seed TEXT NOT NULL, version TEXT NOT NULL,
  decision TEXT NOT NULL, cases INTEGER NOT NULL, wall_nanos INTEGER NOT NULL
) STRICT;
CREATE TABLE results (
  case_id TEXT NOT NULL, runner TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id),
  status TEXT NOT NULL, type TEXT NOT NULL, nanos INTEGER NOT NULL,
  PRIMARY KEY (case_id, runner, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE renames (
  case_id TEXT NOT NULL, former_id TEXT NOT NULL, run TEXT NOT NULL REFERENCES runs (id),
  PRIMARY KEY (case_id, former_id, run)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of some runs, with Wilson's interval of 95 %.

    Wilson, E. B. (1927): Probable inference, the law of succession, and statistical inference.
    """

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share; 0 without runs."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the true share; 0 and 1 without runs."""
        if not self.whole:
            return 0.0, 1.0
        square = _CONFIDENCE**2 / self.whole
        middle = self.value + square / 2
        spread = math.sqrt(square * (self.value * (1 - self.value) + square / 4))
        low, high = (middle - spread) / (1 + square), (middle + spread) / (1 + square)
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """The results of one case with one runner, or of its parity, over several runs.

    Attributes:
        case_id: The case, with its newest id.
        runner: The name of the runner, or ``parity``.
        statuses: One for each run, the oldest first.
        passed: Runs in which it passed, of those in which it ran.
        flaky: Runs in which it was flaky, or differed from the run before.
        seconds: The median of the times that its handler took; 0 if none was measured.
    """

    case_id: str
    runner: str
    statuses: Sequence[str]
    passed: Share
    flaky: Share
    seconds: float


class History:
    """A history file, as a context manager.

    Raises:
        OutputError: From every method: the file cannot be read or written, or is not a history.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Names the file.

        Args:
            path: The file.
            create: Make a new history of a file that does not exist or is empty.
        """
        self.path = path
        self._create = create
        self._renamed: RenamedCases | None = None  # None until it is needed

    def __enter__(self) -> History:
        with self._naming_file():
            if self._create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            elif not self.path.stat().st_size:  # Raises if it does not exist.
                raise self._not_a_history()
            self._database = sqlite3.connect(self.path)
            try:
                self._check()
            except BaseException:
                self._database.close()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, log: RunLog) -> bool:
        """Adds a run and returns whether it was new.

        Raises:
            ValueError: The run was interrupted, so most of its cases have no result.
        """
        if log.footer.decision == DECISION_INTERRUPTED:
            raise ValueError("the run was interrupted")
        run = _id_of(log)
        with self._naming_file(), self._database as database:
            if database.execute("SELECT 1 FROM runs WHERE id = ?", (run,)).fetchone():
                return False
            header, footer = log.header, log.footer
            database.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    run,
                    header.started.ToNanoseconds(),
                    header.seed,
                    header.testingkit_version,
                    Decision.Name(footer.decision).removeprefix("DECISION_"),
                    header.cases,
                    footer.wall_nanos,
                ),
            )
            insert = "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?)"
            renames: set[tuple[str, str, str]] = set()
            for rows in _batches(_rows(log, run, renames)):
                database.executemany(insert, rows)
            database.executemany("INSERT INTO renames VALUES (?, ?, ?)", sorted(renames))
        self._renamed = None
        return True

    def merge(self, other: Path) -> int:
        """Adds the runs of another file that this one does not have; returns their number."""
        with History(other, create=False) as history:
            history.check_integrity()
        database = self._database
        with self._naming_file(other):
            database.execute("ATTACH ? AS other", (str(other),))
        with self._naming_file():
            try:
                with database:
                    new = "SELECT id FROM other.runs WHERE id NOT IN (SELECT id FROM main.runs)"
                    added = [run for (run,) in database.execute(new)]
                    for run in added:
                        for table, key in (("runs", "id"), ("results", "run"), ("renames", "run")):
                            database.execute(
                                f"INSERT INTO main.{table} SELECT * FROM other.{table} "  # noqa: S608 - fixed names
                                f"WHERE {key} = ?",
                                (run,),
                            )
            finally:
                self._renamed = None
                database.execute("DETACH other")
        return len(added)

    def copy(self, target: Path) -> None:
        """Writes the whole history to a new file, or over another history.

        Raises:
            OutputError: The target is this file, or a file that is not a history.
        """
        if target.exists():
            if target.samefile(self.path):
                raise OutputError(f"{target} is the history itself")
            with History(target):
                pass  # Only a history may be overwritten.
        with self._naming_file(target), contextlib.closing(sqlite3.connect(target)) as database:
            self._database.backup(database)

    def check_integrity(self) -> None:
        """Reads the whole file; raises an error with its name if it is damaged."""
        with self._naming_file():
            (problem,) = self._database.execute("PRAGMA integrity_check(1)").fetchone()
        if problem != "ok":
            raise OutputError(f"the history {self.path} is damaged: {problem}")

    def case_ids(self) -> Sequence[str]:
        """Returns the ids of all cases."""
        with self._naming_file():
            rows = self._database.execute("SELECT DISTINCT case_id FROM results")
            return [case_id for (case_id,) in rows]

    def runs(self) -> int:
        """Returns the number of runs."""
        with self._naming_file():
            (number,) = self._database.execute("SELECT count(*) FROM runs").fetchone()
        return int(number)

    def case_histories(self, last: int, case_id: str = "") -> Iterator[CaseHistory]:
        """Yields the histories of every case and runner, or of one case, in order of their names.

        Args:
            last: The number of newest runs to use.
            case_id: A case, by its newest or a former id; empty for all.
        """
        newest = "SELECT id FROM runs ORDER BY started_nanos DESC LIMIT ?"
        with self._naming_file():
            if self._renamed is None:
                self._renamed = RenamedCases(self._database)
            ids = self._renamed.ids_of(case_id) if case_id else ()
            chosen = f"AND case_id IN ({', '.join('?' * len(ids))})" if ids else ""
            query = (
                "SELECT current_id(case_id) AS current, runner, status, type, nanos "  # noqa: S608 - fixed texts
                f"FROM results JOIN runs ON runs.id = results.run WHERE run IN ({newest}) {chosen} "
                "ORDER BY current, runner, started_nanos"
            )
            self._database.create_function(
                "current_id", 1, self._renamed.current, deterministic=True
            )
            rows: list[tuple[str, str, int]] = []
            key = ("", "")
            found = self._database.execute(query, [last, *ids])
            for case, runner, status, kind, nanos in found:
                if (case, runner) != key and rows:
                    yield _case_history(*key, rows)
                    rows = []
                key = case, runner
                rows.append((status, kind, nanos))
            if rows:
                yield _case_history(*key, rows)

    def _check(self) -> None:
        """Creates the tables of a new file; refuses a file that is not a history."""
        (application,) = self._database.execute("PRAGMA application_id").fetchone()
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        (tables,) = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and not application:
            self._database.executescript(
                f"{_TABLES} PRAGMA application_id = {_APPLICATION_ID}; "
                f"PRAGMA user_version = {VERSION};"
            )
        elif application != _APPLICATION_ID:
            raise self._not_a_history()
        elif version != VERSION:
            text = f"has version {version}; this TestingKit reads {VERSION}"
            raise OutputError(f"the history {self.path} {text}")

    def _not_a_history(self) -> OutputError:
        return OutputError(f"{self.path} is not a history of TestingKit")

    @contextlib.contextmanager
    def _naming_file(self, other: Path | None = None) -> Iterator[None]:
        """Turns errors into an `OutputError` that names this file or another one."""
        problem = f"the history {self.path if other is None else other} cannot be used"
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"{problem}: {error}") from error
        except OSError as error:
            raise OutputError(f"{problem}: {error.strerror}") from error


def _id_of(log: RunLog) -> str:
    header = log.header
    parts = (str(header.started.ToNanoseconds()), header.seed, str(header.cases), *header.runners)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _rows(
    log: RunLog, run: str, renames: set[tuple[str, str, str]]
) -> Iterator[tuple[str, str, str, str, str, int]]:
    """Yields the rows of the results of a run; adds those of its renamed cases to ``renames``."""
    for case, finished in log.cases():
        renames.update((case.case_id, former_id, run) for former_id in case.former_ids)
        for entry in entries_of(case, finished, log.header.runners, log.header.families):
            status = "flaky" if entry.column == "flaky" else entry.status.value
            yield case.case_id, entry.runner, run, status, entry.type, entry.nanos


def _batches(rows: Iterable[tuple[object, ...]]) -> Iterator[Sequence[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _case_history(case_id: str, runner: str, rows: Sequence[tuple[str, str, int]]) -> CaseHistory:
    # A call that was not made does not count: neither as passed nor as failed.
    statuses = [NOT_RUN if kind == NOT_RUN else status for status, kind, _ in rows]
    runs = [row for row in rows if row[0] != Status.SKIPPED.value and row[1] != NOT_RUN]
    passed = sum(status == Status.PASSED.value for status, _, _ in runs)
    flaky = sum(row[0] == "flaky" for row in runs)
    changed = sum(
        old[:2] != new[:2] and "flaky" not in {old[0], new[0]}
        for old, new in itertools.pairwise(runs)
    )
    times = [nanos for _, _, nanos in runs if nanos]
    return CaseHistory(
        case_id,
        runner,
        statuses,
        Share(passed, len(runs)),
        Share(flaky + changed, len(runs)),
        statistics.median(times) / 1e9 if times else 0.0,
    )
