"""Finds what is wrong with one finished case: each cause, with its signature.

A signature is the kind of finding, the fields that differ, the way they differ, and the runners
that differ. Cases with the same signature become one finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.verdicts import (
    COLUMNS,
    crashed_or_timed_out,
    is_unanswered,
    outcome_of,
)
from testingkit.conformance.results.odd_ones import (
    describe_odd_ones,
    none_passes,
    odd_ones_out,
    unexplained_answers,
)
from testingkit.conformance.results.outcome_text import outcome_texts
from testingkit.conformance.results.panic_cause import panic_cause
from testingkit.conformance.results.result_text import (
    describe_contradiction,
    describe_result,
    right_text,
)
from testingkit.conformance.results.tally import known_divergence
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.run_pb2 import FindingKind, FinishedCase, Outcome, RunnerResult

# Verdicts that are a finding about one runner, independent of the others.
_KIND_OF_VERDICT = {
    verdict_pb2.VERDICT_CRASH: run_pb2.FINDING_KIND_CRASH,
    verdict_pb2.VERDICT_TIMEOUT: run_pb2.FINDING_KIND_TIMEOUT,
    verdict_pb2.VERDICT_PANIC: run_pb2.FINDING_KIND_PANIC,
    verdict_pb2.VERDICT_PROTOCOL_ERROR: run_pb2.FINDING_KIND_PROTOCOL,
    verdict_pb2.VERDICT_NO_RESULT: run_pb2.FINDING_KIND_INCOMPLETE,
    verdict_pb2.VERDICT_NOT_RUN: run_pb2.FINDING_KIND_INCOMPLETE,
    verdict_pb2.VERDICT_FLAKY: run_pb2.FINDING_KIND_FLAKY,
}
# Kinds that do not count for the gate, by the level of the case; crashes and timeouts always count.
_NOT_BINDING = {
    case_pb2.LEVEL_RECOMMENDED: {
        run_pb2.FINDING_KIND_DIVERGENCE,
        run_pb2.FINDING_KIND_GOLDEN_SUSPECT,
        run_pb2.FINDING_KIND_FAILURE,
        run_pb2.FINDING_KIND_PANIC,
        run_pb2.FINDING_KIND_FLAKY,
    },
    case_pb2.LEVEL_IMPLEMENTATION_DEFINED: {run_pb2.FINDING_KIND_DIVERGENCE},
}
_INDEX = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Signature:
    """What cases with the same cause have in common.

    Attributes:
        kind: The kind of the finding.
        runners: The runners that differ.
        shape: The fields that differ, and how they differ.
        is_gone: Whether a crash or timeout is part of it.
    """

    kind: FindingKind.ValueType
    runners: tuple[int, ...]
    shape: tuple[object, ...]
    is_gone: bool = False

    def is_binding(self, level: case_pb2.Level.ValueType) -> bool:
        """Returns whether it counts for the gate in a case of this level."""
        return self.is_gone or self.kind not in _NOT_BINDING.get(level, ())


class Causes:
    """Finds the causes of finished cases."""

    def __init__(self, runners: Sequence[str], families: Sequence[str] = ()) -> None:
        """``runners`` are the names of the runners, in order, and ``families`` their families."""
        self._runners = runners
        self._families = families
        self.absent: set[int] = set()  # runners that did not start: a finding of its own
        self.ignores_not_run = False  # whether calls that were not run are left out

    def find(self, case: Case, finished: FinishedCase) -> Iterator[tuple[Signature, str]]:
        """Yields the signature and the text of every cause in a case."""
        present = [r for r in finished.results if r.runner not in self.absent]
        outcomes = [d for r in present if not r.known and (d := outcome_of(r)) is not None]
        unanswered = [r for r in present if is_unanswered(r) and not self._is_ignored(r)]
        yield from (self._own(case, r) for r in unanswered)
        yield from (self._own(case, o) for o in outcomes if o.verdict in _KIND_OF_VERDICT)
        answered = unexplained_answers(outcomes)
        classes = {d.answer_class for d in answered if d.verdict != verdict_pb2.VERDICT_PANIC}
        wrong = [d for d in answered if COLUMNS[d.verdict] == "failed"]
        diverges = finished.parity == parity_pb2.PARITY_DIVERGE and not known_divergence(finished)
        # If runners may differ, a wrong answer counts, and a divergence does not.
        may_differ = case.level == case_pb2.LEVEL_IMPLEMENTATION_DEFINED
        if diverges and len(classes) > 1 and not (may_differ and wrong):
            yield self._divergence(case, answered)
        elif wrong:
            yield self._failure(case, wrong, len(answered), len(finished.results))

    def _is_ignored(self, result: RunnerResult) -> bool:
        return self.ignores_not_run and result.verdict == verdict_pb2.VERDICT_NOT_RUN

    def _own(self, case: Case, result: RunnerResult) -> tuple[Signature, str]:
        """Returns a cause that is about one runner, independent of the others."""
        kind = _KIND_OF_VERDICT[result.verdict]
        right = right_text(case.expect)
        text = f"{self._runners[result.runner]}: {describe_result(result, right)}"
        if is_unanswered(result):
            # The other outcomes of the runner are a finding of their own.
            unanswered = [o for o in result.outcomes if is_unanswered(o)]
            cause = outcome_texts(unanswered, right) or [describe_result(result)]
            return Signature(kind, (result.runner,), tuple(cause)), text
        if kind == run_pb2.FINDING_KIND_PANIC:
            return Signature(kind, (result.runner,), (panic_cause(result.observation.panic),)), text
        # The counts of a flaky runner are chance, so the signature leaves them out.
        shape = _shape(result.outcomes) if result.outcomes else (describe_result(result),)
        return Signature(kind, (result.runner,), shape, crashed_or_timed_out(result)), text

    def _divergence(self, case: Case, answered: Sequence[RunnerResult]) -> tuple[Signature, str]:
        odd = odd_ones_out(answered, self._families)
        # If no answer is right, all runners are wrong, also those of the majority.
        all_wrong = none_passes(answered)
        runners = tuple(result.runner for result in answered) if all_wrong else odd
        answers = tuple((r.runner, r.answer_class, r.verdict, _shape([r])) for r in answered)
        shape = (case.expect.WhichOneof("kind"), answers)
        signature = Signature(run_pb2.FINDING_KIND_DIVERGENCE, runners, shape)
        return signature, describe_odd_ones(answered, self._runners, self._families)

    def _failure(
        self, case: Case, wrong: Sequence[RunnerResult], answered: int, runner_count: int
    ) -> tuple[Signature, str]:
        runners = tuple(result.runner for result in wrong)
        alike = len({result.answer_class for result in wrong}) == 1
        if len(wrong) == answered and answered > 1 and alike:
            kind = run_pb2.FINDING_KIND_GOLDEN_SUSPECT
            counted = (
                f"all {answered}" if answered == runner_count else f"{answered} of {runner_count}"
            )
            # A golden file and an answer in the case file are fixed in different ways.
            signature = Signature(kind, (), (case.golden is not None, runners, _shape(wrong)))
            return signature, describe_contradiction(case, wrong[0], f"{counted} runners")
        names = ", ".join(self._runners[runner] for runner in runners)
        kind = run_pb2.FINDING_KIND_FAILURE
        return Signature(kind, runners, (_shape(wrong),)), f"{names}: not the expected answer"


def _shape(results: Sequence[RunnerResult | Outcome]) -> tuple[object, ...]:
    """Returns the fields that differ, and how, without indices, so that one cause has one shape."""
    return tuple(
        sorted(
            {
                (_INDEX.sub("[]", difference.field_path), difference.kind)
                for result in results
                for difference in result.differences
            }
        )
    )
