"""Collects the findings of a run: one for each cause, with the cases that share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import Place
from testingkit.conformance.known.book import StaleEntry
from testingkit.conformance.results.advice import Commands
from testingkit.conformance.results.causes import Causes, Signature
from testingkit.conformance.results.finding_ids import in_order
from testingkit.conformance.v1 import run_pb2
from testingkit.conformance.v1.run_pb2 import Finding, FindingKind, FinishedCase

MAX_EXAMPLES = 1000  # findings that show a case in full
_RECORD = "run again, with free disk space, and let no other program change .testingkit/runs"
_FIX = "fix or remove the entry"


@dataclass(frozen=True, slots=True)
class Example:
    """The example case of a finding.

    Attributes:
        case_id: The id of the case.
        place: The place of the case in its file.
        has_golden: Whether it expects a golden.
        text: What is wrong with it.
        shown: The case and its results, to show in full; None beyond `MAX_EXAMPLES` findings.
    """

    case_id: str
    place: Place
    has_golden: bool
    text: str
    shown: tuple[Case, FinishedCase] | None


@dataclass(slots=True)
class _Cluster:
    """Cases with the same cause."""

    gated: bool
    example: Example  # the case with the first id
    case_ids: set[str] = field(default_factory=set)

    def add(self, example: Example) -> None:
        """Adds a case; only one example is kept, since there may be many cases."""
        self.case_ids.add(example.case_id)
        if example.case_id < self.example.case_id:
            self.example = example

    @property
    def similar(self) -> Sequence[str]:
        """The ids of the other cases."""
        return sorted(self.case_ids - {self.example.case_id})


class FindingBook:
    """Collects findings while a run goes on."""

    def __init__(
        self,
        runners: Sequence[str],
        commands: Commands | None = None,
        families: Sequence[str] = (),
    ) -> None:
        """Starts without findings.

        Args:
            runners: The names of the runners, in order.
            commands: The commands to advise.
            families: The family of each runner; empty if every runner is its own.
        """
        self._causes = Causes(runners, families)
        self._commands = commands or Commands()
        self._clusters: dict[tuple[Signature, bool], _Cluster] = {}
        self._unproven: dict[str, _Cluster] = {}  # by their text
        self._others: list[Finding] = []

    def add_case(self, case: Case, finished: FinishedCase) -> None:
        """Adds the findings about a finished case."""
        for signature, text in self._causes.find(case, finished):
            binding = signature.is_binding(case.level)
            # A finding has only cases that count for the gate, or only cases that do not.
            key = signature, binding
            is_one_of_few = key in self._clusters or len(self._clusters) < MAX_EXAMPLES
            example = _example(case, text, finished if is_one_of_few else None)
            self._clusters.setdefault(key, _Cluster(binding, example)).add(example)

    def ignore_not_run(self) -> None:
        """Leaves out calls that are not run from now on, since -x ended the run."""
        self._causes.ignores_not_run = True

    def add_runner(
        self,
        kind: FindingKind.ValueType,
        runner: int,
        text: str,
        advice: str,
        *,
        gated: bool = True,
    ) -> None:
        """Adds a finding about a runner as a whole."""
        self._others.append(
            Finding(kind=kind, runners=[runner], text=text, advice=advice, gated=gated)
        )

    def add_absent(self, runner: int, text: str, advice: str) -> None:
        """Adds a runner that did not start, and leaves out findings about its calls."""
        self._causes.absent.add(runner)
        self.add_runner(run_pb2.FINDING_KIND_RUNNER, runner, text, advice)

    def add_unproven(self, case: Case, finished: FinishedCase, text: str) -> None:
        """Adds a case whose answers prove nothing, even if they are right."""
        example = _example(case, text, finished)
        self._unproven.setdefault(text, _Cluster(True, example)).add(example)  # noqa: FBT003

    def add_incomplete(self, text: str) -> None:
        """Adds a reason why the run is not what was planned."""
        self._others.append(Finding(kind=run_pb2.FINDING_KIND_INCOMPLETE, text=text, gated=True))

    def add_unrecorded(self, text: str) -> None:
        """Adds a reason why the run has no event log: its result is only printed."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_INCOMPLETE,
                text=text,
                advice=_RECORD,
                gated=True,
            )
        )

    def add_stale(self, entry: StaleEntry) -> None:
        """Adds a stale known divergence."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_STALE,
                path=entry.place.path,
                line=entry.place.line,
                text=entry.text,
                advice=self._fix_of(entry),
                gated=True,
            )
        )

    def add_weak(self, place: Place, text: str) -> None:
        """Adds a suite that is beyond a limit that it sets itself."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_WEAK,
                path=place.path,
                line=place.line,
                text=text,
                advice=self._commands.audit(place.path),
                gated=True,
            )
        )

    def findings(self) -> Sequence[Finding]:
        """Returns all findings, in order and with their ids."""
        found = [*self._others]
        found += [self._finding(s, cluster) for (s, _), cluster in self._clusters.items()]
        found += [_unproven(cluster) for cluster in self._unproven.values()]
        return in_order(found)

    def examples(self) -> Mapping[str, tuple[Case, FinishedCase]]:
        """Returns the cases that findings show in full, with their results, by the case ids."""
        clusters = [*self._clusters.values(), *self._unproven.values()]
        found = (cluster.example for cluster in clusters)
        return {example.case_id: example.shown for example in found if example.shown is not None}

    def _fix_of(self, entry: StaleEntry) -> str:
        return f"{self._commands.prune()}, or fix the entry" if entry.prunable else _FIX

    def _finding(self, signature: Signature, cluster: _Cluster) -> Finding:
        example, similar = cluster.example, cluster.similar
        advice = self._commands.run_again(example.case_id)
        if signature.kind == run_pb2.FINDING_KIND_GOLDEN_SUSPECT and example.has_golden:
            accept = self._commands.accept([example.case_id, *similar])
            advice = f"if the runners are right: {accept}"
        return Finding(
            kind=signature.kind,
            case_id=example.case_id,
            similar_case_ids=similar,
            runners=signature.runners,
            path=example.place.path,
            line=example.place.line,
            text=example.text,
            advice=advice,
            gated=cluster.gated,
        )


def _example(case: Case, text: str, finished: FinishedCase | None) -> Example:
    shown = None if finished is None else (case, finished)
    return Example(case.id, case.place, case.golden is not None, text, shown)


def _unproven(cluster: _Cluster) -> Finding:
    example = cluster.example
    return Finding(
        kind=run_pb2.FINDING_KIND_INCOMPLETE,
        case_id=example.case_id,
        similar_case_ids=cluster.similar,
        path=example.place.path,
        line=example.place.line,
        text=example.text,
        advice="add a runner, state an answer, or remove the case",
        gated=True,
    )
