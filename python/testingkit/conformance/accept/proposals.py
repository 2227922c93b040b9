"""The proposed changes of golden files, which `accept` shows and then writes."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from testingkit.conformance.cases.model import Case
from testingkit.conformance.protobuf.schema import Schema
from testingkit.conformance.results.result_text import describe_result
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.golden_pb2 import GoldenFile
from testingkit.conformance.v1.run_pb2 import FinishedCase, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import Difference


class GoldenStatus(enum.Enum):
    """What happens to a golden file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GoldenProposal:
    """The proposed change of the golden file of one case.

    Attributes:
        case: The case.
        finished: The results of all runners.
        status: What happens to the file.
        reason: Why it is refused; empty if it is not.
        text: The new text of the file; empty if it is not written.
        golden: The new golden; None if it is refused.
        differences: Where the answer differs from the current golden.
        source: The runner whose answer it is; None if it is refused.
        sources: If it is refused, the runners whose answers `--from` would accept.
    """

    case: Case
    finished: FinishedCase
    status: GoldenStatus
    reason: str = ""
    text: str = ""
    golden: GoldenFile | None = None
    differences: Sequence[Difference] = ()
    source: int | None = None
    sources: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class GoldenProposals:
    """The proposed changes of all golden files.

    Attributes:
        runners: The names of the runners.
        problems: Why runners did not start, by their names.
        proposals: One proposal for each case.
        schema: The types.
    """

    runners: Sequence[str]
    problems: Mapping[str, str]
    proposals: Sequence[GoldenProposal]
    schema: Schema

    def with_status(self, status: GoldenStatus) -> Sequence[GoldenProposal]:
        """Returns the proposals with a status."""
        return [proposal for proposal in self.proposals if proposal.status is status]

    @property
    def texts(self) -> Mapping[Path, str]:
        """The new text of each file to write."""
        return {
            proposal.case.golden.file: proposal.text
            for proposal in self.proposals
            if proposal.case.golden is not None and proposal.text
        }


def is_acceptable(result: RunnerResult) -> bool:
    """Returns whether a runner gave one answer, but no panic and no known divergence."""
    panicked = result.verdict == verdict_pb2.VERDICT_PANIC
    return bool(result.answer_class) and not (panicked or result.outcomes or result.known)


def describe_unusable(result: RunnerResult) -> str:
    """Returns a result that is not acceptable, in one line."""
    return "a known divergence" if result.known else describe_result(result)
