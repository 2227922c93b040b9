"""Known divergences account for pinned outcomes; stale entries are reported."""

from __future__ import annotations

import datetime

import pytest
from google.rpc import code_pb2

from testingkit.conformance.cases.model import Case
from testingkit.conformance.errors import Place
from testingkit.conformance.judging.judge import judge
from testingkit.conformance.known.book import JudgedOutcome, KnownBook, PeerAnswers
from testingkit.conformance.known.model import KnownDivergence
from testingkit.conformance.v1 import verdict_pb2
from testingkit.conformance.v1.divergence_pb2 import DivergenceKind, PinnedOutcome
from testingkit.conformance.v1.divergence_pb2 import KnownDivergence as Entry
from testingkit.conformance.v1.expectation_pb2 import (
    Agreement,
    AnyOf,
    ErrorExpectation,
    Expectation,
)
from testingkit.conformance.v1.observation_pb2 import (
    Crash,
    NoResult,
    NotRun,
    Observation,
    Panic,
    Unsupported,
)
from tests.conformance.support import answer, error, make_case, new, packed, says

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


def stale_texts(
    book: KnownBook, runners: tuple[str, ...] = ("go",), *, complete: bool = True
) -> str:
    return "; ".join(entry.text for entry in book.stale(runners, complete=complete))


# The correct answers of the others: different, the same, none; all of them answered.
APART = PeerAnswers(some_differ=True, some_agree=False, complete=True)
JOINED = PeerAnswers(some_differ=False, some_agree=True, complete=True)
ALONE = PeerAnswers(some_differ=False, some_agree=False, complete=True)
# The same, but a runner gave no answer.
JOINED_BY_SOME = PeerAnswers(some_differ=False, some_agree=True, complete=False)
UNSEEN = PeerAnswers(some_differ=False, some_agree=False, complete=False)


def account(
    known: KnownDivergence,
    *observations: Observation,
    peers: PeerAnswers = APART,
    case: Case = CASE,
) -> tuple[bool, str]:
    """Returns whether the entry accounts for the outcomes of go, and why it is stale."""
    book = KnownBook([known], TODAY)
    outcomes = [JudgedOutcome(o, judge(case, o), peers) for o in observations]
    return book.accounts_for(known, case, outcomes), stale_texts(book)


BOOM = Observation(panic=Panic(text="boom"))
TRUE = [
    (NO, answer("no")),
    (GONE, error(code_pb2.NOT_FOUND, "any text")),
    (PANIC, BOOM),
    (CRASH, Observation(crash=Crash(text="signal 6"))),
]


@pytest.mark.parametrize(("outcome", "observation"), TRUE)
@pytest.mark.parametrize("kind", ["BUG", "FLAKY", "BY_DESIGN", "SPEC_AMBIGUOUS"])
def test_pinned_outcome_is_accounted_for(
    outcome: PinnedOutcome, observation: Observation, kind: str
) -> None:
    assert account(entry(outcome, kind=kind), observation) == (True, "")


OTHER = [
    (NO, answer("maybe"), 'text: "maybe"'),
    (NO, error(), "NOT_FOUND"),
    (NO, BOOM, "panic: boom"),
    (NO, Observation(response=b"\xff"), "go answers probe/one differently now"),
    (GONE, error(code_pb2.ABORTED), "ABORTED"),
    (GONE, answer("no"), 'text: "no"'),
    (PANIC, answer("no"), 'text: "no"'),
    (CRASH, BOOM, "panic: boom"),
    (NO, Observation(unsupported=Unsupported()), "unsupported"),
]


@pytest.mark.parametrize(("outcome", "observation", "text"), OTHER)
def test_different_outcome_makes_an_entry_stale(
    outcome: PinnedOutcome, observation: Observation, text: str
) -> None:
    accounts, found = account(entry(outcome), observation)
    assert not accounts
    assert found.startswith("go answers probe/one differently now")
    assert text in found


PASSES = (False, "go passes probe/one now")
CHANGED = (False, "go answers probe/one differently now: a response")
UNPROVEN = (False, "")


@pytest.mark.parametrize("peers", [APART, JOINED, ALONE, JOINED_BY_SOME, UNSEEN])
def test_pass_makes_an_entry_stale_unless_it_is_flaky(peers: PeerAnswers) -> None:
    assert account(entry(), answer("yes"), peers=peers) == PASSES
    assert account(entry(kind="FLAKY"), answer("yes"), peers=peers) == UNPROVEN


