"""Formats a finding for all reports: title, subject, and what the failing runners did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from testingkit.conformance.judging.answers import notes
from testingkit.conformance.judging.verdicts import outcome_of
from testingkit.conformance.results.answer_classes import compares_classes
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FindingKind,
    FinishedCase,
    PlannedCase,
)

TITLES: Mapping[FindingKind.ValueType, str] = {
    run_pb2.FINDING_KIND_RUNNER: "RUNNER",
    run_pb2.FINDING_KIND_PROTOCOL: "PROTOCOL",
    run_pb2.FINDING_KIND_CRASH: "CRASH",
    run_pb2.FINDING_KIND_TIMEOUT: "TIMEOUT",
    run_pb2.FINDING_KIND_PANIC: "PANIC",
    run_pb2.FINDING_KIND_DIVERGENCE: "DIVERGE",
    run_pb2.FINDING_KIND_GOLDEN_SUSPECT: "GOLDEN?",
    run_pb2.FINDING_KIND_FAILURE: "FAIL",
    run_pb2.FINDING_KIND_INCOMPLETE: "NO ANSWER",
    run_pb2.FINDING_KIND_STALE: "STALE",
    run_pb2.FINDING_KIND_FLAKY: "FLAKY",
    run_pb2.FINDING_KIND_WEAK: "WEAK",
}
# Findings about what one runner did instead of giving one answer.
ONE_RUNNER_KINDS = frozenset(
    {
        run_pb2.FINDING_KIND_PROTOCOL,
        run_pb2.FINDING_KIND_CRASH,
        run_pb2.FINDING_KIND_TIMEOUT,
        run_pb2.FINDING_KIND_PANIC,
        run_pb2.FINDING_KIND_INCOMPLETE,
        run_pb2.FINDING_KIND_FLAKY,
    }
)
_UNANSWERED = frozenset({run_pb2.FINDING_KIND_PROTOCOL, run_pb2.FINDING_KIND_INCOMPLETE})
_SUBJECTS = {run_pb2.FINDING_KIND_STALE: "known divergence", run_pb2.FINDING_KIND_WEAK: "suite"}
_MAX_SIMILAR = 5
_COMMAND = "testingkit "
_COMMAND_ENDS = ("; ", ", or ")  # what follows a command within an advice


def worst_first(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Returns the findings, gated ones first, otherwise in the order of the log."""
    return sorted(findings, key=lambda finding: not finding.gated)


def format_subject(finding: Finding, runners: Sequence[str]) -> str:
    """Returns the id of the case that a finding is about, else its runners, else a noun."""
    names = ", ".join(runners[index] for index in finding.runners)
    return finding.case_id or names or _SUBJECTS.get(finding.kind, "this run")


def format_method(planned: PlannedCase) -> str:
    """Returns the method of a case without the package, such as ``Slug.Make``."""
    service, _, method = planned.method.rpartition("/")
    return f"{service.rpartition('.')[2]}.{method}"


def is_rerun_command(finding: Finding) -> bool:
    """Returns whether the advice is the command that reproduces the finding."""
    return bool(finding.case_id) and finding.advice.startswith(_COMMAND)


def split_advice(advice: str) -> tuple[str, str, str]:
    """Splits an advice into the text before a command, the command, and the text after it.

    An advice without a command is all text before it.
    """
    before, word, rest = advice.partition(_COMMAND)
    if not word or (before and not before.endswith(": ")):
        return advice, "", ""
    ends = [at for end in _COMMAND_ENDS if (at := rest.find(end)) >= 0]
    at = min(ends, default=len(rest))
    return before.strip(), word + rest[:at], rest[at:].strip(" ;,")


def format_choices_note(planned: PlannedCase, finished: FinishedCase) -> str:
    """Returns a note if the case accepts several answers; empty if it accepts one."""
    choices = len(planned.expect.any_of.choices)
    if not choices:
        return ""
    shown = (
        "runners give different ones" if compares_classes(finished) else "the closest one is shown"
    )
    return f"any of {choices} answers is expected: {shown}"


def format_similar_cases(finding: Finding) -> str:
    """Returns the number of cases with the same signature and the first ids; may be empty."""
    names = finding.similar_case_ids
    if not names:
        return ""
    shown = ", ".join(names[:_MAX_SIMILAR])
    more = f" and {len(names) - _MAX_SIMILAR} more" if len(names) > _MAX_SIMILAR else ""
    plural = "case" if len(names) == 1 else "cases"
    return f"Same signature in {len(names)} more {plural}: {shown}{more}"


def failing_observations(finding: Finding, finished: FinishedCase) -> Iterator[Observation]:
    """Yields the observations of the failing runners; none for calls without an answer."""
    if finding.kind in _UNANSWERED:
        return
    for result in finished.results:
        answered = outcome_of(result)
        if answered is not None and result.runner in finding.runners:
            yield from (o.observation for o in answered.outcomes or [answered])


def format_alone_note(finding: Finding, finished: FinishedCase) -> str:
    """Returns a note if the call failed in the same way when run alone; else an empty text."""
    alone = any(o.crash.alone or o.timeout.alone for o in failing_observations(finding, finished))
    return "; the same when run alone" if alone else ""


def failing_notes(finding: Finding, finished: FinishedCase) -> Iterator[str]:
    """Yields standard error and backtraces of the failing runners."""
    for observation in failing_observations(finding, finished):
        yield from notes(observation)


def other_runners(
    finding: Finding, planned: PlannedCase, finished: FinishedCase
) -> Iterator[tuple[int, str]]:
    """Yields the runners that the finding does not name, each with a mark: ``✓`` if it passed.

    If nothing is expected, an answer has no mark.
    """
    right = "" if planned.expect.HasField("agree") else "✓"
    for result in finished.results:
        if finding.runners and result.runner not in finding.runners:
            yield result.runner, right if result.verdict == verdict_pb2.VERDICT_PASS else "✗"
