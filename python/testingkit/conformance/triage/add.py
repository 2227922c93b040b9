"""Proposes the fewest entries of known divergences that cover the failures of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.cases.model import Case
from testingkit.conformance.cases.patterns import CaseIndex, cover
from testingkit.conformance.engine.replay import Replay
from testingkit.conformance.errors import NothingSelected
from testingkit.conformance.known.edit import with_entries
from testingkit.conformance.known.entry_text import entry_text
from testingkit.conformance.known.parse import read_known_text
from testingkit.conformance.project import Project
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.record.recorded_run import RecordedRun
from testingkit.conformance.text.suggestions import did_you_mean
from testingkit.conformance.triage.candidates import Candidate, Candidates, Notes
from testingkit.conformance.triage.files import KnownFile, KnownFiles
from testingkit.conformance.v1 import divergence_pb2, run_pb2

_UNWRITABLE = "{} gives an answer that is different when read from a file, so no entry can pin it"
_CHANGED = "the case has changed since the run; run it again"
_NOT_RUN = "the run does not have the case"
# Findings about a runner as a whole, which no entry can cover.
_RUNNER_FINDINGS = frozenset(
    {
        run_pb2.FINDING_KIND_RUNNER,
        run_pb2.FINDING_KIND_PROTOCOL,
        run_pb2.FINDING_KIND_CRASH,
        run_pb2.FINDING_KIND_TIMEOUT,
        run_pb2.FINDING_KIND_FAILURE,
    }
)


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """The results to cover, and the fields that all entries share."""

    cases: Sequence[str] = ()  # ids or patterns; empty means all
    runners: Sequence[str] = ()  # empty means all
    template: divergence_pb2.KnownDivergence = field(default_factory=divergence_pb2.KnownDivergence)


@dataclass(frozen=True, slots=True)
class FileAddition:
    """The new entries of one file."""

    file: KnownFile
    entries: Sequence[str]

    @property
    def text(self) -> str:
        """The text of the whole file with the new entries."""
        return with_entries(self.file.text, self.file.runner, self.entries)


@dataclass(frozen=True, slots=True)
class ProposedEntries:
    """New entries for the files of known divergences.

    Attributes:
        files: The files of the project.
        additions: One for each file that gets entries.
        results: Number of results that the entries cover.
        notes: Lines about results that they do not cover.
    """

    files: KnownFiles
    additions: Sequence[FileAddition]
    results: int
    notes: Sequence[str]

    def write(self) -> None:
        """Adds the entries to all files, or to none.

        Raises:
            OutputError: The new text of a file is not valid, a file cannot be written, or has
                changed in the meantime.
        """
        self.files.write([(addition.file, addition.text) for addition in self.additions])


@dataclass(frozen=True, slots=True)
class _Draft:
    """One entry, and the cases that it must cover."""

    runner: str
    text: str
    cases: Sequence[Case]

    @property
    def case_ids(self) -> Sequence[str]:
        """The ids of the cases, in the same order."""
        return [case.id for case in self.cases]


class _EntryProposer:
    """Finds and checks the entries for one request."""

    def __init__(
        self, project: Project, schema: Schema, run: RecordedRun, request: EntryRequest
    ) -> None:
        suites, self._entries = project.load(schema, ())
        self._cases = [case for suite in suites for case in suite.cases]
        self._index = CaseIndex(self._cases)
        self._project = project
        self._schema = schema
        self._run = run
        self._request = request
        self._files = KnownFiles(project, schema, self._cases)
        self._replay = Replay(project, run, self._cases)
        self._notes = Notes()

    def propose(self) -> ProposedEntries:
        chosen = self._chosen_cases()
        self._note_runners()
        drafts = list(self._loadable(self._drafts(self._candidates(chosen))))
        kept = self._covering(drafts)
        results = sum(len(draft.case_ids) for draft in kept)
        return ProposedEntries(self._files, self._additions(kept), results, self._notes.lines())

    def _chosen_cases(self) -> frozenset[str]:
        """Returns the ids of the chosen cases; notes those that the run does not have."""
        chosen: set[str] = set()
        for pattern in self._request.cases:
            matching = [case.id for case in self._index.matching(pattern)]
            if not matching:
                hint = did_you_mean(pattern, [case.id for case in self._cases])
                raise NothingSelected(f"{pattern!r} matches no case{hint}")
            chosen.update(matching)
            for case_id in matching:
                if not self._replay.has(case_id) and case_id not in self._replay.changed:
                    self._notes.add(_NOT_RUN, case_id)
        return frozenset(chosen or (case.id for case in self._cases))

    def _note_runners(self) -> None:
        """Notes the findings about a runner as a whole."""
        for finding in self._run.record.findings:
            names = {self._replay.runners[index] for index in finding.runners}
            is_about_runner = finding.kind in _RUNNER_FINDINGS and not finding.case_id
            if is_about_runner and self._includes_any(names):
                text = finding.text.partition("\n")[0]
                self._notes.add(f"{text}, which no entry can cover")

    def _includes_any(self, runners: set[str]) -> bool:
        return not self._request.runners or not runners.isdisjoint(self._request.runners)

    def _candidates(self, chosen: frozenset[str]) -> Sequence[Candidate]:
        for case_id in sorted(self._replay.changed & chosen):
            self._notes.add(_CHANGED, case_id)
        book = self._project.book(self._entries)
        runners = frozenset(self._request.runners)
        finder = Candidates(self._replay, runners, book, self._notes)
        return [
            candidate
            for case, finished in self._replay.finish(book, chosen)
            for candidate in finder.find(case, finished)
        ]

    def _drafts(self, candidates: Sequence[Candidate]) -> Iterable[_Draft]:
        """Yields one entry for cases with the same outcome if one pattern matches just them.

        Otherwise there are several, down to one for each case.
        """
        groups: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            response = candidate.case.method.response.full_name
            # Two outcomes are the same if their entries have the same text.
            text = self._text(candidate, "")
            groups[candidate.runner, response, text].append(candidate)
        for (runner, _, _), group in groups.items():
            by_id = {candidate.case.id: candidate for candidate in group}
            for pattern in cover(by_id, self._index):
                cases = self._index.matching(pattern)
                yield _Draft(runner, self._text(by_id[cases[0].id], pattern), cases)

    def _text(self, candidate: Candidate, pattern: str) -> str:
        entry = divergence_pb2.KnownDivergence(case=pattern, outcome=candidate.pin)
        entry.MergeFrom(self._request.template)
        if candidate.is_flaky:
            entry.kind = divergence_pb2.DIVERGENCE_KIND_FLAKY
        return entry_text(entry, candidate.case)

    def _loadable(self, drafts: Iterable[_Draft]) -> Iterable[_Draft]:
        """Yields the drafts that can be loaded from a file, and notes the others."""
        for draft in drafts:
            text = with_entries("", draft.runner, [draft.text])
            _, problems = read_known_text("", text, draft.runner, draft.cases, self._schema)
            if problems:
                self._notes.add(_UNWRITABLE.format(draft.runner), *draft.case_ids)
            else:
                yield draft

    def _covering(self, drafts: Sequence[_Draft]) -> Sequence[_Draft]:
        """Returns the drafts that cover their cases when read back, and notes the others."""
        runners = {draft.runner for draft in drafts}
        entries = [entry for entry in self._entries if entry.runner not in runners]
        for addition in self._additions(drafts):
            entries += self._files.read(addition.file, addition.text)
        wanted = {case_id for draft in drafts for case_id in draft.case_ids}
        known = {
            (self._replay.runners[result.runner], case.id)
            for case, finished in self._replay.finish(
                self._project.book(entries, drafts=True), wanted
            )
            for result in finished.results
            if result.known
        }
        kept = []
        for draft in drafts:
            if known.issuperset((draft.runner, case_id) for case_id in draft.case_ids):
                kept.append(draft)
            else:
                self._notes.add(_UNWRITABLE.format(draft.runner), *draft.case_ids)
        return kept

    def _additions(self, drafts: Sequence[_Draft]) -> Sequence[FileAddition]:
        return [
            FileAddition(self._files.open(runner), [d.text for d in drafts if d.runner == runner])
            for runner in sorted({draft.runner for draft in drafts})
        ]


def propose(
    project: Project, schema: Schema, run: RecordedRun, request: EntryRequest
) -> ProposedEntries:
    """Returns the fewest entries for the failures and divergences of a run that none covers yet.

    Raises:
        CasesError: The case files have problems.
        NothingSelected: An id or a pattern of the request matches no case.
        OutputError: A file of known divergences cannot be read.
    """
    return _EntryProposer(project, schema, run, request).propose()
