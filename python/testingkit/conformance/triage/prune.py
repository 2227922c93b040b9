"""Finds the entries of known divergences that a run shows to be no longer true, and cuts them out.

An entry goes where all that it is about passes, where it is about no case, and where it has
expired. Whatever else is untrue of an entry is told and left to a person: the divergence is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testingkit.conformance.engine.replay import Replay
from testingkit.conformance.errors import NothingSelected, OutputError, Place
from testingkit.conformance.known.book import Evidence, KnownBook, StaleEntry
from testingkit.conformance.known.edit import without_entries
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.recorded_run import RecordedRun
from testingkit.conformance.triage.files import KnownFile, KnownFiles

_CHANGED = "{} is not what it was when it was run: run it again"
_STEADY = "{} passed {} all {} times"


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry that is cut out: where it was, why, and what it said."""

    place: Place
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Pruning:
    """What is cut out of the files, and what is said of the entries that stay."""

    files: KnownFiles
    texts: Sequence[tuple[KnownFile, str]]
    removals: Sequence[Removal]
    remarks: Sequence[StaleEntry]
    unjudged: int  # entries that stay because the run does not say enough of them

    def write(self) -> None:
        """Writes the files without what is cut out.

        Raises:
            OutputError: One of them cannot be written, or has changed meanwhile.
        """
        self.files.write(self.texts)


def prune(project: Project, schema: Schema, run: RecordedRun) -> Pruning:
    """Holds the present entries against a run.

    Raises:
        CasesError: The case files have problems.
        NothingSelected: There are no cases, so that every entry would seem to be about none.
        OutputError: A file of known divergences cannot be read.
    """
    suites, entries = project.load(schema, ())
    cases = [case for suite in suites for case in suite.cases]
    if not cases:
        raise NothingSelected("there are no cases")
    parted = _Parting(project, Replay(project, run, cases), entries)
    files = KnownFiles(project, schema, cases)
    texts: list[tuple[KnownFile, str]] = []
    removals: list[Removal] = []
    for runner in sorted({entry.runner for entry, _ in parted.gone}):
        gone = sorted((e.place, why) for e, why in parted.gone if e.runner == runner)
        file = files.open(runner)
        text, removed = _cut(file, [place for place, _ in gone])
        stays = [entry.message for entry in parted.stays if entry.runner == runner]
        if [entry.message for entry in files.read(file, text)] != stays:
            raise OutputError(f"{file.shown} was changed meanwhile: try again")
        texts.append((file, text))
        removals += [Removal(*told, was) for told, was in zip(gone, removed, strict=True)]
    return Pruning(files, texts, removals, parted.remarks(), parted.unjudged())


def _cut(file: KnownFile, places: Sequence[Place]) -> tuple[str, Sequence[str]]:
    mark = file.text[: len(file.text) - len(file.plain)]
    try:
        cut = without_entries(file.plain, [(place.line, place.column) for place in places])
    except KeyError as error:
        raise OutputError(f"{file.shown} was changed meanwhile: try again") from error
    return mark + cut.text, cut.removed


class _Parting:
    """The entries that a run shows to be no longer true, and those that stay."""

    def __init__(
        self, project: Project, replay: Replay, entries: Sequence[KnownDivergence]
    ) -> None:
        self._project = project
        self._replay = replay
        self._runners = [runner.name for runner in project.config.runners]
        self.gone: list[tuple[KnownDivergence, str]] = []
        self.stays = entries
        self._book = self._replayed()
        # An entry that is gone may have covered the cases of another one.
        while more := [(e, why) for e in self.stays if (why := self._why_gone(e))]:
            self.gone += more
            places = {entry.place for entry, _ in more}
            self.stays = [entry for entry in self.stays if entry.place not in places]
            self._book = self._replayed()

    def remarks(self) -> Sequence[StaleEntry]:
        """Returns what is untrue of entries that stay, and what a person may want to know."""
        told = [*self._book.stale(self._runners, complete=True)]
        for entry in self.stays:
            changed = sorted(entry.case_ids & self._replay.changed)
            texts = [*map(_CHANGED.format, changed), *self._steady(entry)]
            told += [StaleEntry(entry.place, text) for text in texts]
        return sorted(told)

    def unjudged(self) -> int:
        """Returns the number of entries of which the run says too little to tell anything."""
        told = {remark.place for remark in self.remarks()}
        return sum(
            entry.place not in told and len(self._conclusive(entry)) < len(entry.case_ids)
            for entry in self.stays
        )

    def _replayed(self) -> KnownBook:
        book = self._project.book(self.stays)
        for _ in self._replay.finish(book):
            pass
        return book

    def _why_gone(self, entry: KnownDivergence) -> str:
        """Why an entry is no longer true; empty where it is, or where a person has to decide."""
        if entry.runner not in self._runners:
            return ""  # Rather than that all of its divergences are gone, it has another name.
        if not entry.case_ids:
            return f'case: "{entry.message.case}" matches no case'
        if self._book.has_expired(entry):
            return f"the entry expired on {entry.message.expires}"
        found = self._conclusive(entry)
        if len(found) == len(entry.case_ids) and set(found.values()) == {Evidence.PASSES}:
            return f"{entry.runner} passes {', '.join(sorted(found))} now"
        return ""

    def _conclusive(self, entry: KnownDivergence) -> dict[str, Evidence]:
        evidence = self._book.evidence(entry)
        return {case_id: e for case_id, e in evidence.items() if e is not Evidence.UNPROVEN}

    def _steady(self, entry: KnownDivergence) -> Sequence[str]:
        """What may be told of a flaky entry after several calls that all passed."""
        times = self._replay.repetitions
        passed = [
            case_id
            for case_id, evidence in sorted(self._book.evidence(entry).items())
            if evidence is Evidence.MAY_PASS
            and (entry.runner, case_id) not in self._replay.left_open
        ]
        return [_STEADY.format(entry.runner, case_id, times) for case_id in passed if times > 1]
