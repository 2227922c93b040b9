"""Findings: one for each cause, with the odd one out, the advice and the order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from testingkit.conformance.cases.model import GoldenSource
from testingkit.conformance.errors import Place
from testingkit.conformance.known.book import StaleEntry
from testingkit.conformance.results.findings import MAX_EXAMPLES, FindingBook
from testingkit.conformance.v1 import case_pb2, parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.expectation_pb2 import Agreement, Expectation
from testingkit.conformance.v1.golden_pb2 import Provenance, Witness
from testingkit.conformance.v1.run_pb2 import Finding, FindingKind, FinishedCase, RunnerResult
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.finished_cases import Result, finish, flaky_result
from tests.conformance.support import make_case, says

PASS, MISMATCH = verdict_pb2.VERDICT_PASS, verdict_pb2.VERDICT_MISMATCH
PANIC, CRASH = verdict_pb2.VERDICT_PANIC, verdict_pb2.VERDICT_CRASH
NAMES = ["go", "python", "rust", "zig"]


def find(*cases: list[Result], level: str = "REQUIRED") -> list[tuple[str, str, list[int]]]:
    book = FindingBook(NAMES)
    for number, results in enumerate(cases):
        case = make_case(
            says("x"), name=f"probe/n{number}", level=case_pb2.Level.Value(f"LEVEL_{level}")
        )
        book.add_case(case, finish(results))
    return [
        (FindingKind.Name(f.kind).removeprefix("FINDING_KIND_"), f.text, list(f.runners))
        for f in book.findings()
    ]


OK: Result = (PASS, 1, False)
FINDINGS: list[tuple[list[Result], list[tuple[str, str, list[int]]]]] = [
    ([OK, OK, OK], []),
    ([OK, OK, (MISMATCH, 2, False)], [("DIVERGENCE", "odd one out: rust", [2])]),
    ([OK, (MISMATCH, 2, False)], [("DIVERGENCE", "odd one out: python", [1])]),
    ([OK, (PASS, 2, False)], [("DIVERGENCE", "go (A) against python (B); no majority", [])]),
    (
        [OK, (PASS, 2, False), OK],
        [("DIVERGENCE", "go, rust (A) against python (B); the majority is A", [1])],
    ),
    (
        [OK, (PASS, 2, False), (PASS, 1, True)],
        [("DIVERGENCE", "go (A) against python (B); no majority", [])],
    ),
    (  # The panic does not make the others right.
        [OK, (PASS, 2, False), (PANIC, 3, False)],
        [
            ("PANIC", "rust: an answer of no kind", [2]),
            ("DIVERGENCE", "go (A) against python (B) against rust (C); no majority", []),
        ],
    ),
    (
        [(MISMATCH, 1, False), (MISMATCH, 2, False)],
        [("DIVERGENCE", "no answer is the expected one; no majority", [0, 1])],
    ),
    (
        [(MISMATCH, 1, False), (MISMATCH, 1, False), (MISMATCH, 2, False)],
        [("DIVERGENCE", "no answer is the expected one; odd one out: rust", [0, 1, 2])],
    ),
    (
        [(MISMATCH, 1, False), (MISMATCH, 1, False), (CRASH, 0, False)],
        [
            ("CRASH", "rust: an answer of no kind", [2]),
            (
                "GOLDEN_SUSPECT",
                "2 of 3 runners give the same answer, but the case expects another",
                [],
            ),
        ],
    ),
    (
        [(MISMATCH, 1, False)] * 3,
        [
            (
                "GOLDEN_SUSPECT",
                "all 3 runners give the same answer, but the case expects another",
                [],
            )
        ],
    ),
    ([(MISMATCH, 1, False)], [("FAILURE", "go: not the expected answer", [0])]),
    ([OK, (MISMATCH, 2, True)], []),
    ([OK, (PANIC, 2, False)], [("PANIC", "python: an answer of no kind", [1])]),
    ([OK, (CRASH, 0, False)], [("CRASH", "python: an answer of no kind", [1])]),
    (
        [OK, (MISMATCH, 2, False), (CRASH, 0, False)],
        [
            ("CRASH", "rust: an answer of no kind", [2]),
            ("DIVERGENCE", "odd one out: python", [1]),
        ],
    ),
    (  # The known divergence is left out: one of the others is wrong.
        [OK, (MISMATCH, 2, True), (MISMATCH, 3, False)],
        [("DIVERGENCE", "odd one out: rust", [2])],
    ),
    ([OK, (verdict_pb2.VERDICT_UNSUPPORTED, 0, False)], []),
]


@pytest.mark.parametrize(("results", "expected"), FINDINGS)
def test_results_become_findings_of_their_kinds(
    results: list[Result], expected: list[tuple[str, str, list[int]]]
) -> None:
    assert find(results) == expected


def test_implementation_defined_case_has_failures_but_no_divergence() -> None:
    results = [OK, (MISMATCH, 2, False), (MISMATCH, 3, False)]
    assert find(results, level="IMPLEMENTATION_DEFINED") == [
        ("FAILURE", "python, rust: not the expected answer", [1, 2])
    ]
    wrong: list[Result] = [(MISMATCH, 1, False), (MISMATCH, 2, False)]
    assert find(wrong, level="IMPLEMENTATION_DEFINED") == [
        ("FAILURE", "go, python: not the expected answer", [0, 1])
    ]


FLAKY, NOT_RUN = verdict_pb2.VERDICT_FLAKY, verdict_pb2.VERDICT_NOT_RUN
TIMEOUT, BROKEN = verdict_pb2.VERDICT_TIMEOUT, verdict_pb2.VERDICT_PROTOCOL_ERROR
# Result of one runner, level; kinds of the findings, in capitals if they are gated.
PARTS = [
    (flaky_result(FLAKY, PASS, MISMATCH), "RECOMMENDED", ["flaky"]),
    (flaky_result(FLAKY, PASS, CRASH), "RECOMMENDED", ["FLAKY"]),
    (flaky_result(FLAKY, TIMEOUT, PASS), "RECOMMENDED", ["FLAKY"]),
    (flaky_result(FLAKY, PASS, CRASH, known=True), "RECOMMENDED", []),
    (flaky_result(NOT_RUN, PASS), "REQUIRED", ["INCOMPLETE"]),
    (flaky_result(NOT_RUN, MISMATCH, answer_class=2), "REQUIRED", ["FAILURE", "INCOMPLETE"]),
    (flaky_result(NOT_RUN, MISMATCH, answer_class=2), "RECOMMENDED", ["failure", "INCOMPLETE"]),
    (flaky_result(NOT_RUN, MISMATCH, answer_class=2, known=True), "REQUIRED", ["INCOMPLETE"]),
    (flaky_result(NOT_RUN, CRASH), "RECOMMENDED", ["CRASH", "INCOMPLETE"]),
    (flaky_result(BROKEN, PANIC, answer_class=2), "REQUIRED", ["PROTOCOL", "PANIC"]),
    (flaky_result(BROKEN, PASS, TIMEOUT, answer_class=1), "RECOMMENDED", ["PROTOCOL", "FLAKY"]),
]


@pytest.mark.parametrize(("result", "level", "expected"), PARTS)
def test_unanswered_calls_hide_no_other_outcome(
    result: RunnerResult, level: str, expected: list[str]
) -> None:
    book = FindingBook(NAMES)
    finished = FinishedCase(parity=parity_pb2.PARITY_SINGLE, results=[result])
    book.add_case(make_case(says("x"), level=case_pb2.Level.Value(f"LEVEL_{level}")), finished)
    found = [(FindingKind.Name(f.kind)[len("FINDING_KIND_") :], f.gated) for f in book.findings()]
    assert [kind if gated else kind.lower() for kind, gated in found] == expected


def test_answer_with_unanswered_calls_can_diverge() -> None:
    finished = finish([OK, (PASS, 2, False)])
    finished.results[1].MergeFrom(flaky_result(NOT_RUN, PASS))
    finished.results[1].runner = 1
    book = FindingBook(NAMES)
    book.add_case(make_case(says("x")), finished)
    diverges, incomplete = book.findings()
    assert diverges.kind == run_pb2.FINDING_KIND_DIVERGENCE
    assert incomplete.kind == run_pb2.FINDING_KIND_INCOMPLETE


def with_difference(path: str) -> FinishedCase:
    finished = finish([OK, (MISMATCH, 2, False)])
    difference = Difference(field_path=path, kind=DIFFERENCE_KIND_VALUE)
    finished.results[1].differences.append(difference)
    return finished


def test_cases_with_the_same_cause_are_one_finding() -> None:
    book = FindingBook(NAMES)
    for number, path in [(2, "items[0].x"), (1, "items[7].x"), (3, "items[0].y")]:
        case = make_case(says("x"), name=f"probe/n{number}")
        book.add_case(case, with_difference(path))
    first, second = book.findings()
    assert (first.id, first.case_id, list(first.similar_case_ids)) == (
        "D1",
        "probe/n1",
        ["probe/n2"],
    )
    assert (second.id, second.case_id, list(second.similar_case_ids)) == ("D2", "probe/n3", [])
    assert first.advice == "testingkit run -k probe/n1"
    assert (first.path, first.line) == ("probe.textproto", 3)


def test_gated_and_not_gated_cases_are_separate_findings() -> None:
    book = FindingBook(NAMES)
    for number, level in enumerate(["RECOMMENDED", "REQUIRED", "RECOMMENDED"]):
        value = case_pb2.Level.Value(f"LEVEL_{level}")
        case = make_case(says("x"), name=f"probe/n{number}", level=value)
        book.add_case(case, with_difference("x"))
    findings = [(f.case_id, list(f.similar_case_ids), f.gated) for f in book.findings()]
    assert findings == [("probe/n0", ["probe/n2"], False), ("probe/n1", [], True)]


def test_divergences_with_different_wrong_runners_are_separate_findings() -> None:
    """A failing runner is named even if the majority fails in the same way."""
    all_wrong: list[Result] = [(MISMATCH, 1, False), (MISMATCH, 1, False), (MISMATCH, 2, False)]
    same = (MISMATCH, 1, False)
    assert find([OK, OK, (MISMATCH, 2, False)], all_wrong) == [
        ("DIVERGENCE", "odd one out: rust", [2]),
        ("DIVERGENCE", "no answer is the expected one; odd one out: rust", [0, 1, 2]),
    ]
    assert len(find([same, same, same], [same, same, (CRASH, 0, False)])) == 3


def test_agreement_and_expected_answer_are_separate_findings() -> None:
    book = FindingBook(NAMES)
    open_answer = Expectation(agree=Agreement(reason="open"))
    for name, expect in [("probe/a", says("x")), ("probe/b", open_answer)]:
        book.add_case(make_case(expect, name=name), with_difference("x"))
    assert [finding.case_id for finding in book.findings()] == ["probe/a", "probe/b"]


LONE = Provenance(accepted="2026-03-02", witnesses=[Witness(runner="go", version="0.2.0")])
CONTRADICTION = 'all 2 runners answer text: "0s" · the golden has text: "-0s"'


def contradicted(names: list[str], provenance: Provenance | None) -> list[Finding]:
    """Returns the findings of cases whose goldens two runners contradict in the same way."""
    book = FindingBook(NAMES)
    source = GoldenSource(Path("g"), "g", exists=True, provenance=provenance)
    for name in names:
        finished = finish([(MISMATCH, 1, False)] * 2)
        for result in finished.results:
            result.differences.add(
                field_path="text", kind=DIFFERENCE_KIND_VALUE, expected='"-0s"', actual='"0s"'
            )
        book.add_case(replace(make_case(says("-0s"), name=name), golden=source), finished)
    return list(book.findings())


@pytest.mark.parametrize(
    ("provenance", "origin"),
    [(LONE, "accepted 2026-03-02 from go 0.2.0 alone"), (None, "written by hand")],
)
def test_contradicted_golden_is_reported_with_its_provenance(
    provenance: Provenance | None, origin: str
) -> None:
    (found,) = contradicted(["probe/b", "probe/a"], provenance)
    assert found.kind == run_pb2.FINDING_KIND_GOLDEN_SUSPECT
    assert found.text == f"{CONTRADICTION} ({origin})"
    assert found.advice == "if the runners are right: testingkit accept probe/a probe/b"


def test_advice_names_suites_of_many_contradicted_goldens() -> None:
    names = [f"{suite}/n{n}" for suite in ("deep/probe", "probe") for n in range(3)]
    (found,) = contradicted(names, LONE)
    assert found.advice.endswith(": testingkit accept 'deep/probe/*' 'probe/*'")


def test_contradicted_golden_shows_its_first_field_shortened() -> None:
    book = FindingBook(NAMES)
    finished = finish([(MISMATCH, 1, False)] * 2)
    for path, text in (("a", "x" * 100 + "\nmore"), ("b", ""), ("c", "")):
        finished.results[0].differences.add(field_path=path, expected=text)
    source = GoldenSource(Path("g"), "g", exists=True)
    book.add_case(replace(make_case(says("x")), golden=source), finished)
    (found,) = book.findings()
    assert f"answer a: (not there) · the golden has a: {'x' * 60}…, and 2 more" in found.text
    assert "\n" not in found.text


def test_contradicted_inline_answer_and_golden_have_different_advice() -> None:
    book = FindingBook(NAMES)
    source = GoldenSource(Path("g"), "g", exists=True)
    for name, golden in (("probe/one", None), ("probe/two", source)):
        finished = finish([(MISMATCH, 1, False)] * 2)
        book.add_case(replace(make_case(says("x"), name=name), golden=golden), finished)
    assert [f.advice for f in book.findings()] == [
        "testingkit run -k probe/one",
        "if the runners are right: testingkit accept probe/two",
    ]


def test_findings_are_in_order_with_ids_of_their_kind() -> None:
    book = FindingBook(NAMES)
    book.add_stale(StaleEntry(Place("go.textproto", 9), "later"))
    book.add_stale(StaleEntry(Place("go.textproto", 3), "earlier"))
    book.add_case(make_case(says("x")), with_difference("x"))
    book.add_weak(Place("slug.textproto", 4), "too weak")
    book.add_runner(run_pb2.FINDING_KIND_RUNNER, 3, "zig did not start", "install zig")
    found = book.findings()
    assert [(f.id, f.text) for f in found] == [
        ("R1", "zig did not start"),
        ("D1", "odd one out: python"),
        ("S1", "earlier"),
        ("S2", "later"),
        ("W1", "too weak"),
    ]
    assert found[-1].advice == "testingkit audit slug.textproto"
    assert all(finding.gated for finding in found)
    assert [type(finding) for finding in found] == [Finding] * 5


def test_only_the_first_findings_have_an_example() -> None:
    book = FindingBook(NAMES)
    total = MAX_EXAMPLES + 5
    for number in range(total):
        finished = finish([(PANIC, 1, False)])
        finished.results[0].observation.panic.text = "x" * number  # a text of its own
        book.add_case(make_case(says("x"), name=f"probe/n{number:05}"), finished)
    assert len(book.findings()) == total
    assert len(book.examples()) == MAX_EXAMPLES


def test_calls_not_run_after_x_are_left_out() -> None:
    book = FindingBook(NAMES)
    results: list[Result] = [(PASS, 1, False), (verdict_pb2.VERDICT_NOT_RUN, 0, False)]
    book.add_case(make_case(says("x"), name="probe/before"), finish(results))
    book.ignore_not_run()
    results.append((CRASH, 0, False))
    book.add_case(make_case(says("x"), name="probe/after"), finish(results))
    assert [(f.id, f.case_id) for f in book.findings()] == [
        ("C1", "probe/after"),
        ("I1", "probe/before"),
    ]
