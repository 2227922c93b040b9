"""Makes pinned outcomes from observations, and prints entries of known divergences as text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from testingkit.conformance.cases.model import Case
from testingkit.conformance.judging.answers import error_facts
from testingkit.conformance.protobuf.any_parts import unambiguous
from testingkit.conformance.protobuf.text_format import print_source, quote, visible
from testingkit.conformance.v1.divergence_pb2 import (
    DivergenceKind,
    KnownDivergence,
    PinnedOutcome,
)
from testingkit.conformance.v1.expectation_pb2 import ErrorExpectation
from testingkit.conformance.v1.observation_pb2 import Error, Observation
from testingkit.conformance.v1.verdict_pb2 import Verdict

_WIDTH = 100
# Comments for the fields that a person must fill in; `lint` and runs refuse the entry until then.
_PLACEHOLDERS = {
    "kind": "  # choose: …_BUG, …_BY_DESIGN, …_SPEC_AMBIGUOUS or …_FLAKY",
    "reason": "  # explain why this is accepted",
}


def pin_of(case: Case, observation: Observation, verdict: Verdict.ValueType) -> PinnedOutcome:
    """Returns the outcome to pin: the answer, or the verdict if there is no answer."""
    if observation.HasField("response"):
        pin = PinnedOutcome()
        pin.response.type_url = f"type.googleapis.com/{case.method.response.full_name}"
        pin.response.value = observation.response
        return pin
    if observation.HasField("error"):
        return PinnedOutcome(error=_error(case, observation.error))
    return PinnedOutcome(verdict=verdict)


def _error(case: Case, error: Error) -> ErrorExpectation:
    """Returns a pin of the error's facts, and of field path and message if the case expects one."""
    facts = error_facts(error)
    pin = ErrorExpectation(code=error.code, reason=facts.reason, domain=facts.domain)
    expected = [case.expect, *case.expect.any_of.choices]
    if any(choice.error.field_path for choice in expected) and facts.field_paths:
        pin.field_path = facts.field_paths[0]
    if any(choice.error.message for choice in expected):
        pin.message = error.message
    return pin


def entry_text(entry: KnownDivergence, case: Case) -> str:
    """Returns an entry as text, without the ``Any`` wrapper of a response.

    Args:
        entry: The entry. Without a kind or a reason it gets placeholders, which are not valid.
        case: One of its cases.
    """
    lines = [f"case: {_quoted(entry.case)}"]
    kind = DivergenceKind.Name(entry.kind)
    lines.append(f"kind: {kind}{'' if entry.kind else _PLACEHOLDERS['kind']}")
    lines += _outcome(entry.outcome, case)
    reason = "" if entry.reason else _PLACEHOLDERS["reason"]
    lines.append(f"reason: {_quoted(entry.reason)}{reason}")
    for name in ("issue", "owner", "expires"):
        if getattr(entry, name):
            lines.append(f"{name}: {_quoted(getattr(entry, name))}")
    return "\n".join(["entries {", *(f"  {line}" for line in lines), "}", ""])


def _outcome(outcome: PinnedOutcome, case: Case) -> Sequence[str]:
    """Returns the field ``outcome`` in one line if it is short, else in several."""
    one_line = _pin(outcome, case, as_one_line=True)
    if len(one_line) + len("  outcome {  }") <= _WIDTH:
        return [f"outcome {{ {one_line} }}"]
    several = _pin(outcome, case, as_one_line=False)
    return ["outcome {", *textwrap.indent(several, "  ").splitlines(), "}"]


def _pin(outcome: PinnedOutcome, case: Case, *, as_one_line: bool) -> str:
    if not outcome.HasField("response"):
        return print_source(outcome, case.method.pool, as_one_line=as_one_line)
    response = case.method.parse_response(outcome.response.value)
    if response is None:
        raise AssertionError(f"{case.id}: the pinned response does not parse")
    text = print_source(unambiguous(response), case.method.pool, as_one_line=as_one_line)
    if as_one_line:
        return f"response {{ {text} }}" if text else "response {}"
    return f"response {{\n{textwrap.indent(text, '  ')}}}\n"


def _quoted(text: str) -> str:
    return visible(quote(text))
