"""A run on the terminal, printed from its events."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from testingkit.conformance.report.terminal.run import TerminalRun
from testingkit.conformance.text.escape import safe, safe_json, safe_json_line, safe_lines, shorten
from testingkit.conformance.v1 import parity_pb2, run_pb2, verdict_pb2
from testingkit.conformance.v1.observation_pb2 import Observation
from testingkit.conformance.v1.run_pb2 import (
    Finding,
    FinishedCase,
    Ledger,
    ParityTotals,
    PlannedCase,
    RunEvent,
    RunFooter,
    RunHeader,
    RunnerResult,
)
from testingkit.conformance.v1.verdict_pb2 import DIFFERENCE_KIND_VALUE, Difference
from tests.conformance.support import new, says, schema

HOSTILE = "\x1b[31mred\x07\u202e"


def events_of_a_divergence(text: str = "0s", path: str = "a.textproto") -> Sequence[RunEvent]:
    difference = Difference(
        field_path="text", kind=DIFFERENCE_KIND_VALUE, expected='"30s"', actual=f'"{text}"'
    )
    right = RunnerResult(
        runner=0, verdict=verdict_pb2.VERDICT_PASS, answer_class=1, observation=Observation()
    )
    wrong = RunnerResult(
        runner=1,
        verdict=verdict_pb2.VERDICT_MISMATCH,
        answer_class=2,
        observation=Observation(),
        differences=[difference],
    )
    header = RunHeader(
        testingkit_version="0.1.0",
        seed="7f",
        runners=["go", "rust"],
        cases=1,
        suites=1,
        descriptors=schema().subject_files,
    )
    planned = PlannedCase(
        call_id=1,
        case_id="probe/one",
        path=path,
        line=41,
        method="probe.v1.ProbeService/Say",
        request=new("Ask", text="why").SerializeToString(),
        expect=says("30s"),
    )
    finished = FinishedCase(call_id=1, parity=parity_pb2.PARITY_DIVERGE, results=[right, wrong])
    finding = Finding(
        id="D1",
        kind=run_pb2.FINDING_KIND_DIVERGENCE,
        case_id="probe/one",
        similar_case_ids=["probe/two"],
        runners=[1],
        path=path,
        line=41,
        text="odd one out: rust",
        advice="testingkit run -k probe/one",
        gated=True,
    )
    footer = RunFooter(
        ledgers=[Ledger(runner=0, planned=1, passed=1), Ledger(runner=1, planned=1, failed=1)],
        parity=ParityTotals(cases=1, diverge=1),
        decision=run_pb2.DECISION_NOT_CONFORMANT,
        exit_code=1,
    )
    return [
        RunEvent(header=header),
        RunEvent(planned_case=planned),
        RunEvent(finished_case=finished),
        RunEvent(finding=finding),
        RunEvent(footer=footer),
    ]


def printed(events: Sequence[RunEvent], width: int = 100) -> str:
    out = io.StringIO()
    render = TerminalRun(Console(file=out, width=width, highlight=False))
    for event in events:
        render(event)
    return out.getvalue()


def test_divergence_has_place_request_values_and_command() -> None:
    text = printed(events_of_a_divergence())
    for part in (
        "DIVERGE   probe/one",
        "a.textproto:41 · ProbeService.Say",
        'request text: "why"',
        '"30s" ✓',
        '"0s" ✗',
        "odd one out: rust",
        "Same signature in 1 more case: probe/two",
        "testingkit run -k probe/one",
        "parity 1 comparable: 1 diverge",
        "NOT CONFORMANT   1 problem: D1   exit 1",
    ):
        assert part in text


@pytest.mark.parametrize("width", [40, 60, 200])
def test_both_values_are_shown_at_every_width(width: int) -> None:
    text = printed(events_of_a_divergence(), width)
    assert '"30s"' in text
    assert '"0s"' in text


def test_long_values_are_below_each_other_and_cut() -> None:
    text = printed(events_of_a_divergence("x" * 5000))
    assert "rust ✗" in text
    assert "…+" in text
    assert len(text) < 5000


def test_control_characters_are_escaped() -> None:
    text = printed(events_of_a_divergence(HOSTILE, f"{HOSTILE}.textproto"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\\x1b[31mred" in text


def test_markup_of_rich_is_printed_as_text() -> None:
    assert "[bold]x[/bold]" in printed(events_of_a_divergence("[bold]x[/bold]"))


def test_safe_keeps_visible_text_and_tabs() -> None:
    assert safe("naïve 😀\tx") == "naïve 😀\tx"


def test_safe_escapes_every_invisible_character() -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        if unicodedata.category(character) in hidden and character != "\t":
            assert safe(character).isascii()
            assert safe(character).isprintable()


@given(st.text())
def test_safe_text_is_one_line_and_safe_json_is_the_same_document(text: str) -> None:
    assert len(safe(text).splitlines()) <= 1
    assert [safe(line) for line in text.split("\n")] == [
        safe(shown) for shown in safe_lines(text)
    ] or "\r" in text
    document = {text: [text, {"a": text}]}
    assert json.loads(safe_json(document)) == document
    assert all(safe(line) == line for line in safe_json(document).split("\n"))
    assert json.loads(safe_json_line(document)) == document
    assert safe(safe_json_line(document)) == safe_json_line(document)


def test_escapes_are_distinct() -> None:
    assert safe("\x1b\n\r\x9b\u202e\U000e0001") == r"\x1b\n\r\x9b\u202e\U000e0001"


def test_shorten_counts_what_it_cuts() -> None:
    assert shorten("abcdef", 4) == "abcd…+2"
    assert shorten("abcd", 4) == "abcd"
    assert shorten("abcdef…+10", 4) == "abcd…+12"
    assert shorten("abcd…+10", 100) == "abcd…+10"


def test_closest_of_several_expected_answers_is_shown() -> None:
    events = events_of_a_divergence()
    events[1].planned_case.expect.any_of.choices.extend([says("30s"), says("1m")])
    assert "any of 2 answers is expected: the closest one is shown" in printed(events)


def test_each_answer_is_shown_if_all_are_right() -> None:
    events = events_of_a_divergence()
    right, other = events[2].finished_case.results
    other.verdict = verdict_pb2.VERDICT_PASS
    other.ClearField("differences")
    right.observation.response = new("Answer", text="a").SerializeToString()
    other.observation.error.code = 5
    text = printed(events)
    assert 'go   text: "a"' in text
    assert "rust   NOT_FOUND" in text


def test_conformant_run_is_four_lines_and_one_for_excused_calls() -> None:
    header, footer = RunEvent(), RunEvent()
    header.header.runners.extend(["go", "rust"])
    footer.footer.decision = run_pb2.DECISION_CONFORMANT
    footer.footer.parity.CopyFrom(ParityTotals(cases=2_000, agree=2_000))
    footer.footer.ledgers.add(runner=0, planned=2_000, passed=2_000)
    rust = footer.footer.ledgers.add(runner=1, planned=2_000, passed=2_000)
    green = printed([header, footer]).splitlines()
    assert len(green) == 4
    assert green[1] == "  ✓ go 2,000/2,000 (100 %) · rust 2,000/2,000 (100 %)"
    rust.MergeFrom(Ledger(passed=1_999, known=1))
    excused = printed([header, footer]).splitlines()
    assert excused[1] == "  ✓ go 2,000/2,000 (100 %) · rust 1,999/2,000 (>99 %)"
    assert excused[2].replace("\N{NO-BREAK SPACE}", " ") == "    known to diverge: rust 1"
    assert len(excused) == 5
    rust.MergeFrom(Ledger(passed=1_998, failed=1))  # of a case that is not binding
    assert "planned   pass  fail  known" in printed([header, footer])
