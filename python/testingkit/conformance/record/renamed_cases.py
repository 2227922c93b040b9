"""Finds the ids that a case had over the runs of a history."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence


class RenamedCases:
    """The cases of a history that were renamed.

    Ids belong to one case if a run has one of them as a former id of the other. In which run that
    is does not matter: branches rename a case at different times, and it can get its old id back.
    If a run has two cases with such ids, they are different cases, and all ids are kept apart.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Reads the names; the errors of the database are not caught."""
        self._ids: dict[str, Sequence[str]] = {}  # of a case, by each of them
        self._current: dict[str, str] = {}
        for ids in _joined(database.execute("SELECT DISTINCT case_id, former_id FROM renames")):
            if (current := _current_id(database, ids)) is not None:
                self._ids.update(dict.fromkeys(ids, ids))
                self._current.update(dict.fromkeys(ids, current))

    def current(self, case_id: str) -> str:
        """Returns the newest id of the case that has or had an id."""
        return self._current.get(case_id, case_id)

    def ids_of(self, case_id: str) -> Sequence[str]:
        """Returns all ids of the case that has or had an id."""
        return self._ids.get(case_id, (case_id,))


def _joined(pairs: sqlite3.Cursor) -> Collection[Sequence[str]]:
    """Returns the groups of ids that pairs connect."""
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        left, right = (groups.setdefault(one, [one]) for one in pair)
        if left is not right:
            small, large = sorted((left, right), key=len)
            large += small
            groups.update(dict.fromkeys(small, large))
    distinct: Mapping[int, Sequence[str]] = {id(group): sorted(group) for group in groups.values()}
    return distinct.values()


def _current_id(database: sqlite3.Connection, ids: Sequence[str]) -> str | None:
    """Returns the id in the newest run; None if a run has several of the ids, or no run has one."""
    marks = ", ".join("?" * len(ids))
    query = (
        "SELECT min(case_id), count(DISTINCT case_id) FROM results "  # noqa: S608 - fixed texts
        f"JOIN runs ON runs.id = results.run WHERE case_id IN ({marks}) "
        "GROUP BY run ORDER BY started_nanos DESC"
    )
    found: Sequence[tuple[str, int]] = database.execute(query, ids).fetchall()
    if not found or any(number > 1 for _, number in found):
        return None
    return found[0][0]
