"""Finds what makes an entry of known divergences invalid by itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from google.rpc import code_pb2

from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.text.reasons import is_reason
from testingkit.conformance.v1 import divergence_pb2, verdict_pb2

# Verdicts without an answer that could be pinned.
PINNABLE = frozenset(
    {verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_CRASH, verdict_pb2.VERDICT_TIMEOUT}
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def flaws(entry: KnownDivergence) -> Sequence[str]:
    """Returns what is wrong with an entry by itself, except that it has expired."""
    return [*_unexplained(entry), *flaws_of_draft(entry)]


def _unexplained(entry: KnownDivergence) -> Sequence[str]:
    """Returns which explanations an entry lacks; a person writes them."""
    found = []
    if not is_reason(entry.message.reason):
        found.append("the entry has no reason")
    if entry.message.kind == divergence_pb2.DIVERGENCE_KIND_UNSPECIFIED:
        found.append("the entry has no kind")
    return found


def flaws_of_draft(entry: KnownDivergence) -> Sequence[str]:
    """Returns what is wrong with an entry that a person has not explained yet."""
    message = entry.message
    found = []
    if message.kind not in divergence_pb2.DivergenceKind.values():
        found.append(f"kind {message.kind} is not known")
    found += _flaws_of_pin(message.outcome) if entry.case_ids else ()
    if "*" in message.case.partition("/")[0]:
        found.append(f'case: "{message.case}" is too broad: name the suite at least')
    if message.expires and parse_date(message.expires) is None:
        found.append(f"expires {message.expires!r} is not a date such as 2027-01-31")
    return found


def _flaws_of_pin(outcome: divergence_pb2.PinnedOutcome) -> Sequence[str]:
    kind = outcome.WhichOneof("kind")
    if kind is None:
        return ["the entry pins no outcome"]
    if kind == "verdict" and outcome.verdict not in PINNABLE:
        return ["only the verdicts of a panic, a crash and a timeout can be pinned; pin the answer"]
    if kind == "error" and outcome.error.code == code_pb2.OK:
        return ["the entry pins any error: name its code"]
    if kind == "error" and outcome.error.other_codes:
        return ["the entry pins one of several errors: name the one code"]
    return []


def has_expired(entry: KnownDivergence, today: datetime.date) -> bool:
    """Returns whether the last day of an entry has passed; without a valid date it never has."""
    last = parse_date(entry.message.expires)
    return last is not None and last < today


def parse_date(text: str) -> datetime.date | None:
    """Returns a date such as ``2027-01-31``; None if the text is not one."""
    try:
        return datetime.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
