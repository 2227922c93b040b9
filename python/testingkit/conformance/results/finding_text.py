"""A finding in words: its title, its place, what the runners at fault did, for all renderers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from testingkit.conformance.judging.answers import notes
from testingkit.conformance.judging.verdicts import deed_of
from testingkit.conformance.v1 import run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FindingKind,
    FinishedCase,
    PlannedCase,
    RunnerResult,
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
# Findings about what one runner did instead of answering.
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
_ABOUT = {run_pb2.FINDING_KIND_STALE: "known divergence", run_pb2.FINDING_KIND_WEAK: "suite"}
_MAX_SIMILAR = 5
_COMMAND = "testingkit "
_ENDS = ("; ", ", or ")  # of a command that is a part of an advice


def worst_first(findings: Iterable[Finding]) -> Sequence[Finding]:
    """What counts for the gate before what does not, and else in the order of the log."""
    return sorted(findings, key=lambda finding: not finding.gated)


def format_subject(finding: Finding, runners: Sequence[str]) -> str:
    """What a finding is about: a case, runners, or what names neither."""
    names = ", ".join(runners[index] for index in finding.runners)
    return finding.case_id or names or _ABOUT.get(finding.kind, "this run")


def format_method(planned: PlannedCase) -> str:
    """The method of a case, without the package."""
    service, _, method = planned.method.rpartition("/")
    return f"{service.rpartition('.')[2]}.{method}"


def is_rerun_command(finding: Finding) -> bool:
    """Whether the advice is the command that shows the finding again."""
    return bool(finding.case_id) and finding.advice.startswith("testingkit ")


def split_advice(advice: str) -> tuple[str, str, str]:
    """What an advice says before a command, the command, and what it says after it."""
    before, word, rest = advice.partition(_COMMAND)
    if not word or (before and not before.endswith(": ")):
        return advice, "", ""
    ends = [at for end in _ENDS if (at := rest.find(end)) >= 0]
    at = min(ends, default=len(rest))
    return before.strip(), word + rest[:at], rest[at:].strip(" ;,")


def format_choices_note(planned: PlannedCase) -> str:
    """What is to be known where several answers are expected; empty where one is."""
    choices = len(planned.expect.any_of.choices)
    return f"any of {choices} answers is expected: the closest one is shown" if choices else ""


def format_similar_cases(finding: Finding) -> str:
    """How many cases have the same signature, and the first of them; empty where none has."""
    names = finding.similar_case_ids
    if not names:
        return ""
    shown = ", ".join(names[:_MAX_SIMILAR])
    more = f" and {len(names) - _MAX_SIMILAR} more" if len(names) > _MAX_SIMILAR else ""
    plural = "case" if len(names) == 1 else "cases"
    return f"Same signature in {len(names)} more {plural}: {shown}{more}"


def answer_sides(finished: FinishedCase) -> Sequence[Sequence[RunnerResult]]:
    """The results that are answers, those that are equal together."""
    sides: dict[int, list[RunnerResult]] = {}
    for result in finished.results:
        if result.answer_class:
            sides.setdefault(result.answer_class, []).append(result)
    return list(sides.values())


def failing_observations(finding: Finding, finished: FinishedCase) -> Iterator[Observation]:
    """What the runners at fault did: of calls left unanswered there is no more to tell."""
    if finding.kind in _UNANSWERED:
        return
    for result in finished.results:
        deed = deed_of(result)
        if deed is not None and result.runner in finding.runners:
            yield from (o.observation for o in deed.outcomes or [deed])


def format_alone_note(finding: Finding, finished: FinishedCase) -> str:
    """Whether the call did it again when it was the only one."""
    alone = any(o.crash.alone or o.timeout.alone for o in failing_observations(finding, finished))
    return "; the same when run alone" if alone else ""


def failing_notes(finding: Finding, finished: FinishedCase) -> Iterator[str]:
    """Standard error and backtraces of the runners at fault."""
    for observation in failing_observations(finding, finished):
        yield from notes(observation)


def other_runners(finding: Finding, finished: FinishedCase) -> Iterator[tuple[int, bool]]:
    """The runners that are not at fault, each with whether it passed."""
    for result in finished.results:
        if finding.runners and result.runner not in finding.runners:
            yield result.runner, result.verdict == verdict_pb2.VERDICT_PASS
