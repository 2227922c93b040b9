"""What is to become of golden files: what `accept` shows to a person, and then writes."""

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
    """What becomes of a golden file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GoldenProposal:
    """What is to become of one case's golden file."""

    case: Case
    finished: FinishedCase
    status: GoldenStatus
    reason: str = ""  # why it is refused
    text: str = ""  # of the file
    golden: GoldenFile | None = None
    differences: Sequence[Difference] = ()  # of the answer from the golden that is there
    source: int | None = None  # the runner whose answer it is; none where it is refused


@dataclass(frozen=True, slots=True)
class GoldenProposals:
    """What is to become of all of them."""

    runners: Sequence[str]
    problems: Mapping[str, str]  # of runners that did not start
    proposals: Sequence[GoldenProposal]
    schema: Schema

    def with_status(self, status: GoldenStatus) -> Sequence[GoldenProposal]:
        """Returns those that stand so."""
        return [proposal for proposal in self.proposals if proposal.status is status]

    @property
    def texts(self) -> Mapping[Path, str]:
        """The files to write."""
        return {
            proposal.case.golden.file: proposal.text
            for proposal in self.proposals
            if proposal.case.golden is not None and proposal.text
        }


def is_acceptable(result: RunnerResult) -> bool:
    """Tells whether a runner answered, the same every time, and with nothing known to be wrong."""
    panicked = result.verdict == verdict_pb2.VERDICT_PANIC
    return bool(result.answer_class) and not (panicked or result.outcomes or result.known)


def describe_unusable(result: RunnerResult) -> str:
    """What a runner did that gave no answer to keep."""
    return "what is known to diverge" if result.known else describe_result(result)
