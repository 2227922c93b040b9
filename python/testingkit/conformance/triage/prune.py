"""Removes stale entries from the files of known divergences.

An entry is removed if all its cases pass, if it matches no case, or if it has expired. An entry
that is stale for another reason is reported and kept: the divergence still exists, so a person has
to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.engine.replay import Replay
from testingkit.conformance.errors import NothingSelected, Place
from testingkit.conformance.known.book import Evidence, KnownBook, StaleEntry
from testingkit.conformance.known.edit import without_entries
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.recorded_run import RecordedRun
from testingkit.conformance.triage.files import KnownFile, KnownFiles, changed_error

_CHANGED = "{} has changed since the run; run it again"
_ALWAYS_PASSED = "{} passed {} all {} times"


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry that is removed: its place, the reason, and its text."""

    place: Place
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Pruning:
    """The entries that are removed, and remarks about those that are kept.

    Attributes:
        files: The files of the project.
        texts: The files that change, with their new texts.
        removals: The removed entries.
        remarks: What a person has to check in the entries that are kept.
        unjudged: Number of entries that are kept because the run lacks results for them.
    """

    files: KnownFiles
    texts: Sequence[tuple[KnownFile, str]]
    removals: Sequence[Removal]
    remarks: Sequence[StaleEntry]
    unjudged: int

    def write(self) -> None:
        """Writes the files without the removed entries.

        Raises:
            OutputError: A file cannot be written, or has changed in the meantime.
        """
        self.files.write(self.texts)


def prune(project: Project, schema: Schema, run: RecordedRun) -> Pruning:
    """Returns which of the project's entries are stale according to a run.

    Raises:
        CasesError: The case files have problems.
        NothingSelected: The project has no cases, so every entry would seem to match none.
        OutputError: A file of known divergences cannot be read.
    """
    suites, entries = project.load(schema, ())
    cases = [case for suite in suites for case in suite.cases]
    if not cases:
        raise NothingSelected("there are no cases")
    sorted_entries = _SortedEntries(project, Replay(project, run, cases), entries)
    files = KnownFiles(project, schema, cases)
    texts: list[tuple[KnownFile, str]] = []
    removals: list[Removal] = []
    for runner in sorted({entry.runner for entry, _ in sorted_entries.removed}):
        removed = sorted((e.place, why) for e, why in sorted_entries.removed if e.runner == runner)
        file = files.open(runner)
        text, removed_texts = _cut(file, [place for place, _ in removed])
        kept = [entry.message for entry in sorted_entries.kept if entry.runner == runner]
        if [entry.message for entry in files.read(file, text)] != kept:
            raise changed_error(file)
        texts.append((file, text))
        removals += [
            Removal(place, reason, removed_text)
            for (place, reason), removed_text in zip(removed, removed_texts, strict=True)
        ]
    return Pruning(files, texts, removals, sorted_entries.remarks(), sorted_entries.unjudged())


def _cut(file: KnownFile, places: Sequence[Place]) -> tuple[str, Sequence[str]]:
    """Returns the text of a file without the entries at some places, and the texts of those."""
    text = file.text_without_mark
    mark = file.text[: len(file.text) - len(text)]
    try:
        cut = without_entries(text, [(place.line, place.column) for place in places])
    except KeyError as error:
        raise changed_error(file) from error
    return mark + cut.text, cut.removed


class _SortedEntries:
    """The entries of a project, sorted into those to remove and those to keep."""

    def __init__(
        self, project: Project, replay: Replay, entries: Sequence[KnownDivergence]
    ) -> None:
        self._project = project
        self._replay = replay
        self._runners = [runner.name for runner in project.config.runners]
        self.removed: list[tuple[KnownDivergence, str]] = []  # with the reasons
        self.kept = entries
        self._book = self._replayed()
        # A case may have several entries, of which the first counts. Without it, the next does.
        while more := [(e, why) for e in self.kept if (why := self._removal_reason(e))]:
            self.removed += more
            places = {entry.place for entry, _ in more}
            self.kept = [entry for entry in self.kept if entry.place not in places]
            self._book = self._replayed()

    def remarks(self) -> Sequence[StaleEntry]:
        """Returns why kept entries are stale or may be, for a person to check."""
        remarks = [*self._book.stale(self._runners, complete=True)]
        for entry in self.kept:
            changed_cases = sorted(entry.case_ids & self._replay.changed)
            texts = [*map(_CHANGED.format, changed_cases), *self._always_passed(entry)]
            remarks += [StaleEntry(entry.place, text) for text in texts]
        return sorted(remarks)

    def unjudged(self) -> int:
        """Returns the number of kept entries that have no remark and lack results."""
        remarked = {remark.place for remark in self.remarks()}
        return sum(
            entry.place not in remarked and len(self._conclusive(entry)) < len(entry.case_ids)
            for entry in self.kept
        )

    def _replayed(self) -> KnownBook:
        """Returns the kept entries with the evidence of the run."""
        book = self._project.book(self.kept)
        for _ in self._replay.finish(book):
            pass
        return book

    def _removal_reason(self, entry: KnownDivergence) -> str:
        """Returns why an entry is removed; empty if it is kept."""
        if entry.runner not in self._runners:
            return ""  # More likely the runner was renamed than all its divergences fixed.
        if not entry.case_ids:
            return f'case: "{entry.message.case}" matches no case'
        if self._book.has_expired(entry):
            return f"the entry expired on {entry.message.expires}"
        evidence = self._conclusive(entry)
        if len(evidence) == len(entry.case_ids) and set(evidence.values()) == {Evidence.PASSES}:
            return f"{entry.runner} passes {', '.join(sorted(evidence))} now"
        return ""

    def _conclusive(self, entry: KnownDivergence) -> dict[str, Evidence]:
        """Returns the evidence for those cases of an entry for which the run has some."""
        evidence = self._book.evidence(entry)
        return {case_id: e for case_id, e in evidence.items() if e is not Evidence.UNPROVEN}

    def _always_passed(self, entry: KnownDivergence) -> Sequence[str]:
        """Returns a text for each case of a flaky entry that passed in all of several calls."""
        times = self._replay.repetitions
        passed = [
            case_id
            for case_id, evidence in sorted(self._book.evidence(entry).items())
            if evidence is Evidence.MAY_PASS
            and (entry.runner, case_id) not in self._replay.partly_unanswered
        ]
        return [
            _ALWAYS_PASSED.format(entry.runner, case_id, times) for case_id in passed if times > 1
        ]
