"""Known divergences against what a run found: each entry must still be true.

An entry accounts for a result only if the runner gave exactly the pinned outcome. Entries that are
not true, or never were acceptable, fail the gate; `KnownBook.untrue` says which and why.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from google.rpc import code_pb2

from testingkit.conformance.answers import describe, is_answer
from testingkit.conformance.descriptors import Schema
from testingkit.conformance.expectations import Judgement, check, fault
from testingkit.conformance.model import Case, KnownDivergence, Place
from testingkit.conformance.v1 import divergence_pb2, expectation_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation

# A run says nothing of an entry whose runner was not asked, or was not there to answer.
_NEVER_ASKED = frozenset({verdict_pb2.VERDICT_NO_RESULT, verdict_pb2.VERDICT_NOT_RUN})
# A verdict is pinned where there is no answer to pin.
_PINNABLE = frozenset(
    {verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_CRASH, verdict_pb2.VERDICT_TIMEOUT}
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, order=True, slots=True)
class Untrue:
    """An entry that is not true, and why."""

    place: Place
    text: str


class KnownBook:
    """The entries of a project, and what a run says of them."""

    def __init__(self, entries: Sequence[KnownDivergence], today: datetime.date) -> None:
        self._by_case: dict[tuple[str, str], KnownDivergence] = {}
        self._found: dict[Untrue, None] = {}
        self._entries = entries
        self._today = today
        for entry in entries:
            for case_id in sorted(entry.case_ids):
                first = self._by_case.setdefault((entry.runner, case_id), entry)
                if first is not entry:
                    self._say(entry, f"{case_id} is already covered by line {first.place.line}")

    def accounts_for(
        self,
        runner: str,
        case: Case,
        observation: Observation,
        judgement: Judgement,
        schema: Schema,
        *,
        diverges: bool,
    ) -> bool:
        """Tells whether an entry accounts for a result; notes where one is no longer true."""
        entry = self._by_case.get((runner, case.id))
        if entry is None:
            return False
        if judgement.verdict in _NEVER_ASKED:
            return False
        passes = judgement.verdict == verdict_pb2.VERDICT_PASS
        pinned = _is_pinned(entry.message.outcome, case, observation, judgement, schema)
        if pinned and (diverges or not passes):
            return True
        if passes:
            if entry.message.kind != divergence_pb2.DIVERGENCE_KIND_FLAKY:
                self._say(entry, f"{runner} passes {case.id} now")
            return False
        self._say(
            entry, f"{runner} answers {case.id} otherwise now: {_answer(judgement, observation)}"
        )
        return False

    def accounts_for_flaky(
        self,
        runner: str,
        case: Case,
        outcomes: Sequence[tuple[Observation, Judgement]],
        schema: Schema,
    ) -> bool:
        """Tells whether an entry accounts for a runner that does not do the same every time.

        It does where it is of kind FLAKY and every outcome is the expected or the pinned one.
        """
        entry = self._by_case.get((runner, case.id))
        if entry is None:
            return False
        if entry.message.kind != divergence_pb2.DIVERGENCE_KIND_FLAKY:
            self._say(entry, f"{runner} does not answer {case.id} the same every time")
            return False
        for observation, judgement in outcomes:
            pinned = _is_pinned(entry.message.outcome, case, observation, judgement, schema)
            if judgement.verdict != verdict_pb2.VERDICT_PASS and not pinned:
                answer = _answer(judgement, observation)
                self._say(entry, f"{runner} answers {case.id} otherwise now: {answer}")
                return False
        return True

    def untrue(self, runners: Sequence[str], *, complete: bool) -> Sequence[Untrue]:
        """Returns the entries that are not true.

        Args:
            runners: The runners of the project.
            complete: Whether every case was loaded. Where a selection left some out, an entry that
                matched none of the others says nothing.
        """
        for entry in self._entries:
            for text in _faults(entry, self._today):
                self._say(entry, text)
            if entry.runner not in runners:
                self._say(entry, f"there is no runner {entry.runner}")
            elif complete and not entry.case_ids:
                self._say(entry, f'case: "{entry.message.case}" matches no case')
        return sorted(self._found)

    def _say(self, entry: KnownDivergence, text: str) -> None:
        self._found[Untrue(entry.place, text)] = None


def _faults(entry: KnownDivergence, today: datetime.date) -> Sequence[str]:
    """What makes an entry unacceptable whatever the runner does."""
    message = entry.message
    faults = []
    if not message.reason.strip():
        faults.append("the entry has no reason")
    if message.kind == divergence_pb2.DIVERGENCE_KIND_UNSPECIFIED:
        faults.append("the entry has no kind")
    pinned = message.outcome.WhichOneof("kind")
    if entry.case_ids and pinned is None:
        faults.append("the entry pins no outcome")
    if pinned == "verdict" and message.outcome.verdict not in _PINNABLE:
        faults.append("a verdict can be pinned for a panic, a crash or a timeout; else the answer")
    if pinned == "error" and message.outcome.error.code == code_pb2.OK:
        faults.append("the entry pins any error: name its code")
    if "*" in message.case.partition("/")[0]:
        faults.append(f'case: "{message.case}" is too broad: name the suite at least')
    if message.expires:
        faults += _expiry(message.expires, today)
    return faults


def _expiry(expires: str, today: datetime.date) -> Sequence[str]:
    try:
        last = datetime.date.fromisoformat(expires) if _DATE.fullmatch(expires) else None
    except ValueError:
        last = None
    if last is None:
        return [f"expires {expires!r} is no date such as 2027-01-31"]
    return [f"the entry expired on {expires}"] if last < today else []


def _is_pinned(
    outcome: divergence_pb2.PinnedOutcome,
    case: Case,
    observation: Observation,
    judgement: Judgement,
    schema: Schema,
) -> bool:
    kind = outcome.WhichOneof("kind")
    if kind == "verdict":
        return outcome.verdict == judgement.verdict
    if kind is None or not is_answer(observation) or observation.HasField("panic"):
        return False
    if fault(case, observation, schema):
        return False
    expect = expectation_pb2.Expectation()
    if kind == "response":
        expect.response.CopyFrom(outcome.response)
    else:
        expect.error.CopyFrom(outcome.error)
    return check(expect, case, observation, schema).verdict == verdict_pb2.VERDICT_PASS


def _answer(judgement: Judgement, observation: Observation) -> str:
    changed = [f"{d.field_path}: {d.actual}" for d in judgement.differences if d.field_path]
    return ", ".join(changed[:3]) or describe(observation)
