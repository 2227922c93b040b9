"""Known divergences must be true, and are told where they are not."""

from __future__ import annotations

import datetime

import pytest
from google.rpc import code_pb2

from testingkit.conformance.judge import judge
from testingkit.conformance.known import KnownBook
from testingkit.conformance.model import KnownDivergence, Place
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.divergence_pb2 import DivergenceKind, PinnedOutcome
from testingkit.conformance.v1.divergence_pb2 import KnownDivergence as Entry
from testingkit.conformance.v1.expectation_pb2 import Agreement, ErrorExpectation, Expectation
from testingkit.conformance.v1.observation_pb2 import (
    Crash,
    NoResult,
    NotRun,
    Observation,
    Panic,
    Unsupported,
)
from tests.conformance.support import answer, error, make_case, new, packed, says, schema

TODAY = datetime.date(2026, 11, 24)
CASE = make_case(says("yes"))
AGREE = make_case(Expectation(agree=Agreement(reason="a test")))
NO = PinnedOutcome(response=packed(new("Answer", text="no")))
GONE = PinnedOutcome(error=ErrorExpectation(code=code_pb2.NOT_FOUND))
PANIC = PinnedOutcome(verdict=verdict_pb2.VERDICT_PANIC)
CRASH = PinnedOutcome(verdict=verdict_pb2.VERDICT_CRASH)


def entry(
    outcome: PinnedOutcome | None = NO,
    *,
    case: str = "probe/one",
    kind: str = "BUG",
    reason: str = "issue 7",
    expires: str = "",
    runner: str = "go",
    matching: tuple[str, ...] = ("probe/one",),
    line: int = 3,
) -> KnownDivergence:
    message = Entry(
        case=case,
        kind=DivergenceKind.Value(f"DIVERGENCE_KIND_{kind}"),
        outcome=outcome,
        reason=reason,
        expires=expires,
    )
    return KnownDivergence(runner, Place("go.textproto", line), message, frozenset(matching))


def told(book: KnownBook, runners: tuple[str, ...] = ("go",), *, complete: bool = True) -> str:
    return "; ".join(untrue.text for untrue in book.untrue(runners, complete=complete))


def ask(
    known: KnownDivergence, observation: Observation, *, diverges: bool = True, agree: bool = False
) -> tuple[bool, str]:
    """Whether the entry accounts for what go did, and what is told of it."""
    book = KnownBook([known], TODAY)
    case = AGREE if agree else CASE
    judgement = judge(case, observation, schema())
    accounts = book.accounts_for("go", case, observation, judgement, schema(), diverges=diverges)
    return accounts, told(book)


BOOM = Observation(panic=Panic(text="boom"))
TRUE = [
    (NO, answer("no")),
    (GONE, error(code_pb2.NOT_FOUND, "whatever the text")),
    (PANIC, BOOM),
    (CRASH, Observation(crash=Crash(text="signal 6"))),
]


@pytest.mark.parametrize(("outcome", "observation"), TRUE)
@pytest.mark.parametrize("kind", ["BUG", "FLAKY", "BY_DESIGN", "SPEC_AMBIGUOUS"])
def test_what_is_pinned_is_accounted_for(
    outcome: PinnedOutcome, observation: Observation, kind: str
) -> None:
    assert ask(entry(outcome, kind=kind), observation) == (True, "")


OTHER = [
    (NO, answer("maybe"), 'text: "maybe"'),
    (NO, error(), "NOT_FOUND"),
    (NO, BOOM, "panic: boom"),
    (NO, Observation(response=b"\xff"), "go answers probe/one otherwise now"),
    (GONE, error(code_pb2.ABORTED), "ABORTED"),
    (GONE, answer("no"), 'text: "no"'),
    (PANIC, answer("no"), 'text: "no"'),
    (CRASH, BOOM, "panic: boom"),
    (NO, Observation(unsupported=Unsupported()), "unsupported"),
]


@pytest.mark.parametrize(("outcome", "observation", "text"), OTHER)
def test_another_outcome_is_told(
    outcome: PinnedOutcome, observation: Observation, text: str
) -> None:
    accounts, said = ask(entry(outcome), observation)
    assert not accounts
    assert said.startswith("go answers probe/one otherwise now")
    assert text in said


