"""Proposes the fewest entries of known divergences that account for what a run found."""

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

_UNWRITABLE = "{} gives an answer that reads otherwise from a file, so that no entry can pin it"
_CHANGED = "the case is not what it was when it was run: run it again"
_NOT_RUN = "the run has no such case"
# Findings about a runner as a whole, which no entry accounts for.
_OF_RUNNERS = frozenset(
    {
        run_pb2.FINDING_KIND_RUNNER,
        run_pb2.FINDING_KIND_PROTOCOL,
        run_pb2.FINDING_KIND_CRASH,
        run_pb2.FINDING_KIND_TIMEOUT,
        run_pb2.FINDING_KIND_FAILURE,
    }
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for: which results, and what every entry says beside its outcome."""

    cases: Sequence[str] = ()  # ids or patterns; none are all
    runners: Sequence[str] = ()  # none are all
    template: divergence_pb2.KnownDivergence = field(default_factory=divergence_pb2.KnownDivergence)


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added to one file."""

    file: KnownFile
    entries: Sequence[str]

    @property
    def text(self) -> str:
        """The text of the whole file with them."""
        return with_entries(self.file.text, self.file.runner, self.entries)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be added to each file, how many results that accounts for, and what it leaves."""

    files: KnownFiles
    additions: Sequence[Addition]
    results: int
    notes: Sequence[str]

    def write(self) -> None:
        """Adds what is proposed to the files, all of it or nothing.

        Raises:
            OutputError: One of them would not load, cannot be written, or has changed meanwhile.
        """
        self.files.write([(addition.file, addition.text) for addition in self.additions])


@dataclass(frozen=True, slots=True)
class _Draft:
    """One entry, and the results that it shall account for."""

    runner: str
    text: str
    cases: Sequence[Case]

    @property
    def case_ids(self) -> Sequence[str]:
        """The ids of its cases, in their order."""
        return [case.id for case in self.cases]


class _Proposer:
    """Makes one proposal."""

    def __init__(self, project: Project, schema: Schema, run: RecordedRun, wish: Wish) -> None:
        suites, self._entries = project.load(schema, ())
        self._cases = [case for suite in suites for case in suite.cases]
        self._index = CaseIndex(self._cases)
        self._project = project
        self._schema = schema
        self._run = run
        self._wish = wish
        self._files = KnownFiles(project, schema, self._cases)
        self._replay = Replay(project, run, self._cases)
        self._notes = Notes()

    def propose(self) -> Proposal:
        chosen = self._chosen_cases()
        self._note_runners()
        drafts = list(self._readable(self._drafts(self._candidates(chosen))))
        kept = self._accounting(drafts)
        results = sum(len(draft.case_ids) for draft in kept)
        return Proposal(self._files, self._additions(kept), results, self._notes.lines())

    def _chosen_cases(self) -> frozenset[str]:
        """Returns the ids of the chosen cases; notes those of which the run says nothing."""
        chosen: set[str] = set()
        for word in self._wish.cases:
            found = [case.id for case in self._index.matching(word)]
            if not found:
                hint = did_you_mean(word, [case.id for case in self._cases])
                raise NothingSelected(f"{word!r} matches no case{hint}")
            chosen.update(found)
            for case_id in found:
                if not self._replay.has(case_id) and case_id not in self._replay.changed:
                    self._notes.add(_NOT_RUN, case_id)
        return frozenset(chosen or (case.id for case in self._cases))

    def _note_runners(self) -> None:
        """Notes what the run found about runners as a whole."""
        for finding in self._run.record.findings:
            names = {self._replay.runners[index] for index in finding.runners}
            if finding.kind in _OF_RUNNERS and not finding.case_id and self._asks_for(names):
                text = finding.text.partition("\n")[0]
                self._notes.add(f"{text}, which no entry accounts for")

    def _asks_for(self, runners: set[str]) -> bool:
        return not self._wish.runners or not runners.isdisjoint(self._wish.runners)

    def _candidates(self, chosen: frozenset[str]) -> Sequence[Candidate]:
        for case_id in sorted(self._replay.changed & chosen):
            self._notes.add(_CHANGED, case_id)
        book = self._project.book(self._entries)
        runners = frozenset(self._wish.runners)
        finder = Candidates(self._replay, runners, book, self._notes)
        return [
            candidate
            for case, finished in self._replay.finish(book, chosen)
            for candidate in finder.of_case(case, finished)
        ]

    def _drafts(self, candidates: Sequence[Candidate]) -> Iterable[_Draft]:
        """One entry for all that does the same, if a pattern says what it is, else one for each."""
        groups: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            response = candidate.case.method.response.full_name
            # Two answers are the same where an entry would say the same of them.
            text = self._text(candidate, "")
            groups[candidate.runner, response, text].append(candidate)
        for (runner, _, _), group in groups.items():
            for pattern in cover([candidate.case.id for candidate in group], self._index):
                cases = self._index.matching(pattern)
                first = next(candidate for candidate in group if candidate.case is cases[0])
                yield _Draft(runner, self._text(first, pattern), cases)

    def _text(self, candidate: Candidate, pattern: str) -> str:
        entry = divergence_pb2.KnownDivergence(case=pattern, outcome=candidate.pin)
        entry.MergeFrom(self._wish.template)
        if candidate.is_flaky:
            entry.kind = divergence_pb2.DIVERGENCE_KIND_FLAKY
        return entry_text(entry, candidate.case)

    def _readable(self, drafts: Iterable[_Draft]) -> Iterable[_Draft]:
        """Leaves out what does not load."""
        for draft in drafts:
            text = with_entries("", draft.runner, [draft.text])
            _, problems = read_known_text("", text, draft.runner, draft.cases, self._schema)
            if problems:
                self._notes.add(_UNWRITABLE.format(draft.runner), *draft.case_ids)
            else:
                yield draft

    def _accounting(self, drafts: Sequence[_Draft]) -> Sequence[_Draft]:
        """Leaves out what, read back, does not account for the results that it is about."""
        entries = [e for e in self._entries if e.runner not in {d.runner for d in drafts}]
        for addition in self._additions(drafts):
            entries += self._files.read(addition.file, addition.text)
        wanted = {case_id for draft in drafts for case_id in draft.case_ids}
        known = {
            (self._replay.runners[result.runner], case.id)
            for case, finished in self._replay.finish(self._project.book(entries), wanted)
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

    def _additions(self, drafts: Sequence[_Draft]) -> Sequence[Addition]:
        return [
            Addition(self._files.open(runner), [d.text for d in drafts if d.runner == runner])
            for runner in sorted({draft.runner for draft in drafts})
        ]


def propose(project: Project, schema: Schema, run: RecordedRun, wish: Wish) -> Proposal:
    """Proposes entries for the results of a run that are not as they should be.

    Raises:
        CasesError: The case files have problems.
        NothingSelected: There is no case of that name.
        OutputError: A file of known divergences cannot be read.
    """
    return _Proposer(project, schema, run, wish).propose()