# If only agreement is expected: kind of the entry, answer, peers, result.
AGREEMENTS = [
    ("BUG", "no", APART, (True, "")),
    ("BUG", "no", JOINED, PASSES),
    ("BUG", "no", ALONE, PASSES),
    # A runner that gave no answer may differ.
    ("BUG", "no", JOINED_BY_SOME, UNPROVEN),
    ("BUG", "no", UNSEEN, UNPROVEN),
    ("BUG", "yes", JOINED, PASSES),
    ("BUG", "yes", JOINED_BY_SOME, PASSES),
    ("BUG", "maybe", APART, CHANGED),
    ("BUG", "maybe", UNSEEN, CHANGED),
    ("FLAKY", "no", APART, (True, "")),
    ("FLAKY", "yes", JOINED, UNPROVEN),
    ("FLAKY", "yes", UNSEEN, UNPROVEN),
    ("FLAKY", "maybe", APART, CHANGED),
]


@pytest.mark.parametrize(("kind", "text", "peers", "expected"), AGREEMENTS)
def test_agreement_is_judged_by_the_other_runners(
    kind: str, text: str, peers: PeerAnswers, expected: tuple[bool, str]
) -> None:
    assert account(entry(kind=kind), answer(text), peers=peers, case=AGREE) == expected


def test_one_of_several_correct_answers_can_be_pinned() -> None:
    case = make_case(Expectation(any_of=AnyOf(choices=[says("yes"), says("no")])))
    assert account(entry(), answer("no"), peers=APART, case=case) == (True, "")
    assert account(entry(), answer("no"), peers=JOINED, case=case) == PASSES
    assert account(entry(), answer("no"), peers=JOINED_BY_SOME, case=case) == UNPROVEN


def test_flaky_runner_needs_an_entry_of_kind_flaky() -> None:
    both = (answer("yes"), answer("no"))
    assert account(entry(kind="FLAKY"), *both) == (True, "")
    assert account(entry(PANIC, kind="FLAKY"), answer("yes"), BOOM) == (True, "")
    text = "go does not answer probe/one the same every time"
    assert account(entry(), *both) == (False, text)


def test_third_outcome_makes_a_flaky_entry_stale() -> None:
    accounts, text = account(entry(kind="FLAKY"), answer("yes"), answer("no"), answer("maybe"))
    assert (accounts, text) == (False, 'go answers probe/one differently now: text: "maybe"')


def test_flaky_outcome_can_pass_if_agreement_is_expected() -> None:
    flaky = entry(kind="FLAKY")
    for peers in (JOINED, UNSEEN):
        pinned = (answer("no"), answer("yes"))
        assert account(flaky, *pinned, peers=peers, case=AGREE) == (True, "")
        other = (answer("maybe"), answer("yes"))
        assert account(flaky, *other, peers=peers, case=AGREE) == CHANGED
    assert account(flaky, answer("no"), answer("maybe"), peers=APART, case=AGREE) == CHANGED


@pytest.mark.parametrize(
    "observation", [Observation(not_run=NotRun()), Observation(no_result=NoResult())]
)
def test_entry_of_a_runner_that_was_not_called_is_not_stale(observation: Observation) -> None:
    assert account(entry(), observation) == UNPROVEN


def test_entry_is_for_its_runner_and_cases_only() -> None:
    known = entry()
    book = KnownBook([known], TODAY)
    assert book.entry_for("go", "probe/one") is known
    assert book.entry_for("rust", "probe/one") is None
    assert book.entry_for("go", "probe/two") is None


