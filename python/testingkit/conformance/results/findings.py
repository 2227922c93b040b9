"""Turns finished cases into findings: what a person has to look at, one entry per cause.

Cases with the same signature are one finding. A signature is the kind of finding, the fields that
differ, the way they differ, and who stands with whom.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.answers import describe
from testingkit.conformance.judging.verdicts import COLUMNS, deed_of, is_gone, is_unanswered
from testingkit.conformance.known.book import StaleEntry
from testingkit.conformance.protobuf.field_text import cut
from testingkit.conformance.results.provenance import say_provenance
from testingkit.conformance.results.tally import known_divergence
from testingkit.conformance.text.numbers import count
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FindingKind,
    FinishedCase,
    Outcome,
    RunnerResult,
)

# Letter of a finding's id, in the order in which findings are listed.
_LETTERS: Mapping[FindingKind.ValueType, str] = {
    run_pb2.FINDING_KIND_RUNNER: "R",
    run_pb2.FINDING_KIND_PROTOCOL: "X",
    run_pb2.FINDING_KIND_CRASH: "C",
    run_pb2.FINDING_KIND_TIMEOUT: "T",
    run_pb2.FINDING_KIND_PANIC: "P",
    run_pb2.FINDING_KIND_FLAKY: "L",
    run_pb2.FINDING_KIND_DIVERGENCE: "D",
    run_pb2.FINDING_KIND_GOLDEN_SUSPECT: "G",
    run_pb2.FINDING_KIND_FAILURE: "F",
    run_pb2.FINDING_KIND_INCOMPLETE: "I",
    run_pb2.FINDING_KIND_STALE: "S",
    run_pb2.FINDING_KIND_WEAK: "W",
}
# Verdicts that are a finding of the one runner, whatever the others did.
_OWN_KINDS = {
    verdict_pb2.VERDICT_CRASH: run_pb2.FINDING_KIND_CRASH,
    verdict_pb2.VERDICT_TIMEOUT: run_pb2.FINDING_KIND_TIMEOUT,
    verdict_pb2.VERDICT_PANIC: run_pb2.FINDING_KIND_PANIC,
    verdict_pb2.VERDICT_PROTOCOL_ERROR: run_pb2.FINDING_KIND_PROTOCOL,
    verdict_pb2.VERDICT_NO_RESULT: run_pb2.FINDING_KIND_INCOMPLETE,
    verdict_pb2.VERDICT_NOT_RUN: run_pb2.FINDING_KIND_INCOMPLETE,
    verdict_pb2.VERDICT_FLAKY: run_pb2.FINDING_KIND_FLAKY,
}
# Kinds that do not count for the gate, by the level of the case; no answer at all always counts.
_MILD = {
    case_pb2.LEVEL_RECOMMENDED: {
        run_pb2.FINDING_KIND_DIVERGENCE,
        run_pb2.FINDING_KIND_GOLDEN_SUSPECT,
        run_pb2.FINDING_KIND_FAILURE,
        run_pb2.FINDING_KIND_PANIC,
        run_pb2.FINDING_KIND_FLAKY,
    },
    case_pb2.LEVEL_IMPLEMENTATION_DEFINED: {run_pb2.FINDING_KIND_DIVERGENCE},
}
_PRUNE = "testingkit known prune, or mend the entry"
_MEND = "mend or remove the entry"
_INDEX = re.compile(r"\[[^\]]*\]")
MAX_EXAMPLES = 1000  # findings that show a case in full
_MAX_BRIEF = 60  # characters of one side; all of it is shown field by field
_MAX_NAMED = 5  # cases that an advice names; more are named by their suites


@dataclass(frozen=True, slots=True)
class _Signature:
    kind: FindingKind.ValueType
    runners: tuple[int, ...]  # the odd ones out
    shape: tuple[object, ...]
    is_gone: bool = False  # a crash or timeout is in it


@dataclass(frozen=True, slots=True)
class Example:
    """The case that a finding is told by."""

    case_id: str
    place: Place
    has_golden: bool
    text: str
    shown: tuple[Case, FinishedCase] | None  # none where there are very many findings


@dataclass(slots=True)
class _Cluster:
    gated: bool
    example: Example  # the first of the cases, by their ids
    case_ids: set[str] = field(default_factory=set)

    def add(self, example: Example) -> None:
        """Adds a case; all but one are kept by their ids, for there may be many."""
        self.case_ids.add(example.case_id)
        if example.case_id < self.example.case_id:
            self.example = example

    @property
    def similar(self) -> Sequence[str]:
        """The other cases."""
        return sorted(self.case_ids - {self.example.case_id})


class FindingBook:
    """Collects findings while a run goes on."""

    def __init__(self, runners: Sequence[str], options: str = "") -> None:
        """``options`` are what the command that runs one case again takes beside its id."""
        self._runners = runners
        self._options = options
        self._clusters: dict[tuple[_Signature, bool], _Cluster] = {}
        self._unproven: dict[str, _Cluster] = {}  # by what is to be said of them
        self._others: list[Finding] = []
        self._absent: set[int] = set()
        self._forgives_not_run = False

    def add_case(self, case: Case, finished: FinishedCase) -> None:
        """Adds what one finished case gives rise to."""
        for signature, text in self._of_case(case, finished):
            binding = signature.is_gone or signature.kind not in _MILD.get(case.level, ())
            # What does not bind is told apart: it would look as if it did.
            key = signature, binding
            is_one_of_few = key in self._clusters or len(self._clusters) < MAX_EXAMPLES
            example = _example(case, text, finished if is_one_of_few else None)
            self._clusters.setdefault(key, _Cluster(binding, example)).add(example)

    def forgive_not_run(self) -> None:
        """From now on calls are not made because somebody wanted it so, which is no finding."""
        self._forgives_not_run = True

    def _is_forgiven(self, result: RunnerResult) -> bool:
        return self._forgives_not_run and result.verdict == verdict_pb2.VERDICT_NOT_RUN

    def add_runner(self, kind: FindingKind.ValueType, runner: int, text: str, advice: str) -> None:
        """Adds a gated finding about a runner as a whole."""
        self._others.append(
            Finding(kind=kind, runners=[runner], text=text, advice=advice, gated=True)
        )

    def add_absent(self, runner: int, text: str, advice: str) -> None:
        """Adds a runner that did not start: one finding, and none for each call it never got."""
        self._absent.add(runner)
        self.add_runner(run_pb2.FINDING_KIND_RUNNER, runner, text, advice)

    def add_unproven(self, case: Case, finished: FinishedCase, text: str) -> None:
        """Adds a case whose answers, right as they may be, prove nothing."""
        example = _example(case, text, finished)
        self._unproven.setdefault(text, _Cluster(True, example)).add(example)  # noqa: FBT003

    def add_incomplete(self, text: str) -> None:
        """Adds that the run as a whole is not what was planned; ``text`` says how."""
        self._others.append(Finding(kind=run_pb2.FINDING_KIND_INCOMPLETE, text=text, gated=True))

    def add_unrecorded(self, text: str) -> None:
        """Adds that the run has no event log: its result is shown, and is nowhere to be read."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_INCOMPLETE,
                text=text,
                advice="make room, and run again",
                gated=True,
            )
        )

    def add_stale(self, untrue: StaleEntry) -> None:
        """Adds a known divergence that is not true."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_STALE,
                path=untrue.place.path,
                line=untrue.place.line,
                text=untrue.text,
                advice=_PRUNE if untrue.may_go else _MEND,
                gated=True,
            )
        )

    def add_weak(self, place: Place, text: str) -> None:
        """Adds a limit of a suite that does not hold."""
        self._others.append(
            Finding(
                kind=run_pb2.FINDING_KIND_WEAK,
                path=place.path,
                line=place.line,
                text=text,
                advice=f"testingkit audit {shlex.quote(place.path)}",
                gated=True,
            )
        )

    def findings(self) -> Sequence[Finding]:
        """Returns all findings, ordered and with their ids."""
        found = [*self._others]
        found += [self._finding(s, cluster) for (s, _), cluster in self._clusters.items()]
        found += [_unproven(cluster) for cluster in self._unproven.values()]
        order = list(_LETTERS)
        found.sort(key=lambda f: (order.index(f.kind), f.case_id, f.path, f.line, f.text))
        numbers: Counter[str] = Counter()
        for finding in found:
            letter = _LETTERS[finding.kind]
            numbers[letter] += 1
            finding.id = f"{letter}{numbers[letter]}"
        return found

    def examples(self) -> Mapping[str, tuple[Case, FinishedCase]]:
        """Returns the cases that findings show in full, by their ids."""
        clusters = [*self._clusters.values(), *self._unproven.values()]
        found = (cluster.example for cluster in clusters)
        return {example.case_id: example.shown for example in found if example.shown is not None}

    def _finding(self, signature: _Signature, cluster: _Cluster) -> Finding:
        example, similar = cluster.example, cluster.similar
        advice = f"testingkit run -k {example.case_id}{self._options}"
        if signature.kind == run_pb2.FINDING_KIND_GOLDEN_SUSPECT and example.has_golden:
            named = _names([example.case_id, *similar])
            advice = f"if the runners are right: testingkit accept {named}"
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

    def _of_case(self, case: Case, finished: FinishedCase) -> Iterator[tuple[_Signature, str]]:
        present = [r for r in finished.results if r.runner not in self._absent]
        deeds = [d for r in present if not r.known and (d := deed_of(r)) is not None]
        unanswered = [r for r in present if is_unanswered(r) and not self._is_forgiven(r)]
        yield from (self._own(case, r) for r in unanswered)
        yield from (self._own(case, deed) for deed in deeds if deed.verdict in _OWN_KINDS)
        answered = answered_of(deeds)
        spoken = {d.answer_class for d in answered if d.verdict != verdict_pb2.VERDICT_PANIC}
        wrong = [d for d in answered if COLUMNS[d.verdict] == "failed"]
        diverges = finished.parity == parity_pb2.PARITY_DIVERGE and not known_divergence(finished)
        # Where runners may differ, what counts is that one is wrong.
        may_differ = case.level == case_pb2.LEVEL_IMPLEMENTATION_DEFINED
        if diverges and len(spoken) > 1 and not (may_differ and wrong):
            yield self._divergence(case, answered)
        elif wrong:
            yield self._failure(case, wrong, len(answered), len(finished.results))

    def _own(self, case: Case, result: RunnerResult) -> tuple[_Signature, str]:
        """A finding about the one runner, whatever the others did."""
        kind = _OWN_KINDS[result.verdict]
        right = "one answer" if case.expect.HasField("agree") else "as expected"
        text = f"{self._runners[result.runner]}: {describe_result(result, right)}"
        if is_unanswered(result):
            # What it did beside that is a finding of its own.
            left = [_describe_outcome(o, right) for o in result.outcomes if is_unanswered(o)]
            cause = (*(left or [describe_result(result)]),)
            return _Signature(kind, (result.runner,), cause), text
        # How often a flaky runner did what is chance.
        shape = _shape(result.outcomes) if result.outcomes else (describe_result(result),)
        return _Signature(kind, (result.runner,), shape, is_gone(result)), text

    def _divergence(self, case: Case, answered: Sequence[RunnerResult]) -> tuple[_Signature, str]:
        odd = odd_ones_out(answered)
        # Where nobody is right, nobody is let off for being one of many.
        nobody = _nobody_passes(answered)
        runners = tuple(result.runner for result in answered) if nobody else odd
        stands = tuple((r.runner, r.answer_class, r.verdict, _shape([r])) for r in answered)
        shape = (case.expect.WhichOneof("kind"), stands)
        signature = _Signature(run_pb2.FINDING_KIND_DIVERGENCE, runners, shape)
        return signature, say_odd(answered, self._runners)

    def _failure(
        self, case: Case, wrong: Sequence[RunnerResult], answered: int, asked: int
    ) -> tuple[_Signature, str]:
        runners = tuple(result.runner for result in wrong)
        alike = len({result.answer_class for result in wrong}) == 1
        if len(wrong) == answered and answered > 1 and alike:
            kind = run_pb2.FINDING_KIND_GOLDEN_SUSPECT
            who = (
                f"all {answered} runners" if answered == asked else f"{answered} of {asked} runners"
            )
            # What is in a golden file and what is in the case itself are mended in different ways.
            signature = _Signature(kind, (), (case.golden is not None, runners, _shape(wrong)))
            return signature, _contradicted(case, wrong[0], who)
        names = ", ".join(self._runners[runner] for runner in runners)
        kind = run_pb2.FINDING_KIND_FAILURE
        return _Signature(kind, runners, (_shape(wrong),)), f"{names}: not the expected answer"


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


def _contradicted(case: Case, result: RunnerResult, who: str) -> str:
    """What is said of an expectation that no runner meets, and where it came from."""
    if case.golden is None:
        return f"{who} give the same answer, and the case expects another"
    text = f"{who} give the same answer, and the golden says another"
    if result.differences:
        first = result.differences[0]
        place = f"{first.field_path}: " if first.field_path else ""
        actual, golden = (_brief(side) for side in (first.actual, first.expected))
        text = f"{who} answer {place}{actual} · the golden says {place}{golden}"
        more = len(result.differences) - 1
        text += f", and {more} more field{'s' * (more > 1)}" if more else ""
    if case.golden.provenance is None:
        return f"{text} (written by hand)"
    return f"{text} ({say_provenance(case.golden.provenance)})"


def _brief(text: str) -> str:
    line = text.partition("\n")[0] or "(not there)"
    return line if len(line) <= _MAX_BRIEF else f"{line[:_MAX_BRIEF]}…"


def _names(case_ids: Sequence[str]) -> str:
    """Cases as a command takes them; many of them by the suites that they are in."""
    if len(case_ids) <= _MAX_NAMED:
        return " ".join(case_ids)
    suites = dict.fromkeys(case_id.rpartition("/")[0] for case_id in case_ids)
    return " ".join(f"'{suite}/*'" for suite in suites)


def odd_ones_out(answered: Sequence[RunnerResult]) -> tuple[int, ...]:
    """Returns the runners that stand alone: against the expectation, else against the majority.

    Nothing where neither names one, such as two runners that only have to agree.
    """
    wrong = [r.runner for r in answered if r.verdict != verdict_pb2.VERDICT_PASS]
    if wrong and len(wrong) < len(answered):
        return tuple(wrong)
    sizes = Counter(result.answer_class for result in answered)
    (largest, size), *others = sizes.most_common()
    if others and others[0][1] < size:
        return tuple(r.runner for r in answered if r.answer_class != largest)
    return ()


def answered_of(deeds: Iterable[RunnerResult]) -> Sequence[RunnerResult]:
    """What runners did that is one answer, for which nothing known accounts."""
    return [deed for deed in deeds if deed.answer_class and not (deed.outcomes or deed.known)]


def say_odd(answered: Sequence[RunnerResult], runners: Sequence[str]) -> str:
    """Who is the odd one out of those that diverge, and whether anybody is right."""
    odd = odd_ones_out(answered)
    names = ", ".join(runners[runner] for runner in odd)
    text = f"odd one out: {names}" if odd else "no two sides agree on who is odd"
    return f"no answer is the expected one; {text}" if _nobody_passes(answered) else text


def _nobody_passes(answered: Sequence[RunnerResult]) -> bool:
    return all(result.verdict != verdict_pb2.VERDICT_PASS for result in answered)


def describe_result(result: RunnerResult, right: str = "as expected") -> str:
    """What a runner did, in one line; ``right`` is said of an outcome without a difference."""
    if result.outcomes:
        said = (f"{count(o.times, 'time')} {_describe_outcome(o, right)}" for o in result.outcomes)
        return cut("; ".join(said))
    text = result.differences[0].actual if result.differences else describe(result.observation)
    return text.partition("\n")[0]


def _describe_outcome(outcome: Outcome, right: str) -> str:
    if outcome.verdict == verdict_pb2.VERDICT_PASS and not outcome.differences:
        return right
    if not outcome.differences:
        return describe(outcome.observation).partition("\n")[0]
    first = outcome.differences[0]
    text = first.actual.partition("\n")[0] or "(not there)"
    return f"{first.field_path}: {text}" if first.field_path else text


def _shape(results: Sequence[RunnerResult | Outcome]) -> tuple[object, ...]:
    """The differing fields and how they differ, without indices, so that one cause is one shape."""
    return tuple(
        sorted(
            {
                (_INDEX.sub("[]", difference.field_path), difference.kind)
                for result in results
                for difference in result.differences
            }
        )
    )