def test_a_pass_is_told() -> None:
    assert ask(entry(), answer("yes"), diverges=False) == (False, "go passes probe/one now")
    assert ask(entry(), answer("yes"), diverges=True) == (False, "go passes probe/one now")


def test_what_is_flaky_may_pass() -> None:
    assert ask(entry(kind="FLAKY"), answer("yes"), diverges=False) == (False, "")
    assert ask(entry(kind="FLAKY"), answer("yes"), diverges=True) == (False, "")


def test_where_only_agreement_is_asked_for_the_pinned_answer_must_stand_apart() -> None:
    assert ask(entry(), answer("no"), agree=True, diverges=True) == (True, "")
    told_now = (False, "go passes probe/one now")
    assert ask(entry(), answer("no"), agree=True, diverges=False) == told_now


@pytest.mark.parametrize(
    "observation", [Observation(not_run=NotRun()), Observation(no_result=NoResult())]
)
def test_a_runner_that_was_not_asked_says_nothing(observation: Observation) -> None:
    assert ask(entry(), observation) == (False, "")


def test_another_runner_or_case_is_not_its_business() -> None:
    book = KnownBook([entry()], TODAY)
    judgement = judge(CASE, answer("no"), schema())
    other = make_case(says("yes"), name="probe/two")
    for runner, case in (("rust", CASE), ("go", other)):
        assert not book.accounts_for(runner, case, answer("no"), judgement, schema(), diverges=True)
    assert told(book) == ""


VERDICT = "a verdict can be pinned for a panic, a crash or a timeout; else the answer"
FAULTS = [
    (entry(), ""),
    (entry(PinnedOutcome(error=ErrorExpectation())), "the entry pins any error: name its code"),
    (entry(expires="2026-11-24"), ""),
    (entry(expires="2026-11-23"), "the entry expired on 2026-11-23"),
    (entry(expires="24.11.2026"), "expires '24.11.2026' is no date such as 2027-01-31"),
    (entry(expires="20270131"), "expires '20270131' is no date such as 2027-01-31"),
    (entry(expires="2027-02-30"), "expires '2027-02-30' is no date such as 2027-01-31"),
    (entry(reason=" \n"), "the entry has no reason"),
    (entry(kind="UNSPECIFIED"), "the entry has no kind"),
    (entry(outcome=None), "the entry pins no outcome"),
    (entry(PinnedOutcome(verdict=verdict_pb2.VERDICT_PASS)), VERDICT),
    (entry(PinnedOutcome(verdict=verdict_pb2.VERDICT_NOT_RUN)), VERDICT),
    (entry(PinnedOutcome(verdict=verdict_pb2.VERDICT_MISMATCH)), VERDICT),
    (entry(PinnedOutcome(verdict=verdict_pb2.VERDICT_TIMEOUT)), ""),
    (entry(case="**"), 'case: "**" is too broad: name the suite at least'),
    (entry(case="*/one"), 'case: "*/one" is too broad: name the suite at least'),
    (entry(case="pro*/one"), 'case: "pro*/one" is too broad: name the suite at least'),
    (entry(case="probe/**"), ""),
    (entry(matching=()), 'case: "probe/one" matches no case'),
    (entry(matching=(), outcome=None), 'case: "probe/one" matches no case'),
    (entry(runner="haskell"), "there is no runner haskell"),
]


@pytest.mark.parametrize(("known", "text"), FAULTS)
def test_what_makes_an_entry_unacceptable(known: KnownDivergence, text: str) -> None:
    assert told(KnownBook([known], TODAY)) == text


def test_a_selection_says_nothing_of_what_it_left_out() -> None:
    book = KnownBook([entry(matching=())], TODAY)
    assert told(book, complete=False) == ""


def test_two_entries_for_one_case() -> None:
    book = KnownBook([entry(line=3), entry(line=9)], TODAY)
    assert told(book) == "probe/one is already covered by line 3"
    assert [untrue.place.line for untrue in book.untrue(["go"], complete=True)] == [9]


def test_everything_untrue_is_told_once_in_the_order_of_the_file() -> None:
    book = KnownBook([entry(line=9, reason=""), entry(line=3, matching=())], TODAY)
    book.untrue(["go"], complete=True)
    found = book.untrue(["go"], complete=True)
    assert [untrue.place.line for untrue in found] == [3, 9]