VERDICT = "only the verdicts of a panic, a crash and a timeout can be pinned; pin the answer"
FAULTS = [
    (entry(), ""),
    (entry(PinnedOutcome(error=ErrorExpectation())), "the entry pins any error: name its code"),
    (
        entry(PinnedOutcome(error=ErrorExpectation(code=code_pb2.ABORTED, other_codes=[1]))),
        "the entry pins one of several errors: name the one code",
    ),
    (entry(expires="2026-11-24"), ""),
    (entry(expires="2026-11-23"), "the entry expired on 2026-11-23"),
    (entry(expires="24.11.2026"), "expires '24.11.2026' is not a date such as 2027-01-31"),
    (entry(expires="20270131"), "expires '20270131' is not a date such as 2027-01-31"),
    (
        entry(expires="\u0662027-01-31"),
        "expires '\u0662027-01-31' is not a date such as 2027-01-31",
    ),
    (entry(expires="2027-02-30"), "expires '2027-02-30' is not a date such as 2027-01-31"),
    (entry(reason=" \n"), "the entry has no reason"),
    (entry(reason="\u200b"), "the entry has no reason"),
    (entry(reason="\u3164"), "the entry has no reason"),
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


@pytest.mark.parametrize(("known", "text"), [f for f in FAULTS if f[0].case_ids and f[1]])
def test_invalid_entry_accounts_for_nothing(known: KnownDivergence, text: str) -> None:
    outcomes: dict[str | None, list[Observation]] = {
        "verdict": [Observation(response=b""), error(), BOOM, Observation(not_run=NotRun())],
        "error": [error(), error(code_pb2.ABORTED)],
        None: [answer("no")],
    }
    expired = "expired on" in text  # which is a reason to look at it, and no mistake in the file
    unknown_runner = "there is no runner" in text
    for observation in outcomes.get(known.message.outcome.WhichOneof("kind"), [answer("no")]):
        outcome = JudgedOutcome(observation, judge(CASE, observation), APART)
        book = KnownBook([known], TODAY)
        assert book.accounts_for(known, CASE, [outcome]) is (expired or unknown_runner)
        assert [one.text for one in book.flawed()] == [text] * (not expired and not unknown_runner)


@pytest.mark.parametrize(("known", "text"), FAULTS)
def test_invalid_entry_is_stale(known: KnownDivergence, text: str) -> None:
    assert stale_texts(KnownBook([known], TODAY)) == text


def test_selection_does_not_report_entries_that_it_left_out() -> None:
    flawed = [
        entry(matching=()),
        entry(reason=""),
        entry(expires="2026-11-23"),
        entry(case="**"),
        entry(runner="haskell"),
    ]
    for known in flawed:
        assert stale_texts(KnownBook([known], TODAY)) != ""
        assert stale_texts(KnownBook([known], TODAY), complete=False) == ""


def test_selection_reports_entries_of_its_cases() -> None:
    known = entry(reason="", expires="2026-11-23")
    book = KnownBook([known], TODAY)
    outcome = JudgedOutcome(answer("no"), judge(CASE, answer("no")), APART)
    assert not book.accounts_for(known, CASE, [outcome])
    text = "the entry expired on 2026-11-23; the entry has no reason"
    assert stale_texts(book, complete=False) == text


def test_second_entry_for_a_case_is_stale() -> None:
    book = KnownBook([entry(line=3), entry(line=9)], TODAY)
    assert stale_texts(book) == "probe/one is already covered by line 3"
    assert [untrue.place.line for untrue in book.stale(["go"], complete=True)] == [9]


def test_stale_entries_are_reported_once_in_file_order() -> None:
    book = KnownBook([entry(line=9, reason=""), entry(line=3, matching=())], TODAY)
    book.stale(["go"], complete=True)
    found = book.stale(["go"], complete=True)
    assert [untrue.place.line for untrue in found] == [3, 9]


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        ("yes", "go passes 30 cases (probe/c00, ...) now"),
        (
            "maybe",
            'go answers 30 cases (probe/c00, ...) differently now; probe/c00: text: "maybe"',
        ),
    ],
)
def test_entry_that_is_stale_for_many_cases_is_one_problem(outcome: str, text: str) -> None:
    ids = tuple(f"probe/c{number:02}" for number in range(30))
    known = entry(case="probe/*", matching=ids)
    book = KnownBook([known], TODAY)
    for case_id in reversed(ids):
        case = make_case(says("yes"), name=case_id)
        judged = JudgedOutcome(answer(outcome), judge(case, answer(outcome)), APART)
        assert not book.accounts_for(known, case, [judged])
    some = "probe/c00, probe/c01, probe/c02 and 27 more"
    assert stale_texts(book) == text.replace("probe/c00, ...", some)


def test_entries_that_overlap_in_many_cases_are_one_problem_for_each_first_entry() -> None:
    ids = tuple(f"probe/c{number:02}" for number in range(10))
    firsts = [entry(matching=ids[:6], line=3), entry(matching=ids[6:7], line=5)]
    book = KnownBook([*firsts, entry(matching=ids, line=9)], TODAY)
    assert stale_texts(book) == (
        "6 cases (probe/c00, probe/c01, probe/c02 and 3 more) are already covered by line 3; "
        "probe/c06 is already covered by line 5"
    )
